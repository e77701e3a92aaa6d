import { changesetError } from '$lib/domain/changeset/issue.ts';
import {
	faultOfIdleStep,
	findIdleTransition,
	IDLE_PROCEEDINGS,
	idleStateOf,
	type IdleStep,
} from '$lib/domain/supply/idle-proceeding.ts';
import { faultOfFact } from '$lib/domain/supply/fact-fault.ts';
import type { SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import { isSupplied } from '$lib/domain/supply/supervision.ts';
import { auditName, can } from '../../access/actor.ts';
import { appendAuditEvent } from '../../db/audit-event.ts';
import { findSentBefore } from '../../db/sent-before.ts';
import { insertIdleStep, insertSupplyFact, listIdleSteps, listSupplyFacts } from '../../db/supply-fact.ts';
import { lockSupplies, type SupplyRow } from '../../db/supply.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { openSupply, readBack } from './act.ts';
import { done, failed, noSupply, sentOtherwise, type Outcome } from './outcome.ts';
import { refreshDueDay } from './supervision-context.ts';

/** What is to be recorded of a supply, by its kind's schema. */
export type NewFact = Omit<SupplyFact, 'factNo'> & { readonly clientId: string };
/** A step of proceedings as it is sent. */
export type NewStep = Omit<IdleStep, 'stepNo'> & { readonly clientId: string };

/**
 * Records something of a supply beside its events: works, figures, pauses, rents set anew, indicators and assessments, exit, transfers, prices; or replaces what was recorded.
 *
 * Refuses `supply.not-permitted`, `fact.not-supplied` before a contract or decision, `fact.not-over` of an exit before the right ended, and what `faultOfFact` finds; sent twice it is recorded once (`entry.sent-otherwise`). The audit has it, replaced or not.
 */
export async function recordSupplyFact(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	fact: NewFact,
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		if (!can(actor, 'supply.manage', zoneId, [open.row.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		const { clientId, kind, facts, document, replacesNo, isVoid } = fact;
		const said = { kind, facts, document, replaces_no: replacesNo, is_void: isVoid, user_id: actor.userId };
		const sent = await findSentBefore(sql, 'supply_fact', zoneId, clientId, { supply_no: supplyNo, ...said });
		if (sent !== null) return sent === 'same' ? done(open.row) : sentOtherwise();
		const { state, contract, lease } = open.record;
		if (fact.kind === 'exit' ? state !== 'ended' : fact.kind !== 'price' && (contract ?? lease) === null)
			return failed('refused', [
				changesetError(fact.kind === 'exit' ? 'fact.not-over' : 'fact.not-supplied'),
			]);
		const rows = await listSupplyFacts(sql, zoneId, [supplyNo]);
		const fault = faultOfFact(fact, rows, open.setting.onDate);
		if (fault !== null) return failed('refused', [changesetError(fault)]);
		await insertSupplyFact(sql, zoneId, supplyNo, {
			clientId,
			kind,
			facts,
			document,
			replacesNo,
			isVoid,
			occurredAt: now,
		});
		await refreshDueDay(sql, zoneId, supplyNo, now);
		const before = rows.find(({ factNo }) => factNo === replacesNo)?.facts ?? null;
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: 'supply.recorded',
			entity: `supply/${supplyNo}`,
			details: {
				kind,
				document,
				...(isVoid ? { isVoid } : { facts }),
				...(before === null ? {} : { before }),
			},
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}

/**
 * Records a step of proceedings about idle land, with its document.
 *
 * Only a finding says that land is idle; no date does. Refuses `idle.step-impossible`, `supply.not-permitted`, `supply.another-needed` (两人以上经办), `fact.not-supplied`, `idle.step-ahead`,
 * `entry.sent-otherwise`, `idle.step-before-last` and `idle.fee-open`: a fee has an amount and a day.
 */
export async function recordIdleStep(
	context: ServiceContext,
	zoneId: string,
	supplyNo: number,
	step: NewStep,
): Promise<Outcome<SupplyRow>> {
	const { actor, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'supply.read', zoneId)) return noSupply(supplyNo);
	return asWriter(context, zoneId, async (sql): Promise<Outcome<SupplyRow>> => {
		await lockSupplies(sql, zoneId);
		const open = await openSupply(sql, context, zoneId, supplyNo);
		if (open === null) return noSupply(supplyNo);
		const isBarred = IDLE_PROCEEDINGS.filter((line) => line.step === step.step).every(
			({ permission }) => !can(actor, permission, zoneId, [open.row.parkId]),
		);
		if (isBarred) return failed('forbidden', [changesetError('supply.not-permitted')]);
		const { clientId, onDay: on_day, document, facts } = step;
		const said = { supply_no: supplyNo, step: step.step, on_day, document, facts, user_id: actor.userId };
		const sent = await findSentBefore(sql, 'idle_step', zoneId, clientId, said);
		if (sent !== null) return sent === 'same' ? done(open.row) : sentOtherwise();
		const before = await listIdleSteps(sql, zoneId, [supplyNo]);
		const state = idleStateOf(before);
		const transition = findIdleTransition(state, step.step);
		if (transition === null)
			return failed('refused', [
				changesetError('idle.step-impossible', { idleState: state, step: step.step }),
			]);
		if (!can(actor, transition.permission, zoneId, [open.row.parkId]))
			return failed('forbidden', [changesetError('supply.not-permitted')]);
		if (transition.by === 'another' && before.at(-1)?.userId === actor.userId)
			return failed('forbidden', [changesetError('supply.another-needed')]);
		if (state === 'none' && !isSupplied(open.record))
			return failed('refused', [changesetError('fact.not-supplied')]);
		const fault = faultOfIdleStep(step, before, open.setting.onDate);
		if (fault !== null) return failed('refused', [changesetError(fault)]);
		await insertIdleStep(sql, zoneId, supplyNo, { ...step, occurredAt: now });
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: `idle.${step.step.replaceAll('_', '-')}`,
			entity: `supply/${supplyNo}`,
			details: { onDay: step.onDay, document: step.document, facts: step.facts },
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}
