import { describe, expect, it } from 'vitest';
import { listedCodes, readCodeList, type ListedParcel } from '$lib/domain/changeset/code-list.ts';

const PARCELS: ListedParcel[] = [
	{ parcelNo: 7, code: { text: 'P000007', status: 'official' } },
	{ parcelNo: 8, code: { text: 'P000008', status: 'official' } },
	{ parcelNo: 9, code: { text: 'HN-A01-009', status: 'official' } },
	{ parcelNo: -1, code: null },
];
const outcomes = (text: string) =>
	readCodeList(text, PARCELS, 'official').map(({ parcelNo, code, state, issue }) => [
		parcelNo,
		code,
		issue?.code ?? state,
	]);

describe('a list of codes', () => {
	it.each([
		['tabs', 'P000007\tHN-B-1\n8\tHN-B-2\n-1\tHN-B-3'],
		['commas, Windows lines and blank ones', 'P000007,HN-B-1\r\n\r\n8 , HN-B-2\r\n−1,HN-B-3\r\n'],
		['semicolons under a heading', '预编号；编号\nP000007；HN-B-1\n8；HN-B-2\n-1;HN-B-3'],
		['quotes', '"P000007","HN-B-1"\n"8","HN-B-2","more"\n"-1","HN-B-3"'],
	])('names parcels by code, by number and new ones, with %s', (_, text) => {
		expect(outcomes(text)).toEqual([
			[7, 'HN-B-1', 'fits'],
			[8, 'HN-B-2', 'fits'],
			[-1, 'HN-B-3', 'fits'],
		]);
	});

	it('keeps separators and doubled quotes that stand in quotes', () => {
		expect(outcomes('7,"a ""1"", b"')).toEqual([[7, 'a "1", b', 'fits']]);
	});

	it('lets parcels exchange their codes, and leaves out what is so already', () => {
		const rows = readCodeList('P000007,P000008\nP000008,P000007\nHN-A01-009,HN-A01-009', PARCELS, 'official');
		expect(rows.map(({ state }) => state)).toEqual(['fits', 'fits', 'same']);
		expect(listedCodes(rows, 'official')).toEqual([
			{ parcelNo: 7, code: { text: 'P000008', status: 'official' } },
			{ parcelNo: 8, code: { text: 'P000007', status: 'official' } },
		]);
	});

	it('takes a provisional code that is registered as it is', () => {
		const [row] = readCodeList(
			'P000007,P000007',
			[{ parcelNo: 7, code: { text: 'P000007', status: 'provisional' } }],
			'official',
		);
		expect(listedCodes([row], 'official')).toEqual([
			{ parcelNo: 7, code: { text: 'P000007', status: 'official' } },
		]);
	});

	it.each([
		['list.cell-missing', '7,a1\nP000008'],
		['list.parcel-unknown', '7,a1\nP9,a2'],
		['list.parcel-repeated', '7,a1\nP000007,a2'],
		['code.blank', '7,a1\n8,'],
		['code.too-long', `7,a1\n8,${'9'.repeat(101)}`],
		['code.repeated', '7,a1\n8,a1'],
		['code.taken', '7,a1\n8,HN-A01-009'],
	])('says %s of its line and takes the others', (code, text) => {
		const [good, bad] = readCodeList(text, PARCELS, 'official');
		expect([good.state, bad.state, bad.line, bad.issue?.code]).toEqual(['fits', 'refused', 2, code]);
	});

	it('refuses the code of a parcel whose own line is refused, through any number of lines and in any order', () => {
		const chain = [
			[-1, 'P000007', 'code.taken'],
			[7, 'P000008', 'code.taken'],
			[8, 'HN-A01-009', 'code.taken'],
		] as const;
		for (const order of [chain, chain.toReversed()])
			expect(outcomes(order.map(([no, code]) => `${no},${code}`).join('\n'))).toEqual(order);
		expect(outcomes('7,P000008\n8,')).toEqual([
			[7, 'P000008', 'code.taken'],
			[8, '', 'code.blank'],
		]);
		expect(outcomes('7,P000008\n8,P000008')[0]).toEqual([7, 'P000008', 'code.taken']);
	});

	it('is empty where nothing is written', () => {
		expect(readCodeList(' \n,\n', PARCELS, 'official')).toEqual([]);
	});
});
