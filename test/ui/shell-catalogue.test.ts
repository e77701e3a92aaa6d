import { describe, expect, it } from 'vitest';
import { ABOUT_TEXTS, aboutTranslator, type AboutKey } from '$lib/i18n/about-text.ts';
import { CATALOGUES, type MessageKey } from '$lib/i18n/catalogue.ts';
import { CHANGE_TEXTS, changeTranslator, type ChangeKey } from '$lib/i18n/change-text.ts';
import { DRAFT_TEXTS, draftTranslator, type DraftKey } from '$lib/i18n/draft-text.ts';
import { FILE_TEXTS, fileWords } from '$lib/i18n/file-text.ts';
import { HISTORY_TEXTS, historyTranslator, type HistoryKey } from '$lib/i18n/history-text.ts';
import { KEPT_TEXTS } from '$lib/i18n/kept-text.ts';
import { LAND_TEXTS, landTranslator, type LandKey } from '$lib/i18n/land-text.ts';
import { SURVEY_TEXTS, surveyTranslator, type SurveyKey } from '$lib/i18n/survey-text.ts';
import { PLOT_MAP_TEXTS, plotMapTranslator, type PlotMapKey } from '$lib/i18n/plot-map-text.ts';
import { LEDGER_TEXTS, ledgerTranslator } from '$lib/i18n/ledger-text.ts';
import { SUPPLY_TEXTS, supplyTranslator, type SupplyKey } from '$lib/i18n/supply-text.ts';
import { LOCALES } from '$lib/i18n/locale.ts';
import { ISSUE_TEXTS, issueText } from '$lib/i18n/issue-text.ts';
import { translator } from '$lib/i18n/translate.ts';
import { placeholdersOf } from '$lib/i18n/wording.ts';

function texts(locale: keyof typeof CATALOGUES): Map<string, string> {
	const sections = {
		...CATALOGUES[locale],
		...ISSUE_TEXTS[locale],
		...DRAFT_TEXTS[locale],
		...HISTORY_TEXTS[locale],
		...CHANGE_TEXTS[locale],
		...SURVEY_TEXTS[locale],
		...SUPPLY_TEXTS[locale],
		...LEDGER_TEXTS[locale],
		...PLOT_MAP_TEXTS[locale],
		...LAND_TEXTS[locale],
		...KEPT_TEXTS[locale],
		...FILE_TEXTS[locale],
		...ABOUT_TEXTS[locale],
	};
	const entries = Object.entries(sections).flatMap(([section, messages]) =>
		Object.entries(messages).map(([key, text]) => [`${section}.${key}`, text] as const),
	);
	return new Map(entries);
}

const zh = texts('zh');
const en = texts('en');

describe('the catalogues', () => {
	it('have the same keys in every language', () => {
		expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
	});

	it('have no empty text', () => {
		for (const locale of LOCALES) {
			const empty = [...texts(locale)].filter(([, text]) => text.trim() === '');
			expect(empty).toEqual([]);
		}
	});

	it('have the same placeholders in every language', () => {
		const different = [...zh].filter(
			([key, text]) => placeholdersOf(text).join() !== placeholdersOf(en.get(key) ?? '').join(),
		);
		expect(different).toEqual([]);
	});

	it('write Chinese with Chinese punctuation', () => {
		const wrong = [...zh].filter(([, text]) => /\p{Script=Han}[,;:?!]/u.test(text));
		expect(wrong).toEqual([]);
	});

	it('keep Han out of English, save for terms in brackets and names', () => {
		const allowed = new Set(['shell.productName', 'shell.languageZh']);
		const wrong = [...en].filter(
			([key, text]) => !allowed.has(key) && /\p{Script=Han}/u.test(text.replace(/[((][^()()]*[))]/g, '')),
		);
		expect(wrong).toEqual([]);
	});
});

