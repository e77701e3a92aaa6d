import { addMonths } from '../calendar/day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { readFraction } from '../rule/measure.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';

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
	const months = rule === null ? null : wholeMonths(rule);
	if (months === null) return explainNoRule(key, rule);
	return explain(addMonths(lastOn, -months), 'term.renewal-by', { lastOn, months }, rule);
}

/** The value of a rule in whole months; null where it has none. */
function wholeMonths({ value, unit }: RuleValue): number | null {
	const read = value === null ? null : readFraction(value);
	const perUnit = unit === 'month' ? 1n : unit === 'year' ? 12n : null;
	if (read === null || perUnit === null || (read.numerator * perUnit) % read.denominator !== 0n) return null;
	return Number((read.numerator * perUnit) / read.denominator);
}
