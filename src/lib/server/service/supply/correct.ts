import { changesetError } from '$lib/domain/changeset/issue.ts';
import { checkCorrectedDays } from '$lib/domain/supply/event-days.ts';
import { recordSteps } from '$lib/domain/supply/fold-record.ts';
import { isOver, type SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import type { ContractFacts } from '$lib/domain/supply/record.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import { lockSupplies, type SupplyRow } from '../../db/supply.ts';
import { insertCorrection, listCorrections, listSupplyEvents } from '../../db/supply-event.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { openSupply, readBack } from './act.ts';
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
 * Refuses `supply.moved` (stale), `supply.not-permitted`, `supply.sealed` once it is over, `correction.no-event`, `correction.no-field`,
 * `correction.same`, and a day that does not fit those recorded before and after it, by what `checkCorrectedDays` finds. What was decided on the old
 * value is not decided anew.
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
		if (!can(actor, 'supply.manage', zoneId, [row.parkId]))
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
		const standing = { correctionNo: before.length + 1, eventNo, field, value, reason };
		const steps = recordSteps(row.mode, row.userId ?? '', events, [...before, standing]);
		const against = standingAgainst(checkCorrectedDays(steps, standing, open.setting.onDate), []);
		if (against.length > 0) return failed('refused', against);
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
