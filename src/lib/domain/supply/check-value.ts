import { keepsRule, type Fraction } from '../rule/measure.ts';
import { isSet, type RuleValue } from '../rule/rule-value.ts';
import { finding, type Finding } from './finding.ts';

/** The codes of a check: it keeps the rule, or not. */
export interface CheckCodes {
	readonly pass: string;
	readonly fail: string;
}

/** What no rule answers: `rule.none`, or `rule.unreadable` where its value, unit or comparison is not understood; never a pass. */
export function noRule(key: string, rule: RuleValue | null): Finding {
	return finding('unknown', isSet(rule) ? 'rule.unreadable' : 'rule.none', { key }, rule);
}

/**
 * Checks a measured number against a rule, exactly.
 *
 * `measured` is in the unit of the rule; null where the rule's unit is another than what was measured. The finding has the limit as `limit` among
 * its parameters.
 */
export function checkValue(
	measured: Fraction | null,
	key: string,
	rule: RuleValue | null,
	codes: CheckCodes,
	params: Finding['params'],
): Finding {
	const keeps = rule === null || measured === null ? null : keepsRule(measured, rule);
	if (!isSet(rule) || keeps === null) return noRule(key, rule);
	return finding(
		keeps ? 'pass' : 'fail',
		keeps ? codes.pass : codes.fail,
		{ ...params, limit: rule.value },
		rule,
	);
}
