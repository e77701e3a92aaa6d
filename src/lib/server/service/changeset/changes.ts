import { draftChanges, type ChangeGroup } from '$lib/domain/changeset/parcel-change.ts';
import { can } from '../../access/actor.ts';
import { findChangeset } from '../../db/changeset.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { staleAt } from './append-steps.ts';
import { toldGroups } from '../history/compare-facts.ts';
import { done, notFound, type Outcome } from './outcome.ts';

/** What a changeset makes otherwise with the facts of its base revision, as it was at an edit. */
export interface ChangesetChanges {
	readonly editNo: number;
	readonly baseRevision: number;
	readonly groups: readonly (ChangeGroup & { readonly count: number })[];
}

/** Parcels that are listed of one change: whoever approves sees the code of each, as far as a list of codes goes. */
const MOST_LISTED = 5_000;
/** A draft that somebody is drawing is read again where it was changed meanwhile. */
const MOST_READS = 3;

/**
 * Lists the codes, classes and planning conditions that a changeset sets, old and new; whoever may read it may.
 *
 * As many as `toldGroups` tells. O(its changes) once it is open.
 */
export async function listChangesetChanges(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<ChangesetChanges>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	for (let reads = 1; ; reads++) {
		const row = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
		if (row === null) return notFound(changesetNo);
		const { editNo, baseRevision } = row;
		const draft = row.head === 0 ? 'empty' : await drafts.open(zoneId, row, actor.userId);
		if (draft === 'empty') return done({ editNo, baseRevision, groups: [] });
		if (draft === null) {
			if (reads === MOST_READS) return staleAt(row);
			continue;
		}
		return done({
			editNo,
			baseRevision,
			groups: toldGroups(draftChanges(draft.state, draft.difference), MOST_LISTED),
		});
	}
}
