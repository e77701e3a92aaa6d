import { draft as enDraft } from './en/draft.ts';
import { sectionTranslator } from './section-text.ts';
import { draft as zhDraft } from './zh/draft.ts';

/** Texts of drafts, by language; apart from those of other pages, which need not load them. */
export const DRAFT_TEXTS = { zh: { draft: zhDraft }, en: { draft: enDraft } } as const;

export type DraftKey = keyof typeof zhDraft;

export const draftTranslator = sectionTranslator<typeof zhDraft>({ zh: zhDraft, en: enDraft });
