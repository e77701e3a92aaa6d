import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database, Sql } from '$lib/server/db/connect.ts';
import type { ConstraintCase } from '../support/constraint-case.ts';
import { CONSTRAINT_CASES } from '../support/constraint-cases.ts';
import { DATABASE_KINDS, MIGRATIONS } from '../support/database.ts';
import {
	asOwnerRolledBack,
	brokenConstraint,
	databaseWithZone,
	insertVariant,
} from '../support/database-rows.ts';

/** Names that only a transaction of its own can break; the tests below do. */
const PROVEN_BELOW = ['parcel_read_committed'];

async function listConstraints(sql: Sql): Promise<string[]> {
	const declared = await sql<{ name: string }[]>`
		select conname::text as name from pg_constraint
		where connamespace = 'yuantu'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')
		union
		select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
		where c.relnamespace = 'yuantu'::regnamespace and i.indisunique`;
	return declared.map(({ name }) => name);
}

/** Constraints that triggers raise by name, which may be their own. */
async function listRaised(sql: Sql): Promise<string[]> {
	const own = await sql<{ name: string }[]>`
		select t.tgname::text as name from pg_trigger t join pg_proc p on p.oid = t.tgfoid
		where not t.tgisinternal and p.prosrc ~ 'constraint = tg_name|raise_(changeset|supply)[(]tg_name'`;
	const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql'));
	const texts = await Promise.all(files.map((name) => readFile(join(MIGRATIONS, name), 'utf8')));
	const literal = [
		...texts.join('\n').matchAll(/(?:constraint = |raise_(?:changeset|supply)\()'(\w+)'/g),
	].map((match) => match[1]);
	return [...literal, ...own.map(({ name }) => name)];
}

async function breakIt(sql: Sql, broken: ConstraintCase): Promise<void> {
	for (const statement of broken.before ?? []) await sql.unsafe(statement);
	for (const statement of broken.statements ?? []) await sql.unsafe(statement);
	if (broken.table !== undefined) await insertVariant(sql, broken.table, broken.changes ?? {}, broken.where);
	await sql`set constraints all immediate`;
}

describe.each(DATABASE_KINDS)('constraints on the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await databaseWithZone(kind);
	});
	afterAll(() => database.close());

	it('each have a case that breaks them', async () => {
		const proven = new Set([...CONSTRAINT_CASES.map((one) => one.constraint), ...PROVEN_BELOW]);
		await asOwnerRolledBack(database, async (sql) => {
			const known = new Set([...(await listConstraints(sql)), ...(await listRaised(sql))]);
			expect([...known].filter((name) => !proven.has(name))).toEqual([]);
			expect([...proven].filter((name) => !known.has(name))).toEqual([]);
		});
	});

	it.each(CONSTRAINT_CASES)('$constraint', async (broken) => {
		const name = await brokenConstraint(() => asOwnerRolledBack(database, (sql) => breakIt(sql, broken)));
		expect(name).toBe(broken.constraint);
	});

	it('parcel_read_committed', async () => {
		const name = await brokenConstraint(() =>
			database.sql.begin('isolation level repeatable read', async (sql) => {
				await sql`select set_config('search_path', 'yuantu,public', true), set_config('role', 'yuantu_owner', true)`;
				await sql`update parcel set rev_to = 2 where code = 'PJ-00'`;
			}),
		);
		expect(name).toBe('parcel_read_committed');
	});

	it.each([
		["st_geomfromtext('multipolygon(((0 0,1 0,1 1,0 0)))', 4326)", /SRID/],
		["st_geomfromtext('linestring(0 0,1 0)', 4490)", /type/],
		["st_geomfromtext('multipolygon z (((0 0 1,1 0 1,1 1 1,0 0 1)))', 4490)", /Z/],
	])('a geometry column refuses %s', async (geom, message) => {
		await expect(
			asOwnerRolledBack(database, (sql) => insertVariant(sql, 'park_outline', { outline_no: '9', geom })),
		).rejects.toThrow(message);
	});
});
