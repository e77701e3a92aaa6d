import type { ChangesetEvent, ChangesetState } from '$lib/domain/changeset/life-cycle.ts';
import type { Sql } from './connect.ts';

export interface ChangesetEventRow {
	readonly eventNo: number;
	readonly event: ChangesetEvent;
	readonly fromState: ChangesetState;
	readonly toState: ChangesetState;
	readonly userId: string;
	readonly userName: string | null;
	readonly comment: string;
	readonly revision: number | null;
	readonly occurredAt: Date;
}

/** Adds an event, which moves the changeset's state; the database says who did it, and refuses what must not be. */
export async function insertChangesetEvent(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	entry: {
		readonly event: ChangesetEvent;
		readonly comment: string;
		readonly revision: number | null;
		readonly occurredAt: Date;
	},
): Promise<void> {
	await sql`
		insert into changeset_event (zone_id, changeset_no, event, comment, revision, occurred_at)
		values (${zoneId}, ${changesetNo}, ${entry.event}, ${entry.comment}, ${entry.revision}, ${entry.occurredAt})`;
}

/** Lists what happened to a changeset, in order. */
export async function listChangesetEvents(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
): Promise<ChangesetEventRow[]> {
	return sql<ChangesetEventRow[]>`
		select e.event_no as "eventNo", e.event, e.from_state as "fromState", e.to_state as "toState",
			e.user_id as "userId", u.name as "userName", e.comment, e.revision, e.occurred_at as "occurredAt"
		from changeset_event e left join app_user u on u.user_id = e.user_id
		where e.zone_id = ${zoneId} and e.changeset_no = ${changesetNo}
		order by e.event_no`;
}

/** Lists the last event of each of some changesets; those to which nothing happened are left out. */
export async function listLastEvents(
	sql: Sql,
	zoneId: string,
	changesetNos: readonly number[],
): Promise<
	(Pick<ChangesetEventRow, 'event' | 'userName' | 'comment' | 'occurredAt'> & { changesetNo: number })[]
> {
	return sql`
		select distinct on (e.changeset_no) e.changeset_no as "changesetNo", e.event, u.name as "userName", e.comment,
			e.occurred_at as "occurredAt"
		from changeset_event e left join app_user u on u.user_id = e.user_id
		where e.zone_id = ${zoneId} and e.changeset_no = any (${[...changesetNos]}::integer[])
		order by e.changeset_no, e.event_no desc`;
}
