import type { Sql } from './connect.ts';

/** Tables of land supply that a load fills. */
type LoadTable =
	| 'conversion_batch'
	| 'supply_programme'
	| 'plot'
	| 'plot_version'
	| 'plot_parcel'
	| 'plot_statement'
	| 'plot_permit'
	| 'building'
	| 'supply'
	| 'supply_event'
	| 'supply_fact'
	| 'supply_payment'
	| 'supply_secret';

/**
 * Loads rows of one table of land supply, all with the same columns, in one statement; as the owner, who numbers them himself.
 *
 * Of events one for each supply at a time: the state moves when the statement ends.
 */
export async function loadSupplyRows(
	sql: Sql,
	table: LoadTable,
	rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
	if (rows.length === 0) return;
	const names = Object.keys(rows[0]);
	await sql`
		insert into ${sql(table)} (${sql(names)})
		select ${sql(names)} from jsonb_populate_recordset(null::${sql(table)}, ${JSON.stringify(rows)}::text::jsonb)`;
}

/** Says whether anything of land supply was entered in a zone. */
export async function hasSupplies(sql: Sql, zoneId: string): Promise<boolean> {
	const [{ has }] = await sql<{ has: boolean }[]>`
		select exists (select from plot where zone_id = ${zoneId}) or exists (select from conversion_batch where zone_id = ${zoneId})
			or exists (select from supply_programme where zone_id = ${zoneId}) as has`;
	return has;
}

/** A parcel of the newest plan as ground of a plot. */
export interface PlanGroundRow {
	readonly coverageId: string;
	readonly revision: number;
	readonly parcelNo: number;
	readonly version: number;
	readonly code: string;
	readonly parkId: string;
	readonly blockId: string | null;
	readonly classSystem: string;
	readonly classVersion: string;
	readonly classCode: string;
	readonly areaDm2: number;
	readonly hasConditions: boolean;
}

/** Lists the parcels of the newest published plan that lie in one park and have a class, by their numbers. */
export async function listPlanGround(sql: Sql, zoneId: string): Promise<PlanGroundRow[]> {
	return sql<PlanGroundRow[]>`
		select p.coverage_id as "coverageId", (
				select max(r.revision) from revision r where r.zone_id = p.zone_id and r.coverage_id = p.coverage_id) as revision,
			p.parcel_no as "parcelNo", p.version, p.code, p.park_id as "parkId", p.block_id as "blockId",
			p.class_system as "classSystem", p.class_version as "classVersion", p.class_code as "classCode", p.area_dm2 as "areaDm2",
			c.parcel_no is not null as "hasConditions"
		from parcel p
		join coverage v on v.zone_id = p.zone_id and v.coverage_id = p.coverage_id and v.kind = 'plan'
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id and c.parcel_no = p.parcel_no
			and c.version = p.version
		where p.zone_id = ${zoneId} and p.rev_to is null and p.park_id is not null and p.class_code is not null
		order by p.parcel_no`;
}

/** The shapes of parcels of the newest plan as hexadecimal EWKB, by number. */
export async function findGroundShapes(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNos: readonly number[],
): Promise<Map<number, string>> {
	const rows = await sql<{ parcelNo: number; shape: string }[]>`
		select parcel_no as "parcelNo", geom::text as shape from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and rev_to is null and parcel_no = any (${[...parcelNos]}::integer[])`;
	return new Map(rows.map(({ parcelNo, shape }) => [parcelNo, shape]));
}
