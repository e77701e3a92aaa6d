import type { WireIssue } from '../api/issue.ts';
import { CATALOGUES, type MessageKey, type MessageText } from './catalogue.ts';
import type { Locale } from './locale.ts';
import type { Placeholder } from './wording.ts';

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

/** The sentence of an issue in a language; an unknown code is named rather than hidden. */
export function issueText(locale: Locale, issue: Pick<WireIssue, 'code' | 'params'>): string {
	const text = lookUp(locale, `issue.${issue.code}`);
	if (text !== undefined) return fill(text, issue.params);
	return fill(CATALOGUES[locale].issue.unknown, { code: issue.code });
}
