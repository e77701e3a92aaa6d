import { addMonths } from '../calendar/day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { readMonths } from '../rule/measure.ts';
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
	const months = readMonths(rule);
	if (months === null) return explainNoRule(key, rule);
	return explain(addMonths(lastOn, -months), 'term.renewal-by', { lastOn, months }, rule);
}
