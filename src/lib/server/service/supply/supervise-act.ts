import { changesetError } from '$lib/domain/changeset/issue.ts';
import { askDecision } from '$lib/domain/supply/decided-question.ts';
import { askFact, isDecidedFact } from '$lib/domain/supply/fact-question.ts';
import { questionOf, type Finding } from '$lib/domain/supply/finding.ts';
import { askIdleDecision } from '$lib/domain/supply/idle-decision.ts';
import {
	faultOfIdleStep,
	findIdleTransition,
	IDLE_PROCEEDINGS,
	idleStateOf,
	type IdleStep,
	type IdleStepFacts,
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
import { askedAgainst, done, failed, noSupply, sentOtherwise, type Outcome } from './outcome.ts';
import { readOneSupervised, refreshDueDay } from './supervision-context.ts';

/** What is to be recorded of a supply, by its kind's schema. */
export type NewFact = Omit<SupplyFact, 'factNo'> & Sent;
/** A step of proceedings as it is sent. */
export type NewStep = Omit<IdleStep, 'stepNo'> & Sent;

interface Sent {
	readonly clientId: string;
	/** Open questions that whoever records it says that he knows. */
	readonly acknowledged: readonly string[];
}

/**
 * Records something of a supply beside its events: works, figures, pauses, rents set anew, indicators and assessments, exit, transfers, prices; or replaces what was recorded.
 *
 * Refuses `supply.not-permitted`, what `askFact` finds against it and open questions that were not acknowledged (one that is somebody else's to decide: `supply.decision-needed`), `fact.not-supplied` before a contract or decision, `fact.not-over` of an exit before the right ended, and what `faultOfFact` finds; sent twice it is recorded once (`entry.sent-otherwise`). The audit has it, replaced or not.
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
		const { row } = open;
		const mayManage = can(actor, 'supply.manage', zoneId, [row.parkId]);
		const mayDecide = can(actor, 'supply.decide', zoneId, [row.parkId]);
		if (!mayManage && !(mayDecide && (fact.kind === 'supplement' || fact.kind === 'disposal')))
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
		// What somebody decided is taken back and replaced by somebody who decides.
		const subject = rows.find(({ factNo }) => factNo === replacesNo);
		const isDecision = (!isVoid && kind === 'disposal') || (subject !== undefined && isDecidedFact(subject));
		if (isDecision && !mayDecide) return failed('forbidden', [changesetError('supply.decision-needed')]);
		const fault = faultOfFact(fact, rows, open.setting.onDate);
		if (fault !== null) return failed('refused', [changesetError(fault)]);
		const supervised = await readOneSupervised(sql, open.zone, row, now);
		if (supervised === null) return noSupply(supplyNo);
		const decides = mayDecide && open.record.lastUserId !== actor.userId;
		const found = askDecision(askFact(fact, supervised.context), {
			decides,
			records: isDecision ? mayDecide : mayManage,
		});
		const against = askedAgainst(found, fact.acknowledged);
		if (against.length > 0) return failed('refused', against);
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
				...unknownsOf(found),
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
 * `entry.sent-otherwise`, `idle.step-before-last` and `idle.fee-open`: a fee has an amount and a day; and what `askIdleDecision` finds against a decision, open questions that were not acknowledged among it.
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
		const supervised = await readOneSupervised(sql, open.zone, open.row, now);
		if (supervised === null) return noSupply(supplyNo);
		const found =
			step.step === 'decide'
				? askIdleDecision(
						{ facts: step.facts as IdleStepFacts['decide'], onDay: step.onDay },
						{ ...supervised.context, onDate: step.onDay },
					)
				: [];
		const against = askedAgainst(found, step.acknowledged);
		if (against.length > 0) return failed('refused', against);
		await insertIdleStep(sql, zoneId, supplyNo, { ...step, occurredAt: now });
		await refreshDueDay(sql, zoneId, supplyNo, now);
		await appendAuditEvent(sql, zoneId, {
			actor: auditName(actor),
			action: `idle.${step.step.replaceAll('_', '-')}`,
			entity: `supply/${supplyNo}`,
			details: { onDay: step.onDay, document: step.document, facts: step.facts, ...unknownsOf(found) },
			occurredAt: now,
		});
		return readBack(sql, zoneId, supplyNo);
	});
}

/** The open questions of an entry for the audit, as who recorded it acknowledged them. */
function unknownsOf(found: readonly Finding[]): { readonly unknowns?: readonly string[] } {
	const unknowns = found.filter(({ outcome }) => outcome === 'unknown').map(questionOf);
	return unknowns.length === 0 ? {} : { unknowns };
}
