import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { findingsOfCorrection } from '$lib/domain/supply/correction.ts';
import { recordSteps } from '$lib/domain/supply/fold-record.ts';
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
import { insertCorrection, listCorrections, listSupplyEvents } from '../../db/supply-event.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { openSupply, readBack } from './act.ts';
import { guardContext } from './guard-facts.ts';
import { failed, noSupply, standingAgainst, type Outcome } from './outcome.ts';
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
export interface NewCorrection {
	readonly eventNo: number;
	/** The event that the writer takes it for: its schema checked the value. */
	readonly event: SupplyEventKind;
	readonly field: string;
	readonly value: unknown;
	readonly reason: string;
	readonly expectedEdit: number;
}

/**
 * Corrects what an event recorded: the event stays, dates and terms are reckoned anew, the audit has both values.
 *
 * What somebody decided is corrected by somebody who could have decided it. Refuses `supply.moved` (stale), `supply.not-permitted`, `supply.another-needed`, `supply.sealed`
 * once it is over, `correction.no-event`, `correction.no-field`, `correction.same`, `correction.decided-on` (what a review was decided on), and what `findingsOfCorrection` brings up: no event may stand on it that
 * would have been refused.
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
		if (row.editNo !== correction.expectedEdit)
			return failed('stale', [changesetError('supply.moved', { state: row.state })]);
		if (
			!can(actor, 'supply.manage', zoneId, [row.parkId]) &&
			!can(actor, 'supply.decide', zoneId, [row.parkId])
		)
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (isOver(row.state)) return failed('refused', [changesetError('supply.sealed', { state: row.state })]);
		const { eventNo, event, field, value, reason } = correction;
		const events = await listSupplyEvents(sql, zoneId, supplyNo);
		const before = await listCorrections(sql, zoneId, supplyNo);
		const subject = events.find((one) => one.eventNo === eventNo && one.event === event);
		if (subject === undefined)
			return failed('refused', [changesetError('correction.no-event', { eventNo, event })]);
		const facts: Readonly<Record<string, unknown>> = { ...subject.facts };
		if (!Object.hasOwn(facts, field) && !isLaterField(event, field))
			return failed('refused', [changesetError('correction.no-field', { field, event })]);
		const last = before.findLast((one) => one.eventNo === eventNo && one.field === field);
		const oldValue = last === undefined ? (facts[field] ?? null) : last.value;
		if (JSON.stringify(oldValue) === JSON.stringify(value))
			return failed('refused', [changesetError('correction.same', { field })]);
		if (isDecidedOn(field, eventNo, events))
			return failed('refused', [changesetError('correction.decided-on')]);
		const standing = { correctionNo: before.length + 1, eventNo, field, value, reason };
		const stepsWith = (corrections: readonly Correction[]) =>
			recordSteps(row.mode, row.userId ?? '', events, corrections);
		const steps = stepsWith(before);
		const barred = barToCorrect(actor, zoneId, row, steps, eventNo);
		if (barred !== null) return failed('forbidden', [barred]);
		const ask = (step: RecordStep) =>
			askGuards(transitionOf(row, step)?.guards ?? [], guardContext(open.setting, step.before, step.event));
		const against = findingsOfCorrection(steps, stepsWith([...before, standing]), ask);
		if (against.length > 0) return failed('refused', standingAgainst(against, []));
		await insertCorrection(sql, zoneId, supplyNo, { eventNo, field, value, reason, occurredAt: now });
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'supply.corrected',
			entity: `supply/${supplyNo}`,
			details: { eventNo, event, field, from: oldValue, to: value, reason },
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}

/** Whose steps of a supply this account may correct, by number. */
export function correctableEvents(
	actor: UserActor,
	zoneId: string,
	row: SupplyRow,
	steps: readonly RecordStep[],
): number[] {
	if (isOver(row.state)) return [];
	return steps
		.map(({ event }) => event.eventNo)
		.filter((eventNo) => barToCorrect(actor, zoneId, row, steps, eventNo) === null);
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
	if (transition === null || !can(actor, transition.permission, zoneId, [row.parkId]))
		return changesetError('supply.not-permitted');
	return transition.by === 'another' && step?.before.lastUserId === actor.userId
		? changesetError('supply.another-needed')
		: null;
}

function transitionOf({ mode }: SupplyRow, { before, event }: RecordStep): SupplyTransition | null {
	return findSupplyTransition(pathOf(mode), before.state, event.event);
}
