import { setImmediate } from 'node:timers/promises';
import { checkDifference } from '$geo/edit/check-ground.ts';
import { digestOf } from '$lib/domain/changeset/digest.ts';
import { listConflicts, type LaterChange } from '$lib/domain/changeset/conflict.ts';
import { draftOf, groundOf } from '$lib/domain/changeset/draft-state.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { isSealed } from '$lib/domain/changeset/life-cycle.ts';
import {
	rebaseSteps,
	type ConflictGroup,
	type RebasedSteps,
	type StepGroup,
} from '$lib/domain/changeset/rebase-steps.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { differenceFromWire, differenceToWire } from '$lib/domain/changeset/wire-difference.ts';
import { auditName, can } from '../../access/actor.ts';
import {
	findChangeset,
	lockChangeset,
	updateBase,
	updateHead,
	type ChangesetRow,
} from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import { deleteSteps, insertSteps, listSteps, type StepRow } from '../../db/changeset-step.ts';
import { findLatestRevision } from '../../db/coverage.ts';
import { listLaterChanges } from '../../db/parcel-change.ts';
import { listRevisionOrigins, type RevisionOriginRow } from '../../db/revision-history.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { staleAt, whyNotEditable } from './append-steps.ts';
import { compose, type OpenDraft } from './draft-store.ts';
import type { DraftHead } from './move-head.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';
import { parksTouched } from './park-touched.ts';

/** What has happened to the ground of a draft since it was begun, and what of it can be put on the newest revision. */
export interface RebaseOutlook {
	readonly changeset: ChangesetRow;
	readonly latestRevision: number;
	/** What others have published since, from the oldest up. */
	readonly revisions: readonly Pick<RevisionOriginRow, 'revision' | 'changesetNo' | 'title' | 'authorName'>[];
	/** The draft's parcels that they changed, whether that stands against it or not. */
	readonly parcels: readonly LaterChange[];
	/** What cannot be put there: only without the draft's changes of a group can it be, if `issues` is empty. */
	readonly groups: readonly (StepGroup & { readonly issue: ChangesetIssue })[];
	/** What would be wrong with what remains. */
	readonly issues: readonly ChangesetIssue[];
}

/** A step that a rebase left out. */
export type DroppedStep = Pick<StepRow, 'stepNo' | 'clientId'> & { readonly step: Step };

export interface RebasedChangeset extends DraftHead {
	readonly baseRevision: number;
	readonly dropped: readonly DroppedStep[];
}

/** Everything that a rebase of a draft is made of. */
interface Plan {
	readonly outlook: RebaseOutlook;
	readonly steps: readonly StepRow[];
	readonly working: OpenDraft['working'];
	readonly rebased: RebasedSteps;
}

/** Says what others have published since a draft was begun and what stands against it, group by group; whoever may read it may. */
export async function readRebase(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<RebaseOutlook>> {
	const plan = await planRebase(context, zoneId, changesetNo);
	return plan.ok ? done(plan.value.outlook) : plan;
}

/**
 * Puts one's own draft on the newest revision, every step rebased on those before it, without the steps of the groups that stand against it.
 *
 * All of these groups must be named in `drop`: nothing is left out that its author does not give up. Steps that are left out, and those that were
 * undone, stay in the audit. Refuses `changeset.not-yours`, `changeset.not-draft`, `park.not-permitted`, `rebase.group-unknown`, as stale `changeset.moved`, and as conflict
 * `changeset.outdated` for each group that is not named, and what the kernel finds wrong with what remains.
 */
export async function rebaseChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ expectedEdit, drop }: { readonly expectedEdit: number; readonly drop: readonly number[] },
): Promise<Outcome<RebasedChangeset>> {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user') return notFound(changesetNo);
	const planned = await planRebase(context, zoneId, changesetNo);
	if (!planned.ok) return planned;
	const { outlook, steps, working, rebased } = planned.value;
	const row = outlook.changeset;
	const notNow = whyNotEditable(row, zoneId, actor);
	if (notNow !== null) return notNow;
	if (row.editNo !== expectedEdit) return staleAt(row);
	const { head, editNo, baseRevision } = row;
	if (outlook.latestRevision === baseRevision) return done({ head, editNo, baseRevision, dropped: [] });
	const unknown = drop.filter((no) => outlook.groups.every(({ groupNo }) => groupNo !== no));
	if (unknown.length > 0) return failed('refused', [changesetError('rebase.group-unknown')]);
	const kept = outlook.groups.filter(({ groupNo }) => !drop.includes(groupNo));
	const against = [...kept.map(({ issue }) => issue), ...outlook.issues];
	if (against.length > 0) return failed('conflict', against);

	const stepOf = new Map(steps.map((step) => [step.stepNo, step]));
	const written = rebased.kept.flatMap(({ stepNo, difference }) => {
		const step = stepOf.get(stepNo);
		if (step === undefined) return [];
		const differenceText = JSON.stringify(differenceToWire(difference));
		return [{ ...namedStep(step), differenceText, digest: digestOf(difference) }];
	});
	const isKept = new Set(rebased.kept.map(({ stepNo }) => stepNo));
	const dropped = steps.filter(({ stepNo }) => stepNo <= head && !isKept.has(stepNo)).map(namedStep);
	const undone = steps.filter(({ stepNo }) => stepNo > head).map(namedStep);
	const difference = compose(rebased.kept.map((step) => step.difference));
	const parkIds = parksTouched(working, difference);
	if (!can(actor, 'changeset.draft', zoneId, parkIds))
		return failed('forbidden', [changesetError('park.not-permitted')]);
	const to = { baseRevision: outlook.latestRevision, head: written.length, editNo: editNo + 1 };
	const isWritten = await asWriter(context, zoneId, async (sql) => {
		const found = await lockChangeset(sql, zoneId, changesetNo);
		if (found?.editNo !== editNo || found.state !== 'draft') return false;
		await deleteSteps(sql, zoneId, changesetNo);
		await updateBase(sql, zoneId, changesetNo, to.baseRevision);
		await insertSteps(sql, zoneId, changesetNo, 0, written);
		await updateHead(sql, zoneId, changesetNo, {
			head: to.head,
			parkIds,
			changedAt: now,
			contentChangedAt: dropped.length > 0 ? now : null,
		});
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'rebase',
			actor: auditName(actor),
			details: { from: baseRevision, to: to.baseRevision, head: to.head, dropped, undone },
			occurredAt: now,
		});
		return true;
	});
	if (!isWritten) return staleAt(row);
	drafts.keep(zoneId, { changesetNo, ...to }, { working, state: rebased.state, difference });
	return done({ ...to, dropped });
}

