import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { CarveCorridor } from '$geo/edit/carve-corridor.ts';
import { canCarveCorridor, carveCorridor } from '$geo/edit/carve-corridor.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { distanceM, metresPerDegree } from '$geo/arrangement/metres.ts';
import type { Drawing } from '../coverage/drawing.ts';
import { drawing } from '../coverage/drawing.ts';
import { built, done, expectLawful, shapeOf } from './edit-outcome.ts';

const lineOf = (d: Drawing, letters: string) => Float64Array.from([...letters].flatMap((l) => d.at(l)));

/** Carves and reads what became of every parcel; '?' is a corner that the corridor made. */
function carve(d: Drawing, before: Coverage, letters: string, options: Partial<CarveCorridor> = {}) {
	const breadth = { widthM: 6 };
	const result = done(carveCorridor(before, { centreLine: lineOf(d, letters), breadth, ...options }));
	expectLawful(before, result);
	const { shapes, lineage } = result.difference;
	const changes: Record<number, string> = {};
	for (const { kind, parcelNo, after } of shapes) {
		changes[parcelNo] = after === null || kind === 'noded' ? kind : `${kind} ${d.read(after)}`;
	}
	for (const { parcelNo, areaM2 } of result.corridors) {
		expect(areaM2).toBe(ellipsoidalAreasM2(shapeOf(result.coverage, parcelNo))[0]);
	}
	return {
		changes,
		lineage: lineage.map(({ from, to }) => `${from} ${to}`),
		corridors: result.corridors,
	};
}

