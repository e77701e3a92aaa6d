import { kept as enKept } from './en/kept.ts';
import { sectionTranslator } from './section-text.ts';
import { kept as zhKept } from './zh/kept.ts';

/** Texts of how plots, permits, batches and programmes are kept right, by language. */
export const KEPT_TEXTS = { zh: { kept: zhKept }, en: { kept: enKept } } as const;

export type KeptKey = keyof typeof zhKept;

export const keptTranslator = sectionTranslator<typeof zhKept>({ zh: zhKept, en: enKept });
