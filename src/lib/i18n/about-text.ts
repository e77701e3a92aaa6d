import { about as enAbout } from './en/about.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { about as zhAbout } from './zh/about.ts';

type Zh = typeof zhAbout;

/** Texts of the page about the data, by language; apart from those of other pages, which need not load them. */
export const ABOUT_TEXTS: Readonly<Record<Locale, { readonly about: Readonly<Record<keyof Zh, string>> }>> = {
	zh: { about: zhAbout },
	en: { about: enAbout },
};

export type AboutKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslateAbout = <K extends AboutKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of the page about the data. */
export function aboutTranslator(locale: Locale): TranslateAbout {
	const { about } = ABOUT_TEXTS[locale];
	return (key, ...values) => fill(about[key], values[0] ?? {});
}
