import { file as enFile } from './en/file.ts';
import type { Locale } from './locale.ts';
import { file as zhFile } from './zh/file.ts';

/** Words of files that the server writes; no page loads them. */
export const FILE_TEXTS: Readonly<
	Record<Locale, { readonly file: Readonly<Record<keyof typeof zhFile, string>> }>
> = { zh: { file: zhFile }, en: { file: enFile } };

/** Makes the function that gives the words of files in a language. */
export function fileWords(locale: Locale): (key: keyof typeof zhFile) => string {
	const { file } = FILE_TEXTS[locale];
	return (key) => file[key];
}
