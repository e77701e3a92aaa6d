import { setImmediate } from 'node:timers/promises';
import { digestOf } from '$lib/domain/changeset/digest.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { differenceToWire, type WireDifference } from '$lib/domain/changeset/wire-difference.ts';
import { auditName, can, type UserActor } from '../../access/actor.ts';
import { findChangeset, lockChangeset, updateHead, type ChangesetRow } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import {
	deleteStepsAfter,
	insertSteps,
	listStepIds,
	listSteps,
	type NewStep,
	type StepIdRow,
} from '../../db/changeset-step.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { mayDraft } from './begin.ts';
import { compose, type OpenDraft } from './draft-store.ts';
import { done, failed, issueOf, notFound, type Failure, type Outcome } from './outcome.ts';
import { parksTouched } from './park-touched.ts';

/** A step as a writer sends it, with the id that he gave it. */
export interface SentStep {
	readonly clientId: string;
	readonly step: Step;
}

export interface StepBatch {
	/** The edit number that the writer built on. */
	readonly expectedEdit: number;
	readonly steps: readonly SentStep[];
}

/** A step as it is stored. */
export interface StoredStep {
	readonly clientId: string;
	readonly stepNo: number;
	readonly digest: string;
	readonly difference: WireDifference;
}

export interface AppendedSteps {
	readonly head: number;
	readonly editNo: number;
	/** The steps of the batch that are stored, whether by this call or by one before, in order. */
	readonly stored: readonly StoredStep[];
	/** The first step that cannot be done: it and those after it were not stored. */
	readonly refused: { readonly clientId: string; readonly issue: ChangesetIssue } | null;
}

/** Somebody else's writing may come between so often. */
const MOST_ATTEMPTS = 4;

/**
 * Adds steps to one's own draft after its head, in place of those that were undone.
 *
 * The server runs every step on its own coverage and stores its own difference. Steps that are stored already are not done again, so that a
 * batch may be sent until it is answered. Refuses `changeset.not-yours`, `changeset.not-draft`, `park.not-permitted` (a step touches a park
 * where the author may not draft), and as stale `changeset.moved` where the draft is not at the expected edit: another window wrote.
 */
export async function appendSteps(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	batch: StepBatch,
): Promise<Outcome<AppendedSteps>> {
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
		const outcome = await tryAppend(context, zoneId, changesetNo, batch);
		if (outcome !== 'again') return outcome;
	}
	return failed('stale', [changesetError('changeset.moved')]);
}

async function tryAppend(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	batch: StepBatch,
): Promise<Outcome<AppendedSteps> | 'again'> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => ({
		row: await findChangeset(sql, zoneId, changesetNo),
		ids: await listStepIds(sql, zoneId, changesetNo),
	}));
	if (read.row === null) return notFound(changesetNo);
	const { row, ids } = read;
	const notNow = whyNotEditable(row, zoneId, actor);
	if (notNow !== null) return notNow;
	const known = countStored(row.head, ids, batch.steps);
	if (known === null || (known === 0 && batch.expectedEdit !== row.editNo)) return staleAt(row);
	const before = await readStored(context, zoneId, row, batch.steps.slice(0, known));
	const fresh = batch.steps.slice(known);
	if (fresh.length === 0) return done({ head: row.head, editNo: row.editNo, stored: before, refused: null });

	const draft = await drafts.open(zoneId, row, actor.userId);
	if (draft === null) return 'again';
	const ran = await runSteps(draft, fresh);
	if (ran.steps.length === 0)
		return done({ head: row.head, editNo: row.editNo, stored: before, refused: ran.refused });
	const parkIds = [...new Set([...row.parkIds, ...parksTouched(draft.working, ran.draft.difference)])];
	if (!can(actor, 'changeset.draft', zoneId, parkIds))
		return failed('forbidden', [changesetError('park.not-permitted')]);

	const sent = ran.steps.map((step) => step.sent);
	if (!(await writeSteps(context, zoneId, row, sent, parkIds))) return 'again';
	const [head, editNo] = [row.head + sent.length, row.editNo + 1];
	drafts.keep(zoneId, { changesetNo, editNo, baseRevision: row.baseRevision }, ran.draft);
	const stored = ran.steps.map(({ sent, wire }, i): StoredStep => ({
		clientId: sent.clientId,
		stepNo: row.head + i + 1,
		digest: sent.digest,
		difference: wire,
	}));
	return done({ head, editNo, stored: [...before, ...stored], refused: ran.refused });
}

