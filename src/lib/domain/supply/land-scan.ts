import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { findRuleInForce, isSet } from '../rule/rule-value.ts';
import { compareDays } from '../calendar/day.ts';
import { verdictOf, type IndicatorState } from './agreement.ts';
import type { BatchState } from './batch.ts';
import type { IdleStanding, SupervisionContext } from './supervision.ts';
import { standingFacts, worksOf } from './supply-fact.ts';
import type { PauseCause } from '../tenure/idle-clock.ts';

/** Land that waits: 批而未供, 供而未用, 用而不足, 低效用地. */
export const SCAN_LISTS = [
	'approved_not_supplied',
	'supplied_not_used',
	'used_insufficiently',
	'low_efficiency',
] as const;
export type ScanList = (typeof SCAN_LISTS)[number];

/** What could be done next; nothing is decided by it. */
export const PROPOSALS = [
	'scan.supply-rest',
	'scan.apply-anew',
	'scan.check-figures',
	'scan.urge-start',
	'scan.remove-cause',
	'scan.investigate',
	'scan.carry-on',
	'scan.decide',
	'scan.urge-works',
	'scan.urge-completion',
	'scan.rectify',
] as const;
export type Proposal = (typeof PROPOSALS)[number];

/** What could be done with a batch of which something remains, or whose figures do not agree. */
export function proposalForBatch({ state, isPastLapse }: BatchState): Proposal {
	if (state === 'over_supplied') return 'scan.check-figures';
	return isPastLapse === true ? 'scan.apply-anew' : 'scan.supply-rest';
}

/** What could be done with land that misses what its holder agreed to. */
export const PROPOSAL_OF_MISSED: Proposal = 'scan.rectify';

/**
 * The day from which land misses what its holder agreed to: that of the assessment by which an indicator that is missed now was first found so, the earliest of them; null: none is missed.
 *
 * An assessment in between that was met starts the time anew. O(assessments).
 */
export function missedSince(indicators: readonly IndicatorState[]): string | null {
	const days = indicators
		.filter(({ verdict }) => verdict === 'missed')
		.map(({ indicator, assessments }) => {
			const passed = assessments.findLastIndex(
				({ facts }) => verdictOf(indicator.facts, facts.value) !== 'missed',
			);
			return assessments[passed + 1].facts.assessedOn;
		});
	return days.sort(compareDays)[0] ?? null;
}

/** What keeps land from being used on a day, as far as it is recorded: the cause of a pause that goes on; null: none is. */
export function pauseCauseOn({
	facts,
	onDate,
}: Pick<SupervisionContext, 'facts' | 'onDate'>): PauseCause | null {
	const running = standingFacts(facts, 'pause').filter(
		({ facts: { fromOn, toOn } }) => fromOn <= onDate && (toOn === null || toOn >= onDate),
	);
	return running.at(-1)?.facts.cause ?? null;
}

/** What could be done with land that was supplied and is not used, or not enough. */
export function proposalForLand(idle: IdleStanding | null, context: SupervisionContext): Proposal {
	if (idle?.status === 'idle') return 'scan.decide';
	if (idle?.status === 'in_proceedings') return 'scan.carry-on';
	const cause = pauseCauseOn(context);
	if (cause !== null && cause !== 'holder') return 'scan.remove-cause';
	if (idle?.status === 'suspected') return 'scan.investigate';
	const { startedOn, stoppedOn } = worksOf(context.facts);
	if (startedOn === null) return 'scan.urge-start';
	return stoppedOn === null ? 'scan.urge-completion' : 'scan.urge-works';
}

/**
 * Says whether land counts as used at low efficiency (低效用地) by the indicators that it missed: rule `low-efficiency.missed-min`, a number of them.
 *
 * What low efficiency is, is set locally: without a rule there is no answer, whatever was missed. O(indicators + rules).
 */
export function isLowEfficiency(
	indicators: readonly IndicatorState[],
	{ rules, onDate, parkId }: Pick<SupervisionContext, 'rules' | 'onDate' | 'parkId'>,
): Explained<boolean> {
	const key = 'low-efficiency.missed-min';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const missed = indicators.filter(({ verdict }) => verdict === 'missed').length;
	if (!isSet(rule) || rule.comparison !== '>=' || !/^[1-9]\d?$/.test(rule.value))
		return { ...explainNoRule<boolean>(key, rule), params: { key, missed } };
	const isLow = missed >= Number(rule.value);
	return explain(isLow, isLow ? 'scan.low-efficiency' : 'scan.efficient-enough', { missed }, rule);
}
