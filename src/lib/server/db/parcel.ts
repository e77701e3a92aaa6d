import type { Sql } from './connect.ts';

/** One parcel version with what hangs on it; areas in 0.01 m². Limits are decimal text. */
export interface ParcelRow {
	readonly coverageId: string;
	readonly parcelNo: number;
	readonly version: number;
	/** It lives in the revisions [revFrom, revTo); null: current. */
	readonly revFrom: number;
	readonly revTo: number | null;
	readonly code: string;
	readonly codeStatus: 'official' | 'provisional';
	readonly areaDm2: number;
	readonly areaMethod: string;
	readonly planarAreaDm2: number;
	readonly documentAreaDm2: number | null;
	readonly classSystem: string | null;
	readonly classVersion: string | null;
	readonly classCode: string | null;
	readonly parkId: string | null;
	readonly parkRelation: 'inside' | 'outside' | 'several';
	readonly blockId: string | null;
	readonly attributes: Readonly<Record<string, unknown>>;
	readonly stockStatus: string | null;
	/** Null: none recorded, or not for this scope. */
	readonly condition: PlanningConditionRow | null;
}

/** Limits on a plan parcel; null is not known, never unlimited. */
export interface PlanningConditionRow {
	readonly farMin: string | null;
	readonly farMax: string | null;
	readonly buildingCoverageMaxPct: string | null;
	readonly heightMaxM: string | null;
	readonly greenRatioMinPct: string | null;
	readonly supportShareMaxPct: string | null;
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
}

export interface ParcelHitRow {
	readonly coverageId: string;
	readonly parcelNo: number;
	readonly code: string;
	readonly codeStatus: 'official' | 'provisional';
	readonly classKey: string | null;
	readonly parkId: string | null;
}

interface JoinedRow extends Omit<ParcelRow, 'condition'>, PlanningConditionRow {
	readonly hasCondition: boolean;
}

/** Finds a parcel by its number: as it stands in a revision of its coverage, or the current version. */
export async function findParcel(
	sql: Sql,
	zoneId: string,
	parcelNo: number,
	revision?: number,
): Promise<ParcelRow | null> {
	const wanted =
		revision === undefined
			? sql`p.rev_to is null`
			: sql`p.rev_from <= ${revision} and (p.rev_to is null or p.rev_to > ${revision})`;
	const [row] = await sql<JoinedRow[]>`
		${selectParcel(sql)}
		where p.zone_id = ${zoneId} and p.parcel_no = ${parcelNo} and ${wanted}
			and p.coverage_id in (
				select i.coverage_id from parcel_identity i where i.zone_id = ${zoneId} and i.parcel_no = ${parcelNo})`;
	return row === undefined ? null : parcelOf(row);
}

/** Finds the current parcel of a coverage with exactly this code. */
export async function findParcelByCode(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	code: string,
): Promise<ParcelRow | null> {
	const [row] = await sql<JoinedRow[]>`
		${selectParcel(sql)}
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.code = ${code} and p.rev_to is null`;
	return row === undefined ? null : parcelOf(row);
}

/**
 * Lists the parcels of one of the last revisions of a coverage whose code begins with `prefix`, letter case aside, in code order from after `after`.
 * The next page begins after the last hit's code and number.
 */
export async function searchParcelsByCode(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	search: { prefix: string; revision: number; after?: { code: string; parcelNo: number }; limit: number },
): Promise<ParcelHitRow[]> {
	const prefix = sql`lower(${search.prefix}::text collate "C")`;
	const after = search.after ?? { code: '', parcelNo: 0 };
	const { revision, limit } = search;
	// Two halves, as each has an index of its own; the second is what later revisions closed.
	const half = (isOpen: boolean) => sql`
		select coverage_id as "coverageId", parcel_no as "parcelNo", code, code_status as "codeStatus",
			class_system || '/' || class_version || '/' || class_code as "classKey", park_id as "parkId", code_search
		from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and rev_from <= ${revision}
			and ${isOpen ? sql`rev_to is null` : sql`rev_to > ${revision}`}
			and code_search >= ${prefix} and code_search < ${prefix} || chr(1114111)
			and (code_search, parcel_no) > (lower(${after.code}::text collate "C"), ${after.parcelNo}::integer)`;
	return sql<ParcelHitRow[]>`
		select "coverageId", "parcelNo", code, "codeStatus", "classKey", "parkId"
		from (${half(true)} union all ${half(false)}) as hit
		order by code_search, "parcelNo" limit ${limit}`;
}

function selectParcel(sql: Sql) {
	return sql`
		select p.coverage_id as "coverageId", p.parcel_no as "parcelNo", p.version, p.rev_from as "revFrom",
			p.rev_to as "revTo", p.code, p.code_status as "codeStatus", p.area_dm2 as "areaDm2",
			p.area_method as "areaMethod", p.planar_area_dm2 as "planarAreaDm2",
			p.document_area_dm2 as "documentAreaDm2", p.class_system as "classSystem",
			p.class_version as "classVersion", p.class_code as "classCode", p.park_id as "parkId",
			p.park_relation as "parkRelation", p.block_id as "blockId", p.attributes,
			s.stock_status as "stockStatus", c.parcel_no is not null as "hasCondition", c.far_min as "farMin",
			c.far_max as "farMax", c.building_coverage_max_pct as "buildingCoverageMaxPct",
			c.height_max_m as "heightMaxM", c.green_ratio_min_pct as "greenRatioMinPct",
			c.support_share_max_pct as "supportShareMaxPct", c.source, c.status
		from parcel p
		left join stock_status s on s.zone_id = p.zone_id and s.coverage_id = p.coverage_id
			and s.parcel_no = p.parcel_no and s.version = p.version
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id
			and c.parcel_no = p.parcel_no and c.version = p.version`;
}

function parcelOf(row: JoinedRow): ParcelRow {
	const {
		hasCondition,
		farMin,
		farMax,
		buildingCoverageMaxPct,
		heightMaxM,
		greenRatioMinPct,
		supportShareMaxPct,
		source,
		status,
		...parcel
	} = row;
	const limits = { farMin, farMax, buildingCoverageMaxPct, heightMaxM, greenRatioMinPct, supportShareMaxPct };
	return { ...parcel, condition: hasCondition ? { ...limits, source, status } : null };
}
