import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShape } from '$geo/coverage/coverage.ts';
import { deleteVertex } from '$geo/edit/delete-vertex.ts';
import { canInsertVertex, insertVertex } from '$geo/edit/insert-vertex.ts';
import { passesPlace, placeKey } from '$geo/coverage/vertex.ts';
import { findNearestEdge } from '$geo/coverage/nearest-boundary.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyNumber, anyPlace, builtOtherwise, edgesOf } from './edit-input.ts';
import { built, done, expectLawfulBoundary, kindsOf, refusalIn } from './edit-outcome.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage, toLonLat } from '../coverage/random-polygons.ts';

const pair = drawing(`
A    B    C
   y x
D    E    F
`);
const two = built(pair.parcels({ 1: 'DEBA', 2: 'EFCB' }));
const outline = pair.polygons('DEFCBA');

describe('insertVertex', () => {
	it('puts a vertex into the edge of both parcels', () => {
		const [lon, lat] = pair.at('x');
		const result = insertVertex(two, { at: [lon + 1e-6, lat], reachM: 1 });
		expect(kindsOf(result)).toEqual({ 1: 'noded', 2: 'noded' });
		expect(findShape(done(result).coverage, 2)).toEqual(pair.polygons('EFCBx'));
		expectLawfulBoundary(two, result, outline);
	});

	it('bends the boundary to a place off the edge', () => {
		const result = insertVertex(two, { at: pair.at('x'), reachM: 1, to: pair.at('y') });
		expect(kindsOf(result)).toEqual({ 1: 'reshaped', 2: 'reshaped' });
		expect(findShape(done(result).coverage, 1)).toEqual(pair.polygons('DEyBA'));
		expectLawfulBoundary(two, result, outline);
	});

	it('puts a vertex into the outline', () => {
		const [lon, lat] = pair.at('y');
		const result = insertVertex(two, { at: [lon, lat + 1], reachM: 120_000 });
		expect(kindsOf(result)).toEqual({ 1: 'noded' });
		expectLawfulBoundary(two, result, outline);
	});

	it('takes the edges of one parcel when told', () => {
		const at = pair.at('D');
		expect(findNearestEdge(two, at, 100, 2)).toMatchObject({ low: pair.at('E'), high: pair.at('B') });
		expect(kindsOf(insertVertex(two, { at: pair.at('y'), reachM: 100, parcelNo: 2 }))).toEqual({
			1: 'noded',
			2: 'noded',
		});
	});
});

describe('insertVertex refuses', () => {
	it('place.invalid', () => {
		expect(canInsertVertex(two, { at: [NaN, 0], reachM: 1 })?.code).toBe('place.invalid');
		expect(canInsertVertex(two, { at: [41, 123], reachM: 1 })?.code).toBe('place.invalid');
		expect(canInsertVertex(two, { at: pair.at('x'), reachM: 1, to: [0, Infinity] })?.code).toBe(
			'place.invalid',
		);
	});

	it.each([1, NaN, -1])('vertex.no-edge-near: reach %s', (reachM) => {
		const at = pair.at('y');
		const refusal = refusalIn(insertVertex(two, { at, reachM }));
		expect(refusal).toEqual({ code: 'vertex.no-edge-near', parcelNos: [], at });
	});

	it('vertex.exists', () => {
		const [lon, lat] = pair.at('B');
		const refusal = refusalIn(insertVertex(two, { at: [lon, lat - 0.2 * GRID_STEP_DEG], reachM: 1 }));
		expect(refusal).toMatchObject({ code: 'vertex.exists', at: [lon, lat] });
	});

	it('vertex.on-outline', () => {
		const [lon, lat] = pair.at('x');
		const at = [lon + 1e-5, pair.at('E')[1]] as const;
		const refusal = refusalIn(insertVertex(two, { at, reachM: 1, to: [at[0], lat] }));
		expect(refusal).toEqual({ code: 'vertex.on-outline', parcelNos: [2], at: [expect.any(Number), lat] });
	});

	it('vertex.taken', () => {
		const refusal = refusalIn(insertVertex(two, { at: pair.at('x'), reachM: 1, to: pair.at('D') }));
		expect(refusal).toEqual({ code: 'vertex.taken', parcelNos: [1], at: pair.at('D') });
	});

	it('vertex.pinches', () => {
		const neck = drawing(`
A       B
G   x   H
.
  E
.
    z
Fi j    C
K       L
`);
		const three = built(neck.parcels({ 1: 'GHBA', 2: 'FiEjCHG', 3: 'KLCjEiF' }));
		const insertion = { at: neck.at('x'), reachM: 1, to: neck.at('z') };
		expect(refusalIn(insertVertex(three, insertion))).toEqual({
			code: 'vertex.pinches',
			parcelNos: [2],
			at: neck.at('z'),
		});
	});

	it('what the check finds where boundaries cross', () => {
		const [lon, lat] = pair.at('A');
		const refusal = canInsertVertex(two, { at: pair.at('x'), reachM: 1, to: [lon - 1e-4, lat] });
		expect(refusal?.issues.length).toBeGreaterThan(0);
	});
});

