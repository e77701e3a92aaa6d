import { history as enHistory } from './en/history.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { history as zhHistory } from './zh/history.ts';

type Zh = typeof zhHistory;

/** Texts of what was, by language; apart from those of other pages, which need not load them. */
export const HISTORY_TEXTS: Readonly<
	Record<Locale, { readonly history: Readonly<Record<keyof Zh, string>> }>
> = {
	zh: { history: zhHistory },
	en: { history: enHistory },
};

export type HistoryKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslateHistory = <K extends HistoryKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of what was. */
export function historyTranslator(locale: Locale): TranslateHistory {
	const { history } = HISTORY_TEXTS[locale];
	return (key, ...values) => fill(history[key], values[0] ?? {});
}
