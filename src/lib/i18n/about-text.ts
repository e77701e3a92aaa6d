import { about as enAbout } from './en/about.ts';
import { sectionTranslator } from './section-text.ts';
import { about as zhAbout } from './zh/about.ts';

/** Texts of the page about the data, by language; apart from those of other pages, which need not load them. */
export const ABOUT_TEXTS = { zh: { about: zhAbout }, en: { about: enAbout } } as const;

export type AboutKey = keyof typeof zhAbout;

export const aboutTranslator = sectionTranslator<typeof zhAbout>({ zh: zhAbout, en: enAbout });
