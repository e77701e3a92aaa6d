import type { ChangeKind } from '$lib/domain/changeset/change-kind.ts';
import type { ChangesetKind } from '$lib/domain/changeset/kind.ts';
import type { PaperKind } from '$lib/domain/changeset/publishing-papers.ts';
import type { Sql } from './connect.ts';

/** The changeset that a revision came from: who, why and on what papers. Names are null where the scope may not know them. */
export interface RevisionOriginRow {
	readonly revision: number;
	readonly changesetNo: number;
	readonly kind: ChangesetKind;
	readonly title: string;
	readonly reason: string;
	readonly authorName: string | null;
	readonly approverName: string | null;
	readonly publisherName: string | null;
	readonly papers: readonly {
		readonly kind: PaperKind;
		readonly number: string | null;
		readonly office: string | null;
		readonly issuedOn: string | null;
		readonly startsOn: string | null;
		readonly endsOn: string | null;
	}[];
}

/** How many parcels a revision changed in one way; nodes on edges are left out. */
export interface ChangeCountRow {
	readonly revision: number;
	readonly kind: ChangeKind;
	readonly parcels: number;
}

/** The last time that a revision was withdrawn from public view or given back. */
export interface RevisionViewRow {
	readonly revision: number;
	readonly event: 'withdraw' | 'give_back';
	readonly reason: string;
	readonly userName: string | null;
	readonly occurredAt: Date;
}

/** Lists the contents that are withdrawn from public view, of every zone; only with the directory of zones open. */
export async function listWithdrawnContents(sql: Sql): Promise<string[]> {
	const rows = await sql<
		{ contentId: string }[]
	>`select content_id as "contentId" from withdrawn_revisions()`;
	return rows.map(({ contentId }) => contentId);
}

/** Withdraws a revision from public view or gives it back; the database says who did it, and refuses what is so already. */
export async function insertRevisionViewEvent(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	entry: Pick<RevisionViewRow, 'event' | 'reason' | 'occurredAt'>,
): Promise<void> {
	await sql`
		insert into revision_view_event (zone_id, coverage_id, revision, event, reason, occurred_at)
		values (${zoneId}, ${coverageId}, ${revision}, ${entry.event}, ${entry.reason}, ${entry.occurredAt})`;
}

/** Lists where some revisions came from; those that were loaded, and what the scope may not read, are left out. */
export async function listRevisionOrigins(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revisions: readonly number[],
): Promise<RevisionOriginRow[]> {
	const actorOf = (event: string) => sql`(
		select u.name from changeset_event e left join app_user u on u.user_id = e.user_id
		where e.zone_id = c.zone_id and e.changeset_no = c.changeset_no and e.event = ${event}
		order by e.event_no desc limit 1)`;
	return sql<RevisionOriginRow[]>`
		select c.published_revision as revision, c.changeset_no as "changesetNo", c.kind, c.title, c.reason,
			author.name as "authorName", ${actorOf('approve')} as "approverName", ${actorOf('publish')} as "publisherName",
			coalesce((
				select jsonb_agg(jsonb_build_object('kind', p.paper, 'number', p.number, 'office', p.office,
					'issuedOn', p.issued_on, 'startsOn', p.starts_on, 'endsOn', p.ends_on) order by p.paper)
				from changeset_paper p where p.zone_id = c.zone_id and p.changeset_no = c.changeset_no), '[]') as papers
		from changeset c left join app_user author on author.user_id = c.author_id
		where c.zone_id = ${zoneId} and c.coverage_id = ${coverageId}
			and c.published_revision = any (${[...revisions]}::integer[])`;
}

/** Counts what some revisions did to parcels. */
export async function countRevisionChanges(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revisions: readonly number[],
): Promise<ChangeCountRow[]> {
	return sql<ChangeCountRow[]>`
		select revision, kind, count(*) as parcels from parcel_change
		where zone_id = ${zoneId} and coverage_id = ${coverageId} and revision = any (${[...revisions]}::integer[])
			and kind <> 'noded'
		group by revision, kind order by revision, kind`;
}

/** Lists how some revisions stand to public view, where anything was ever said of it. */
export async function listRevisionViews(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revisions: readonly number[],
): Promise<RevisionViewRow[]> {
	return sql<RevisionViewRow[]>`
		select distinct on (e.revision) e.revision, e.event, e.reason, u.name as "userName", e.occurred_at as "occurredAt"
		from revision_view_event e left join app_user u on u.user_id = e.user_id
		where e.zone_id = ${zoneId} and e.coverage_id = ${coverageId} and e.revision = any (${[...revisions]}::integer[])
		order by e.revision, e.event_no desc`;
}
