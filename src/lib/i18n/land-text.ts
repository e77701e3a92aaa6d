import { land as enLand } from './en/land.ts';
import { sectionTranslator } from './section-text.ts';
import { land as zhLand } from './zh/land.ts';

/** Texts of land that waits, due days, batches and programmes, by language; apart from those of other pages, which need not load them. */
export const LAND_TEXTS = { zh: { land: zhLand }, en: { land: enLand } } as const;

export type LandKey = keyof typeof zhLand;

export const landTranslator = sectionTranslator<typeof zhLand>({ zh: zhLand, en: enLand });
