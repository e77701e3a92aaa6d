import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, type Cluster } from '../support/database-cluster.ts';
import { removeFiles, replaceFile, type Installation } from '../support/database-installation.ts';
import { refusalOf } from '../support/refusal.ts';
import { startProgram } from '../support/run-program.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function clusterWith(alter: (installation: Installation) => Promise<void>): Promise<string> {
	const cluster = await startCluster({ alter });
	cleanups.push(cluster.stop);
	return `postgres://postgres@127.0.0.1:${cluster.port}/postgres`;
}

async function run(url: string, statement: string): Promise<void> {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	await sql.unsafe(statement);
	await sql.end();
}

describe('a server without what the database needs', () => {
	it('that has no PostGIS is told the package', async () => {
		const url = await clusterWith(({ extensionDir }) => removeFiles(extensionDir, /^postgis/));
		await expect(run(url, 'create extension postgis')).rejects.toMatchObject({ code: '0A000' });
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/^yuantu: the server has no PostGIS: install it \(Debian package postgresql-\d+-postgis-3\), then run in database postgres as a superuser: create extension postgis;$/,
		);
	});

	it('that has PostGIS without its library is told the package', async () => {
		const url = await clusterWith(({ libraryDir }) => removeFiles(libraryDir, /^postgis-3/));
		await expect(run(url, 'create extension postgis')).rejects.toMatchObject({ code: '58P01' });
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/an extension of the server is not whole \(could not access file "\$libdir\/postgis-3".*install it again \(Debian packages .*postgresql-\d+-postgis-3\)$/,
		);
	});

	it('that has no btree_gist is told the package', async () => {
		const url = await clusterWith(({ extensionDir }) => removeFiles(extensionDir, /^btree_gist/));
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/^yuantu: the server has no extension btree_gist: install it \(Debian package postgresql-\d+, elsewhere postgresql-contrib\), then run .*: create extension btree_gist;$/,
		);
	});

	it('that would install a PostGIS that is too old is told the package', async () => {
		const url = await clusterWith(async ({ extensionDir }) => {
			const control = await readFile(join(extensionDir, 'postgis.control'), 'utf8');
			const older = control.replace(/default_version = .*/, "default_version = '3.2.3'");
			await replaceFile(extensionDir, 'postgis.control', older);
		});
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/the server has PostGIS 3\.2\.3; 3\.3 or newer is needed: install a newer one \(Debian package postgresql-\d+-postgis-3\)$/,
		);
	});

	it('whose database has a PostGIS that is too old is told the statement', async () => {
		const url = await clusterWith(async () => {});
		await run(
			url,
			"create extension postgis; update pg_extension set extversion = '3.2.1' where extname = 'postgis'",
		);
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/the database has PostGIS 3\.2\.1; 3\.3 or newer is needed: run there as a superuser: alter extension postgis update;$/,
		);
	});
});

