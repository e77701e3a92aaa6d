import { describe, expect, it } from 'vitest';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import type { SplitByLine } from '$geo/edit/split-by-line.ts';
import { canSplitByLine, splitByLine } from '$geo/edit/split-by-line.ts';
import type { Drawing } from '../coverage/drawing.ts';
import { drawing } from '../coverage/drawing.ts';
import { built, done, expectLawful } from './edit-outcome.ts';

const lineOf = (d: Drawing, letters: string) => Float64Array.from([...letters].flatMap((l) => d.at(l)));

/** Splits a drawn coverage and reads the new parcels and the lineage of each. */
function split(d: Drawing, before: Coverage, letters: string, options: Omit<SplitByLine, 'line'> = {}) {
	const result = done(splitByLine(before, { line: lineOf(d, letters), ...options }));
	expectLawful(before, result);
	const { shapes, lineage } = result.difference;
	const pieces: Record<number, string[]> = {};
	for (const { from, to } of lineage) {
		const shape = findShape(result.coverage, to);
		if (shape !== null) (pieces[from] ??= []).push(d.read(shape));
	}
	const noded = shapes.flatMap(({ kind, parcelNo }) => (kind === 'noded' ? [parcelNo] : []));
	return { pieces, noded };
}

describe('splitByLine', () => {
	it('cuts at several crossings, wherever the ends are', () => {
		const d = drawing(`
			A---B   C---D
			|   |   |   |
			x--yk---l---m---n--z
			|   |   |   |
			|   G---H   |
			E-----------F
		`);
		const before = built(d.parcels({ 1: 'ABGHCDFE' }));
		const expected = { pieces: { 1: ['EFmlHGkx', 'xkBA', 'lmDC'] }, noded: [] };
		expect(split(d, before, 'xz')).toEqual(expected);
		expect(split(d, before, 'xm')).toEqual(expected);
		expect(split(d, before, 'mx')).toEqual(expected);
		expect(split(d, before, 'zkx')).toEqual(expected);
		expect(split(d, before, 'yz')).toEqual({ pieces: { 1: ['EFmlHGBA', 'lmDC'] }, noded: [] });
	});

	it('cuts through a hole, with or without the parcel in it', () => {
		const d = drawing(`
			A-----------B
			|   E---F   |
			x   y   z   w
			|   H---G   |
			D-----------C
		`);
		const before = built(d.parcels({ 1: 'ABCD -EFGH', 2: 'EFGH' }));
		const round = ['DCwzGHyx', 'xyEFzwBA'];
		expect(split(d, before, 'xw')).toEqual({ pieces: { 1: round, 2: ['HGzy', 'yzFE'] }, noded: [] });
		expect(split(d, before, 'xw', { parcelNos: [1] })).toEqual({ pieces: { 1: round }, noded: [2] });
		expect(split(d, before, 'xw', { parcelNos: [2] })).toEqual({
			pieces: { 2: ['HGzy', 'yzFE'] },
			noded: [1],
		});
	});

	it('runs along an edge that is there, then on across', () => {
		const d = drawing(`
			A-----B-----C
			|     |     |
			D-----E     f
			|     |     |
			G-----H-----I
		`);
		const before = built(d.parcels({ 1: 'ABED', 2: 'DEHG', 3: 'BCIHE' }));
		expect(split(d, before, 'Df')).toEqual({ pieces: { 3: ['HIfE', 'EfCB'] }, noded: [] });
	});

	it('cuts several parcels at once, neighbours at the same vertices', () => {
		const d = drawing(`
			A-----B-----C-----D
			|     |     |     |
			w     x     y     z
			|     |     |     |
			E-----F-----G-----H
		`);
		const before = built(d.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const two = ['FGyx', 'xyCB'];
		expect(split(d, before, 'wz')).toEqual({
			pieces: { 1: ['EFxw', 'wxBA'], 2: two, 3: ['GHzy', 'yzDC'] },
			noded: [],
		});
		expect(split(d, before, 'wz', { parcelNos: [2] })).toEqual({ pieces: { 2: two }, noded: [1, 3] });
		expect(split(d, before, 'xy')).toEqual({ pieces: { 2: two }, noded: [1, 3] });
	});

	it('cuts through vertices and nodes without moving them', () => {
		const d = drawing(`
			A-----B-----C
			|     |     |
			D-----E-----F
			|     |     |
			G-----H-----I
		`);
		const before = built(d.parcels({ 1: 'ABED', 2: 'BCFE', 3: 'DEHG', 4: 'EFIH' }));
		expect(split(d, before, 'AI')).toEqual({
			pieces: { 1: ['DEA', 'AEB'], 4: ['HIE', 'EIF'] },
			noded: [],
		});
	});

	it('takes the loops of a line that crosses itself and leaves loose ends out', () => {
		const d = drawing(`
			A-----------------B
			|       r         |
			|                 |
			p       s   q     |
			|           t     |
			D-----------------C
		`);
		const before = built(d.parcels({ 1: 'ABCD' }));
		expect(split(d, before, 'pqrst')).toEqual({ pieces: { 1: ['DCBA -srq', 'sqr'] }, noded: [] });
	});

	it('makes an island of a closed line', () => {
		const d = drawing(`
			A-----------B
			|   E---F   |
			|   H---G   |
			D-----------C
		`);
		const before = built(d.parcels({ 1: 'ABCD' }));
		expect(split(d, before, 'EFGHE')).toEqual({ pieces: { 1: ['DCBA -HEFG', 'HGFE'] }, noded: [] });
	});

	it('leaves the polygons that it does not part with the largest piece', () => {
		const d = drawing(`
			A---B  E-------x-F  I---J
			|   |  |         |  |   |
			D---C  H-------y-G  L---K
		`);
		const before = built(d.parcels({ 1: 'ABCD + EFGH + IJKL' }));
		expect(split(d, before, 'xy')).toEqual({
			pieces: { 1: ['DCBA + HyxE + LKJI', 'yGFx'] },
			noded: [],
		});
	});

	it('numbers pieces by parcel, then from the south-west', () => {
		const d = drawing(`
			A-----B-----C
			x     y     z
			D-----E-----F
		`);
		const before = built(d.parcels({ 7: 'ABED', 5: 'BCFE' }));
		const numbers = (options: Partial<SplitByLine>) =>
			done(splitByLine(before, { line: lineOf(d, 'xz'), ...options })).difference.lineage.map(
				({ from, to }) => `${from} ${to}`,
			);
		expect(numbers({})).toEqual(['5 -1', '5 -2', '7 -3', '7 -4']);
		expect(numbers({ firstNewNo: -40, parcelNos: [7, 5, 7] })).toEqual(['5 -40', '5 -41', '7 -42', '7 -43']);
	});

	describe('refuses', () => {
		const d = drawing(`
			A-----B-----C
			v     |     |
			x     y     z
			w     |     |
			D-----E-----F
		`);
		const before = built(d.parcels({ 1: 'ABED', [-5]: 'BCFE' }));
		const codeOf = (split: SplitByLine) => canSplitByLine(before, split)?.code;
		const [lon, lat] = d.at('x');

		it.each([
			['no vertex', []],
			['one vertex', [lon, lat]],
			['half a vertex', [lon, lat, lon]],
			['vertices that are one on the grid', [lon, lat, lon + 2 ** -40, lat]],
			['no number', [lon, lat, NaN, lat]],
			['infinity', [lon, lat, lon, Infinity]],
			['no longitude', [lon, lat, 360.1, lat]],
			['no latitude', [lon, lat, lon, 90.1]],
		])('line.invalid: %s', (_, coordinates) => {
			expect(codeOf({ line: Float64Array.from(coordinates) })).toBe('line.invalid');
		});

		it('parcel.unknown', () => {
			for (const no of [2, 0, NaN, 1.5, Infinity]) {
				expect(codeOf({ line: lineOf(d, 'xz'), parcelNos: [1, no] })).toBe('parcel.unknown');
			}
		});

		it.each([
			['along edges', 'ABC'],
			['touching a vertex', 'vAB'],
			['back and forth', 'xwx'],
		])('split.parts-nothing: %s', (_, letters) => {
			expect(codeOf({ line: lineOf(d, letters) })).toBe('split.parts-nothing');
		});

		it('split.parts-nothing: a loose end, no parcel, none that may be cut', () => {
			const inside = Float64Array.of(lon, lat, lon + 1e-5, lat);
			expect(codeOf({ line: inside })).toBe('split.parts-nothing');
			expect(codeOf({ line: Float64Array.of(0, 0, 1, 1) })).toBe('split.parts-nothing');
			expect(codeOf({ line: lineOf(d, 'xz'), parcelNos: [] })).toBe('split.parts-nothing');
			expect(codeOf({ line: lineOf(d, 'xy'), parcelNos: [-5] })).toBe('split.parts-nothing');
		});

		it('parcel-number.not-draft and parcel-number.taken', () => {
			const line = lineOf(d, 'xz');
			for (const firstNewNo of [0, 1, 4, -1.5, NaN, -Infinity, 1 - 2 ** 31]) {
				expect(codeOf({ line, firstNewNo })).toBe('parcel-number.not-draft');
			}
			for (const firstNewNo of [-5, -2, -3, -4]) {
				expect(codeOf({ line, firstNewNo })).toBe('parcel-number.taken');
			}
			expect(codeOf({ line, firstNewNo: -1 })).toBeUndefined();
			const { coverage } = done(splitByLine(before, { line, firstNewNo: -20 }));
			const retired = { line: Float64Array.of(lon - 1, lat + 1e-5, lon + 1, lat + 1e-5), firstNewNo: -5 };
			expect(canSplitByLine(coverage, retired)?.code).toBe('parcel-number.taken');
		});
	});
});
