import { addMonths } from '../calendar/day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { fraction, readMonths } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue } from '../supply/check-value.ts';
import type { Finding } from '../supply/finding.ts';
import { pathOf, type SupplyMode } from '../supply/mode.ts';
import { inRuleKey, leaseDates, type LandUse } from './term.ts';

/**
 * The last day on which a renewal can be applied for, by the rule `term.renewal-months-ahead`.
 *
 * It is the same day of the month as the last of the right; where that month has no such day, its last. Source: 城市房地产管理法 第22条.
 */
export function latestRenewal(
	lastOn: string,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<string> {
	const key = 'term.renewal-months-ahead';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const months = readMonths(rule);
	if (months === null) return explainNoRule(key, rule);
	return explain(addMonths(lastOn, -months), 'term.renewal-by', { lastOn, months }, rule);
}

/**
 * The first day on which a renewal can be applied for, by the rule `term.renewal-months-earliest`; no text that sets one was read.
 *
 * Reckoned as the last day is, by `latestRenewal`.
 */
export function earliestRenewal(
	lastOn: string,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<string> {
	const key = 'term.renewal-months-earliest';
	const rule = findRuleInForce(rules, key, parkId, onDate);
	const months = readMonths(rule);
	if (months === null) return explainNoRule(key, rule);
	return explain(addMonths(lastOn, -months), 'term.renewal-from', { lastOn, months }, rule);
}

/** A right that was renewed: the last day is that of what remained and the renewal together. */
export interface RenewedRight {
	readonly mode: SupplyMode;
	/** Null: not known. */
	readonly use: LandUse | null;
	readonly appliedOn: string;
	readonly lastOn: string;
}

/**
 * Checks how long a right runs from the day of its renewal, what remained of it and the renewal together, against the limits of the term; one finding for each.
 *
 * So renewals in a row cannot add up beyond them. Of a lease those of its mode and of the law (`mode.<mode>.lease-max`, `term.lease-max`), of a flexible grant its mode's,
 * of both that of the use (`term.max.<use>`). Exact: a part of a month is more than the months before it. A limit that is not set says nothing here: `checkTerm`, asked of the
 * renewal's own term, says so. O(rules). Source: 民法典 第705条 (自续订之日起); 暂行条例 第12条.
 */
export function checkRenewedRight(
	{ mode, use, appliedOn, lastOn }: RenewedRight,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	const modeKey = `mode.${inRuleKey(mode)}`;
	const keys = [
		...(pathOf(mode) === 'lease' ? [`${modeKey}.lease-max`, 'term.lease-max'] : []),
		...(mode === 'flexible_term_grant' && use !== null ? [`${modeKey}.grant-max.${use}`] : []),
		...(use === null ? [] : [`term.max.${use}`]),
	];
	const halves = halfMonths(appliedOn, lastOn);
	return keys.flatMap((key) => {
		const rule = findRuleInForce(rules, key, parkId, onDate);
		if (!isSet(rule)) return [];
		const perUnit = rule.unit === 'year' ? 24 : rule.unit === 'month' ? 2 : null;
		const measured = perUnit === null ? null : fraction(halves, perUnit);
		const found = checkValue(measured, key, rule, RENEWED, { appliedOn, lastOn });
		return found.outcome === 'unknown' ? [] : [found];
	});
}

const RENEWED = { pass: 'term.renewed-within', fail: 'term.renewed-over' };

/** Half months from a day to the last of a term: twice the months of a term that ends so, one less where it ends before them. */
function halfMonths(startsOn: string, lastOn: string): number {
	const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
	let months = Math.max(1, monthOf(lastOn) - monthOf(startsOn) - 1);
	while (leaseDates(startsOn, months).lastOn < lastOn) months++;
	return 2 * months - (leaseDates(startsOn, months).lastOn === lastOn ? 0 : 1);
}
