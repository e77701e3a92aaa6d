import { changesetError } from '$lib/domain/changeset/issue.ts';
import { auditName, can } from '../../access/actor.ts';
import { findChangeset, lockChangeset, updateHead } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { staleAt, whyNotEditable } from './append-steps.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';
import { parksTouched } from './park-touched.ts';

/** Where a draft stands. */
export interface DraftHead {
	readonly head: number;
	readonly editNo: number;
}

/**
 * Undoes and does again: lets so many of a draft's steps count.
 *
 * Refuses `changeset.not-yours`, `changeset.not-draft`, `head.unknown`, `park.not-permitted`, and as stale `changeset.moved`; asked twice it is done once.
 */
export async function moveHead(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ expectedEdit, head }: { readonly expectedEdit: number; readonly head: number },
): Promise<Outcome<DraftHead>> {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const row = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
	if (row === null) return notFound(changesetNo);
	const notNow = whyNotEditable(row, zoneId, actor);
	if (notNow !== null) return notNow;
	if (row.editNo === expectedEdit + 1 && row.head === head) return done({ head, editNo: row.editNo });
	if (row.editNo !== expectedEdit) return staleAt(row);
	if (!(head >= 0 && head <= row.stepCount))
		return failed('refused', [changesetError('head.unknown', { head })]);
	if (head === row.head) return done({ head, editNo: row.editNo });
	const moved = { ...row, head, editNo: row.editNo + 1 };
	const draft = await drafts.make(zoneId, row, actor.userId, head);
	if (draft === null) return staleAt(row);
	const parkIds = parksTouched(draft.working, draft.difference);
	if (!can(actor, 'changeset.draft', zoneId, parkIds))
		return failed('forbidden', [changesetError('park.not-permitted')]);
	const isWritten = await asWriter(context, zoneId, async (sql) => {
		const found = await lockChangeset(sql, zoneId, changesetNo);
		if (found?.editNo !== row.editNo || found.state !== 'draft') return false;
		await updateHead(sql, zoneId, changesetNo, { head, parkIds, changedAt: now, contentChangedAt: now });
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'undo',
			actor: auditName(actor),
			details: { from: row.head, to: head },
			occurredAt: now,
		});
		return true;
	});
	if (!isWritten) return staleAt(row);
	drafts.keep(zoneId, moved, draft);
	return done({ head, editNo: moved.editNo });
}
