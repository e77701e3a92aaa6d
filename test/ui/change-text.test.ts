import { describe, expect, it } from 'vitest';
import { changedParcelName, codeTexts, valueText, type ValueReader } from '$lib/i18n/change-text.ts';

const reader = (locale: 'zh' | 'en', seesAll = true): ValueReader => ({
	locale,
	seesAll,
	className: (key) => `<${key}>`,
});
const official = (text: string) => ({ text, status: 'official' }) as const;
const provisional = (text: string) => ({ text, status: 'provisional' }) as const;

describe('old and new values in words', () => {
	it.each([
		['farMax', 2.5, '2.5', '2.5'],
		['farMax', null, '无', 'none'],
		['farMin', [2, 3], '2 / 3', '2 / 3'],
		['heightMaxM', 100, '100 米', '100 m'],
		['greenRatioMinPct', 30, '30%', '30%'],
		['landUse', 'a/1/07', '<a/1/07>', '<a/1/07>'],
		['publicationGrade', 'office', '内部', 'the office'],
		['status', 'example', '示例', 'an example'],
		['source', '控规', '控规', '控规'],
	] as const)('have their units: %s %s', (field, value, zh, en) => {
		expect(valueText(reader('zh'), field, value)).toBe(zh);
		expect(valueText(reader('en'), field, value)).toBe(en);
	});

	it('do not say to whom not all is told that there was none', () => {
		expect(valueText(reader('zh', false), 'farMax', null)).toBe('无或未公布');
		expect(valueText(reader('en', false), 'farMax', null)).toBe('none or not published');
	});

	it('say what a code is where that is otherwise', () => {
		expect(codeTexts('zh', { codeBefore: official('A'), code: official('B') })).toEqual({
			before: 'A',
			after: 'B',
		});
		expect(codeTexts('en', { codeBefore: provisional('A'), code: official('A') })).toEqual({
			before: 'A (provisional)',
			after: 'A (official)',
		});
		expect(codeTexts('zh', { codeBefore: official('A'), code: null })?.after).toBe('发布时预编');
		expect(codeTexts('zh', { codeBefore: official('A'), code: official('A') })).toBeNull();
	});

	it('name a parcel by its new code with the old one', () => {
		const name = (parcelNo: number, codeBefore: string | null, code: string | null) =>
			changedParcelName('zh', {
				parcelNo,
				codeBefore: codeBefore === null ? null : official(codeBefore),
				code: code === null ? null : official(code),
			});
		expect(name(7, 'OLD', 'NEW')).toBe('NEW（原 OLD）');
		expect(name(7, 'OLD', 'OLD')).toBe('OLD');
		expect(name(7, 'OLD', null)).toBe('OLD');
		expect(name(-2, null, null)).toBe('新 2');
		expect(name(-2, null, 'NEW')).toBe('NEW（新 2）');
		expect(name(7, null, null)).toBe('地块 7');
		const recoded = { parcelNo: 7, codeBefore: official('OLD'), code: official('NEW') };
		expect(changedParcelName('en', recoded)).toBe('NEW (was OLD)');
	});
});
