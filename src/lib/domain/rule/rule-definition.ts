import { compareFractions, fraction, readFraction } from './measure.ts';
import type { RuleValue } from './rule-value.ts';

/** What a key of rules is about, as it was loaded: what a zone sets under it is of the same kind. */
export type RuleDefinition = Pick<RuleValue, 'key' | 'unit' | 'areaKind' | 'comparison'>;

/** Units of which one may stand for the other under the same key: which days are counted is part of the rule. */
const DAYS: readonly (string | null)[] = ['day', 'working-day'];
/** Units of spans that are counted in whole ones. */
const WHOLE: readonly (string | null)[] = ['day', 'working-day', 'month'];
/** What no value of a unit goes beyond; of others only that they have at most twelve digits before the point. */
const MOST: Readonly<Record<string, number>> = {
	pct: 100,
	third: 3,
	year: 1_000,
	month: 12_000,
	day: 36_500,
	'working-day': 36_500,
};
/** How keys begin that are asked of a zone as a whole: a park has no value of its own. */
const OF_WHOLE_ZONE = ['batch.', 'survey.', 'changeset.', 'control.', 'parcel.', 'balance.zone.'];
const FORM = /^\d{1,12}(\.\d{1,6})?$/;

/** Says whether a rule is a switch: 1 or 0 with no unit. */
export function isSwitch({ unit, comparison }: Pick<RuleDefinition, 'unit' | 'comparison'>): boolean {
	return unit === null && comparison === '=';
}

/** Units in which a value under a key may be set; null is a pure number. */
export function unitsOf({ unit }: Pick<RuleDefinition, 'unit'>): readonly (string | null)[] {
	return DAYS.includes(unit) ? DAYS : [unit];
}

/** Says whether a key is asked of parks, which may have values of their own. */
export function isAskedOfParks(key: string): boolean {
	return !OF_WHOLE_ZONE.some((start) => key.startsWith(start));
}

/**
 * Says what keeps a value from being set under a key, as a code; null where nothing does.
 *
 * `value` is a decimal text without sign in `unit`. `rule.unit-differs` (another unit than the key's), `rule.value-form` (no such number),
 * `rule.value-switch` (neither 1 nor 0), `rule.value-whole` (a part of a day or month, or of a month in years) and `rule.value-too-large` (a share of more than all of it).
 */
export function faultOfRuleValue(
	definition: RuleDefinition,
	value: string,
	unit: string | null,
): string | null {
	if (!unitsOf(definition).includes(unit)) return 'rule.unit-differs';
	const read = FORM.test(value) ? readFraction(value) : null;
	if (read === null) return 'rule.value-form';
	if (isSwitch(definition)) return value === '0' || value === '1' ? null : 'rule.value-switch';
	const months = unit === 'year' ? read.numerator * 12n : read.numerator;
	if ((WHOLE.includes(unit) || unit === 'year') && months % read.denominator !== 0n)
		return 'rule.value-whole';
	const most = unit === null ? undefined : MOST[unit];
	return most !== undefined && compareFractions(read, fraction(most)) > 0 ? 'rule.value-too-large' : null;
}
