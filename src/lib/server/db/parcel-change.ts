import type { ChangeKind } from '$lib/domain/changeset/change-kind.ts';
import type { Sql } from './connect.ts';

export interface ParcelChangeRow {
	readonly parcelNo: number;
	readonly kind: ChangeKind | 'noded';
	/** The version that the revision opened; of a retired parcel the one that it closed. */
	readonly version: number;
}

/** What a later revision did to a parcel, and whose changeset it was. */
export interface LaterChangeRow {
	readonly parcelNo: number;
	readonly revision: number;
	readonly changesetNo: number;
	readonly authorName: string | null;
}

/** Records what the revision to come does to parcels. */
export async function insertParcelChanges(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	changesetNo: number,
	changes: readonly ParcelChangeRow[],
): Promise<void> {
	await sql`
		insert into parcel_change (zone_id, coverage_id, revision, parcel_no, kind, version, changeset_no)
		select ${zoneId}, ${coverageId}, ${revision}, row.parcel_no, row.kind, row.version, ${changesetNo}
		from unnest(${changes.map(({ parcelNo }) => parcelNo)}::integer[], ${changes.map(({ kind }) => kind)}::text[],
			${changes.map(({ version }) => version)}::integer[]) as row (parcel_no, kind, version)`;
}

/** Lists the parcels that a revision made, ascending: the order in which it numbered them. */
export async function listCreatedParcels(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
): Promise<number[]> {
	const rows = await sql<{ parcelNo: number }[]>`
		select parcel_no as "parcelNo" from parcel_change
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and revision = ${revision} and kind = 'created'
		order by parcel_no`;
	return rows.map(({ parcelNo }) => parcelNo);
}

/** Records whose ground goes to whom in the revision to come. */
export async function insertParcelLineage(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	lineage: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
	if (lineage.length === 0) return;
	await sql`
		insert into parcel_lineage (zone_id, coverage_id, revision, from_no, to_no)
		select ${zoneId}, ${coverageId}, ${revision}, row.from_no, row.to_no
		from unnest(${lineage.map(({ from }) => from)}::integer[], ${lineage.map(({ to }) => to)}::integer[])
			as row (from_no, to_no)`;
}

/** Lists what revisions after one did to some parcels, the newest of each; nodes on their edges are left out. */
export async function listLaterChanges(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	afterRevision: number,
	parcelNos: readonly number[],
): Promise<LaterChangeRow[]> {
	return sql<LaterChangeRow[]>`
		select distinct on (p.parcel_no) p.parcel_no as "parcelNo", p.revision, p.changeset_no as "changesetNo",
			u.name as "authorName"
		from parcel_change p
		join changeset c on c.zone_id = p.zone_id and c.changeset_no = p.changeset_no
		left join app_user u on u.user_id = c.author_id
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.revision > ${afterRevision}
			and p.kind <> 'noded' and p.parcel_no = any (${[...parcelNos]}::integer[])
		order by p.parcel_no, p.revision desc`;
}
