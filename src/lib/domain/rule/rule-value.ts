/** A number of law, policy or house setting, with where it comes from; a null value answers "no rule set". */
export interface RuleValue {
	readonly key: string;
	/** Decimal text, exact; null: no rule set. */
	readonly value: string | null;
	/** Null: a pure number. */
	readonly unit: string | null;
	readonly areaKind: string | null;
	/** `<` is not `<=`. */
	readonly comparison: string | null;
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
	readonly parkId: string | null;
	readonly validFrom: string | null;
	readonly validTo: string | null;
	/** It is national law; not given: a zone's own. */
	readonly isNational?: boolean;
}

/** Says whether a rule has a value; without one it answers "no rule set". */
export function isSet(rule: RuleValue | null): rule is RuleValue & { readonly value: string } {
	return rule !== null && rule.value !== null;
}

/** Finds the rule in force for a park on a day: the park's own before the zone's, the zone's before national law, the latest start first.
 *
 * `onDate` is YYYY-MM-DD; a rule is in force in [validFrom, validTo). Maybe none. O(rules).
 */
export function findRuleInForce(
	rules: readonly RuleValue[],
	key: string,
	parkId: string | null,
	onDate: string,
): RuleValue | null {
	let best: RuleValue | null = null;
	for (const rule of rules) {
		if (rule.key !== key) continue;
		if (rule.parkId !== null && rule.parkId !== parkId) continue;
		if (rule.validFrom !== null && rule.validFrom > onDate) continue;
		if (rule.validTo !== null && rule.validTo <= onDate) continue;
		if (best === null || outranks(rule, best)) best = rule;
	}
	return best;
}

function outranks(rule: RuleValue, other: RuleValue): boolean {
	if ((rule.parkId !== null) !== (other.parkId !== null)) return rule.parkId !== null;
	if ((rule.isNational ?? false) !== (other.isNational ?? false)) return other.isNational === true;
	return (rule.validFrom ?? '') > (other.validFrom ?? '');
}
