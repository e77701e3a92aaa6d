import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { noRule } from './check-value.ts';
import { finding, type Finding } from './finding.ts';
import { RESERVE_ITEMS, type ReserveItem, type Stated, type SuppliedPlot } from './guard-context.ts';

const STATED = {
	pass: 'supply.reserve-clear',
	fail: 'supply.reserve-not-clear',
	unknown: 'supply.reserve-open',
} as const;

/** What the checklist of clear land is answered from. */
export type ReservePlot = Pick<SuppliedPlot, 'parkId' | 'statements' | 'heldUntil'>;

/**
 * Answers the checklist of clear land (净地) in the reserve, item by item: rights, compensation, disputes, conditions for work, soil, archaeology.
 *
 * An item is asked where the rule `reserve.<item>-required` is 1; 0 asks nothing, and without a rule it is `rule.none`, beside which what was stated is told (`supply.reserve-told`) and decides nothing.
 * Each answer names the day and document of the statement; what was stated before a right ended speaks of the land as it was then. Days 'YYYY-MM-DD'. O(rules).
 */
export function checkReserve(plot: ReservePlot, rules: readonly RuleValue[], onDate: string): Finding[] {
	return RESERVE_ITEMS.flatMap((item) => {
		const key = reserveRuleOf(item);
		const rule = findRuleInForce(rules, key, plot.parkId, onDate);
		if (isSet(rule) && rule.value === '0')
			return [finding('pass', 'supply.reserve-not-asked', { item }, rule)];
		const said = answer(item, plot, rule);
		if (isSet(rule) && rule.value === '1') return [said];
		return [noRule(key, rule), ...told(item, plot, said)];
	});
}

/** What was stated of an item that no rule asks for: told, and judged by nobody. */
function told(item: ReserveItem, { statements }: ReservePlot, said: Finding): Finding[] {
	const stated = statements.get(item);
	if (stated === undefined) return [];
	if (said.code === 'supply.reserve-outdated') return [{ ...said, rule: null }];
	const { outcome, statedOn } = stated;
	const params = { item, said: outcome, statedOn, document: stated.document ?? '—' };
	return [finding('unknown', 'supply.reserve-told', params)];
}

/** The rule that says whether an item is asked. */
export function reserveRuleOf(item: ReserveItem): string {
	return `reserve.${item.replaceAll('_', '-')}-required`;
}

function answer(item: ReserveItem, { statements, heldUntil }: ReservePlot, rule: RuleValue | null): Finding {
	const stated: Stated | undefined = statements.get(item);
	if (stated === undefined) return finding('unknown', 'supply.reserve-unstated', { item }, rule);
	const { outcome, statedOn } = stated;
	const params = { item, statedOn, document: stated.document ?? '—' };
	if (heldUntil !== null && statedOn < heldUntil)
		return finding('unknown', 'supply.reserve-outdated', { ...params, heldUntil }, rule);
	return finding(outcome, STATED[outcome], params, rule);
}