/** Writes steps after the head of a draft, which is as `row` says; false where it is not any more. */
export function writeSteps(
	context: ServiceContext,
	zoneId: string,
	row: ChangesetRow,
	steps: readonly NewStep[],
	parkIds: readonly (string | null)[],
): Promise<boolean> {
	const { changesetNo } = row;
	const head = row.head + steps.length;
	return asWriter(context, zoneId, async (sql) => {
		const now = await lockChangeset(sql, zoneId, changesetNo);
		if (now?.editNo !== row.editNo || now.state !== 'draft') return false;
		await deleteStepsAfter(sql, zoneId, changesetNo, row.head);
		await insertSteps(sql, zoneId, changesetNo, row.head, steps);
		await updateHead(sql, zoneId, changesetNo, {
			head,
			parkIds,
			changedAt: context.now,
			contentChangedAt: context.now,
		});
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'edit',
			actor: auditName(context.actor),
			details: {
				from: row.head,
				to: head,
				steps: steps.map(({ step, digest }) => ({ verb: step.verb, digest })),
			},
			occurredAt: context.now,
		});
		return true;
	});
}

/** Why an account may not edit a changeset now, null where it may. */
export function whyNotEditable(row: ChangesetRow, zoneId: string, actor: UserActor): Failure | null {
	if (!mayDraft(actor, zoneId) || row.authorId !== actor.userId)
		return failed('forbidden', [changesetError('changeset.not-yours')]);
	return row.state === 'draft' ? null : failed('refused', [changesetError('changeset.not-draft')]);
}

/** Says where a draft is that is not where its writer thought. */
export function staleAt({ head, editNo }: ChangesetRow): Failure {
	return failed('stale', [changesetError('changeset.moved', { head, editNo })]);
}

/**
 * How many of the first steps of a batch are the last ones that count; null where some are stored otherwise, so that the batch builds on a
 * draft that is no more.
 */
function countStored(head: number, ids: readonly StepIdRow[], sent: readonly SentStep[]): number | null {
	const noOf = new Map(ids.map(({ clientId, stepNo }) => [clientId, stepNo]));
	const nos = sent.map(({ clientId }) => noOf.get(clientId));
	const known = nos.findIndex((no) => no === undefined);
	const count = known < 0 ? nos.length : known;
	if (nos.slice(count).some((no) => no !== undefined)) return null;
	const first = head - count + 1;
	return nos.slice(0, count).every((no, i) => no === first + i) ? count : null;
}

async function readStored(
	context: ServiceContext,
	zoneId: string,
	{ changesetNo, head }: ChangesetRow,
	sent: readonly SentStep[],
): Promise<StoredStep[]> {
	if (sent.length === 0) return [];
	const rows = await asActor(context, zoneId, (sql) =>
		listSteps(sql, zoneId, changesetNo, { after: head - sent.length, upTo: head }),
	);
	return rows.map(({ clientId, stepNo, digest, difference }) => ({ clientId, stepNo, digest, difference }));
}

/** Runs steps one after the other, others being served between them, up to the first that is refused. */
async function runSteps(draft: OpenDraft, sent: readonly SentStep[]) {
	let { state } = draft;
	const differences: DraftDifference[] = [draft.difference];
	const steps: { readonly sent: NewStep; readonly wire: WireDifference }[] = [];
	let refused: AppendedSteps['refused'] = null;
	for (const { clientId, step } of sent) {
		const result = runStep(state, step);
		if (!result.ok) {
			refused = { clientId, issue: issueOf(result.refusal) };
			break;
		}
		state = result.state;
		differences.push(result.difference);
		const wire = differenceToWire(result.difference);
		const digest = digestOf(result.difference);
		steps.push({ sent: { clientId, step, differenceText: JSON.stringify(wire), digest }, wire });
		await setImmediate();
	}
	const ran: OpenDraft = { working: draft.working, state, difference: compose(differences) };
	return { draft: ran, steps, refused };
}
