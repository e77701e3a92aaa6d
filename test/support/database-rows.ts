import { fileURLToPath } from 'node:url';
import type { Database, Scope, Sql } from '../../src/lib/server/db/connect.ts';
import { asOwner } from '../../src/lib/server/db/connect.ts';
import { loadLandUse } from '../../seeds/load/load-land-use.ts';
import { loadZone } from '../../seeds/load/load-zone.ts';
import { loadedDatabase, type DatabaseKind } from './database.ts';
import { addPerson } from './people.ts';

/** The national class lists that the program ships. */
export const LAND_USE = fileURLToPath(new URL('../../seeds/land-use', import.meta.url));
/** A small zone of two parks with a parcel of every awkward kind. */
export const PANJIN = fileURLToPath(new URL('../fixtures/zones/panjin-like', import.meta.url));
export const PANJIN_ID = 'panjin-like';
/** The account that manages its people. */
export const PANJIN_ADMINISTRATOR = 'panjin-administrator';
/** The account that drafts changesets. */
export const PANJIN_PLANNER = 'panjin-planner';
/** The account that approves and publishes them. */
export const PANJIN_APPROVER = 'panjin-approver';
/** The account that enters supplies and records what happens to them. */
export const PANJIN_OFFICER = 'panjin-officer';
/** Another who may do the same. */
export const PANJIN_SECOND_OFFICER = 'panjin-second-officer';
/** The account that reads the audit. */
export const PANJIN_AUDITOR = 'panjin-auditor';
/** As who publishes. */
export const PUBLISHING = {
	role: 'app',
	zoneId: PANJIN_ID,
	grade: 'office',
	userId: PANJIN_APPROVER,
} as const satisfies Scope;

/** Opens a database with the class lists, the small zone and its people in it. The caller closes it. */
export async function databaseWithZone(kind: DatabaseKind): Promise<Database> {
	return loadedDatabase(kind, 'zone_with_people', async (database) => {
		await loadLandUse(database, LAND_USE);
		await loadZone(database, PANJIN);
		await asOwner(database, addPeople);
	});
}

/** A planner, an approver, two supply officers, an auditor, and an administrator of an office, who is signed in with a failed attempt behind. */
async function addPeople(sql: Sql): Promise<void> {
	await sql`
		insert into office (zone_id, office_id, kind, name_zh, name_en, is_sample)
		values (${PANJIN_ID}, 'committee', 'management_committee', '管委会(示例)', 'Sample committee', true)`;
	const people = [
		[PANJIN_ADMINISTRATOR, 'administrator'],
		[PANJIN_PLANNER, 'planner'],
		[PANJIN_APPROVER, 'approver'],
		[PANJIN_OFFICER, 'supply_officer'],
		[PANJIN_SECOND_OFFICER, 'supply_officer'],
		[PANJIN_AUDITOR, 'auditor'],
	] as const;
	for (const [userId, role] of people)
		await addPerson(sql, userId, [{ zoneId: PANJIN_ID, role, parkId: null, officeId: 'committee' }]);
	await sql`
		insert into app_account (account_id, user_id, provider, provider_account_id, password_hash)
		values ('a', ${PANJIN_ADMINISTRATOR}, 'credential', ${PANJIN_ADMINISTRATOR}, 'no hash')`;
	await sql`
		insert into app_session (session_id, token, user_id, created_at, updated_at, expires_at)
		values ('s', 't', ${PANJIN_ADMINISTRATOR}, now(), now(), now())`;
	await sql`
		insert into sign_in_failure (email_hash, failures, last_at) values (sha256(''), 1, now())`;
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
