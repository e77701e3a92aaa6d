import { CATALOGUES, type MessageKey, type MessageText } from './catalogue.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';

/** The values that a text needs: none, or one per placeholder. */
export type MessageArguments<K extends MessageKey> = [Placeholder<MessageText<K>>] extends [never]
	? []
	: [values: Readonly<Record<Placeholder<MessageText<K>>, string | number>>];

/** Gives the text of a key in a language; the compiler asks for exactly its placeholders. */
export type Translate = <K extends MessageKey>(key: K, ...values: MessageArguments<K>) => string;

function lookUp(locale: Locale, key: string): string | undefined {
	const dot = key.indexOf('.');
	const sections: Readonly<Record<string, Readonly<Record<string, string>>>> = CATALOGUES[locale];
	return sections[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

/** Makes the translate function of a language. */
export function translator(locale: Locale): Translate {
	return (key, ...values) => fill(lookUp(locale, key) ?? key, values[0] ?? {});
}
