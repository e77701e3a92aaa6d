import type { PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Sql } from './connect.ts';
import type { ParcelRow } from './parcel.ts';
import type { ParcelChangeRow } from './parcel-change.ts';
import { conditionOf } from './parcel-version.ts';

/** A version of a parcel in the revisions [revFrom, revTo) that the scope may see, with when the first of them was published. Areas in 0.01 m². */
export interface PastVersionRow {
	readonly version: number;
	/** The revision that opened it, which the scope may not see. */
	readonly openedIn: number;
	readonly revFrom: number;
	readonly revTo: number | null;
	readonly code: string;
	readonly codeStatus: 'official' | 'provisional';
	readonly classKey: string | null;
	readonly parkId: string | null;
	readonly areaDm2: number;
	/** Null: there is none that the scope may see. */
	readonly condition: PlanningCondition | null;
	readonly publishedAt: Date;
	readonly effectiveOn: string | null;
}

/** A parcel whose ground another has, as it was before. */
export type OriginRow = Pick<PastVersionRow, 'code' | 'codeStatus' | 'classKey' | 'condition'> & {
	readonly parcelNo: number;
};

/** What a revision did to a parcel. */
export interface PastChangeRow extends ParcelChangeRow {
	readonly revision: number;
}

/** A parcel of a lineage: its last version that the scope may see, and whether the newest revision that it may see has it. Area in 0.01 m². */
export interface RelatedParcelRow {
	readonly parcelNo: number;
	readonly code: string;
	readonly classKey: string | null;
	readonly areaDm2: number;
	readonly isCurrent: boolean;
}

export interface LineageRow {
	readonly from: number;
	readonly to: number;
	readonly revision: number;
}

/** Lists the versions of a parcel that the scope may see, in order. */
export async function listPastVersions(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
): Promise<PastVersionRow[]> {
	return sql<PastVersionRow[]>`
		select p.version, p.rev_from as "openedIn", seen.revision as "revFrom", (
				select min(r.revision) from revision r
				where r.zone_id = p.zone_id and r.coverage_id = p.coverage_id and r.revision >= p.rev_to) as "revTo",
			p.code, p.code_status as "codeStatus", p.class_system || '/' || p.class_version || '/' || p.class_code as "classKey",
			p.park_id as "parkId", p.area_dm2 as "areaDm2", ${conditionOf(sql)} as condition,
			seen.published_at as "publishedAt", seen.effective_on as "effectiveOn"
		from parcel p
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id
			and c.parcel_no = p.parcel_no and c.version = p.version
		cross join lateral (
			select r.revision, r.published_at, r.effective_on from revision r
			where r.zone_id = p.zone_id and r.coverage_id = p.coverage_id and r.revision >= p.rev_from
				and (p.rev_to is null or r.revision < p.rev_to)
			order by r.revision limit 1
		) as seen
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.parcel_no = ${parcelNo}
		order by p.version`;
}

/** Lists the parcels whose ground a parcel got by a revision, as they were before it, as far as the scope may see them. */
export async function listOrigins(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
	revision: number,
): Promise<OriginRow[]> {
	return sql<OriginRow[]>`
		select p.parcel_no as "parcelNo", p.code, p.code_status as "codeStatus",
			p.class_system || '/' || p.class_version || '/' || p.class_code as "classKey", ${conditionOf(sql)} as condition
		from parcel_lineage l
		join parcel p on p.zone_id = l.zone_id and p.coverage_id = l.coverage_id and p.parcel_no = l.from_no
			and p.rev_from < l.revision and (p.rev_to is null or p.rev_to >= l.revision)
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id
			and c.parcel_no = p.parcel_no and c.version = p.version
		where l.zone_id = ${zoneId} and l.coverage_id = ${coverageId} and l.to_no = ${parcelNo}
			and l.from_no <> l.to_no and l.revision = ${revision}
			and exists (
				select from revision r
				where r.zone_id = p.zone_id and r.coverage_id = p.coverage_id and r.revision >= p.rev_from
					and (p.rev_to is null or r.revision < p.rev_to))
		order by p.parcel_no`;
}

/**
 * Whether the scope may know of the change `d`: one of conditions only where it sees others than before. Else that there was one would tell of
 * conditions that are not published.
 */
function isKnownChange(sql: Sql) {
	const seenIn = (version: ReturnType<Sql>) => sql`(
		select to_jsonb(c) - 'version' from planning_condition c
		where c.zone_id = d.zone_id and c.coverage_id = d.coverage_id and c.parcel_no = d.parcel_no and c.version = ${version})`;
	return sql`(d.kind <> 'conditions' or ${seenIn(sql`d.version`)} is distinct from ${seenIn(sql`d.version - 1`)})`;
}

