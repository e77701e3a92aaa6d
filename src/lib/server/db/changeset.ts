import type { ChangesetKind } from '$lib/domain/changeset/kind.ts';
import type { ChangesetState } from '$lib/domain/changeset/life-cycle.ts';
import type { Sql } from './connect.ts';

export interface ChangesetRow {
	readonly changesetNo: number;
	readonly clientId: string;
	readonly coverageId: string;
	readonly baseRevision: number;
	readonly kind: ChangesetKind;
	readonly title: string;
	readonly reason: string;
	readonly state: ChangesetState;
	/** How many of its steps count. */
	readonly head: number;
	/** Goes up with every change of steps or head. */
	readonly editNo: number;
	/** Parks that its steps touch, null among them for land in none. */
	readonly parkIds: readonly (string | null)[];
	readonly authorId: string;
	readonly authorName: string | null;
	readonly createdAt: Date;
	readonly changedAt: Date;
	/** When what its steps do last changed; a rebase that keeps them all changes nothing of that. */
	readonly contentChangedAt: Date;
	readonly publishedRevision: number | null;
	/** How many steps are stored, those undone included. */
	readonly stepCount: number;
}

export interface NewChangeset {
	readonly clientId: string;
	readonly coverageId: string;
	readonly baseRevision: number;
	readonly kind: ChangesetKind;
	readonly title: string;
	readonly reason: string;
	readonly createdAt: Date;
}

/** Serialises those who begin changesets in a zone until the transaction ends. */
export async function lockBeginnings(sql: Sql, zoneId: string): Promise<void> {
	await sql`select lock_changeset(${zoneId}, 0)`;
}

/** Begins a changeset of the scope's account and returns its number; `changeset_client_unique` refuses a client id that is taken. */
export async function insertChangeset(sql: Sql, zoneId: string, changeset: NewChangeset): Promise<number> {
	const [begun] = await sql<{ changesetNo: number }[]>`
		insert into changeset (zone_id, client_id, coverage_id, base_revision, kind, title, reason, created_at)
		values (${zoneId}, ${changeset.clientId}, ${changeset.coverageId}, ${changeset.baseRevision}, ${changeset.kind},
			${changeset.title}, ${changeset.reason}, ${changeset.createdAt})
		returning changeset_no as "changesetNo"`;
	return begun.changesetNo;
}

/** Finds a changeset by its number, where the scope may see it. */
export async function findChangeset(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
): Promise<ChangesetRow | null> {
	const [changeset] = await sql<ChangesetRow[]>`
		${selectChangeset(sql)} where c.zone_id = ${zoneId} and c.changeset_no = ${changesetNo}`;
	return changeset ?? null;
}

/** Finds a changeset by the id that its writer gave it. */
export async function findChangesetByClient(
	sql: Sql,
	zoneId: string,
	clientId: string,
): Promise<ChangesetRow | null> {
	const [changeset] = await sql<ChangesetRow[]>`
		${selectChangeset(sql)} where c.zone_id = ${zoneId} and c.client_id = ${clientId}`;
	return changeset ?? null;
}

/** Which changesets are listed: what is not given is not asked. */
export interface ChangesetFilter {
	/** Older than this one. */
	readonly before?: number;
	readonly states?: readonly ChangesetState[];
	readonly authorId?: string;
	readonly changesetNos?: readonly number[];
	readonly limit: number;
}

/** Lists changesets from the newest down. */
export async function listChangesets(
	sql: Sql,
	zoneId: string,
	{ before, states, authorId, changesetNos, limit }: ChangesetFilter,
): Promise<ChangesetRow[]> {
	return sql<ChangesetRow[]>`
		${selectChangeset(sql)}
		where c.zone_id = ${zoneId}
			and (${before ?? null}::integer is null or c.changeset_no < ${before ?? null}::integer)
			and (${authorId ?? null}::text is null or c.author_id = ${authorId ?? null}::text)
			and (${states === undefined} or c.state = any (${[...(states ?? [])]}::text[]))
			and (${changesetNos === undefined} or c.changeset_no = any (${[...(changesetNos ?? [])]}::integer[]))
		order by c.changeset_no desc limit ${limit}`;
}

/** Serialises the writers of a changeset until the transaction ends, and finds it as it is then. */
export async function lockChangeset(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
): Promise<ChangesetRow | null> {
	await sql`select lock_changeset(${zoneId}, ${changesetNo})`;
	return findChangeset(sql, zoneId, changesetNo);
}

/** Changes what a draft says of itself. */
export async function updateChangesetText(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	text: { readonly title: string; readonly reason: string; readonly changedAt: Date },
): Promise<void> {
	await sql`
		update changeset set title = ${text.title}, reason = ${text.reason}, changed_at = ${text.changedAt},
			content_changed_at = coalesce(content_changed_at, changed_at)
		where zone_id = ${zoneId} and changeset_no = ${changesetNo}`;
}

/** Lets another number of a draft's steps count; `contentChangedAt` null: they do what they did. */
export async function updateHead(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	to: {
		readonly head: number;
		readonly parkIds: readonly (string | null)[];
		readonly changedAt: Date;
		readonly contentChangedAt: Date | null;
	},
): Promise<void> {
	await sql`
		update changeset set head = ${to.head}, edit_no = edit_no + 1, park_ids = ${[...to.parkIds]}::text[],
			changed_at = ${to.changedAt},
			content_changed_at = coalesce(${to.contentChangedAt}::timestamptz, content_changed_at, changed_at)
		where zone_id = ${zoneId} and changeset_no = ${changesetNo}`;
}

/** Puts a draft without steps on another revision of its coverage. */
export async function updateBase(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	baseRevision: number,
): Promise<void> {
	await sql`
		update changeset set base_revision = ${baseRevision}
		where zone_id = ${zoneId} and changeset_no = ${changesetNo}`;
}

function selectChangeset(sql: Sql) {
	return sql`
		select c.changeset_no as "changesetNo", c.client_id as "clientId", c.coverage_id as "coverageId",
			c.base_revision as "baseRevision", c.kind, c.title, c.reason, c.state, c.head, c.edit_no as "editNo",
			c.park_ids as "parkIds", c.author_id as "authorId", u.name as "authorName", c.created_at as "createdAt",
			c.changed_at as "changedAt", coalesce(c.content_changed_at, c.changed_at) as "contentChangedAt", c.published_revision as "publishedRevision",
			(select count(*) from changeset_step s where s.zone_id = c.zone_id and s.changeset_no = c.changeset_no)
				as "stepCount"
		from changeset c left join app_user u on u.user_id = c.author_id`;
}
