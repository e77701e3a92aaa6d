import { plotMap as enPlotMap } from './en/plot-map.ts';
import { sectionTranslator } from './section-text.ts';
import { plotMap as zhPlotMap } from './zh/plot-map.ts';

/** Texts of the map of plots, by language; apart from those of other pages, which need not load them. */
export const PLOT_MAP_TEXTS = { zh: { plotMap: zhPlotMap }, en: { plotMap: enPlotMap } } as const;

export type PlotMapKey = keyof typeof zhPlotMap;

export const plotMapTranslator = sectionTranslator<typeof zhPlotMap>({ zh: zhPlotMap, en: enPlotMap });
