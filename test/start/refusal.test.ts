import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { refusalOf as findRefusal } from '../support/refusal.ts';
import { copyDataFolder, makeFolder, startProgram } from '../support/run-program.ts';

const PASSWORD = 'geheim-7f/ä';
const ENCODED = encodeURIComponent(PASSWORD);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** Whatever is refused, the password of these tests is never printed. */
const refusalOf = (settings: Record<string, string>) =>
	findRefusal(settings, { secrets: [PASSWORD, ENCODED] });

function listening(server: Server): Promise<number> {
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
		cleanups.push(() => server.close());
	});
}

describe('a wrong setting', () => {
	it.each([
		['PORT', 'eighty', /PORT is "eighty": give a whole number/],
		['HOST', 'http://localhost', /HOST is "http:\/\/localhost": give a host name/],
		['HOST', '203.0.113.7', /HOST 203\.0\.113\.7 is not an address of this machine/],
		['LOG_LEVEL', 'loud', /LOG_LEVEL is "loud"/],
		['ZONE_FOLDERS', 'seeds/nowhere', /ZONE_FOLDERS names seeds\/nowhere, which does not exist: correct it$/],
		[
			'ZONE_FOLDERS',
			'seeds/shenyang,package.json',
			/ZONE_FOLDERS names package\.json, which is a file: name the folder of a zone, such as seeds\/shenyang$/,
		],
		[
			'ZONE_FOLDERS',
			'seeds/land-use',
			/ZONE_FOLDERS names seeds\/land-use, which holds no zone\.json: name the folder of a zone/,
		],
	])('%s=%s is one line that names it', async (name, value, line) => {
		expect(await refusalOf({ [name]: value })).toMatch(line);
	});

	it.each([
		[
			'}',
			',}',
			/whose zone\.json cannot be used \(the text is not JSON at line \d+, column \d+\): correct the file$/,
		],
		[
			'"Asia/Shanghai"',
			'"Asia/Nowhere"',
			/whose zone\.json cannot be used \(timeZone: not an IANA time zone\)/,
		],
		[
			'"plan.geojson"',
			'"plans.geojson"',
			/whose zone\.json names plans\.geojson, which cannot be read: add the file/,
		],
	])(
		'ZONE_FOLDERS with %s made %s in a zone.json is one line before anything slow begins',
		async (from, to, line) => {
			const folder = await makeFolder();
			cleanups.push(folder.remove);
			const zone = join(folder.path, '园');
			await cp(join(import.meta.dirname, '../fixtures/zones/panjin-like'), zone, { recursive: true });
			const text = await readFile(join(zone, 'zone.json'), 'utf8');
			await writeFile(join(zone, 'zone.json'), text.replace(from, to));
			const dataDir = join(folder.path, 'data');
			const refusal = await refusalOf({ ZONE_FOLDERS: `seeds/shenyang, ${zone}`, DATA_DIR: dataDir });
			expect(refusal).toContain(`ZONE_FOLDERS names ${zone}, `);
			expect(refusal).toMatch(line);
			expect(existsSync(dataDir)).toBe(false);
		},
	);

	it('gathers several, one line each', async () => {
		const ended = await startProgram({ PORT: '-1', TILE_CACHE_MB: 'all', OFFICE_ON_LOCALHOST: 'perhaps' })
			.ended;
		expect(ended.code).toBe(1);
		const names = ended.stderr
			.trimEnd()
			.split('\n')
			.map((text) => /^yuantu: ([A-Z_]+) is /.exec(text)?.[1]);
		expect(names).toEqual(['PORT', 'OFFICE_ON_LOCALHOST', 'TILE_CACHE_MB']);
	});
});

describe('a port or data folder that cannot be used', () => {
	it('names a taken port before anything slow begins', async () => {
		const port = await listening(createServer());
		expect(await refusalOf({ PORT: String(port) })).toMatch(
			new RegExp(`port ${port} on 127\\.0\\.0\\.1 is taken: set PORT`),
		);
	});

	it('names a file in the place of the data folder', async () => {
		const folder = await makeFolder();
		cleanups.push(folder.remove);
		const file = join(folder.path, 'file');
		await writeFile(file, '');
		expect(await refusalOf({ DATA_DIR: file })).toMatch(
			/not writable \(a file stands in its place\): set DATA_DIR/,
		);
		expect(await refusalOf({ DATA_DIR: join(file, 'data') })).toMatch(
			/not writable \(a file stands in its path\)/,
		);
	});

	it('names a data folder that the system lets nobody write', async () => {
		const folder = await makeFolder();
		cleanups.push(folder.remove);
		await chmod(folder.path, 0o500);
		const place = process.getuid?.() === 0 ? '/proc/yuantu' : folder.path;
		expect(await refusalOf({ DATA_DIR: place })).toMatch(
			/data folder .* is not writable \(.*\): set DATA_DIR/,
		);
	});

	it('names what lives in a folder that is not its own, and writes nothing there', async () => {
		const folder = await makeFolder();
		cleanups.push(folder.remove);
		await writeFile(join(folder.path, 'letter.txt'), 'mine');
		expect(await refusalOf({ DATA_DIR: folder.path })).toMatch(
			/data folder .* holds other things \(letter\.txt\): set DATA_DIR/,
		);
		expect(await readdir(folder.path)).toEqual(['letter.txt']);
	});

	it('names the process that uses the data folder', async () => {
		const folder = await copyDataFolder(inject('preparedDataFolder'));
		cleanups.push(folder.remove);
		const first = startProgram({ DATA_DIR: folder.path });
		cleanups.push(first.stop);
		const address = await first.address();
		expect(await refusalOf({ DATA_DIR: folder.path })).toContain(`is in use by process ${first.pid}:`);
		expect((await fetch(`${address}healthz`)).status).toBe(200);
	});

	it('respects the lock of another host', async () => {
		const folder = await makeFolder();
		cleanups.push(folder.remove);
		const lock = {
			pid: 1,
			started: 'x',
			host: 'elsewhere.example',
			nonce: 'n',
			socketDir: '/tmp/yuantu-other',
		};
		await writeFile(join(folder.path, 'in-use.json'), JSON.stringify(lock));
		expect(await refusalOf({ DATA_DIR: folder.path })).toMatch(
			/in use by process 1 on host elsewhere\.example/,
		);
	});
});

