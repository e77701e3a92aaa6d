import { finding, type Finding } from './finding.ts';
import { idleStandingOf, type SupervisionContext } from './supervision.ts';
import type { IdleCause, IdleMeasure, IdleStep, IdleStepFacts } from './idle-proceeding.ts';

/** Causes that are not the holder's alone; of `mixed` who decides has to say that he knows. */
const NOT_THE_HOLDERS: readonly IdleCause[] = ['government', 'force_majeure'];
const OF_THE_HOLDER: readonly IdleMeasure[] = ['fee', 'take_back'];

/**
 * Asks whether what is decided of idle land follows from what was found: fee and taking back without payment where the cause is the holder's, the fee as the rule sets it and not
 * due before it is decided, taking back from the day on which the rule admits it.
 *
 * Other measures are for causes that are not the holder's: of his own it is an open question. A rule that is not set, as of a lease's fee, is one too, never a pass. `context` is of the
 * day of the decision, its steps those before it. O(rules + pauses log pauses). Source: 城市房地产管理法 第26条; 闲置土地处置办法 (国土资源部令第53号), read in summary.
 */
export function askIdleDecision(
	{ facts, onDay }: { readonly facts: IdleStepFacts['decide']; readonly onDay: string },
	context: SupervisionContext,
): Finding[] {
	const cause = foundCause(context.idleSteps);
	const { measure } = facts;
	if (!OF_THE_HOLDER.includes(measure))
		return cause === 'holder' ? [finding('unknown', 'idle.measure-without-cause')] : [];
	if (cause !== null && NOT_THE_HOLDERS.includes(cause)) return [finding('fail', 'idle.cause-not-holder')];
	const asked = measure === 'fee' ? askFee(facts, onDay, context) : [askTakeBack(onDay, context)];
	return cause === 'mixed' ? [finding('unknown', 'idle.cause-mixed'), ...asked] : asked;
}

function askFee(
	{ amountFen, payBy }: IdleStepFacts['decide'],
	onDay: string,
	context: SupervisionContext,
): Finding[] {
	// What is open of a fee is refused before it is asked (`faultOfIdleStep`).
	if (amountFen === null || payBy === null) return [];
	const due = payBy < onDay ? [finding('fail', 'idle.fee-due-before', { payBy, onDay })] : [];
	const fee = idleStandingOf(context)?.fee ?? null;
	if (fee === null) return [...due, finding('unknown', 'idle.fee-unknown')];
	const { value: ruledFen, rule } = fee;
	if (ruledFen === null) return [...due, finding('unknown', fee.reason, fee.params, rule)];
	const isWithin = rule?.comparison === '<=' ? amountFen <= ruledFen : amountFen === ruledFen;
	const code = isWithin ? 'idle.fee-by-rule' : 'idle.fee-beyond-rule';
	return [...due, finding(isWithin ? 'pass' : 'fail', code, { amountFen, ruledFen }, rule)];
}

function askTakeBack(onDay: string, context: SupervisionContext): Finding {
	const from = idleStandingOf(context)?.takeBackFrom ?? null;
	if (from === null) return finding('unknown', 'idle.take-back-open');
	const { value, rule } = from;
	if (value === null) return finding('unknown', from.reason, from.params, rule);
	return onDay >= value
		? finding('pass', 'idle.take-back-admitted', { from: value, onDay }, rule)
		: finding('fail', 'idle.take-back-early', { from: value, onDay }, rule);
}

/** By whose cause the land was found idle last; null: no finding says. */
function foundCause(steps: readonly IdleStep[]): IdleCause | null {
	const found = steps.findLast((one) => one.step === 'find_idle');
	return found?.step === 'find_idle' ? found.facts.cause : null;
}
