import { checkDifference } from '$geo/edit/check-ground.ts';
import { checkConversion } from '$lib/domain/changeset/conversion-need.ts';
import { draftOf, groundOf } from '$lib/domain/changeset/draft-state.ts';
import { touchedGround } from '$lib/domain/changeset/touched-ground.ts';
import type { ChangesetIssue, Moment } from '$lib/domain/changeset/issue.ts';
import { isSealed } from '$lib/domain/changeset/life-cycle.ts';
import {
	checkClasses,
	checkCodes,
	checkFormerConditions,
	listGivenCodes,
} from '$lib/domain/changeset/check-facts.ts';
import type { SharedAreas } from '$lib/domain/changeset/share-areas.ts';
import { can } from '../../access/actor.ts';
import { findChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { findRestoredParcels } from '../../db/changeset-step.ts';
import { listCodesTaken } from '../../db/parcel-version.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWhole } from '../scope.ts';
import { checkSurveys } from '../survey/check-surveys.ts';
import { staleAt } from './append-steps.ts';
import { checkRules } from './check-rules.ts';
import { checkDraftTargets } from './check-targets.ts';
import { findConversionNeed } from './conversion.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, notFound, type Outcome } from './outcome.ts';
import { readPapers } from './read-papers.ts';
import { rebaseOnNewest } from './rebase-on-newest.ts';
import { shareGround } from './share-ground.ts';

/**
 * Checks a changeset as it is at its head, with the weight that findings have at a moment; whoever may read it may.
 *
 * For publishing it is checked on the newest revision, with what others have published of the same parcels since and what its papers lack.
 * Stale where it was changed meanwhile.
 */
export async function checkChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	moment: Moment = 'draft',
): Promise<Outcome<readonly ChangesetIssue[]>> {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const row = await findChangeset(sql, zoneId, changesetNo);
		return row === null ? null : { row, ...(await readPapers(sql, zoneId, row, { now })) };
	});
	if (read === null) return notFound(changesetNo);
	const { row, paperIssues } = read;
	const draft = await drafts.open(zoneId, row, actor.userId);
	if (draft === null) return staleAt(row);
	if (moment !== 'publish' || isSealed(row.state))
		return done((await checkDraft(context, zoneId, row, draft, moment)).issues);
	const newest = await rebaseOnNewest(context, zoneId, row, draft);
	if (!newest.ok) return done([...paperIssues, ...newest.issues]);
	const { issues } = await checkDraft(context, zoneId, row, newest.value.draft, moment);
	return done([...paperIssues, ...issues]);
}

export interface CheckedDraft {
	readonly issues: readonly ChangesetIssue[];
	/** The areas that its parcels would be stored with. */
	readonly shared: SharedAreas;
}

/**
 * Lists what is wrong with a draft on its revision: what the kernel finds in the neighbourhood of its changes, what keeps parks from
 * keeping their areas, its classes and codes, what rules say of it, what of it would have to be converted, and its surveys.
 * O(edges near its changes).
 */
export async function checkDraft(
	context: ServiceContext,
	zoneId: string,
	changeset: Pick<ChangesetRow, 'changesetNo' | 'coverageId' | 'editNo' | 'head'>,
	draft: OpenDraft,
	moment: Moment,
): Promise<CheckedDraft> {
	const { working, state, difference } = draft;
	const ground = checkDifference(working.coverage, groundOf(difference));
	const codes = listGivenCodes(difference).map(({ code }) => code);
	const held =
		codes.length === 0
			? []
			: await asWhole(context.database, zoneId, (sql) =>
					listCodesTaken(sql, zoneId, changeset.coverageId, codes),
				);
	const restored = await asActor(context, zoneId, (sql) =>
		findRestoredParcels(sql, zoneId, changeset.changesetNo, changeset.head),
	);
	const shared = await shareGround(context, zoneId, working.snapshot, difference);
	const touched = touchedGround(draftOf(working.coverage, working.facts), state, difference);
	const need = await findConversionNeed(context, zoneId, changeset, working, touched);
	const issues = [
		...ground.map((issue) => ({ ...issue, params: { ...issue.params } })),
		...(shared.ok ? [] : shared.issues),
		...checkClasses(state, difference),
		...checkFormerConditions(state, difference, moment, restored),
		...checkCodes(difference, held),
		...(await checkRules(context, zoneId, draft, touched, moment)),
		...(shared.ok ? await checkDraftTargets(context, zoneId, draft, shared.ground, touched, moment) : []),
		...(need === null ? [] : checkConversion(need.ground, need.place(), need.kinds, moment)),
		...(await checkSurveys(context, zoneId, changeset, draft, moment)),
	];
	return { issues, shared };
}
