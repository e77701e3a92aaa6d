import type { WireRule } from '../../api/plot-register.ts';

/** What a row of the table of rules tells: the value that counts, and those of other times. */
export interface RuleRow {
	readonly rule: WireRule;
	readonly others: readonly WireRule[];
}

/** Groups rules by key and place, in the order in which these first come: what is in force, else the latest, with the others behind it. */
export function rowsOfRules(rules: readonly WireRule[]): RuleRow[] {
	const groups = new Map<string, WireRule[]>();
	for (const rule of rules) {
		const at = `${rule.key} ${rule.parkId ?? ''}`;
		groups.set(at, [...(groups.get(at) ?? []), rule]);
	}
	return [...groups.values()].map((all) => {
		const rule = all.findLast(({ isInForce }) => isInForce) ?? all[all.length - 1];
		return { rule, others: all.filter((one) => one !== rule) };
	});
}
