import { checkAct, type ChangesetEvent } from '$lib/domain/changeset/life-cycle.ts';
import { auditName, can } from '../../access/actor.ts';
import { findChangeset, lockChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import { insertChangesetEvent, listChangesetEvents } from '../../db/changeset-event.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { staleAt } from './append-steps.ts';
import { checkDraft } from './check.ts';
import { done, failed, failedAct, notFound, type Outcome } from './outcome.ts';

/** What moves a changeset on, publishing aside. */
export type PlainEvent = Exclude<ChangesetEvent, 'publish'>;

/** Acts for which the draft is checked again. */
const CHECKED: readonly PlainEvent[] = ['submit', 'approve'];

/**
 * Submits, endorses, returns, approves or withdraws a changeset.
 *
 * Refuses what `checkAct` lists, and as stale `changeset.moved` where it was changed while it was checked or since it was seen (`expectedEdit`). Who acts, in which state and with
 * what comment is an event of its own, and an entry of the audit.
 */
export async function actOnChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{
		event,
		comment,
		expectedEdit,
	}: { readonly event: PlainEvent; readonly comment: string; readonly expectedEdit?: number | undefined },
): Promise<Outcome<ChangesetRow>> {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const row = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
	if (row === null) return notFound(changesetNo);
	if ((expectedEdit ?? row.editNo) !== row.editNo) return staleAt(row);
	const judge = (issues: readonly ChangesetIssue[]) =>
		checkAct({
			...row,
			event,
			comment,
			steps: row.head,
			isAuthor: row.authorId === actor.userId,
			may: (permission) => can(actor, permission, zoneId, row.parkIds),
			issues,
			paperIssues: [],
		});
	const atOnce = judge([]);
	if (atOnce.length > 0) return failedAct(atOnce);
	if (CHECKED.includes(event)) {
		const draft = await drafts.open(zoneId, row, actor.userId);
		if (draft === null) return staleAt(row);
		const found = judge((await checkDraft(context, zoneId, row, draft, 'submit')).issues);
		if (found.length > 0) return failedAct(found);
	}
	const moved = await asWriter(context, zoneId, async (sql) => {
		const locked = await lockChangeset(sql, zoneId, changesetNo);
		if (locked === null || locked.editNo !== row.editNo || locked.state !== row.state) return null;
		if (event === 'endorse') {
			const events = await listChangesetEvents(sql, zoneId, changesetNo);
			const since = events.slice(events.findLastIndex((one) => one.event === 'submit') + 1);
			if (since.some((one) => one.event === event && one.userId === actor.userId)) return 'said';
		}
		await insertChangesetEvent(sql, zoneId, changesetNo, { event, comment, revision: null, occurredAt: now });
		await auditChangeset(sql, zoneId, changesetNo, {
			act: event,
			actor: auditName(actor),
			details: { comment, head: row.head, editNo: row.editNo },
			occurredAt: now,
		});
		return findChangeset(sql, zoneId, changesetNo);
	});
	if (moved === 'said') return failed('refused', [changesetError('endorse.said')]);
	return moved === null ? failed('stale', [changesetError('changeset.moved')]) : done(moved);
}
