import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '$lib/server/db/connect.ts';
import { migrate } from '$lib/server/db/migrate.ts';
import {
	DATABASE_KINDS,
	emptyDatabase,
	freshDatabase,
	MIGRATIONS,
	openDatabase,
} from '../support/database.ts';
import { startCluster } from '../support/database-cluster.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'yuantu-migrations-'));
	await cp(MIGRATIONS, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function nextFile(): Promise<string> {
	const names = await readdir(MIGRATIONS);
	return join(folder, `${String(names.length + 1).padStart(4, '0')}_next.sql`);
}

describe.each(DATABASE_KINDS)('migrations on the %s database', (kind) => {
	it('run once each', async () => {
		const database = await freshDatabase(kind);
		try {
			expect(await migrate(database, MIGRATIONS)).toBe(0);
		} finally {
			await database.close();
		}
	});

	it('are refused by an older program', async () => {
		await writeFile(await nextFile(), 'create table later (id integer constraint later_pk primary key);');
		const database = await freshDatabase(kind);
		try {
			expect(await migrate(database, folder)).toBe(1);
			const refusal = await migrate(database, MIGRATIONS).catch((error: unknown) => error);
			expect(refusal).toMatchObject({ code: 'database.newer' });
			expect((refusal as Error).message).toMatch(/^the database is newer than this program[^\n]*$/);
		} finally {
			await database.close();
		}
	});

	it('are refused when a file that ran has changed', async () => {
		const database = await freshDatabase(kind);
		try {
			await appendFile(join(folder, '0001_scope.sql'), '-- one more word\n');
			await expect(migrate(database, folder)).rejects.toMatchObject({ code: 'migration.changed' });
		} finally {
			await database.close();
		}
	});

	it('leave nothing of one that fails in its middle', async () => {
		const file = await nextFile();
		await writeFile(file, 'create table half (id integer); select 1 / 0;');
		const database = await freshDatabase(kind);
		try {
			await expect(migrate(database, folder)).rejects.toMatchObject({ code: '22012' });
			const [{ half }] = await database.sql<
				{ half: string | null }[]
			>`select to_regclass('yuantu.half')::text as half`;
			expect(half).toBeNull();
			await writeFile(file, 'create table half (id integer);');
			expect(await migrate(database, folder)).toBe(1);
		} finally {
			await database.close();
		}
	});

	it('are numbered without a gap', async () => {
		await writeFile(join(folder, '0099_gap.sql'), 'select 1;');
		const database = openDatabase(kind, await emptyDatabase(kind));
		try {
			await expect(migrate(database, folder)).rejects.toThrow('0099_gap.sql');
		} finally {
			await database.close();
		}
	});

	it('run once each when two programs start at the same time', async () => {
		const name = await emptyDatabase(kind);
		const [one, two] = [openDatabase(kind, name), openDatabase(kind, name)];
		try {
			const ran = await Promise.all([migrate(one, MIGRATIONS), migrate(two, MIGRATIONS)]);
			expect(ran[0] + ran[1]).toBe((await readdir(MIGRATIONS)).length);
		} finally {
			await Promise.all([one.close(), two.close()]);
		}
	});
});

describe('a real server', () => {
	it('takes several databases at once, also when none has made the roles yet', async () => {
		const cluster = await startCluster();
		const open = (name: string) =>
			connectDatabase({ kind: 'server', url: `postgres://postgres@127.0.0.1:${cluster.port}/${name}` });
		const names = ['one', 'two', 'three'];
		const superuser = open('postgres');
		for (const name of names) await superuser.sql`create database ${superuser.sql(name)}`;
		const databases = names.map(open);
		try {
			await Promise.all(databases.map((database) => migrate(database, MIGRATIONS)));
		} finally {
			await Promise.all([superuser, ...databases].map((database) => database.close()));
			await cluster.stop();
		}
	});

	it('without PostGIS is told which package to install', async () => {
		const name = await emptyDatabase('server');
		const superuser = openDatabase('server', name);
		const login = `t_bare_${name}`;
		await superuser.sql.unsafe(`
			create role ${login} login superuser;
			create schema bare;
			create view bare.pg_available_extensions as
				select * from pg_catalog.pg_available_extensions where name <> 'postgis';
			alter role ${login} set search_path = bare, pg_catalog, public;`);
		await superuser.close();
		const database = openDatabase('server', name, login);
		try {
			const refusal = await migrate(database, MIGRATIONS).catch((error: unknown) => error);
			expect(refusal).toMatchObject({ code: 'postgis.missing' });
			expect((refusal as Error).message).toMatch(/postgresql-\d+-postgis-3.*create extension postgis;$/);
		} finally {
			await database.close();
		}
	});
});
