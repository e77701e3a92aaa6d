import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import type { LandUse } from '../tenure/term.ts';

/**
 * Says whether land of a use has to be supplied in competition, by the rule `supply.competitive.<use>` (1 or 0).
 *
 * No rule answers `rule.none`. Delegating an approval changes nothing of it; more than one intended user asks for competition whatever the use.
 * O(rules). Source: 民法典 第347条.
 */
export function requiresCompetition(
	use: LandUse,
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Explained<boolean> {
	const key = `supply.competitive.${use}`;
	const rule = findRuleInForce(rules, key, parkId, onDate);
	if (!isSet(rule) || !['0', '1'].includes(rule.value)) return explainNoRule(key, rule);
	return rule.value === '1'
		? explain(true, 'supply.competition-by-use', { use }, rule)
		: explain(false, 'supply.competition-not-by-use', { use }, rule);
}
