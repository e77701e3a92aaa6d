import { ledger as enLedger } from './en/ledger.ts';
import { sectionTranslator } from './section-text.ts';
import { ledger as zhLedger } from './zh/ledger.ts';

/** Texts of the monthly ledger, by language; only the server writes them, into a workbook. */
export const LEDGER_TEXTS = { zh: { ledger: zhLedger }, en: { ledger: enLedger } } as const;

/** Makes the translate function of a language for the texts of the ledger. */
export const ledgerTranslator = sectionTranslator<typeof zhLedger>({ zh: zhLedger, en: enLedger });
