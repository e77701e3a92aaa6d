import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOwner, inScope, ZONE_DIRECTORY, type Database, type Scope } from '$lib/server/db/connect.ts';
import { listControlLayers, loadControlAreas } from '$lib/server/db/control-layer.ts';
import { findRevisionPlace } from '$lib/server/db/coverage.ts';
import { findParcelByCode } from '$lib/server/db/parcel.ts';
import { loadParcelRows } from '$lib/server/db/parcel-columns.ts';
import { listRuleValues } from '$lib/server/db/rule-value.ts';
import { listZones } from '$lib/server/db/zone.ts';
import { loadZone } from '$seeds/load/load-zone.ts';
import { DATABASE_KINDS } from '../support/database.ts';
import { changesetEvent, everyChangesetRow } from '../support/changeset-rows.ts';
import { everySupplyRow } from '../support/supply-rows.ts';
import {
	databaseWithZone,
	PANJIN,
	PANJIN_ADMINISTRATOR,
	PANJIN_AUDITOR,
	PANJIN_ID,
	PANJIN_OFFICER,
	PANJIN_PLANNER,
} from '../support/database-rows.ts';

const scope = (
	grade: Scope['grade'],
	role: Scope['role'] = 'read',
	zoneId: string | null = PANJIN_ID,
): Scope => ({
	role,
	zoneId,
	grade,
});

