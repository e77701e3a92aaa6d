import { survey as enSurvey } from './en/survey.ts';
import type { Locale } from './locale.ts';
import { fill, type Placeholder } from './wording.ts';
import { survey as zhSurvey } from './zh/survey.ts';

type Zh = typeof zhSurvey;

/** Texts of surveys and of how drafts stand, by language; apart from those of other pages, which need not load them. */
export const SURVEY_TEXTS: Readonly<Record<Locale, { readonly survey: Readonly<Record<keyof Zh, string>> }>> =
	{
		zh: { survey: zhSurvey },
		en: { survey: enSurvey },
	};

export type SurveyKey = keyof Zh;

/** Gives the text of a key; the compiler asks for exactly its placeholders. */
export type TranslateSurvey = <K extends SurveyKey>(
	key: K,
	...values: [Placeholder<Zh[K]>] extends [never]
		? []
		: [values: Readonly<Record<Placeholder<Zh[K]>, string | number>>]
) => string;

/** Makes the translate function of a language for the texts of surveys. */
export function surveyTranslator(locale: Locale): TranslateSurvey {
	const { survey } = SURVEY_TEXTS[locale];
	return (key, ...values) => fill(survey[key], values[0] ?? {});
}
