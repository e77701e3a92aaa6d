import { checkDifference } from '$geo/edit/check-ground.ts';
import { groundOf } from '$lib/domain/changeset/draft-state.ts';
import type { ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkClasses, checkCodes, listGivenCodes } from '$lib/domain/changeset/check-facts.ts';
import { can } from '../../access/actor.ts';
import { findChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { listCodesTaken } from '../../db/parcel-version.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWhole } from '../scope.ts';
import type { OpenDraft } from './draft-store.ts';
import { shareGround } from './share-ground.ts';
import { done, notFound, type Outcome } from './outcome.ts';

/** Checks a changeset as it is at its head; whoever may read it may. */
export async function checkChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<readonly ChangesetIssue[]>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const row = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
	if (row === null) return notFound(changesetNo);
	return done(await checkDraft(context, zoneId, row, await drafts.open(zoneId, row, actor.userId)));
}

/**
 * Lists what is wrong with a draft on its base revision: what the kernel finds in the neighbourhood of its changes, what keeps parks from
 * keeping their areas, and its classes and codes.
 * O(edges near its changes).
 */
export async function checkDraft(
	context: ServiceContext,
	zoneId: string,
	{ coverageId }: ChangesetRow,
	{ working, state, difference }: OpenDraft,
): Promise<ChangesetIssue[]> {
	const ground = checkDifference(working.coverage, groundOf(difference));
	const codes = listGivenCodes(difference).map(({ code }) => code);
	const held =
		codes.length === 0
			? []
			: await asWhole(context.database, zoneId, (sql) => listCodesTaken(sql, zoneId, coverageId, codes));
	const shared = await shareGround(context, zoneId, working.snapshot, difference);
	return [
		...ground.map((issue) => ({ ...issue, params: { ...issue.params } })),
		...(shared.ok ? [] : shared.issues),
		...checkClasses(state, difference),
		...checkCodes(difference, held),
	];
}
