import { changesetError } from '$lib/domain/changeset/issue.ts';
import { auditName, can } from '../../access/actor.ts';
import { auditRevisionView } from '../../db/changeset-audit.ts';
import { findRevision } from '../../db/coverage.ts';
import { lockZone } from '../../db/parcel-write.ts';
import { insertRevisionViewEvent, listRevisionViews } from '../../db/revision-history.ts';
import { done, failed, type Outcome } from '../changeset/outcome.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';

/** A revision and whether the public sees it. */
export interface RevisionView {
	readonly revision: number;
	readonly isWithdrawn: boolean;
}

/**
 * Withdraws a revision from public view with a reason, or gives it back; it is never deleted. The public then sees the newest that is in view.
 *
 * For those who publish in the whole zone. Refuses `event.not-permitted`, `revision.not-found`, `reason.missing`, `revision.view-unchanged`.
 */
export async function changePublicView(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	revision: number,
	{ event, reason }: { readonly event: 'withdraw' | 'give_back'; readonly reason: string },
): Promise<Outcome<RevisionView>> {
	const { actor, now } = context;
	if (!can(actor, 'changeset.publish', zoneId, [null]))
		return failed('forbidden', [changesetError('event.not-permitted')]);
	if (reason.trim() === '') return failed('refused', [changesetError('reason.missing')]);
	const outcome = await asWriter(context, zoneId, async (sql): Promise<Outcome<RevisionView>> => {
		await lockZone(sql, zoneId);
		if ((await findRevision(sql, zoneId, coverageId, revision)) === null)
			return failed('not-found', [changesetError('revision.not-found')]);
		const [last] = await listRevisionViews(sql, zoneId, coverageId, [revision]);
		if (event === (last?.event ?? 'give_back'))
			return failed('refused', [changesetError('revision.view-unchanged')]);
		await insertRevisionViewEvent(sql, zoneId, coverageId, revision, { event, reason, occurredAt: now });
		await auditRevisionView(sql, zoneId, `revision/${coverageId}/${revision}`, event, {
			actor: auditName(actor),
			details: { reason },
			occurredAt: now,
		});
		return done({ revision, isWithdrawn: event === 'withdraw' });
	});
	context.withdrawn.forget();
	if (outcome.ok) context.preparation.beginZone(zoneId);
	return outcome;
}
