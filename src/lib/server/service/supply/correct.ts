import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { isDecidedQuestion } from '$lib/domain/supply/decided-question.ts';
import { findingsOfCorrection } from '$lib/domain/supply/correction.ts';
import { askFactsOfCorrection } from '$lib/domain/supply/fact-question.ts';
import { foldRecord, recordSteps } from '$lib/domain/supply/fold-record.ts';
import { askGuards } from '$lib/domain/supply/guard.ts';
import {
	findSupplyTransition,
	isOver,
	type SupplyEventKind,
	type SupplyTransition,
} from '$lib/domain/supply/life-cycle.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import type { ContractFacts, Correction, RecordStep } from '$lib/domain/supply/record.ts';
import { auditName, can, type UserActor } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import { lockSupplies, type SupplyRow } from '../../db/supply.ts';
import {
	findSentCorrection,
	insertCorrection,
	listCorrections,
	listSupplyEvents,
	type SupplyEventRow,
} from '../../db/supply-event.ts';
import { listSupplyFacts } from '../../db/supply-fact.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { openSupply, readBack } from './act.ts';
import { guardContext } from './guard-facts.ts';
import { done, failed, noSupply, sentOtherwise, standingAgainst, type Outcome } from './outcome.ts';
import { refreshDueDay } from './supervision-context.ts';

const CONTRACTS: readonly SupplyEventKind[] = ['sign', 'sign_lease', 'sign_grant'];
const LATER_FIELDS: readonly string[] = [
	'instalments',
	'rentPaymentMonths',
	'rentDueAfterDays',
] satisfies (keyof ContractFacts)[];

/** Whether contracts came to have a field after some were recorded: it stands in the facts of none of these. */
function isLaterField(event: SupplyEventKind, field: string): boolean {
	return CONTRACTS.includes(event) && LATER_FIELDS.includes(field);
}

/** What a review is decided on: reviewed, it is what it was. */
const REVIEWED_FIELDS: readonly string[] = [
	'agreedConditions',
	'onFailure',
] satisfies (keyof ContractFacts)[];
const REVIEWS: readonly SupplyEventKind[] = ['pass_review', 'fail_review', 'extend_lease'];

/** What a contract that stands is about: it is corrected by somebody who decides. The schema holds the same names (`may_correct_supply`). */
const DEAL_FIELDS: readonly string[] = ['holder', 'priceFen', 'yearlyRentFen'];

function isDecidedOn(
	field: string,
	eventNo: number,
	events: readonly { readonly eventNo: number; readonly event: SupplyEventKind }[],
): boolean {
	return (
		REVIEWED_FIELDS.includes(field) &&
		events.some((one) => one.eventNo > eventNo && REVIEWS.includes(one.event))
	);
}

/** A value that was recorded wrongly, and what is right. */
export interface Change {
	readonly eventNo: number;
	/** The event that the writer takes it for: its schema checked the value. */
	readonly event: SupplyEventKind;
	readonly field: string;
	readonly value: unknown;
}

/** Values that were recorded wrongly together, for one reason. */
export interface NewCorrection {
	readonly clientId: string;
	readonly changes: readonly Change[];
	readonly reason: string;
	readonly expectedEdit: number;
}

/**
 * Corrects what events recorded, all the values or none: the events stay, dates and terms are reckoned anew, the audit has both values of each.
 *
 * What somebody decided is corrected by somebody who could have decided it, and with it what officers recorded, but by another than recorded that. Sent twice it is done
 * once. Who holds the land and at what price, once a contract stands on it, is corrected by somebody who decides and did not record it. Refuses `supply.decision-needed`, `entry.sent-otherwise`, `supply.moved` (stale), `supply.not-permitted`, `supply.another-needed`, `supply.sealed`
 * once it is over, `correction.no-event`, `correction.no-field`, `correction.same`, `correction.repeated`, `correction.decided-on` (what a review was decided on), and what `findingsOfCorrection`
 * brings up against the supply with all of them: no event may stand on it that would have been refused; and certificates, transfers and supplements of before the contract as corrected (`fact.before-contract`).
 */
