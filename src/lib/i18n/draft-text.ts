import { draft as enDraft } from './en/draft.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { draft as zhDraft } from './zh/draft.ts';

type Zh = typeof zhDraft;

/** Texts of drafts, by language; apart from those of other pages, which need not load them. */
export const DRAFT_TEXTS: Readonly<Record<Locale, { readonly draft: Readonly<Record<keyof Zh, string>> }>> = {
	zh: { draft: zhDraft },
	en: { draft: enDraft },
};

export type DraftKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslateDraft = <K extends DraftKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of drafts. */
export function draftTranslator(locale: Locale): TranslateDraft {
	const { draft } = DRAFT_TEXTS[locale];
	return (key, ...values) => fill(draft[key], values[0] ?? {});
}
