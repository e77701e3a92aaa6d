import { issue as enIssue } from './en/issue.ts';
import { reason as enReason } from './en/reason.ts';
import { issueParcels, issueValue } from './issue-value.ts';
import type { Locale } from './locale.ts';
import { fill, placeholdersOf } from './wording.ts';
import { issue as zhIssue } from './zh/issue.ts';
import { reason as zhReason } from './zh/reason.ts';

/** Sentences of issues and the words in them, by language; apart from all other texts, as pages that name no issue need not load them. */
export const ISSUE_TEXTS: Readonly<
	Record<
		Locale,
		{
			readonly issue: Readonly<Record<keyof typeof zhIssue, string>>;
			readonly reason: Readonly<Record<keyof typeof zhReason, string>>;
		}
	>
> = { zh: { issue: zhIssue, reason: zhReason }, en: { issue: enIssue, reason: enReason } };

/** What a sentence is made of: an issue of a check or of the API, or a refusal. */
export interface Worded {
	readonly code: string;
	readonly params?: object;
	readonly parcelNos?: readonly number[];
}

/** Parameters that are words of the program, written in the reader's. */
export const WORD_NAMES: readonly string[] = [
	'reason',
	'state',
	'event',
	'paper',
	'field',
	'control',
	'measure',
];

/**
 * The sentence of an issue in a language; an unknown code is named rather than hidden.
 *
 * Values are written with their units, reasons in words, and parcels by `nameOfParcel` (left out: their numbers). A clause in square
 * brackets stands only where all its values are given.
 */
export function issueText(
	locale: Locale,
	{ code, params = {}, parcelNos = [] }: Worded,
	nameOfParcel?: (parcelNo: number) => string,
): string {
	const { issue, reason } = ISSUE_TEXTS[locale];
	const texts: Readonly<Record<string, string | undefined>> = issue;
	const words: Readonly<Record<string, string | undefined>> = reason;
	const text = texts[code];
	if (text === undefined) return fill(issue.unknown, { code });
	const values: Record<string, string | null> = { parcels: issueParcels(locale, parcelNos, nameOfParcel) };
	for (const [name, value] of Object.entries(params)) values[name] = issueValue(locale, name, value);
	for (const name of WORD_NAMES) {
		const word = values[name];
		if (typeof word === 'string') values[name] = words[word] ?? word;
	}
	const clauses = text.replace(/\[([^\]]*)\]/g, (_, clause: string) =>
		placeholdersOf(clause).every((name) => typeof values[name] === 'string') ? clause : '',
	);
	return fill(clauses, values);
}
