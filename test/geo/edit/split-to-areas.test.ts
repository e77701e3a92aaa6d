import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { SplitToAreas } from '$geo/edit/split-to-areas.ts';
import { canSplitToAreas, MOST_PARTS, splitToAreas } from '$geo/edit/split-to-areas.ts';
import { bearingDeg } from '$geo/arrangement/metres.ts';
import type { MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '$geo/grid.ts';
import { drawing } from '../coverage/drawing.ts';
import { built, done, expectLawful, shapeOf } from './edit-outcome.ts';

const SQUARE = drawing(`
	A--------B
	|        |
	|        |
	D--------C
`);

/** A U, open to the north. */
const U = drawing(`
	A---B    C---D
	|   |    |   |
	|   |    |   |
	|   E----F   |
	|            |
	G------------H
`);

function areaOf(coverage: Coverage, parcelNo: number): number {
	return ellipsoidalAreasM2(shapeOf(coverage, parcelNo))[0];
}

/** Divides, expects every promise to be kept, and returns the achieved areas. */
function divide(before: Coverage, split: SplitToAreas) {
	const result = done(splitToAreas(before, split));
	expectLawful(before, result);
	for (const { parcelNo, wantedM2, achievedM2, toleranceM2 } of result.areas) {
		expect(achievedM2).toBe(areaOf(result.coverage, parcelNo));
		expect(Math.abs(achievedM2 - wantedM2)).toBeLessThanOrEqual(toleranceM2);
	}
	expect(result.difference.lineage).toEqual(
		result.areas.map(({ parcelNo: to }) => ({ from: split.parcelNo, to })),
	);
	return result;
}

/** The middle of a parcel's box. */
function middleOf(coverage: Coverage, parcelNo: number): [number, number] {
	const { coordinates } = shapeOf(coverage, parcelNo);
	const lons = coordinates.filter((_, i) => i % 2 === 0);
	const lats = coordinates.filter((_, i) => i % 2 === 1);
	return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}

describe('splitToAreas', () => {
	it('divides into equal parts along a bearing, first things first', () => {
		const before = built(SQUARE.parcels({ 1: 'ABCD' }));
		for (const bearing of [0, 90, 180, 270, 37, -122.5]) {
			const { areas, coverage } = divide(before, {
				parcelNo: 1,
				bearingDeg: bearing,
				into: { equalParts: 4 },
			});
			expect(areas.map(({ parcelNo }) => parcelNo)).toEqual([-1, -2, -3, -4]);
			expect(areas.every(({ toleranceM2 }) => toleranceM2 === 0.01)).toBe(true);
			const heading = bearingDeg(middleOf(coverage, -1), middleOf(coverage, -4));
			expect(Math.cos(((heading - bearing) * Math.PI) / 180)).toBeGreaterThan(0.5);
		}
	});

	it('gives the areas asked for, then the rest', () => {
		const before = built(SQUARE.parcels({ 1: 'ABCD' }));
		const total = areaOf(before, 1);
		const { areas } = divide(before, {
			parcelNo: 1,
			bearingDeg: 10,
			into: { areasM2: [100, 1000.55, 0.07] },
			firstNewNo: -8,
		});
		expect(areas.map(({ parcelNo, wantedM2 }) => [parcelNo, wantedM2])).toEqual([
			[-8, 100],
			[-9, 1000.55],
			[-10, 0.07],
			[-11, expect.closeTo(total - 1100.62, 8)],
		]);
	});

	it('takes areas that add up to the parcel, rounded, as all of it', () => {
		const before = built(SQUARE.parcels({ 1: 'ABCD' }));
		const total = areaOf(before, 1);
		for (const missing of [0, 0.009, -0.009]) {
			const { areas } = divide(before, {
				parcelNo: 1,
				bearingDeg: 90,
				into: { areasM2: [total / 3, (2 * total) / 3 - missing] },
			});
			expect(areas).toHaveLength(2);
		}
	});

	it('cuts squarely: a rectangle falls into rectangles', () => {
		const before = built(SQUARE.parcels({ 1: 'ABCD' }));
		const { coverage } = divide(before, { parcelNo: 1, bearingDeg: 90, into: { equalParts: 2 } });
		const [west, east] = [shapeOf(coverage, -1), shapeOf(coverage, -2)];
		expect(west.coordinates).toHaveLength(8);
		expect(west.coordinates[2]).toBe(west.coordinates[4]);
		expect(east.coordinates[0]).toBe(west.coordinates[2]);
	});

	it('divides a concave parcel round a hole, neighbours noded', () => {
		const d = drawing(`
			A-----------B-----C
			|           |     |
			|   E--F    |     |
			|   |  |    D--J  |
			|   H--G       |  |
			K--------------L--M
		`);
		const before = built(d.parcels({ 1: 'ABDJLK -EFGH', 2: 'BCMLJD', 3: 'EFGH' }));
		const { difference } = divide(before, {
			parcelNo: 1,
			bearingDeg: 171,
			into: { equalParts: 9 },
			allowApart: true,
		});
		expect(difference.shapes.filter(({ kind }) => kind === 'noded').map(({ parcelNo }) => parcelNo)).toEqual([
			2, 3,
		]);
	});

	it('lets a part be apart only when asked to', () => {
		const before = built(U.parcels({ 1: 'ABEFCDHG' }));
		const split: SplitToAreas = { parcelNo: 1, bearingDeg: 180, into: { equalParts: 3 } };
		const refused = splitToAreas(before, split);
		expect(refused).toMatchObject({
			refusal: { code: 'split.part-apart', parcelNos: [1], params: { part: 0 } },
		});
		const { coverage } = divide(before, { ...split, allowApart: true });
		expect(findShape(coverage, -1)?.polygonOffsets).toHaveLength(3);
		expect(canSplitToAreas(before, { ...split, bearingDeg: 90 })).toBeNull();
	});

	it('divides a parcel of several parts', () => {
		const d = drawing(`
			A---B   C--D
			|   |   |  |
			F---E   |  |
			        H--G
		`);
		const before = built(d.parcels({ 1: 'ABEF + CDGH' }));
		const into = { equalParts: 2 };
		expect(canSplitToAreas(before, { parcelNo: 1, bearingDeg: 0, into })?.code).toBe('split.part-apart');
		divide(before, { parcelNo: 1, bearingDeg: 0, into, allowApart: true });
		divide(before, { parcelNo: 1, bearingDeg: 80, into, allowApart: true });
	});

	it('keeps to the grid step where cuts are long: 55 km of it for each of 200 parts', () => {
		const long = flattenMultiPolygons([
			[
				[
					[
						[123, 41.5],
						[123.7, 41.5],
						[123.7, 42],
						[123, 42],
					],
				],
			],
		]);
		const before = built({ parcelNos: Int32Array.of(1), polygons: long });
		const result = done(splitToAreas(before, { parcelNo: 1, bearingDeg: 90, into: { equalParts: 200 } }));
		for (const { wantedM2, achievedM2, toleranceM2 } of result.areas) {
			expect(toleranceM2).toBeCloseTo((55_540 * 1.294e-5) / 2, 2);
			expect(Math.abs(achievedM2 - wantedM2)).toBeLessThanOrEqual(toleranceM2);
		}
	});

	describe('refuses', () => {
		const before = built({
			...SQUARE.parcels({ 1: 'ABCD' }),
		});
		const ask = (changes: Partial<SplitToAreas>) =>
			canSplitToAreas(before, { parcelNo: 1, bearingDeg: 0, into: { equalParts: 2 }, ...changes })?.code;

		it('parcel.unknown', () => {
			for (const parcelNo of [2, 0, -1, NaN, 0.5]) expect(ask({ parcelNo })).toBe('parcel.unknown');
		});
		it('direction.invalid', () => {
			for (const bearing of [NaN, Infinity, -Infinity])
				expect(ask({ bearingDeg: bearing })).toBe('direction.invalid');
		});
		it('split.areas-invalid', () => {
			for (const area of [0, -1, NaN, Infinity])
				expect(ask({ into: { areasM2: [10, area] } })).toBe('split.areas-invalid');
		});
		it('split.areas-exceed', () => {
			const total = areaOf(before, 1);
			expect(ask({ into: { areasM2: [total + 0.011] } })).toBe('split.areas-exceed');
			expect(ask({ into: { areasM2: [total - 5, 5.02] } })).toBe('split.areas-exceed');
		});
		it('split.parts-invalid', () => {
			for (const equalParts of [1, 0, -2, 2.5, NaN, Infinity, MOST_PARTS + 1])
				expect(ask({ into: { equalParts } })).toBe('split.parts-invalid');
			for (const areasM2 of [[], [areaOf(before, 1)], Array.from({ length: 1001 }, () => 0.1)])
				expect(ask({ into: { areasM2 } })).toBe('split.parts-invalid');
		});
		it('split.part-vanishes', () => {
			expect(ask({ into: { areasM2: [1e-9] } })).toBe('split.part-vanishes');
		});
		it('split.area-missed: where noding an edge of 250 km moves it by half a step, whatever the cut', () => {
			const north = snapToGrid(41.50003);
			const strip: MultiPolygonLonLat = [
				[
					[
						[123, 41.5],
						[126, 41.5],
						[126, north + GRID_STEP_DEG],
						[123, north],
					],
				],
			];
			const there = built({ parcelNos: Int32Array.of(1), polygons: flattenMultiPolygons([strip]) });
			const refusal = canSplitToAreas(there, { parcelNo: 1, bearingDeg: 90, into: { equalParts: 2 } });
			expect(refusal).toMatchObject({ code: 'split.area-missed', params: { toleranceM2: 0.01 } });
		});
		it('parcel-number.not-draft and parcel-number.taken', () => {
			for (const firstNewNo of [0, 5, NaN, -0.5, -(2 ** 31)])
				expect(ask({ firstNewNo })).toBe('parcel-number.not-draft');
			const { coverage } = done(
				splitToAreas(before, { parcelNo: 1, bearingDeg: 0, into: { equalParts: 2 } }),
			);
			const again = canSplitToAreas(coverage, {
				parcelNo: -1,
				bearingDeg: 0,
				into: { equalParts: 2 },
				firstNewNo: -2,
			});
			expect(again?.code).toBe('parcel-number.taken');
		});
	});
});
