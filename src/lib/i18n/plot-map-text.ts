import { plotMap as enPlotMap } from './en/plot-map.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { plotMap as zhPlotMap } from './zh/plot-map.ts';

type Zh = typeof zhPlotMap;

/** Texts of the map of plots, by language; apart from those of other pages, which need not load them. */
export const PLOT_MAP_TEXTS: Readonly<
	Record<Locale, { readonly plotMap: Readonly<Record<keyof Zh, string>> }>
> = {
	zh: { plotMap: zhPlotMap },
	en: { plotMap: enPlotMap },
};

export type PlotMapKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslatePlotMap = <K extends PlotMapKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of the map of plots. */
export function plotMapTranslator(locale: Locale): TranslatePlotMap {
	const { plotMap } = PLOT_MAP_TEXTS[locale];
	return (key, ...values) => fill(plotMap[key], values[0] ?? {});
}