function namedStep({ stepNo, clientId, verb, params }: StepRow): DroppedStep {
	return { stepNo, clientId, step: { verb, params } as Step };
}

/**
 * Rebases a draft, writing nothing; others are served after every step.
 *
 * O(steps × groups in conflict), each as its rebase costs; what remains is composed and checked at once, O(edges near its changes).
 */
async function planRebase(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<Plan>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const row = await findChangeset(sql, zoneId, changesetNo);
		if (row === null) return null;
		const steps = await listSteps(sql, zoneId, changesetNo, { upTo: row.stepCount });
		const latest = await findLatestRevision(sql, zoneId, row.coverageId);
		// Read last: as long as it is the same, so were the steps.
		const now = await findChangeset(sql, zoneId, changesetNo);
		return { row, steps, latest, isMoved: now?.editNo !== row.editNo };
	});
	if (read === null) return notFound(changesetNo);
	const { row, steps, latest } = read;
	if (read.isMoved) return staleAt(row);
	if (isSealed(row.state)) return failed('refused', [changesetError('changeset.sealed')]);
	const { coverageId, baseRevision } = row;
	const latestRevision = latest?.revision ?? baseRevision;
	const before = await drafts.workings.open({ zoneId, coverageId, revision: baseRevision });
	const working = await drafts.workings.open({ zoneId, coverageId, revision: latestRevision });
	const differences = steps.slice(0, row.head).map(({ difference }) => differenceFromWire(difference));
	const rebased = await rebaseSteps(
		draftOf(before.coverage, before.facts),
		draftOf(working.coverage, working.facts),
		differences,
		setImmediate,
	);
	const since = Array.from({ length: latestRevision - baseRevision }, (_, i) => baseRevision + 1 + i);
	const touched = differences.flatMap(({ shapes, facts, lineage }) => [
		...shapes.filter(({ kind }) => kind !== 'noded').map(({ parcelNo }) => parcelNo),
		...facts.map(({ parcelNo }) => parcelNo),
		...lineage.map(({ from }) => from),
	]);
	const { origins, parcels } = await asActor(context, zoneId, async (sql) => ({
		origins: await listRevisionOrigins(sql, zoneId, coverageId, since),
		parcels: await listLaterChanges(sql, zoneId, coverageId, baseRevision, [...new Set(touched)]),
	}));
	const remains = compose(rebased.kept.map(({ difference }) => difference));
	const issues = checkDifference(working.coverage, groundOf(remains)).filter(
		({ severity }) => severity === 'error',
	);
	const outlook: RebaseOutlook = {
		changeset: row,
		latestRevision,
		revisions: [...origins].sort((a, b) => a.revision - b.revision),
		parcels,
		groups: rebased.conflicts.map((group) => withIssue(group, parcels)),
		issues: issues.map((issue) => ({ ...issue, params: { ...issue.params } })),
	};
	return done({ outlook, steps, working, rebased });
}

function withIssue({ refusal, ...group }: ConflictGroup, later: readonly LaterChange[]) {
	const [issue] = listConflicts([group.parcelNos], later, refusal.at);
	return { ...group, issue };
}
