import { isDay } from '../domain/calendar/day.ts';
import { formatYuan } from '../domain/tenure/money.ts';
import * as en from './en/finding.ts';
import { formatDate } from './format-date.ts';
import { issueValue } from './issue-value.ts';
import type { Locale } from './locale.ts';
import { ruleKeyText } from './rule-key-text.ts';
import { fill } from './wording.ts';
import * as zh from './zh/finding.ts';

type Texts<T> = Readonly<Record<keyof T, string>>;

/** Sentences of findings, their words and units, by language; apart from other texts, as most pages need not load them. */
export const FINDING_TEXTS: Readonly<
	Record<
		Locale,
		{
			readonly finding: Texts<typeof zh.finding>;
			readonly findingWord: Texts<typeof zh.findingWord>;
			readonly findingUnit: Texts<typeof zh.findingUnit>;
		}
	>
> = { zh, en };

/** What a sentence is made of: a finding, or a value with its reason as the code. */
export interface FoundText {
	readonly code: string;
	readonly params: Readonly<Record<string, string | number>>;
	readonly rule: { readonly unit: string | null } | null;
}

/** Parameters that are words of the program. */
export const FINDING_WORD_NAMES: readonly string[] = [
	'mode',
	'use',
	'areaKind',
	'ruleKind',
	'dayKind',
	'fact',
	'procedure',
	'item',
	'kind',
	'checkPoint',
	'buildings',
	'dayName',
	'beforeName',
	'figure',
	'said',
];

/**
 * The sentence of a finding in a language; an unknown code is shown as it is.
 *
 * Money (…Fen) is written in yuan, days as dates, the key of a rule as what the rule is about, a limit with the unit of its rule, a measured number with its own.
 */
export function findingText(locale: Locale, { code, params, rule }: FoundText): string {
	const text = (FINDING_TEXTS[locale].finding as Readonly<Record<string, string | undefined>>)[code];
	if (text === undefined) return code;
	const values: Record<string, string | null> = {};
	for (const [name, value] of Object.entries(params)) values[name] = write(locale, name, value);
	if (params.limit !== undefined) values.limit = withUnit(locale, rule?.unit ?? null, String(params.limit));
	if (params.measured !== undefined)
		values.measured = withUnit(locale, String(params.unit), String(params.measured));
	return fill(text, values);
}

/** A word of the program in a language; an unknown one as it is. */
export function findingWord(locale: Locale, name: string): string {
	const words: Readonly<Record<string, string | undefined>> = FINDING_TEXTS[locale].findingWord;
	return words[name] ?? name;
}

function write(locale: Locale, name: string, value: string | number): string | null {
	if (name.endsWith('Fen')) return withUnit(locale, 'yuan', formatYuan(Number(value)));
	if (name === 'year') return String(value);
	if (typeof value === 'number') return issueValue(locale, name, value);
	if (name === 'key') return ruleKeyText(locale, value) ?? value;
	if (isDay(value)) return formatDate(value, locale);
	return FINDING_WORD_NAMES.includes(name) ? findingWord(locale, value) : value;
}

function withUnit(locale: Locale, unit: string | null, value: string): string {
	const units: Readonly<Record<string, string | undefined>> = FINDING_TEXTS[locale].findingUnit;
	return fill(units[unit ?? 'none'] ?? units.none ?? '{value}', { value });
}