describe('a server that asks for a password', () => {
	const RIGHT = 'öffne/dich 园:%41@';
	const WRONG = 'geheim-7f/ä %41@园';
	let cluster: Cluster;
	let tls: Cluster;
	beforeAll(async () => {
		const access = [
			'host all guarded 127.0.0.1/32 scram-sha-256',
			'hostssl all veiled 127.0.0.1/32 trust',
			'host all veiled 127.0.0.1/32 reject',
		];
		[cluster, tls] = await Promise.all([startCluster({ access }), startCluster({ access, tls: true })]);
		for (const { port } of [cluster, tls]) {
			const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
			await run(url, `create role guarded login superuser password '${RIGHT}'`);
			await run(url, 'create role veiled login superuser');
		}
	});
	afterAll(() => Promise.all([cluster.stop(), tls.stop()]));

	const addressOf = (user: string, tail = 'postgres', port = cluster.port) =>
		`postgres://${user}@127.0.0.1:${port}/${tail}`;
	const refusesPassword = () =>
		new RegExp(
			`^yuantu: the database server at 127\\.0\\.0\\.1:${cluster.port} refuses the password of user guarded: correct DATABASE_URL$`,
		);

	it.each(['error', 'debug'])('refuses a wrong one without printing it, at level %s', async (LOG_LEVEL) => {
		const settings = { LOG_LEVEL, PGPASSWORD: '' };
		const check = { secrets: [WRONG, encodeURIComponent(WRONG)], details: LOG_LEVEL === 'debug' };
		const DATABASE_URL = addressOf(`guarded:${encodeURIComponent(WRONG)}`);
		expect(await refusalOf({ ...settings, DATABASE_URL }, check)).toMatch(refusesPassword());
	});

	it('refuses a wrong one from PGPASSWORD, and none, all the same', async () => {
		const secrets = [WRONG, encodeURIComponent(WRONG)];
		expect(await refusalOf({ DATABASE_URL: addressOf('guarded'), PGPASSWORD: WRONG }, { secrets })).toMatch(
			refusesPassword(),
		);
		expect(await refusalOf({ DATABASE_URL: addressOf('guarded') })).toMatch(refusesPassword());
	});

	it('lets in the right one, to a database with a name of spaces and Han', async () => {
		await run(addressOf('postgres'), 'create database "高新 区"');
		for (const name of ['高新%20区', encodeURIComponent('高新 区')]) {
			const program = startProgram({
				DATABASE_URL: addressOf(`guarded:${encodeURIComponent(RIGHT)}`, name),
				ZONE_FOLDERS: 'test/fixtures/zones/panjin-like',
			});
			cleanups.push(() => program.signal('SIGKILL'));
			const address = await program.address();
			expect((await fetch(`${address}healthz`)).status).toBe(200);
			const { code, stdout, stderr } = await program.stop();
			expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
			expect(stdout).toMatch(/database {2}PostgreSQL \S+, 127\.0\.0\.1:\d+\/高新 区\n/);
			expect(stdout).not.toContain(RIGHT);
			expect(stdout).not.toContain(encodeURIComponent(RIGHT));
		}
	});

	it('says how to make a database that is not there', async () => {
		expect(await refusalOf({ DATABASE_URL: addressOf('postgres', '园%20图') })).toMatch(
			/has no database "园 图": create it \(createdb '园 图'\) or correct DATABASE_URL$/,
		);
	});

	it('names sslmode where the server wants encryption, or has none', async () => {
		expect(await refusalOf({ DATABASE_URL: addressOf('veiled', 'postgres', tls.port) })).toMatch(
			/refuses user veiled: .*add \?sslmode=require if the server lets in encrypted connections only$/,
		);
		for (const mode of ['require', 'verify-full'])
			expect(await refusalOf({ DATABASE_URL: addressOf('postgres', `postgres?sslmode=${mode}`) })).toMatch(
				new RegExp(`does not offer encryption: leave sslmode=${mode} out of DATABASE_URL, or set ssl = on`),
			);
		expect(await refusalOf({ DATABASE_URL: addressOf('postgres', 'postgres?sslmode=maybe') })).toMatch(
			/DATABASE_URL has an sslmode that is not known: give disable, .*require/,
		);
		const verified = addressOf('veiled', 'postgres?sslmode=verify-full', tls.port);
		expect(await refusalOf({ DATABASE_URL: verified })).toMatch(
			/the certificate of .* is not trusted \(.*\): .*sslmode=require/,
		);
	});

	it('is served encrypted with sslmode=require, and plain with sslmode=prefer where there is no encryption', async () => {
		for (const DATABASE_URL of [
			addressOf('veiled', 'postgres?sslmode=require', tls.port),
			addressOf(`guarded:${encodeURIComponent(RIGHT)}`, 'postgres?sslmode=prefer'),
		]) {
			const program = startProgram({ DATABASE_URL, ZONE_FOLDERS: 'test/fixtures/zones/panjin-like' });
			cleanups.push(() => program.signal('SIGKILL'));
			const address = await program.address();
			expect((await fetch(`${address}healthz`)).status).toBe(200);
			expect((await program.stop()).code).toBe(0);
		}
	});
});
