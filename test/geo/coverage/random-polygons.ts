import fc from 'fast-check';
import type { FlatPolygons, MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';

/** A position as whole grid steps from the corner of the test area. */
export type Steps = readonly [x: number, y: number];

const CORNER: Steps = [123.375 / GRID_STEP_DEG, 41.75 / GRID_STEP_DEG];

/** Spreads from a handful of grid steps (everything nearly coincides) to half a degree. */
const SPREADS = [3, 6, 12, 40, 300, 2 ** 20, 2 ** 32];

export function toLonLat([x, y]: Steps): [number, number] {
	return [(CORNER[0] + x) * GRID_STEP_DEG, (CORNER[1] + y) * GRID_STEP_DEG];
}

export function polygonsOfSteps(features: readonly (readonly (readonly Steps[])[])[][]): FlatPolygons {
	return flattenMultiPolygons(
		features.map((feature): MultiPolygonLonLat =>
			feature.map((polygon) => polygon.map((ring) => ring.map(toLonLat))),
		),
	);
}

/** Any polygons on the grid: rings of 0–8 vertices that cross, touch, repeat and collapse as they like. */
export function anyPolygons(maxFeatures = 4): fc.Arbitrary<FlatPolygons> {
	return fc.constantFrom(...SPREADS).chain((spread) => {
		const coordinate = fc.integer({ min: 0, max: spread });
		const ring = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 8 });
		const polygon = fc.array(ring, { minLength: 1, maxLength: 2 });
		const feature = fc.array(polygon, { minLength: 1, maxLength: 2 });
		return fc.array(feature, { maxLength: maxFeatures }).map(polygonsOfSteps);
	});
}

/** A valid coverage of a square and the square itself. */
export interface RandomCoverage {
	readonly set: ParcelSet;
	readonly outline: FlatPolygons;
}

/**
 * Coverages of a square: faces of random polygons and strips, joined at random to parcels.
 *
 * They have holes, islands, parcels of several parts, parts that touch at a point, and nodes of any degree.
 */
export function anyCoverage(spread = 2 ** 24): fc.Arbitrary<RandomCoverage> {
	const coordinate = fc.integer({ min: 1, max: spread - 1 });
	const ring = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 6 });
	const strip = fc.tuple(coordinate, coordinate, coordinate).map(([a, b, c]): Steps[] => [
		[0, a],
		[spread, b],
		[spread, Math.min(spread, b + c)],
		[0, Math.min(spread, a + c)],
	]);
	return fc
		.record({
			rings: fc.array(fc.oneof(ring, strip), { minLength: 1, maxLength: 5 }),
			parcelCount: fc.integer({ min: 1, max: 12 }),
			joins: fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
		})
		.map(({ rings, parcelCount, joins }) => {
			const corners: Steps[] = [
				[0, 0],
				[spread, 0],
				[spread, spread],
				[0, spread],
			];
			const outline = polygonsOfSteps([[[corners]]]);
			const arrangement = arrange([outline, polygonsOfSteps(rings.map((r) => [[r]]))]);
			const { offsets } = arrangement.covers[0];
			const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
				offsets[face] === offsets[face + 1] ? 0 : 1 + ((joins[face % joins.length] + face) % parcelCount),
			);
			return { set: dissolveFaces(arrangement, labels), outline };
		});
}

/** Reverses, rotates and reorders whatever may not matter, as told by `random` (values in [0, 1)). */
export function disguise(polygons: FlatPolygons, random: () => number): FlatPolygons {
	const coordinates = polygons.coordinates.slice();
	for (let r = 0; r + 1 < polygons.ringOffsets.length; r++) {
		const from = polygons.ringOffsets[r];
		const count = polygons.ringOffsets[r + 1] - from;
		const turn = Math.floor(random() * count);
		const reverse = random() < 0.5;
		for (let i = 0; i < count; i++) {
			const source = from + (((reverse ? count - 1 - i : i) + turn) % count);
			coordinates[2 * (from + i)] = polygons.coordinates[2 * source];
			coordinates[2 * (from + i) + 1] = polygons.coordinates[2 * source + 1];
		}
	}
	return { ...polygons, coordinates };
}

/** Moves polygons by whole grid steps. */
export function shift(polygons: FlatPolygons, [x, y]: Steps): FlatPolygons {
	const coordinates = polygons.coordinates.map((deg, i) => deg + (i % 2 === 0 ? x : y) * GRID_STEP_DEG);
	return { ...polygons, coordinates };
}