export async function correctSupply(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	correction: NewCorrection,
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		const { row } = open;
		const sent = await findSentCorrection(sql, zoneId, supplyNo, { ...correction, userId: actor.userId });
		if (sent !== null) return sent === 'same' ? done(row) : sentOtherwise();
		if (row.editNo !== correction.expectedEdit)
			return failed('stale', [changesetError('supply.moved', { state: row.state })]);
		if (
			!can(actor, 'supply.manage', zoneId, [row.parkId]) &&
			!can(actor, 'supply.decide', zoneId, [row.parkId])
		)
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (isOver(row.state)) return failed('refused', [changesetError('supply.sealed', { state: row.state })]);
		const { changes, reason, clientId } = correction;
		const events = await listSupplyEvents(sql, zoneId, supplyNo);
		const before = await listCorrections(sql, zoneId, supplyNo);
		const faults = changes.flatMap((change, i) => faultOf(change, changes.slice(0, i), events, before) ?? []);
		if (faults.length > 0) return failed('refused', faults);
		const stepsWith = (corrections: readonly Correction[]) =>
			recordSteps(row.mode, row.userId ?? '', events, corrections);
		const steps = stepsWith(before);
		const barred = barTogether(actor, zoneId, row, steps, changes);
		if (barred !== null) return failed('forbidden', [barred]);
		const ask = (step: RecordStep) =>
			askGuards(
				transitionOf(row, step)?.guards ?? [],
				guardContext(open.setting, step.before, step.event, step.event.eventNo),
			);
		const standing = changes.map(({ eventNo, field, value }, i) => ({
			...{ correctionNo: before.length + i + 1, eventNo, field, value, reason },
		}));
		const foldWith = (corrections: readonly Correction[]) =>
			foldRecord(row.mode, row.userId ?? '', events, corrections);
		const against = [
			...findingsOfCorrection(steps, stepsWith([...before, ...standing]), ask),
			...askFactsOfCorrection(
				await listSupplyFacts(sql, zoneId, [supplyNo]),
				foldWith(before),
				foldWith([...before, ...standing]),
			),
		];
		if (against.length > 0) return failed('refused', standingAgainst(against, []));
		for (const { eventNo, field, value } of standing)
			await insertCorrection(sql, zoneId, supplyNo, {
				...{ clientId, eventNo, field, value, reason, occurredAt: now },
			});
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'supply.corrected',
			entity: `supply/${supplyNo}`,
			details: {
				reason,
				changes: changes.map(({ eventNo, event, field, value }) => ({
					...{ eventNo, event, field, from: valueBefore({ eventNo, field }, events, before), to: value },
				})),
			},
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}

type RecordedEvent = Pick<SupplyEventRow, 'eventNo' | 'event' | 'facts'>;

/** Why a value cannot be corrected whatever is right, those before it in the list told; null where it can. */
function faultOf(
	change: Change,
	earlier: readonly Change[],
	events: readonly RecordedEvent[],
	before: readonly Correction[],
): ChangesetIssue | null {
	const { eventNo, event, field, value } = change;
	const subject = events.find((one) => one.eventNo === eventNo && one.event === event);
	if (subject === undefined) return changesetError('correction.no-event', { eventNo, event });
	if (!Object.hasOwn(subject.facts, field) && !isLaterField(event, field))
		return changesetError('correction.no-field', { field, event });
	if (earlier.some((one) => one.eventNo === eventNo && one.field === field))
		return changesetError('correction.repeated', { field });
	if (JSON.stringify(valueBefore(change, events, before)) === JSON.stringify(value))
		return changesetError('correction.same', { field });
	return isDecidedOn(field, eventNo, events) ? changesetError('correction.decided-on') : null;
}

/** The value of a field that stands before it is corrected. */
function valueBefore(
	{ eventNo, field }: Pick<Change, 'eventNo' | 'field'>,
	events: readonly RecordedEvent[],
	before: readonly Correction[],
): unknown {
	const last = before.findLast((one) => one.eventNo === eventNo && one.field === field);
	if (last !== undefined) return last.value;
	const facts = events.find((one) => one.eventNo === eventNo)?.facts;
	return (facts as Readonly<Record<string, unknown>> | undefined)?.[field] ?? null;
}

