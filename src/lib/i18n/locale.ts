/** The languages of the screens; Chinese is the default. */
export type Locale = 'zh' | 'en';

export const LOCALES: readonly Locale[] = ['zh', 'en'];

/** The language tag for `lang` attributes and `Intl`. */
export const LANGUAGE_TAG: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en' };

/** A thing with a name in both languages. */
export interface Named {
	readonly nameZh: string;
	readonly nameEn: string;
}

/** The name of a thing in a language; falls back to the other one when empty. */
export function nameOf(thing: Named, locale: Locale): string {
	return locale === 'zh' ? thing.nameZh || thing.nameEn : thing.nameEn || thing.nameZh;
}
