import { readFraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue, noRule } from './check-value.ts';
import { finding, type Finding } from './finding.ts';
import { CONTROL_INDICATORS, standingFacts, type FactOf, type SupplyFact } from './supply-fact.ts';

const CODES = { pass: 'control.kept', fail: 'control.not-kept' };

/**
 * Checks what a performance agreement has agreed against the control indicators of industrial land; one finding for each, passes too.
 *
 * An agreed indicator says itself which of them it is; its target is compared, exactly, in the unit in which it was agreed (`%` is `pct`, a pure number has none, or 倍): another unit than the rule's answers
 * `control.unit-differs`. An empty rule answers `rule.none`, one that nothing was agreed of `control.not-agreed`, a target in the other direction (at most, of
 * a least value) `control.turned`. O(rules + facts). No value was read in its source: 自然资发〔2023〕72号 has them by branch of industry.
 */
export function checkControls(
	rows: readonly SupplyFact[],
	rules: readonly RuleValue[],
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	const agreed = standingFacts(rows, 'indicator');
	return CONTROL_INDICATORS.flatMap((control) => {
		const key = `indicator.${control}`;
		const rule = findRuleInForce(rules, key, parkId, onDate);
		if (!isSet(rule)) return [noRule(key, rule)];
		const found = agreed.filter(({ facts }) => facts.control === control);
		return found.length === 0
			? [finding('unknown', 'control.not-agreed', { key }, rule)]
			: found.map(({ facts }) => checkTarget(facts, key, rule));
	});
}

function checkTarget(
	{ name, unit, target, comparison }: FactOf<'indicator'>['facts'],
	key: string,
	rule: RuleValue,
): Finding {
	if (!isSameUnit(unit, rule.unit))
		return finding('unknown', 'control.unit-differs', { name, unit, ruleUnit: rule.unit ?? '' }, rule);
	if (comparison !== rule.comparison) return finding('fail', 'control.turned', { name }, rule);
	return checkValue(readFraction(target), key, rule, CODES, { name, target, agreedUnit: unit });
}

const PERCENT = ['pct', '%', '％'];
/** What agreements, which have to name a unit, write of a pure number. */
const OF_PURE_NUMBER = ['1', '无', '倍', '-', '—', 'none'];

function isSameUnit(agreed: string, ofRule: string | null): boolean {
	if (ofRule === null) return OF_PURE_NUMBER.includes(agreed);
	return agreed === ofRule || [agreed, ofRule].every((unit) => PERCENT.includes(unit));
}