describe('translating', () => {
	it('fills in the placeholders', () => {
		expect(translator('zh')('map.revision', { revision: 7 })).toBe('版本 7');
		expect(translator('en')('map.revision', { revision: 7 })).toBe('Revision 7');
	});

	it('knows every key in every language', () => {
		const isApart = (key: string) =>
			/^(issue|reason|draft|history|change|survey|supply|ledger|plotMap|land|kept|file|about)\./.test(key);
		for (const key of [...zh.keys()].filter((one) => !isApart(one))) {
			for (const locale of LOCALES) {
				const say = translator(locale) as (key: MessageKey) => string;
				expect(say(key as MessageKey)).toBe(texts(locale).get(key));
			}
		}
	});

	it('says what the ledger needs, in every language', () => {
		for (const locale of LOCALES) {
			const say = ledgerTranslator(locale) as (key: keyof typeof LEDGER_TEXTS.zh.ledger) => string;
			for (const [key, text] of Object.entries(LEDGER_TEXTS[locale].ledger))
				expect(say(key as keyof typeof LEDGER_TEXTS.zh.ledger)).toBe(text);
		}
	});

	it('says what drafts need, in every language', () => {
		for (const locale of LOCALES) {
			const say = draftTranslator(locale) as (key: DraftKey) => string;
			for (const [key, text] of Object.entries(DRAFT_TEXTS[locale].draft))
				expect(say(key as DraftKey)).toBe(text);
		}
		expect(draftTranslator('en')('onRevision', { revision: 3 })).toBe('On revision 3');
	});

	it('says what was, in every language', () => {
		for (const locale of LOCALES) {
			const say = historyTranslator(locale) as (key: HistoryKey) => string;
			for (const [key, text] of Object.entries(HISTORY_TEXTS[locale].history))
				expect(say(key as HistoryKey)).toBe(text);
		}
	});

	it('says what is otherwise, in every language', () => {
		for (const locale of LOCALES) {
			const say = changeTranslator(locale) as (key: ChangeKey) => string;
			for (const [key, text] of Object.entries(CHANGE_TEXTS[locale].change))
				expect(say(key as ChangeKey)).toBe(text);
		}
	});

	it('says what surveys need, in every language', () => {
		for (const locale of LOCALES) {
			const say = surveyTranslator(locale) as (key: SurveyKey) => string;
			for (const [key, text] of Object.entries(SURVEY_TEXTS[locale].survey))
				expect(say(key as SurveyKey)).toBe(text);
		}
	});

	it('says what files and the page about the data need, in every language', () => {
		for (const locale of LOCALES) {
			const about = aboutTranslator(locale) as (key: AboutKey) => string;
			for (const [key, text] of Object.entries(ABOUT_TEXTS[locale].about))
				expect(about(key as AboutKey)).toBe(text);
			const say = fileWords(locale);
			for (const [key, text] of Object.entries(FILE_TEXTS[locale].file))
				expect(say(key as Parameters<typeof say>[0])).toBe(text);
		}
	});

	it('says what plots and supplies need, in every language', () => {
		for (const locale of LOCALES) {
			const say = supplyTranslator(locale) as (key: SupplyKey) => string;
			for (const [key, text] of Object.entries(SUPPLY_TEXTS[locale].supply))
				expect(say(key as SupplyKey)).toBe(text);
		}
		for (const locale of LOCALES) {
			const say = landTranslator(locale) as (key: LandKey) => string;
			for (const [key, text] of Object.entries(LAND_TEXTS[locale].land))
				expect(say(key as LandKey)).toBe(text);
		}
		expect(supplyTranslator('en')('dueIn', { days: 3 })).toBe('in 3 days');
		for (const locale of LOCALES) {
			const say = plotMapTranslator(locale) as (key: PlotMapKey) => string;
			for (const [key, text] of Object.entries(PLOT_MAP_TEXTS[locale].plotMap))
				expect(say(key as PlotMapKey)).toBe(text);
		}
	});

	it('says an issue, and names the code of an unknown one', () => {
		expect(issueText('en', { code: 'parcel.overlaps', params: {} })).toBe('Parcels overlap.');
		expect(issueText('zh', { code: 'no.such', params: {} })).toBe('问题代码：no.such');
	});
});
