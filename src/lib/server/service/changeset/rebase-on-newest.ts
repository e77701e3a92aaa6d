import { listConflicts } from '$lib/domain/changeset/conflict.ts';
import { draftOf } from '$lib/domain/changeset/draft-state.ts';
import { rebaseDraft } from '$lib/domain/changeset/rebase-draft.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import { findLatestRevision, type RevisionRow } from '../../db/coverage.ts';
import { listLaterChanges } from '../../db/parcel-change.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWhole } from '../scope.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, failed, issueOf, type Outcome } from './outcome.ts';

/** A draft as it is on the newest revision of its coverage. */
export interface RebasedDraft {
	readonly newest: RevisionRow;
	readonly draft: OpenDraft;
}

/**
 * Rebases what a draft does as a whole on the newest revision.
 *
 * What others have published of the same parcels since is a conflict, told for each group of parcels that hang together.
 * O(edges of the parcels concerned) once the newest revision is open.
 */
export async function rebaseOnNewest(
	context: ServiceContext,
	zoneId: string,
	{ coverageId, baseRevision }: ChangesetRow,
	draft: OpenDraft,
): Promise<Outcome<RebasedDraft>> {
	const newest = await asWhole(context.database, zoneId, (sql) =>
		findLatestRevision(sql, zoneId, coverageId),
	);
	if (newest === null) throw new Error(`zone ${zoneId} lost its coverage ${coverageId}`);
	const working = await context.drafts.workings.open({ zoneId, coverageId, revision: newest.revision });
	const before = draftOf(draft.working.coverage, draft.working.facts);
	const rebased = rebaseDraft(before.facts, draftOf(working.coverage, working.facts), draft.difference);
	if (!rebased.ok) {
		const { refusal, conflicts } = rebased;
		if (refusal.code !== 'difference.conflict') return failed('conflict', [issueOf(refusal)]);
		const later = await asActor(context, zoneId, (sql) =>
			listLaterChanges(sql, zoneId, coverageId, baseRevision, conflicts.flat()),
		);
		return failed('conflict', listConflicts(conflicts, later, refusal.at));
	}
	const { state, difference } = rebased;
	return done({ newest, draft: { working, state, difference } });
}
