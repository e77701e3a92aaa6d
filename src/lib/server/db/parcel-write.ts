import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import { writeShapes } from './shape.ts';

/** Parcel versions to be opened, as columns; entry i of every column is feature i of `polygons`. Areas in 0.01 m². */
export interface NewParcels {
	readonly parcelNo: Int32Array;
	readonly version: Int32Array;
	readonly code: readonly string[];
	readonly codeStatus: readonly ('official' | 'provisional')[];
	readonly areaDm2: Float64Array;
	readonly areaMethod: readonly string[];
	readonly planarAreaDm2: Float64Array;
	readonly documentAreaDm2: readonly (number | null)[];
	readonly classKeys: readonly ({ system: string; version: string; code: string } | null)[];
	readonly parkIds: readonly (string | null)[];
	readonly parkRelations: readonly ('inside' | 'outside' | 'several')[];
	readonly blockIds: readonly (string | null)[];
	readonly attributes: readonly (Readonly<Record<string, unknown>> | null)[];
	/** On the coordinate grid. */
	readonly polygons: FlatPolygons;
}

/** Where a recorded fact comes from. */
export interface FactOrigin {
	readonly source: string;
	readonly status: string;
}

export interface NewPlanningCondition extends FactOrigin {
	readonly parcelNo: number;
	readonly version: number;
	readonly farMin: number | null;
	readonly farMax: number | null;
	readonly buildingCoverageMaxPct: number | null;
	readonly heightMaxM: number | null;
	readonly greenRatioMinPct: number | null;
	readonly supportShareMaxPct: number | null;
	readonly publicationGrade: string;
}

export interface NewStockStatus extends FactOrigin {
	readonly parcelNo: number;
	readonly version: number;
	readonly stockStatus: string;
}

const CHUNK_ROWS = 2000;

/** Serialises the writers of a zone until the transaction ends; the first statement of a publishing. */
export async function lockZone(sql: Sql, zoneId: string): Promise<void> {
	await sql`select lock_zone(${zoneId})`;
}

/** The next number that no parcel of the zone ever had; true for the holder of the zone's lock. */
export async function nextParcelNo(sql: Sql, zoneId: string): Promise<number> {
	const [{ next }] = await sql<{ next: number }[]>`
		select coalesce(max(parcel_no), 0) + 1 as next from parcel_identity where zone_id = ${zoneId}`;
	return next;
}

/** Leaves the overlap check of this transaction's parcels to the seal of their revision; only the owner is heard. */
export async function deferOverlapCheck(sql: Sql): Promise<void> {
	await sql`select set_config('yuantu.bulk', 'on', true)`;
}

/** Closes the current versions of parcels in the revision to come; returns how many were current. */
export async function closeParcels(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcelNos: Int32Array,
): Promise<number> {
	const closed = await sql`
		update parcel set rev_to = ${revision}
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and rev_to is null
			and parcel_no = any (${Array.from(parcelNos)}::integer[])`;
	return closed.count;
}

/** Opens parcel versions in the revision to come, 2,000 to a statement. */
export async function insertParcels(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcels: NewParcels,
	report?: (done: number, total: number) => void,
): Promise<void> {
	const total = featureCount(parcels.polygons);
	for (let from = 0; from < total; from += CHUNK_ROWS) {
		const to = Math.min(from + CHUNK_ROWS, total);
		await insertChunk(sql, zoneId, coverageId, revision, parcels, from, to);
		report?.(to, total);
	}
}

async function insertChunk(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcels: NewParcels,
	from: number,
	to: number,
): Promise<void> {
	const parcelNos = Array.from(parcels.parcelNo.subarray(from, to));
	const classKeys = parcels.classKeys.slice(from, to);
	await sql`
		insert into parcel_identity (zone_id, parcel_no, coverage_id)
		select ${zoneId}, row.parcel_no, ${coverageId} from unnest(${parcelNos}::integer[]) as row (parcel_no)
		on conflict on constraint parcel_identity_pk do nothing`;
	await sql`
		insert into parcel (zone_id, coverage_id, parcel_no, version, rev_from, code, code_status, geom, area_dm2, area_method,
			planar_area_dm2, document_area_dm2, class_system, class_version, class_code, park_id, park_relation, block_id, attributes)
		select ${zoneId}, ${coverageId}, row.parcel_no, row.version, ${revision}, row.code, row.code_status,
			row.shape::geometry, row.area_dm2, row.area_method, row.planar_area_dm2, row.document_area_dm2, row.class_system,
			row.class_version, row.class_code, row.park_id, row.park_relation, row.block_id, row.attributes::jsonb
		from unnest(
			${parcelNos}::integer[], ${Array.from(parcels.version.subarray(from, to))}::integer[],
			${parcels.code.slice(from, to)}::text[], ${parcels.codeStatus.slice(from, to)}::text[], ${writeShapes(parcels.polygons, from, to)}::text[],
			${Array.from(parcels.areaDm2.subarray(from, to))}::bigint[],
			${parcels.areaMethod.slice(from, to)}::text[], ${Array.from(parcels.planarAreaDm2.subarray(from, to))}::bigint[],
			${parcels.documentAreaDm2.slice(from, to)}::bigint[],
			${classKeys.map((key) => key?.system ?? null)}::text[],
			${classKeys.map((key) => key?.version ?? null)}::text[],
			${classKeys.map((key) => key?.code ?? null)}::text[],
			${parcels.parkIds.slice(from, to)}::text[], ${parcels.parkRelations.slice(from, to)}::text[],
			${parcels.blockIds.slice(from, to)}::text[],
			${parcels.attributes.slice(from, to).map((facts) => JSON.stringify(facts ?? {}))}::text[]
		) as row (parcel_no, version, code, code_status, shape, area_dm2, area_method, planar_area_dm2, document_area_dm2,
			class_system, class_version, class_code, park_id, park_relation, block_id, attributes)`;
}

/** Records limits on plan parcels. */
export async function insertPlanningConditions(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	conditions: readonly NewPlanningCondition[],
): Promise<void> {
	if (conditions.length === 0) return;
	await sql`
		insert into planning_condition (zone_id, coverage_id, parcel_no, version, far_min, far_max, building_coverage_max_pct,
			height_max_m, green_ratio_min_pct, support_share_max_pct, publication_grade, source, status)
		select ${zoneId}, ${coverageId}, row."parcelNo", row.version, row."farMin", row."farMax",
			row."buildingCoverageMaxPct", row."heightMaxM", row."greenRatioMinPct", row."supportShareMaxPct",
			row."publicationGrade", row.source, row.status
		from jsonb_to_recordset(${JSON.stringify(conditions)}::text::jsonb) as row (
			"parcelNo" integer, version integer, "farMin" numeric, "farMax" numeric, "buildingCoverageMaxPct" numeric,
			"heightMaxM" numeric, "greenRatioMinPct" numeric, "supportShareMaxPct" numeric, "publicationGrade" text,
			source text, status text)`;
}

/** Records what stands on current land. */
export async function insertStockStatuses(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	statuses: readonly NewStockStatus[],
): Promise<void> {
	if (statuses.length === 0) return;
	await sql`
		insert into stock_status (zone_id, coverage_id, parcel_no, version, stock_status, source, status)
		select ${zoneId}, ${coverageId}, row."parcelNo", row.version, row."stockStatus", row.source, row.status
		from jsonb_to_recordset(${JSON.stringify(statuses)}::text::jsonb) as row (
			"parcelNo" integer, version integer, "stockStatus" text, source text, status text)`;
}