describe('carveCorridor', () => {
	const row = drawing(`
		A-----B-----C-----D
		|     |     |     |
		w  p  |     |  q  z
		|     |     |     |
		E-----F-----G-----H
	`);

	it('cuts parcels in two and trims those where it ends', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const { changes, lineage, corridors } = carve(row, before, 'pq');
		expect(changes).toEqual({
			[-3]: 'created ??CB',
			[-2]: 'created FG??',
			[-1]: 'created ????????',
			1: 'reshaped EF????BA',
			2: 'retired',
			3: 'reshaped GHDC????',
		});
		expect(lineage).toEqual(['1 -1', '2 -1', '3 -1', '2 -2', '2 -3']);
		const lengthM = distanceM(metresPerDegree(row.at('p')[1]), row.at('p'), row.at('q'));
		expect(corridors[0].areaM2).toBeCloseTo(6 * lengthM, 1);
	});

	it('takes ground only of parcels that may give it, neighbours noded', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const { changes, lineage } = carve(row, before, 'pq', { parcelNos: [2], firstNewNo: -7 });
		expect(changes).toEqual({
			[-9]: 'created ??CB',
			[-8]: 'created FG??',
			[-7]: 'created ????',
			1: 'noded',
			2: 'retired',
			3: 'noded',
		});
		expect(lineage).toEqual(['2 -7', '2 -8', '2 -9']);
	});

	it('ends where the coverage ends, also between two of its parts', () => {
		const d = drawing(`
			  A---B    C---D
			  |   |    |   |
			w |   |    |   | z
			  |   |    |   |
			  E---F    G---H
		`);
		const before = built(d.parcels({ 1: 'ABFE', 2: 'CDHG' }));
		const { changes, lineage } = carve(d, before, 'wz');
		expect(changes).toEqual({
			[-6]: 'created ??DC',
			[-5]: 'created GH??',
			[-4]: 'created ??BA',
			[-3]: 'created EF??',
			[-2]: 'created ????',
			[-1]: 'created ????',
			1: 'retired',
			2: 'retired',
		});
		expect(lineage).toEqual(['1 -1', '2 -2', '1 -3', '1 -4', '2 -5', '2 -6']);
	});

	it('retires a parcel that lies within', () => {
		const d = drawing(`
			A---------B
			|   I-J   |
			w   | |   z
			|   L-K   |
			D---------C
		`);
		const before = built(d.parcels({ 1: 'ABCD -IJKL', 2: 'IJKL' }));
		const { changes, lineage } = carve(d, before, 'wz', { breadth: { widthM: 40 } });
		expect(changes).toEqual({
			[-3]: 'created ??BA',
			[-2]: 'created DC??',
			[-1]: 'created ????',
			1: 'retired',
			2: 'retired',
		});
		expect(lineage).toEqual(['1 -1', '2 -1', '1 -2', '1 -3']);
	});

	it('takes all of the ground where it is wide enough', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const { changes, lineage } = carve(row, before, 'wz', { breadth: { widthM: 400 } });
		expect(changes).toEqual({ [-1]: 'created EFGHDCBA', 1: 'retired', 2: 'retired', 3: 'retired' });
		expect(lineage).toEqual(['1 -1', '2 -1', '3 -1']);
	});

	it('leaves a block that it goes round to a parcel of its own', () => {
		const d = drawing(`
			A-----------B
			| p-------q |
			| |       | |
			| s-------r |
			D-----------C
		`);
		const before = built(d.parcels({ 1: 'ABCD' }));
		const { changes } = carve(d, before, 'pqrsp');
		expect(changes).toEqual({
			[-3]: 'created ????',
			[-2]: 'created DCBA -????',
			[-1]: 'created ???? -????',
			1: 'retired',
		});
	});

	it('keeps polygons of a cut parcel that it does not touch with the largest piece', () => {
		const d = drawing(`
			A---B   C--w--D
			|   |   |     |
			E---F   G--z--H
		`);
		const before = built(d.parcels({ 1: 'ABFE + CDHG' }));
		expect(carve(d, before, 'wz', { breadth: { leftM: 9, rightM: 3 } }).changes).toEqual({
			[-1]: 'created ????',
			[-2]: 'created EFBA + G??C',
			[-3]: 'created ?HD?',
			1: 'retired',
		});
	});

	it('reaches half its width beyond its ends when asked to', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const flat = carve(row, before, 'pq', { endCap: 'flat' }).corridors[0].areaM2;
		const square = carve(row, before, 'pq', { endCap: 'square' }).corridors[0].areaM2;
		expect(square - flat).toBeCloseTo(36, 1);
	});

	it('lies on one side of its line, left and right as one looks along it', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const options = { breadth: { leftM: 300, rightM: 0 } };
		expect(carve(row, before, 'wz', options).changes).toEqual({
			[-1]: 'created w??zDCBA',
			1: 'reshaped EF?w',
			2: 'reshaped FG??',
			3: 'reshaped GHz?',
		});
		expect(carve(row, before, 'zw', options).changes).toMatchObject({ [-1]: 'created EFGHz??w' });
	});

	describe('refuses', () => {
		const before = built(row.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		const centreLine = lineOf(row, 'pq');
		const ask = (changes: Partial<CarveCorridor>) =>
			canCarveCorridor(before, { centreLine, breadth: { widthM: 6 }, ...changes })?.code;

		it('line.invalid', () => {
			for (const line of [
				[],
				[123, 41],
				[123, 41, 124],
				[123, 41, 123, 41],
				[123, 41, NaN, 42],
				[2000, 0, 0, 0],
			])
				expect(ask({ centreLine: Float64Array.from(line) })).toBe('line.invalid');
		});
		it('corridor.width-invalid', () => {
			for (const widthM of [0, -1, 0.009, 1000.1, NaN, Infinity])
				expect(ask({ breadth: { widthM } })).toBe('corridor.width-invalid');
			for (const [leftM, rightM] of [
				[-1, 10],
				[10, -1],
				[0, 0],
				[501, 1],
				[NaN, 1],
				[1, NaN],
				[Infinity, 1],
			])
				expect(ask({ breadth: { leftM, rightM } })).toBe('corridor.width-invalid');
		});
		it('parcel.unknown', () => {
			for (const no of [4, 0, -1, NaN, 1.5]) expect(ask({ parcelNos: [2, no] })).toBe('parcel.unknown');
		});
		it('corridor.takes-nothing', () => {
			expect(ask({ parcelNos: [] })).toBe('corridor.takes-nothing');
			expect(ask({ centreLine: Float64Array.of(10, 10, 11, 11) })).toBe('corridor.takes-nothing');
			expect(ask({ centreLine: lineOf(row, 'AE'), parcelNos: [3] })).toBe('corridor.takes-nothing');
			expect(ask({ centreLine: lineOf(row, 'AE'), breadth: { leftM: 0, rightM: 5 } })).toBe(
				'corridor.takes-nothing',
			);
		});
		it('parcel-number.not-draft and parcel-number.taken', () => {
			for (const firstNewNo of [0, 1, NaN, -1.5, 1 - 2 ** 31])
				expect(ask({ firstNewNo })).toBe('parcel-number.not-draft');
			const { coverage } = done(carveCorridor(before, { centreLine, breadth: { widthM: 6 } }));
			expect(findShape(coverage, -2)).not.toBeNull();
			const again = { centreLine: lineOf(row, 'BF'), breadth: { widthM: 2 }, firstNewNo: -1 };
			expect(canCarveCorridor(coverage, again)?.code).toBe('parcel-number.taken');
		});
	});
});
