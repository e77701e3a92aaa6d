import { CATALOGUES, type MessageKey, type MessageText } from './catalogue.ts';
import { issueParcels, issueValue } from './issue-value.ts';
import type { Locale } from './locale.ts';
import { placeholdersOf, type Placeholder } from './wording.ts';

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** The values that a text needs: none, or one per placeholder. */
export type MessageArguments<K extends MessageKey> = [Placeholder<MessageText<K>>] extends [never]
	? []
	: [values: Readonly<Record<Placeholder<MessageText<K>>, string | number>>];

/** Gives the text of a key in a language; the compiler asks for exactly its placeholders. */
export type Translate = <K extends MessageKey>(key: K, ...values: MessageArguments<K>) => string;

function fill(text: string, values: Values): string {
	return text.replace(/\{([^}]*)\}/g, (whole, name: string) => {
		const value = values[name];
		return value === undefined || value === null ? whole : String(value);
	});
}

function lookUp(locale: Locale, key: string): string | undefined {
	const dot = key.indexOf('.');
	const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = CATALOGUES[locale];
	return sections[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

/** Makes the translate function of a language. */
export function translator(locale: Locale): Translate {
	return (key, ...values) => fill(lookUp(locale, key) ?? key, values[0] ?? {});
}

/** What a sentence is made of: an issue of a check or of the API, or a refusal. */
export interface Worded {
	readonly code: string;
	readonly params?: object;
	readonly parcelNos?: readonly number[];
}

/** Parameters that are words of the program, written in the reader's. */
export const WORD_NAMES: readonly string[] = ['reason', 'state', 'event', 'paper', 'field', 'control'];

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
	const text = lookUp(locale, `issue.${code}`);
	if (text === undefined) return fill(CATALOGUES[locale].issue.unknown, { code });
	const values: Record<string, string | null> = { parcels: issueParcels(locale, parcelNos, nameOfParcel) };
	for (const [name, value] of Object.entries(params)) values[name] = issueValue(locale, name, value);
	for (const name of WORD_NAMES) {
		const word = values[name];
		if (typeof word === 'string') values[name] = lookUp(locale, `reason.${word}`) ?? word;
	}
	const clauses = text.replace(/\[([^\]]*)\]/g, (_, clause: string) =>
		placeholdersOf(clause).every((name) => typeof values[name] === 'string') ? clause : '',
	);
	return fill(clauses, values);
}