describe('redraw', () => {
	it('refuses an overlap that is no wider than a sliver', () => {
		const tiny = drawing(
			`
A     B
.
CD    E
.   F
.
GH    I
J     K
`,
			GRID_STEP_DEG,
		);
		const parcels = built(tiny.parcels({ 1: 'JKIEDFHG', 2: 'GHDC', 3: 'CDEBA', 4: 'HFD' }));
		const [lon, lat] = tiny.at('H');
		const at = [lon, lat + 1.5 * GRID_STEP_DEG] as const;
		const refusal = canInsertVertex(parcels, { at, reachM: 1, to: tiny.at('I') });
		expect(refusal?.issues.map(({ severity }) => severity)).toContain('error');
	});
});

const SPREAD = 2 ** 24;
const reachM = 150;
const step = fc.integer({ min: 0, max: SPREAD });
const place = fc.tuple(step, step).map(toLonLat);

describe('insertVertex by chance', () => {
	it('keeps the laws, and deleting takes it out again', () => {
		let inserted = 0;
		fc.assert(
			fc.property(
				anyCoverage(SPREAD),
				place,
				fc.oneof(fc.constant(undefined), place),
				fc.nat(),
				(random, at, to, seed) => {
					const coverage = built(random.set, random.outline);
					const insertion = { at, reachM, ...(to === undefined ? {} : { to }) };
					const result = insertVertex(coverage, insertion);
					expectLawfulBoundary(coverage, result, random.outline);
					const otherwise = insertVertex(builtOtherwise(random, seed), insertion);
					expect(otherwise.ok).toBe(result.ok);
					if (!result.ok || !otherwise.ok) return;
					expect(otherwise.difference).toEqual(result.difference);
					inserted++;
					if (to !== undefined) return;
					const foot = findNearestEdge(coverage, at, reachM)?.foot ?? at;
					// Beside a corner, the corner's other lines take the vertex too, and what lies between collapses.
					const passing = edgesOf(random.set.polygons)
						.filter(([a, b]) => passesPlace(a, b, foot))
						.map((ends) => ends.map(placeKey).sort().join());
					const isBesideCorner = new Set(passing).size > 1;
					if (isBesideCorner) return;
					expect(result.difference.shapes.every(({ kind }) => kind === 'noded')).toBe(true);
					const back = done(deleteVertex(result.coverage, { at: foot })).coverage;
					for (const { parcelNo, before } of result.difference.shapes) {
						expect(findShape(back, parcelNo)).toEqual(before);
					}
				},
			),
			{ numRuns: 200 },
		);
		expect(inserted).toBeGreaterThan(50);
	});

	it('throws on nothing', () => {
		fc.assert(
			fc.property(anyPlace, anyNumber, anyPlace, fc.integer(), (at, reachM, to, parcelNo) => {
				canInsertVertex(two, { at, reachM });
				canInsertVertex(two, { at: pair.at('x'), reachM, to, parcelNo });
				canInsertVertex(two, { at, reachM: 1e9, to });
			}),
		);
	});
});
