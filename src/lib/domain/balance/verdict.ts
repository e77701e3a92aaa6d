import { readFraction } from '../rule/measure.ts';
import type { RuleValue } from '../rule/rule-value.ts';

/** What a comparison with the nominal area says. `no_rule` and `no_nominal` are answers, never passes. */
export type Verdict = 'within' | 'outside' | 'no_rule' | 'no_nominal';

const DM2_PER_KM2 = 100_000_000n;

/** Compares an area with its nominal area under a tolerance rule.
 *
 * Areas are integers of 0.01 m²; the rule's value is km² as decimal text, its comparison `<` or `<=` (they differ: `<` is strict).
 * Exact: no rounding takes place. Returns `no_rule` where the rule has no readable value in km².
 */
export function compareWithNominal(
	areaDm2: number,
	nominalDm2: number | null,
	rule: RuleValue | null,
): Verdict {
	if (nominalDm2 === null) return 'no_nominal';
	if (rule === null || rule.value === null || rule.unit !== 'km2') return 'no_rule';
	const tolerance = readFraction(rule.value);
	if (tolerance === null) return 'no_rule';
	const difference = BigInt(areaDm2) - BigInt(nominalDm2);
	const size = (difference < 0n ? -difference : difference) * tolerance.denominator;
	const limit = tolerance.numerator * DM2_PER_KM2;
	if (rule.comparison === '<') return size < limit ? 'within' : 'outside';
	if (rule.comparison === '<=') return size <= limit ? 'within' : 'outside';
	return 'no_rule';
}