describe('a DATABASE_URL that does not lead to a usable database', () => {
	const login = `yuantu_test_login`;
	let port = 0;
	beforeAll(async () => {
		port = inject('clusterPort');
		const sql = postgres(`postgres://postgres@127.0.0.1:${port}/postgres`, { max: 1, onnotice: () => {} });
		await sql`create database yuantu_refusal`;
		await sql`create role ${sql(login)} login`;
		await sql.end();
	});

	it.each([
		['mysql://root:x@localhost/a', /DATABASE_URL is not the address of a PostgreSQL database/],
		[`localhost ${PASSWORD}`, /DATABASE_URL is not an address/],
		[`postgres://u:${ENCODED}@localhost:99999/a`, /DATABASE_URL is an address that cannot be read/],
		[`postgres://u:${ENCODED}@localhost:5432`, /DATABASE_URL is an address that cannot be read/],
		[`postgres://u:%E0%A4%A@localhost/a`, /DATABASE_URL is an address that cannot be read/],
		[`postgres://u:${ENCODED}@database.invalid/a`, /the database host database\.invalid is not known/],
		[`postgres://u:${ENCODED}@127.0.0.1:1/a`, /no database server listens at 127\.0\.0\.1:1/],
	])('refuses %s', async (url, line) => {
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(line);
	});

	it('recognises a server that is not PostgreSQL', async () => {
		const http = await listening(createHttpServer());
		const ssh = await listening(createServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')));
		for (const other of [http, ssh]) {
			expect(await refusalOf({ DATABASE_URL: `postgres://u:${ENCODED}@127.0.0.1:${other}/a` })).toMatch(
				/is not a PostgreSQL server/,
			);
		}
	});

	it('does not wait for ever on a server that says nothing', async () => {
		const silent = await listening(createServer(() => {}));
		expect(await refusalOf({ DATABASE_URL: `postgres://u:${ENCODED}@127.0.0.1:${silent}/a` })).toMatch(
			/no PostgreSQL server answers at .* within 10 s/,
		);
	});

	it('names a database and a user that do not exist', async () => {
		expect(
			await refusalOf({ DATABASE_URL: `postgres://postgres:${ENCODED}@127.0.0.1:${port}/no_such` }),
		).toMatch(/has no database "no_such": create it/);
		expect(
			await refusalOf({ DATABASE_URL: `postgres://nobody_here:${ENCODED}@127.0.0.1:${port}/postgres` }),
		).toMatch(/refuses user nobody_here/);
	});

	it('says what a superuser has to run when the user lacks the rights', async () => {
		expect(
			await refusalOf({ DATABASE_URL: `postgres://${login}:${ENCODED}@127.0.0.1:${port}/yuantu_refusal` }),
		).toMatch(/user yuantu_test_login may not prepare database yuantu_refusal.*create extension postgis;/);
	});

	it('refuses a database that is newer than the program', async () => {
		const url = `postgres://postgres:${ENCODED}@127.0.0.1:${port}/yuantu_refusal`;
		const first = startProgram({ DATABASE_URL: url });
		await first.address();
		expect((await first.stop()).code).toBe(0);
		const sql = postgres(url, { max: 1 });
		await sql`
			insert into yuantu.schema_migration (version, name, checksum, applied_at)
			values (9999, '9999_from_the_future.sql', 'x', now())`;
		await sql.end();
		expect(await refusalOf({ DATABASE_URL: url })).toMatch(
			/the database is newer than this program: it has migration 9999_from_the_future\.sql/,
		);
	});
});

describe('the launcher', () => {
	it('says npm ci when a package is missing or of another version', async () => {
		const folder = await makeFolder();
		cleanups.push(folder.remove);
		const root = join(import.meta.dirname, '..', '..');
		const copy = spawnSync('cp', ['-r', join(root, 'bin'), join(root, 'package.json'), folder.path]);
		expect(copy.status).toBe(0);
		const { status, stderr } = spawnSync(process.execPath, [join(folder.path, 'bin', 'start.js')], {
			encoding: 'utf8',
		});
		expect(status).toBe(1);
		expect(stderr).toMatch(/^yuantu: the package \S+ \S+ is not installed: run npm ci\n$/);
	});
});
