import { survey as enSurvey } from './en/survey.ts';
import { sectionTranslator } from './section-text.ts';
import { survey as zhSurvey } from './zh/survey.ts';

/** Texts of surveys and of how drafts stand, by language; apart from those of other pages, which need not load them. */
export const SURVEY_TEXTS = { zh: { survey: zhSurvey }, en: { survey: enSurvey } } as const;

export type SurveyKey = keyof typeof zhSurvey;

export const surveyTranslator = sectionTranslator<typeof zhSurvey>({ zh: zhSurvey, en: enSurvey });
