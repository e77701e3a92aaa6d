import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { connectDatabase, type Database } from '../../src/lib/server/db/connect.ts';
import { migrate } from '../../src/lib/server/db/migrate.ts';

/** Both databases that every rule of the schema must hold on. */
export const DATABASE_KINDS = ['embedded', 'server'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** The migrations that the program ships. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/** The address of a database of the test cluster, for a login that need not be the superuser. */
export function serverUrl(databaseName: string, user = 'postgres'): string {
	return `postgres://${user}@127.0.0.1:${inject('clusterPort')}/${databaseName}`;
}

/** Opens the embedded database, or a database of the test cluster by name. */
export function openDatabase(kind: DatabaseKind, databaseName = 'postgres', user = 'postgres'): Database {
	return kind === 'embedded'
		? connectDatabase({ kind: 'embedded', socketDir: inject('embeddedSocketDir') })
		: connectDatabase({ kind: 'server', url: serverUrl(databaseName, user) });
}

/** Makes a new empty database on the test cluster and returns its name; the embedded one is emptied instead. */
export async function emptyDatabase(kind: DatabaseKind, owner = 'postgres'): Promise<string> {
	const database = openDatabase(kind);
	try {
		if (kind === 'embedded') {
			await database.sql`drop schema if exists yuantu cascade`;
			return 'postgres';
		}
		const name = `t_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
		await database.sql`create database ${database.sql(name)} owner ${database.sql(owner)}`;
		return name;
	} finally {
		await database.close();
	}
}

/** Opens a database that is migrated and holds nothing else. The caller closes it. */
export async function freshDatabase(kind: DatabaseKind): Promise<Database> {
	if (kind === 'server') return loadedDatabase(kind, 'nothing', () => Promise.resolve());
	const database = openDatabase(kind, await emptyDatabase(kind));
	await migrate(database, MIGRATIONS);
	return database;
}

/**
 * Opens a database that is migrated and holds what `load` puts there. The caller closes it.
 *
 * On a real server what a name stands for is made once per cluster, and copied: the same files put the same there.
 */
export async function loadedDatabase(
	kind: DatabaseKind,
	name: string,
	load: (database: Database) => Promise<void>,
): Promise<Database> {
	if (kind === 'embedded') {
		const database = await freshDatabase(kind);
		await load(database);
		return database;
	}
	const cluster = openDatabase(kind);
	const template = `loaded_${name}`;
	const copy = `${template}_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
	const one = await cluster.sql.reserve();
	try {
		await one`select pg_advisory_lock(hashtextextended(${template}, 0))`;
		const made = await one`select from pg_database where datname = ${template}`;
		if (made.length === 0) {
			const first = await emptyDatabase(kind);
			const database = openDatabase(kind, first);
			try {
				await migrate(database, MIGRATIONS);
				await load(database);
			} finally {
				await database.close();
			}
			await one`alter database ${one(first)} rename to ${one(template)}`;
		}
		await one`create database ${one(copy)} template ${one(template)}`;
	} finally {
		one.release();
		await cluster.close();
	}
	return openDatabase(kind, copy);
}

/** Waits until some backend of this database waits for a lock. */
export async function untilSomeoneWaits(watcher: Database): Promise<void> {
	for (;;) {
		const [{ waiting }] = await watcher.sql<{ waiting: number }[]>`
			select count(*) as waiting from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`;
		if (waiting > 0) return;
	}
}
