import type { Locale } from './locale.ts';
import { fill, type Placeholder, type Wording } from './wording.ts';

/** Gives the text of a key of a section; the compiler asks for exactly its placeholders. */
export type TranslateSection<Zh> = <K extends keyof Zh>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes what makes the translate function of a language for a section of texts, which only those pages load that show them. */
export function sectionTranslator<Zh extends Readonly<Record<string, string>>>(
	texts: Readonly<Record<Locale, Wording<Zh>>>,
): (locale: Locale) => TranslateSection<Zh> {
	return (locale) =>
		(key, ...values) =>
			fill(texts[locale][key], values[0] ?? {});
}
