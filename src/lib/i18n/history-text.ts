import { history as enHistory } from './en/history.ts';
import { sectionTranslator } from './section-text.ts';
import { history as zhHistory } from './zh/history.ts';

/** Texts of what was, by language; apart from those of other pages, which need not load them. */
export const HISTORY_TEXTS = { zh: { history: zhHistory }, en: { history: enHistory } } as const;

export type HistoryKey = keyof typeof zhHistory;

export const historyTranslator = sectionTranslator<typeof zhHistory>({ zh: zhHistory, en: enHistory });
