import { supply as enSupply } from './en/supply.ts';
import { sectionTranslator } from './section-text.ts';
import { supply as zhSupply } from './zh/supply.ts';

/** Texts of plots and supplies, by language; apart from those of other pages, which need not load them. */
export const SUPPLY_TEXTS = { zh: { supply: zhSupply }, en: { supply: enSupply } } as const;

export type SupplyKey = keyof typeof zhSupply;

export const supplyTranslator = sectionTranslator<typeof zhSupply>({ zh: zhSupply, en: enSupply });
