import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '$lib/server/db/connect.ts';
import { DATABASE_KINDS, freshDatabase } from '../support/database.ts';

/** Code lists, accounts, which are of no zone, and the database's own bookkeeping; every other table is zone data. */
const REFERENCE_TABLES = [
	'land_use_system',
	'land_use_class',
	'land_use_crosswalk',
	'land_use_category',
	'seed_log',
	'app_user',
	'app_session',
	'app_account',
	'sign_in_failure',
	'role',
	'role_permission',
	'changeset_transition',
	'national_rule_value',
	'class_use',
	'calendar_year',
	'calendar_day',
	'supply_mode',
	'supply_transition',
	'idle_transition',
	'schema_migration',
];
const UNIT_COLUMN = /(_dm2|_km2|_m|_pct|_srid|_fen)$|^(far_|geom$|value$|valid_|.*_on$|.*_at$)/;
const COMMENTED_BY_RULE = ['created_at', 'applied_at'];
/** What may be changed of a building: not which plot it stands on. */
const BUILDING_FIGURES = [
	...['industry_floor_dm2', 'support_floor_dm2', 'living_floor_dm2', 'least_unit_dm2'],
	...['split_floor_dm2', 'self_held_floor_dm2'],
	...['name', 'stated_on', 'source'],
];
const GENERATED_NAME = /_(pkey|fkey|key|check|excl|idx)\d*$/;

