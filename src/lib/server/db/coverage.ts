import type { Sql } from './connect.ts';
import type { PublicationGrade } from './land-use-class.ts';

export interface CoverageRow {
	readonly coverageId: string;
	readonly kind: 'plan' | 'current';
	readonly nameZh: string;
	readonly nameEn: string;
	readonly publicationGrade: PublicationGrade;
	/** Day that the data describe, 'YYYY-MM-DD'. */
	readonly dataOn: string | null;
	readonly isSynthetic: boolean;
	readonly source: string;
}

export interface RevisionRow {
	readonly coverageId: string;
	readonly revision: number;
	readonly baseRevision: number | null;
	/** SHA-256 of the content, hex; its name in addresses. */
	readonly checksum: string;
	readonly publishedAt: Date;
	readonly effectiveOn: string | null;
	readonly parcelCount: number;
	/** Σ of the parcels' areas in 0.01 m². */
	readonly areaTotalDm2: number;
	readonly approvalNumber: string | null;
	readonly approvalOffice: string | null;
	readonly approvedOn: string | null;
	readonly source: string;
}

/** A revision's sum over one park, or over the parcels outside every park or across several. */
export interface RevisionAreaRow {
	readonly parkRelation: 'inside' | 'outside' | 'several';
	readonly parkId: string | null;
	readonly parcelCount: number;
	readonly areaDm2: number;
}

/** Lists the coverages that the scope may see. */
export async function listCoverages(sql: Sql, zoneId: string): Promise<CoverageRow[]> {
	return sql<CoverageRow[]>`
		select coverage_id as "coverageId", kind, name_zh as "nameZh", name_en as "nameEn",
			publication_grade as "publicationGrade", data_on as "dataOn", is_synthetic as "isSynthetic", source
		from coverage where zone_id = ${zoneId}
		order by kind desc, coverage_id`;
}

export async function insertCoverage(sql: Sql, zoneId: string, coverage: CoverageRow): Promise<void> {
	await sql`
		insert into coverage (zone_id, coverage_id, kind, name_zh, name_en, publication_grade, data_on, is_synthetic, source)
		values (${zoneId}, ${coverage.coverageId}, ${coverage.kind}, ${coverage.nameZh}, ${coverage.nameEn},
			${coverage.publicationGrade}, ${coverage.dataOn}, ${coverage.isSynthetic}, ${coverage.source})`;
}

/** Lists revisions from the newest down, at most `limit`, older than `before` where it is given. */
export async function listRevisions(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	page: { before?: number; limit: number },
): Promise<RevisionRow[]> {
	return sql<RevisionRow[]>`
		select ${revisionColumns(sql)}
		from revision
		where zone_id = ${zoneId} and coverage_id = ${coverageId}
			and (${page.before ?? null}::integer is null or revision < ${page.before ?? null}::integer)
		order by revision desc limit ${page.limit}`;
}

/** Finds the newest revision of a coverage. */
export async function findLatestRevision(
	sql: Sql,
	zoneId: string,
	coverageId: string,
): Promise<RevisionRow | null> {
	const [revision] = await listRevisions(sql, zoneId, coverageId, { limit: 1 });
	return revision ?? null;
}

/** Finds a revision by its number. */
export async function findRevision(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revisionNo: number,
): Promise<RevisionRow | null> {
	const [revision] = await sql<RevisionRow[]>`
		select ${revisionColumns(sql)}
		from revision
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and revision = ${revisionNo}`;
	return revision ?? null;
}

/** Where the revision of a content stands, in whatever zone. */
export interface RevisionPlaceRow {
	readonly zoneId: string;
	readonly coverageId: string;
	readonly kind: CoverageRow['kind'];
	readonly revision: number;
	readonly publicationGrade: PublicationGrade;
}

/** Finds the revision that a checksum names, in whatever zone; only in the office's scope with the directory of zones open. */
export async function findRevisionPlace(sql: Sql, checksum: string): Promise<RevisionPlaceRow | null> {
	const [place] = await sql<RevisionPlaceRow[]>`
		select zone_id as "zoneId", coverage_id as "coverageId", coverage_kind as kind, revision,
			publication_grade as "publicationGrade"
		from find_revision_place(${checksum})`;
	return place ?? null;
}

/** Finds the state as of a day ('YYYY-MM-DD'): the last revision published before that day ends in the zone's time zone. */
export async function findRevisionAsOf(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	onDate: string,
): Promise<RevisionRow | null> {
	const [revision] = await sql<RevisionRow[]>`
		select ${revisionColumns(sql)}
		from revision
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and published_at < (
			select (${onDate}::date + 1)::timestamp at time zone z.time_zone from zone z where z.zone_id = ${zoneId})
		order by revision desc limit 1`;
	return revision ?? null;
}

/** Finds the last revision that was published at an instant or before. */
export async function findRevisionAt(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	instant: Date,
): Promise<RevisionRow | null> {
	const [revision] = await sql<RevisionRow[]>`
		select ${revisionColumns(sql)}
		from revision
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and published_at <= ${instant}
		order by revision desc limit 1`;
	return revision ?? null;
}

/**
 * Lists a revision's sums by park: whole even where the scope may not see every parcel, so that what is withheld can be named.
 */
export async function listRevisionAreas(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
): Promise<RevisionAreaRow[]> {
	return sql<RevisionAreaRow[]>`
		select park_relation as "parkRelation", park_id as "parkId", parcel_count as "parcelCount", area_dm2 as "areaDm2"
		from revision_area
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and revision = ${revision}
		order by revision_area_no`;
}

/** Seals a revision whose parcels are written; the database checks that it is the next and that its totals are true. */
export async function insertRevision(sql: Sql, zoneId: string, revision: RevisionRow): Promise<void> {
	await sql`
		insert into revision (zone_id, coverage_id, revision, base_revision, checksum, published_at, effective_on,
			parcel_count, area_total_dm2, approval_number, approval_office, approved_on, source)
		values (${zoneId}, ${revision.coverageId}, ${revision.revision}, ${revision.baseRevision}, ${revision.checksum},
			${revision.publishedAt}, ${revision.effectiveOn}, ${revision.parcelCount}, ${revision.areaTotalDm2},
			${revision.approvalNumber}, ${revision.approvalOffice}, ${revision.approvedOn}, ${revision.source})`;
}

function revisionColumns(sql: Sql) {
	return sql`coverage_id as "coverageId", revision, base_revision as "baseRevision", checksum,
		published_at as "publishedAt", effective_on as "effectiveOn", parcel_count as "parcelCount",
		area_total_dm2 as "areaTotalDm2", approval_number as "approvalNumber", approval_office as "approvalOffice",
		approved_on as "approvedOn", source`;
}