/** A second zone, equal to the first but for its id. */
async function loadTwin(database: Database): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'yuantu-zone-'));
	try {
		await cp(PANJIN, folder, { recursive: true });
		const file = join(folder, 'zone.json');
		const text = await readFile(file, 'utf8');
		await writeFile(file, text.replace('"panjin-like"', '"twin"'));
		expect(await loadZone(database, folder)).toBe('loaded');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function zoneTables(database: Database): Promise<string[]> {
	const rows = await database.sql<{ name: string }[]>`
		select t.relname::text as name from pg_class t
		join pg_attribute a on a.attrelid = t.oid and a.attname = 'zone_id'
		where t.relnamespace = 'yuantu'::regnamespace and t.relkind = 'r' order by 1`;
	return rows.map(({ name }) => name);
}

describe.each(DATABASE_KINDS)('scopes on the %s database', (kind) => {
	let database: Database;
	let tables: string[];
	beforeAll(async () => {
		database = await databaseWithZone(kind);
		await loadTwin(database);
		const submitted = [
			`update changeset set head = 1 where zone_id = '${PANJIN_ID}'`,
			changesetEvent(PANJIN_ID, 'submit'),
		];
		const twin = [...everyChangesetRow('twin'), ...everySupplyRow('twin')];
		const own = [...everyChangesetRow(PANJIN_ID), ...submitted, ...everySupplyRow(PANJIN_ID)];
		for (const statements of [twin, own])
			await asOwner(database, async (sql) => {
				for (const statement of statements) await sql.unsafe(statement);
			});
		tables = await zoneTables(database);
	});
	afterAll(() => database.close());

	async function countRows(within: Scope): Promise<Record<string, number>> {
		return inScope(database, within, async (sql) => {
			const counts: Record<string, number> = {};
			for (const table of tables) {
				const [{ count }] = await sql<{ count: number }[]>`select count(*) as count from ${sql(table)}`;
				if (count > 0) counts[table] = count;
			}
			return counts;
		});
	}

	it('see nothing without a zone', async () => {
		expect(await countRows(scope('office', 'app', null))).toEqual({});
		expect(await countRows(scope('office', 'read', 'no-such-zone'))).toEqual({});
	});

	it('see nothing without a grade, or with an unknown one', async () => {
		for (const grade of ['', 'secret'])
			expect(await countRows({ ...scope('public'), grade: grade as Scope['grade'] })).toEqual({});
	});

	it('see nothing with no settings at all', async () => {
		for (const role of ['yuantu_app', 'yuantu_read'])
			await database.sql.begin(async (sql) => {
				await sql`select set_config('role', ${role}, true)`;
				const [{ count }] = await sql<{ count: number }[]>`select count(*) as count from yuantu.parcel`;
				expect(count).toBe(0);
			});
	});

	it('see every table of their own zone at office grade, and nothing of another', async () => {
		const seen = new Set<string>();
		for (const userId of [PANJIN_ADMINISTRATOR, PANJIN_PLANNER, PANJIN_OFFICER, PANJIN_AUDITOR]) {
			const reader = { ...scope('office'), userId };
			for (const table of Object.keys(await countRows(reader))) seen.add(table);
			await inScope(database, reader, async (sql) => {
				for (const table of tables) {
					const [{ strangers }] = await sql<{ strangers: number }[]>`
						select count(*) as strangers from ${sql(table)} where zone_id <> ${PANJIN_ID}`;
					expect(strangers).toBe(0);
				}
			});
		}
		expect([...seen].sort()).toEqual(tables);
	});

	it('see the directory of zones, and only that, with the directory setting', async () => {
		const directory = scope('public', 'read', ZONE_DIRECTORY);
		expect(Object.keys(await countRows(directory))).toEqual(['zone']);
		const zones = await inScope(database, directory, listZones);
		expect(zones.map(({ zoneId }) => zoneId)).toEqual([PANJIN_ID, 'twin']);
	});

	it('show the public no current use, stock, audit, special land or office rule', async () => {
		const counts = await countRows(scope('public'));
		expect(counts).not.toHaveProperty('stock_status');
		expect(counts).not.toHaveProperty('audit_event');
		expect(counts).not.toHaveProperty('control_layer');
		expect(counts).not.toHaveProperty('control_area');
		expect(counts.coverage).toBe(1);
		await inScope(database, scope('public'), async (sql) => {
			const [{ special }] = await sql<{ special: number }[]>`
				select count(*) as special from parcel where class_code like '15%' or coverage_id = 'current'`;
			expect(special).toBe(0);
			const rules = await listRuleValues(sql, PANJIN_ID);
			expect(rules.every((rule) => rule.publicationGrade === 'public')).toBe(true);
			expect((await findParcelByCode(sql, PANJIN_ID, 'plan', 'PJ-00'))?.condition?.farMax).toBe('2.500');
		});
	});

	it('open a registered layer to the registered', async () => {
		await inScope(database, scope('registered'), async (sql) => {
			expect(await listControlLayers(sql, PANJIN_ID)).toHaveLength(1);
			expect(await loadControlAreas(sql, PANJIN_ID, 'growth-boundary')).toHaveLength(1);
		});
	});

	it('withhold the planning condition of a withheld parcel', async () => {
		const [seen, all] = await Promise.all(
			(['public', 'office'] as const).map((grade) =>
				inScope(database, scope(grade), (sql) => sql`select parcel_no from planning_condition`),
			),
		);
		expect(all.length).toBeGreaterThan(1);
		expect(seen.length).toBe(all.length - 1);
	});

	it('find a revision of any zone by its checksum with the directory open to the office, and never else', async () => {
		const [{ checksum }] = await inScope(
			database,
			scope('office'),
			(sql) => sql<{ checksum: string }[]>`select checksum from revision where coverage_id = 'current'`,
		);
		const find = (zoneId: string | null, grade: Scope['grade']) =>
			inScope(database, { role: 'read', zoneId, grade }, (sql) => findRevisionPlace(sql, checksum));
		expect(await find(ZONE_DIRECTORY, 'office')).toMatchObject({
			zoneId: PANJIN_ID,
			coverageId: 'current',
			revision: 1,
			publicationGrade: 'office',
		});
		for (const grade of ['public', 'registered'] as const)
			expect(await find(ZONE_DIRECTORY, grade)).toBeNull();
		for (const zoneId of [PANJIN_ID, 'elsewhere', null]) expect(await find(zoneId, 'office')).toBeNull();
	});

	it('leave no setting behind for the next user of the connection', async () => {
		await inScope(database, scope('office', 'app'), (sql) => loadParcelRows(sql, PANJIN_ID, 'plan', 1));
		const rows = await Promise.all(
			Array.from(
				{ length: 8 },
				() => database.sql<
					{ zone: string | null; grade: string | null; user: string | null; role: string; path: string }[]
				>`
					select current_setting('yuantu.zone_id', true) as zone, current_setting('yuantu.grade', true) as grade,
						current_setting('yuantu.user_id', true) as user,
						current_setting('role') as role, current_setting('search_path') as path`,
			),
		);
		for (const [{ zone, grade, user, role, path }] of rows) {
			expect([zone ?? '', grade ?? '', user ?? '', role]).toEqual(['', '', '', 'none']);
			expect(path).not.toContain('yuantu');
		}
	});

	it.each([
		['app', 'update land_use_class set name_zh = name_zh'],
		['app', 'delete from parcel'],
		['app', 'update parcel set code = code'],
		['app', 'update zone set name_zh = name_zh'],
		['app', 'insert into rule_value select * from rule_value'],
		['app', 'update audit_event set actor = actor'],
		['app', 'delete from revision'],
		['app', 'truncate audit_event'],
		['app', 'alter table parcel disable row level security'],
		['app', 'insert into seed_log select * from seed_log'],
		['read', 'insert into parcel_identity select * from parcel_identity'],
		[
			'read',
			'insert into audit_event (zone_id, actor, action, entity) select zone_id, actor, action, entity from audit_event',
		],
		['read', 'update parcel set rev_to = 2'],
	] as const)('forbid %s: %s', async (role, statement) => {
		await expect(
			inScope(database, scope('office', role), (sql) => sql.unsafe(statement)),
		).rejects.toMatchObject({
			code: '42501',
		});
	});

	it('forbid the application to write into another zone, or below office grade', async () => {
		const write = (within: Scope) =>
			inScope(
				database,
				within,
				(sql) =>
					sql`insert into parcel_identity (zone_id, coverage_id, parcel_no) values ('twin', 'plan', 7777)`,
			);
		await expect(write(scope('office', 'app'))).rejects.toMatchObject({ code: '42501' });
		await expect(write(scope('public', 'app', 'twin'))).rejects.toMatchObject({ code: '42501' });
	});
});
