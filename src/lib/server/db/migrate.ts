import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database, Sql } from './connect.ts';
import { DatabaseRefusal } from './refusal.ts';
import { prepareDatabase } from './prepare.ts';

/** One numbered file of the migrations folder. */
interface Migration {
	readonly version: number;
	readonly name: string;
	readonly text: string;
	readonly checksum: string;
}

/** Told as each migration begins: how many are behind, how many there are to do. */
export type MigrationReport = (step: { name: string; done: number; total: number }) => void;

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * Brings the database to the newest migration; each runs in its own transaction, under a lock that ends with it.
 *
 * Several processes may migrate one database at once: each migration runs once. Returns how many this call ran.
 * Throws a DatabaseRefusal, with a line for the operator, when the database is newer than the code, a file that ran has
 * changed since, PostGIS is missing, or the connecting user lacks a right.
 */
export async function migrate(database: Database, folder: string, report?: MigrationReport): Promise<number> {
	const migrations = await readMigrations(folder);
	await prepareDatabase(database);
	const applied = await inOwnerTransaction(database, readApplied);
	checkApplied(migrations, applied);
	const pending = migrations.slice(applied.length);
	let ran = 0;
	for (const [index, migration] of pending.entries()) {
		report?.({ name: migration.name, done: index, total: pending.length });
		if (await runMigration(database, migrations, migration)) ran++;
	}
	return ran;
}

async function readMigrations(folder: string): Promise<Migration[]> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
	return Promise.all(
		names.map(async (name, index) => {
			const match = FILE_NAME.exec(name);
			if (match === null || Number(match[1]) !== index + 1)
				throw new Error(`migration files are numbered from 0001 without a gap: ${name}`);
			const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
			return { version: index + 1, name, text, checksum: createHash('sha256').update(text).digest('hex') };
		}),
	);
}

interface Applied {
	readonly version: number;
	readonly name: string;
	readonly checksum: string;
}

/** The number of the newest migration that this database ran. */
export async function findNewestMigration(sql: Sql): Promise<number> {
	return (await readApplied(sql)).at(-1)?.version ?? 0;
}

async function readApplied(sql: Sql): Promise<Applied[]> {
	return sql<Applied[]>`select version, name, checksum from schema_migration order by version`;
}

function checkApplied(migrations: readonly Migration[], applied: readonly Applied[]): void {
	const newest = applied.at(-1);
	if (newest !== undefined && newest.version > migrations.length)
		throw new DatabaseRefusal(
			'database.newer',
			`the database is newer than this program: it has migration ${newest.name}, the program ends at ${migrations.length}; run a newer program, or restore an older backup`,
		);
	for (const row of applied) {
		const migration = migrations[row.version - 1];
		if (migration.checksum !== row.checksum)
			throw new DatabaseRefusal(
				'migration.changed',
				`migration ${migration.name} has changed since this database ran it: restore the file, and put the change into a new migration`,
			);
	}
}

/** Runs one migration unless another process just did. */
async function runMigration(
	database: Database,
	migrations: readonly Migration[],
	migration: Migration,
): Promise<boolean> {
	return inOwnerTransaction(database, async (sql) => {
		await sql`select pg_advisory_xact_lock(hashtextextended('yuantu.migrate', 0))`;
		const applied = await readApplied(sql);
		checkApplied(migrations, applied);
		if (applied.some((row) => row.version === migration.version)) return false;
		await sql.unsafe(migration.text);
		await sql`
			insert into schema_migration (version, name, checksum, applied_at)
			values (${migration.version}, ${migration.name}, ${migration.checksum}, now())`;
		return true;
	});
}

async function inOwnerTransaction<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
	const result = await database.sql.begin(async (sql) => {
		await sql`select set_config('search_path', 'yuantu,public', true), set_config('role', 'yuantu_owner', true)`;
		return { value: await work(sql) };
	});
	return (result as { value: T }).value;
}