/** Finds the version that a reader is told of where a parcel has `version`: the last one that did more than put nodes on its edges, as far as the scope may know. */
export async function findToldVersion(
	sql: Sql,
	zoneId: string,
	{ coverageId, parcelNo, version }: Pick<ParcelRow, 'coverageId' | 'parcelNo' | 'version'>,
): Promise<Pick<PastVersionRow, 'version' | 'revFrom'> | null> {
	const [row] = await sql<Pick<PastVersionRow, 'version' | 'revFrom'>[]>`
		select p.version, (
				select min(r.revision) from revision r
				where r.zone_id = p.zone_id and r.coverage_id = p.coverage_id and r.revision >= p.rev_from) as "revFrom"
		from parcel p
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.parcel_no = ${parcelNo}
			and p.version <= ${version} and (p.version = 1 or exists (
				select from parcel_change d
				where d.zone_id = p.zone_id and d.coverage_id = p.coverage_id and d.parcel_no = p.parcel_no
					and d.version = p.version and d.kind not in ('noded', 'retired') and ${isKnownChange(sql)}))
		order by p.version desc limit 1`;
	return row ?? null;
}

/** Lists what revisions did to a parcel, in order, as far as the scope may see what came of it and was there before. */
export async function listPastChanges(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
): Promise<PastChangeRow[]> {
	return sql<PastChangeRow[]>`
		select d.revision, d.parcel_no as "parcelNo", d.kind, d.version from parcel_change d
		where d.zone_id = ${zoneId} and d.coverage_id = ${coverageId} and d.parcel_no = ${parcelNo} and ${isKnownChange(sql)}
		order by d.revision, d.kind`;
}

/** Lists the parcels from which a parcel's ground came (`from`) or to which it went, as far as the scope may follow it: itself first, the nearest first, at most `limit`. */
export async function listRelatedNos(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNo: number,
	{ side, limit }: { readonly side: 'from' | 'to'; readonly limit: number },
): Promise<number[]> {
	const [near, far] = side === 'from' ? [sql`to_no`, sql`from_no`] : [sql`from_no`, sql`to_no`];
	// The outer limit stops the recursion, which goes on row by row.
	const rows = await sql<{ parcelNo: number }[]>`
		with recursive related (parcel_no) as (
			select ${parcelNo}::integer
			union
			select l.${far} from related
			join parcel_lineage l on l.zone_id = ${zoneId} and l.coverage_id = ${coverageId} and l.${near} = related.parcel_no
		)
		select parcel_no as "parcelNo" from related limit ${limit}`;
	return rows.map((row) => row.parcelNo);
}

/** Lists the lineage of the revisions in (after, upTo], the newest revision first. */
export async function listLineageSince(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	{ after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<LineageRow[]> {
	return sql<LineageRow[]>`
		select from_no as "from", to_no as "to", revision from parcel_lineage
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and revision > ${after} and revision <= ${upTo}
		order by revision desc, from_no, to_no`;
}

/** Lists the lineage between some parcels in order of revision, each with the first revision that shows it to the scope. */
export async function listLineage(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNos: readonly number[],
): Promise<LineageRow[]> {
	return sql<LineageRow[]>`
		select l.from_no as "from", l.to_no as "to", (
				select min(r.revision) from revision r
				where r.zone_id = l.zone_id and r.coverage_id = l.coverage_id and r.revision >= l.revision) as revision
		from parcel_lineage l
		where l.zone_id = ${zoneId} and l.coverage_id = ${coverageId}
			and l.from_no = any (${[...parcelNos]}::integer[]) and l.to_no = any (${[...parcelNos]}::integer[])
		order by l.revision, l.from_no, l.to_no`;
}

/** Lists those of some parcels that the scope may see, each as it last was. */
export async function listRelatedParcels(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	parcelNos: readonly number[],
): Promise<RelatedParcelRow[]> {
	return sql<RelatedParcelRow[]>`
		select distinct on (parcel_no) parcel_no as "parcelNo", code,
			class_system || '/' || class_version || '/' || class_code as "classKey", area_dm2 as "areaDm2",
			rev_to is null or rev_to > (
				select max(r.revision) from revision r where r.zone_id = ${zoneId} and r.coverage_id = ${coverageId}) as "isCurrent"
		from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and parcel_no = any (${[...parcelNos]}::integer[])
		order by parcel_no, version desc`;
}