describe.each(DATABASE_KINDS)('the schema of the %s database', (kind) => {
	let database: Database;
	beforeAll(async () => {
		database = await freshDatabase(kind);
	});
	afterAll(() => database.close());

	it('puts zone_id first in every key of zone data', async () => {
		const keys = await database.sql<{ table: string; name: string; lead: string; target: string | null }[]>`
			select t.relname::text as table, k.name, a.attname::text as lead, k.target
			from (
				select conrelid as relation, conname::text as name, conkey[1] as lead, contype,
					case when contype = 'f' then confrelid::regclass::text end as target
				from pg_constraint where contype in ('p', 'u', 'f')
				union all
				select indrelid, indexrelid::regclass::text, indkey[0], 'i', null from pg_index where indisunique
			) k
			join pg_class t on t.oid = k.relation and t.relnamespace = 'yuantu'::regnamespace
			join pg_attribute a on a.attrelid = t.oid and a.attnum = k.lead`;
		const reference = REFERENCE_TABLES.map((name) => `yuantu.${name}`);
		const astray = keys.filter(
			({ table, lead, target }) =>
				!REFERENCE_TABLES.includes(table) && lead !== 'zone_id' && !reference.includes(target ?? ''),
		);
		expect(keys.length).toBeGreaterThan(50);
		expect(astray).toEqual([]);
		const withPrimaryKey = await database.sql<{ table: string }[]>`
			select relname::text as table from pg_class t
			where relnamespace = 'yuantu'::regnamespace and relkind = 'r'
				and not exists (select from pg_constraint c where c.conrelid = t.oid and c.contype = 'p')`;
		expect(withPrimaryKey.map(({ table }) => table)).toEqual([]);
	});

	it('holds zone_id in every exclusion of zone data', async () => {
		const astray = await database.sql`
			select c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
			where c.connamespace = 'yuantu'::regnamespace and c.contype = 'x' and t.relname <> all (${REFERENCE_TABLES}) and not exists (
				select from pg_attribute a
				where a.attrelid = c.conrelid and a.attname = 'zone_id' and a.attnum = any (c.conkey))`;
		expect([...astray]).toEqual([]);
	});

	it('secures every table by row, and is owned by yuantu_owner', async () => {
		const open = await database.sql<{ name: string }[]>`
			select relname::text as name from pg_class
			where relnamespace = 'yuantu'::regnamespace and relkind in ('r', 'v', 'm')
				and (not relrowsecurity or relowner <> 'yuantu_owner'::regrole)`;
		expect([...open]).toEqual([]);
	});

	it('describes every table, function and unit-bearing column', async () => {
		const silent = await database.sql<{ name: string }[]>`
			select relname::text as name from pg_class t
			where relnamespace = 'yuantu'::regnamespace and relkind = 'r' and obj_description(oid, 'pg_class') is null
			union all
			select proname::text from pg_proc
			where pronamespace = 'yuantu'::regnamespace and obj_description(oid, 'pg_proc') is null`;
		expect([...silent]).toEqual([]);
		const columns = await database.sql<{ table: string; name: string; comment: string | null }[]>`
			select t.relname::text as table, a.attname::text as name, col_description(t.oid, a.attnum) as comment
			from pg_attribute a join pg_class t on t.oid = a.attrelid
			where t.relnamespace = 'yuantu'::regnamespace and t.relkind = 'r' and a.attnum > 0 and not a.attisdropped`;
		const uncommented = columns.filter(
			({ name, comment }) => UNIT_COLUMN.test(name) && comment === null && !COMMENTED_BY_RULE.includes(name),
		);
		expect(uncommented.map(({ table, name }) => `${table}.${name}`)).toEqual([]);
	});

	it('names its constraints by hand', async () => {
		const names = await database.sql<{ name: string }[]>`
			select conname::text as name from pg_constraint
			where connamespace = 'yuantu'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')
			union
			select relname::text from pg_class where relnamespace = 'yuantu'::regnamespace and relkind = 'i'`;
		expect(names.filter(({ name }) => GENERATED_NAME.test(name))).toEqual([]);
	});

	it('gives no function to everybody, and fixes the search path of those that run as the owner', async () => {
		const open = await database.sql<{ name: string }[]>`
			select proname::text as name from pg_proc p
			where pronamespace = 'yuantu'::regnamespace and (
				exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) g where g.grantee = 0)
				or (prosecdef and not coalesce(proconfig::text like '%search_path=yuantu, public, pg_temp%', false)))`;
		expect([...open]).toEqual([]);
	});

	it('lets the application change only what drafting, publishing, supplying and granting need, the sign-in accounts, and readers nothing', async () => {
		const grants = await database.sql<{ grantee: string; table: string; privilege: string }[]>`
			select grantee::text, table_name::text as table, privilege_type::text as privilege
			from information_schema.role_table_grants
			where table_schema = 'yuantu' and grantee in ('yuantu_app', 'yuantu_read', 'yuantu_auth') and privilege_type <> 'SELECT'
			union
			select grantee::text, table_name::text, privilege_type || ' ' || column_name
			from information_schema.role_column_grants
			where table_schema = 'yuantu' and grantee in ('yuantu_app', 'yuantu_read') and privilege_type = 'UPDATE'
			union
			select grantee::text, table_name::text, 'SELECT' from information_schema.role_table_grants
			where table_schema = 'yuantu' and grantee = 'yuantu_auth' and privilege_type = 'SELECT'`;
		expect(grants.map(({ grantee, table, privilege }) => `${grantee} ${privilege} ${table}`).sort()).toEqual(
			[
				'yuantu_app UPDATE rev_to parcel',
				'yuantu_app INSERT parcel',
				'yuantu_app INSERT parcel_identity',
				'yuantu_app INSERT planning_condition',
				'yuantu_app INSERT revision',
				'yuantu_app INSERT stock_status',
				'yuantu_app INSERT office',
				'yuantu_app UPDATE ended_at role_grant',
				'yuantu_app INSERT parcel_change',
				'yuantu_app INSERT parcel_lineage',
				'yuantu_app DELETE changeset_step',
				'yuantu_app DELETE changeset_document',
				'yuantu_app DELETE survey',
				'yuantu_app INSERT survey_part',
				'yuantu_app INSERT survey_point',
				...['valid_to', 'set_valid_to', 'voided_at', 'voided_by', 'void_reason'].map(
					(column) => `yuantu_app UPDATE ${column} rule_value`,
				),
				'yuantu_app INSERT plot_parcel',
				'yuantu_app INSERT building',
				...['name', 'batch_no'].map((column) => `yuantu_app UPDATE ${column} plot`),
				...BUILDING_FIGURES.map((column) => `yuantu_app UPDATE ${column} building`),
				...['year', 'quarter', 'due_on'].map((column) => `yuantu_app UPDATE ${column} supply`),
				...[
					'title',
					'reason',
					'base_revision',
					'head',
					'edit_no',
					'park_ids',
					'changed_at',
					'content_changed_at',
				].map((column) => `yuantu_app UPDATE ${column} changeset`),
				...['starts_on', 'ends_on', 'number', 'office', 'issued_on', 'summary', 'document_no'].map(
					(column) => `yuantu_app UPDATE ${column} changeset_paper`,
				),
				...['app_session', 'app_account', 'sign_in_failure'].flatMap((table) =>
					['SELECT', 'INSERT', 'UPDATE', 'DELETE'].map((act) => `yuantu_auth ${act} ${table}`),
				),
				...['SELECT', 'UPDATE'].map((act) => `yuantu_auth ${act} app_user`),
			].sort(),
		);
	});
});
