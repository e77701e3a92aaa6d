import { supply as enSupply } from './en/supply.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { supply as zhSupply } from './zh/supply.ts';

type Zh = typeof zhSupply;

/** Texts of plots and supplies, by language; apart from those of other pages, which need not load them. */
export const SUPPLY_TEXTS: Readonly<Record<Locale, { readonly supply: Readonly<Record<keyof Zh, string>> }>> =
	{
		zh: { supply: zhSupply },
		en: { supply: enSupply },
	};

export type SupplyKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslateSupply = <K extends SupplyKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of plots and supplies. */
export function supplyTranslator(locale: Locale): TranslateSupply {
	const { supply } = SUPPLY_TEXTS[locale];
	return (key, ...values) => fill(supply[key], values[0] ?? {});
}
