import { fileURLToPath } from 'node:url';
import type { Database, Sql } from '../../src/lib/server/db/connect.ts';
import { asOwner } from '../../src/lib/server/db/connect.ts';
import { loadLandUse } from '../../seeds/load/load-land-use.ts';
import { loadZone } from '../../seeds/load/load-zone.ts';
import { freshDatabase, type DatabaseKind } from './database.ts';

/** The national class lists that the program ships. */
export const LAND_USE = fileURLToPath(new URL('../../seeds/land-use', import.meta.url));
/** A small zone of two parks with a parcel of every awkward kind. */
export const PANJIN = fileURLToPath(new URL('../fixtures/zones/panjin-like', import.meta.url));
export const PANJIN_ID = 'panjin-like';

/** Opens a database with the class lists and the small zone in it. The caller closes it. */
export async function databaseWithZone(kind: DatabaseKind): Promise<Database> {
	const database = await freshDatabase(kind);
	await loadLandUse(database, LAND_USE);
	await loadZone(database, PANJIN);
	return database;
}

/** Runs work as the owner and takes it all back. */
export async function asOwnerRolledBack(
	database: Database,
	work: (sql: Sql) => Promise<void>,
): Promise<void> {
	const takeBack = new Error('taken back');
	await asOwner(database, async (sql) => {
		await work(sql);
		throw takeBack;
	}).catch((error: unknown) => {
		if (error !== takeBack) throw error;
	});
}

/**
 * Adds a copy of a row of a table with some columns changed; `changes` and `where` are SQL expressions over that row.
 */
export async function insertVariant(
	sql: Sql,
	table: string,
	changes: Readonly<Record<string, string>>,
	where = 'true',
): Promise<void> {
	const columns = await sql<{ name: string }[]>`
		select a.attname::text as name from pg_attribute a
		where a.attrelid = ${`yuantu.${table}`}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		order by a.attnum`;
	const names = columns.map(({ name }) => name);
	const values = names.map((name) => changes[name] ?? name);
	await sql.unsafe(
		`insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} where ${where} order by 1, 2 limit 1`,
	);
}

/** The name of the constraint that a statement broke, or null where it broke none. */
export async function brokenConstraint(work: () => Promise<unknown>): Promise<string | null> {
	try {
		await work();
		return null;
	} catch (error) {
		if (error instanceof Error && 'constraint_name' in error) return String(error.constraint_name);
		throw error;
	}
}
