import { describe, expect, it } from 'vitest';
import {
	changedParcelName,
	codeTexts,
	groupCodes,
	listedParcels,
	relativesText,
	valueText,
	type ValueReader,
} from '$lib/i18n/change-text.ts';
import type { ChangeGroup, ChangedParcel } from '$lib/domain/changeset/parcel-change.ts';

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

describe('what is told of a group of parcels', () => {
	const parcel = (parcelNo: number, ...relatives: string[]): ChangedParcel => ({
		parcelNo,
		codeBefore: null,
		code: null,
		relatives: relatives.map((code) => ({ parcelNo: Number(code.slice(2)), code })),
	});
	const groupOf = (kind: ChangeGroup['kind'], parcels: readonly ChangedParcel[], count = parcels.length) => ({
		kind,
		parcels,
		count,
	});
	const beside = (group: ReturnType<typeof groupOf>, locale: 'zh' | 'en' = 'zh') =>
		listedParcels(locale, group).map(({ texts }) => texts);

	it('says beside a new parcel what its code is', () => {
		const parts = groupOf('created', [
			{ ...parcel(-1, 'W-1'), code: official('A') },
			{ ...parcel(-2, 'W-1'), code: provisional('B') },
			parcel(-3, 'W-1'),
		]);
		expect(beside(parts)).toEqual([['登记编号'], ['预编号'], []]);
		expect(beside(parts, 'en')).toEqual([['official code'], ['provisional code'], []]);
	});

	it('names once the parcel that equal parts are of', () => {
		const parts = groupOf('created', [parcel(-1, 'W-1'), parcel(-2, 'W-1'), parcel(-3, 'W-1')]);
		expect(relativesText('zh', parts)).toBe('来自 W-1');
		expect(relativesText('en', parts)).toBe('from W-1');
		expect(beside(parts)).toEqual([[], [], []]);
		expect(relativesText('en', groupOf('created', [parcel(-1, 'W-1', 'W-2')]))).toBe('from W-1, W-2');
	});

	it('names beside each part its parcel where those are several', () => {
		const parts = groupOf('created', [parcel(-1, 'W-1'), parcel(-2, 'W-1'), parcel(-3, 'W-2')]);
		expect(relativesText('zh', parts)).toBe('各自来源见清单');
		expect(relativesText('en', parts)).toBe('from which parcels, see the list');
		expect(beside(parts)).toEqual([['来自 W-1'], ['来自 W-1'], ['来自 W-2']]);
	});

	it('names beside each ended parcel who has its ground where that goes to several', () => {
		const ended = groupOf('retired', [parcel(1, 'W-8'), parcel(2, 'W-9', 'W-8')]);
		expect(relativesText('zh', ended)).toBe('各自去向见清单');
		expect(relativesText('en', ended)).toBe('ground to which parcels, see the list');
		expect(beside(ended)).toEqual([['土地归 W-8'], ['土地归 W-9、W-8']]);
		expect(beside(ended, 'en')[1]).toEqual(['ground to W-9, W-8']);
		expect(relativesText('zh', groupOf('retired', [parcel(1, 'W-8'), parcel(2, 'W-8')]))).toBe('土地归 W-8');
	});

	it('claims of no parcel that is not listed that it has the same', () => {
		const cut = groupOf('created', [parcel(1, 'W-1'), parcel(2, 'W-1')], 3);
		expect(relativesText('zh', cut)).toBe('各自来源见清单');
		expect(beside(cut)).toEqual([['来自 W-1'], ['来自 W-1']]);
		expect(relativesText('zh', groupOf('created', [parcel(1), parcel(2)], 3))).toBeNull();
	});

	const coded = (parcelNo: number, codeBefore: ChangedParcel['codeBefore'], code: ChangedParcel['code']) => ({
		...parcel(parcelNo),
		codeBefore,
		code,
	});

	it('says the codes of those that change them, though the first keeps its own', () => {
		const group = groupOf('changed', [
			coded(1, official('A'), official('A')),
			coded(2, official('B'), official('C')),
		]);
		expect(groupCodes('zh', group)).toBe('each');
		expect(beside(group)).toEqual([[], ['B → C']]);
	});

	it('shows codes that are made official with the same text', () => {
		const group = groupOf('changed', [
			coded(1, provisional('A'), official('A')),
			coded(2, provisional('B'), official('B')),
		]);
		expect(groupCodes('en', group)).toBe('each');
		expect(beside(group)).toEqual([['A（预编） → A（登记）'], ['B（预编） → B（登记）']]);
		expect(beside(group, 'en')[0]).toEqual(['A (provisional) → A (official)']);
		const single = groupOf('changed', [group.parcels[0]]);
		expect(groupCodes('en', single)).toEqual({ before: 'A (provisional)', after: 'A (official)' });
	});

	it('has no row of codes where all keep theirs, or where parcels are new', () => {
		const kept = [coded(1, official('A'), official('A')), coded(2, official('B'), official('B'))];
		expect(groupCodes('zh', groupOf('changed', kept))).toBeNull();
		expect(groupCodes('zh', groupOf('created', [coded(-1, null, official('A')), parcel(-2)]))).toBeNull();
	});
});
