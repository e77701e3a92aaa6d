import { groupDecimal } from './format-number.ts';
import { FINDING_TEXTS } from './finding-text.ts';
import type { Locale } from './locale.ts';
import { supplyTranslator } from './supply-text.ts';
import { fill } from './wording.ts';

interface Limit {
	readonly value: string | null;
	readonly unit: string | null;
	readonly comparison: string | null;
}

/** Writes a rule's value with its comparison and unit, such as "at most 50 years"; "no rule set" where it has none. */
export function ruleValueText(locale: Locale, { value, unit, comparison }: Limit): string {
	const s = supplyTranslator(locale);
	if (value === null) return s('ruleNoValue');
	const isNumber = /^-?\d+(\.\d+)?$/.test(value);
	const units: Readonly<Record<string, string | undefined>> = FINDING_TEXTS[locale].findingUnit;
	// A switch: 1 or 0 with no unit.
	if (unit === null && comparison === '=' && (value === '1' || value === '0'))
		return s(value === '1' ? 'yes' : 'no');
	const written = fill(units[unit ?? 'none'] ?? `{value} ${unit ?? ''}`, {
		value: isNumber ? groupDecimal(value) : value,
	});
	switch (comparison) {
		case '<=':
			return s('at_most', { value: written });
		case '>=':
			return s('at_least', { value: written });
		case '<':
			return s('less_than', { value: written });
		case '>':
			return s('more_than', { value: written });
		default:
			return s('exactly', { value: written });
	}
}
