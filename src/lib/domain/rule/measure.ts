import type { RuleValue } from './rule-value.ts';

/** An exact number; the denominator is positive. */
export interface Fraction {
	readonly numerator: bigint;
	readonly denominator: bigint;
}

/** Makes a fraction of whole numbers; throws where one is none, or the denominator is not positive. */
export function fraction(numerator: number | bigint, denominator: number | bigint = 1): Fraction {
	const made = { numerator: BigInt(numerator), denominator: BigInt(denominator) };
	if (made.denominator <= 0n) throw new RangeError(`denominator ${denominator}`);
	return made;
}

/** Reads a decimal text as an exact fraction of 10^decimals; null where it is none. */
export function readFraction(text: string): Fraction | null {
	const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
	if (match === null) return null;
	const decimals = match[3] ?? '';
	const numerator = BigInt(match[2] + decimals) * (match[1] === '-' ? -1n : 1n);
	return { numerator, denominator: 10n ** BigInt(decimals.length) };
}

/** Says which of two fractions is less: negative, zero or positive. */
export function compareFractions(one: Fraction, other: Fraction): number {
	const difference = one.numerator * other.denominator - other.numerator * one.denominator;
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * Says whether a measured number keeps a rule, exactly: no rounding takes place, and `<` is not `<=`.
 *
 * Both are in the rule's unit. Null where the rule has no readable value or comparison: there is no rule to keep.
 */
export function keepsRule(
	measured: Fraction,
	{ value, comparison }: Pick<RuleValue, 'value' | 'comparison'>,
): boolean | null {
	const limit = value === null ? null : readFraction(value);
	if (limit === null) return null;
	const order = compareFractions(measured, limit);
	switch (comparison) {
		case '<':
			return order < 0;
		case '<=':
			return order <= 0;
		case '=':
			return order === 0;
		case '>=':
			return order >= 0;
		case '>':
			return order > 0;
		default:
			return null;
	}
}

/** The value of a rule of months or years as whole months; null where it has none. */
export function readMonths(rule: RuleValue | null): number | null {
	const read = rule === null || rule.value === null ? null : readFraction(rule.value);
	const perUnit = rule?.unit === 'month' ? 1n : rule?.unit === 'year' ? 12n : null;
	if (read === null || perUnit === null || (read.numerator * perUnit) % read.denominator !== 0n) return null;
	return Number((read.numerator * perUnit) / read.denominator);
}
