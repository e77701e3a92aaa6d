import type { PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Sql } from './connect.ts';

/** A parcel as it stands, but for its shape: what its next version is made of. Areas in 0.01 m². */
export interface ParcelVersionRow {
	readonly parcelNo: number;
	readonly version: number;
	readonly code: string;
	readonly codeStatus: 'official' | 'provisional';
	readonly areaDm2: number;
	readonly areaMethod: string;
	readonly planarAreaDm2: number;
	readonly documentAreaDm2: number | null;
	/** `system/version/code`. */
	readonly landUse: string | null;
	readonly parkId: string | null;
	readonly parkRelation: 'inside' | 'outside' | 'several';
	readonly blockId: string | null;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly condition: PlanningCondition | null;
	readonly stock: { readonly stockStatus: string; readonly source: string; readonly status: string } | null;
}

/** What a draft asks of parcels besides what is held in memory. */
export interface ParcelFactRow {
	readonly parcelNo: number;
	readonly codeStatus: 'official' | 'provisional';
	readonly condition: PlanningCondition | null;
}

/** Lists the current versions of parcels of a coverage; those that are not there are left out. */
export async function listParcelVersions(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNos: readonly number[],
): Promise<ParcelVersionRow[]> {
	return sql<ParcelVersionRow[]>`
		select p.parcel_no as "parcelNo", p.version, p.code, p.code_status as "codeStatus", p.area_dm2 as "areaDm2",
			p.area_method as "areaMethod", p.planar_area_dm2 as "planarAreaDm2", p.document_area_dm2 as "documentAreaDm2",
			p.class_system || '/' || p.class_version || '/' || p.class_code as "landUse", p.park_id as "parkId",
			p.park_relation as "parkRelation", p.block_id as "blockId", p.attributes, ${conditionOf(sql)} as condition,
			case when s.parcel_no is not null then
				jsonb_build_object('stockStatus', s.stock_status, 'source', s.source, 'status', s.status) end as stock
		from parcel p
		left join stock_status s on s.zone_id = p.zone_id and s.coverage_id = p.coverage_id
			and s.parcel_no = p.parcel_no and s.version = p.version
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id
			and c.parcel_no = p.parcel_no and c.version = p.version
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.rev_to is null
			and p.parcel_no = any (${[...parcelNos]}::integer[])
		order by p.parcel_no`;
}

/** Lists the parcels of a revision, or those of some numbers, that have a planning condition or a code of the registry. O(those). */
export async function listParcelFacts(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcelNos: readonly number[] | null = null,
): Promise<ParcelFactRow[]> {
	const among = parcelNos === null ? sql`` : sql`and p.parcel_no = any (${[...parcelNos]}::integer[])`;
	return sql<ParcelFactRow[]>`
		select p.parcel_no as "parcelNo", p.code_status as "codeStatus", ${conditionOf(sql)} as condition
		from parcel p
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id
			and c.parcel_no = p.parcel_no and c.version = p.version
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.rev_from <= ${revision}
			and (p.rev_to is null or p.rev_to > ${revision}) and (c.parcel_no is not null or p.code_status = 'official') ${among}`;
}

/** The codes that parcels have in a revision, by number. */
export async function findCodesAt(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcelNos: readonly number[],
): Promise<ReadonlyMap<number, string>> {
	if (parcelNos.length === 0) return new Map();
	const rows = await sql<{ parcelNo: number; code: string }[]>`
		select parcel_no as "parcelNo", code from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and rev_from <= ${revision}
			and (rev_to is null or rev_to > ${revision}) and parcel_no = any (${[...parcelNos]}::integer[])`;
	return new Map(rows.map(({ parcelNo, code }) => [parcelNo, code]));
}

/** Lists which of some codes current parcels of a coverage have. */
export async function listCodesTaken(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	codes: readonly string[],
): Promise<{ readonly parcelNo: number; readonly code: string }[]> {
	return sql<{ parcelNo: number; code: string }[]>`
		select parcel_no as "parcelNo", code from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and rev_to is null and code = any (${[...codes]}::text[])`;
}

/** The planning condition of the row `c`, or null. */
export function conditionOf(sql: Sql) {
	return sql`case when c.parcel_no is not null then jsonb_build_object('farMin', c.far_min, 'farMax', c.far_max,
		'buildingCoverageMaxPct', c.building_coverage_max_pct, 'heightMaxM', c.height_max_m,
		'greenRatioMinPct', c.green_ratio_min_pct, 'supportShareMaxPct', c.support_share_max_pct,
		'publicationGrade', c.publication_grade, 'source', c.source, 'status', c.status) end`;
}