/** What of an event an account may correct: names of its fields, at least one. */
export interface CorrectableEvent {
	readonly eventNo: number;
	readonly fields: readonly string[];
}

/** What of a supply's events this account may correct, each field by itself: those that the service would refuse to it whatever the value are not told. */
export function correctableEvents(
	actor: UserActor,
	zoneId: string,
	row: SupplyRow,
	steps: readonly RecordStep[],
): CorrectableEvent[] {
	if (isOver(row.state)) return [];
	const events = steps.map(({ event }) => event);
	return events.flatMap(({ eventNo, event, facts }) => {
		const later = LATER_FIELDS.filter((field) => isLaterField(event, field));
		const fields = [...new Set([...Object.keys(facts), ...later])].filter(
			(field) =>
				!isDecidedOn(field, eventNo, events) &&
				barTogether(actor, zoneId, row, steps, [{ eventNo, field }]) === null,
		);
		return fields.length === 0 ? [] : [{ eventNo, fields }];
	});
}

function barToCorrect(
	actor: UserActor,
	zoneId: string,
	row: SupplyRow,
	steps: readonly RecordStep[],
	eventNo: number,
): ChangesetIssue | null {
	const step = steps.find(({ event }) => event.eventNo === eventNo);
	const transition = step === undefined ? null : transitionOf(row, step);
	if (
		transition === null ||
		!([transition.permission, 'supply.decide'] as const).some((one) => can(actor, one, zoneId, [row.parkId]))
	)
		return changesetError('supply.not-permitted');
	return transition.by === 'another' && step?.before.lastUserId === actor.userId
		? changesetError('supply.another-needed')
		: null;
}

/** Why an account cannot correct these together: one of them alone it cannot, or it would correct with what was decided what it recorded itself. */
function barTogether(
	actor: UserActor,
	zoneId: string,
	row: SupplyRow,
	steps: readonly RecordStep[],
	changes: readonly Pick<Change, 'eventNo' | 'field'>[],
): ChangesetIssue | null {
	const numbers = new Set(changes.map(({ eventNo }) => eventNo));
	for (const eventNo of numbers) {
		const barred = barToCorrect(actor, zoneId, row, steps, eventNo);
		if (barred !== null) return barred;
	}
	const ofDeal = steps.filter(({ event }) => isOfDeal(event, steps, changes));
	if (ofDeal.length > 0 && !can(actor, 'supply.decide', zoneId, [row.parkId]))
		return changesetError('supply.decision-needed');
	if (ofDeal.some(({ event }) => event.userId === actor.userId))
		return changesetError('supply.another-needed');
	const touched = steps.filter(({ event }) => numbers.has(event.eventNo));
	const decided = touched.filter((step) => transitionOf(row, step)?.permission === 'supply.decide');
	const isOwn = touched.some((step) => !decided.includes(step) && step.event.userId === actor.userId);
	return decided.length > 0 && isOwn ? changesetError('supply.another-needed') : null;
}

/** Whether changes of an event are for somebody who decides: of the deal once a contract stands on it or is it, or of what was recorded with a question of his open. */
function isOfDeal(
	{ eventNo, event, unknowns }: RecordStep['event'] & { readonly unknowns?: readonly string[] },
	steps: readonly RecordStep[],
	changes: readonly Pick<Change, 'eventNo' | 'field'>[],
): boolean {
	const fields = changes.filter((one) => one.eventNo === eventNo).map(({ field }) => field);
	if (fields.length === 0) return false;
	const stands =
		CONTRACTS.includes(event) ||
		steps.some((one) => one.event.eventNo > eventNo && CONTRACTS.includes(one.event.event));
	return (
		(stands && fields.some((field) => DEAL_FIELDS.includes(field))) ||
		(unknowns ?? []).some(isDecidedQuestion)
	);
}

function transitionOf({ mode }: SupplyRow, { before, event }: RecordStep): SupplyTransition | null {
	return findSupplyTransition(pathOf(mode), before.state, event.event);
}
