import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons, type FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { sharedGroundM2 } from '$lib/domain/supply/shared-ground.ts';

const [LON, LAT] = [123.375, 41.75];
const SIDE = 1 / 1024;

/** A box in sides of SIDE from the south-west corner, its east side moved by steps of the grid. */
function box(west: number, south: number, east: number, north: number, eastSteps = 0): FlatPolygons {
	const at = (x: number, y: number, steps = 0) =>
		[LON + x * SIDE + steps * GRID_STEP_DEG, LAT + y * SIDE] as [number, number];
	const ring = [at(west, south), at(east, south, eastSteps), at(east, north, eastSteps), at(west, north)];
	return flattenMultiPolygons([[[[...ring, ring[0]]]]]);
}
const areaOf = (polygons: FlatPolygons) => ellipsoidalAreasM2(polygons)[0];

describe('sharedGroundM2', () => {
	it('is the area of what two plots have in common, either way round', () => {
		const [one, other] = [box(0, 0, 2, 2), box(1, 1, 3, 3)];
		expect(sharedGroundM2(one, other)).toBeCloseTo(areaOf(box(1, 1, 2, 2)), 3);
		expect(sharedGroundM2(other, one)).toBeCloseTo(areaOf(box(1, 1, 2, 2)), 3);
		expect(sharedGroundM2(one, one)).toBeCloseTo(areaOf(one), 3);
	});

	it.each([
		['a side', box(2, 0, 4, 2)],
		['a corner', box(2, 2, 4, 4)],
		['nothing', box(5, 5, 6, 6)],
	])('is 0 where they have %s in common', (_, other) => {
		expect(sharedGroundM2(box(0, 0, 2, 2), other)).toBe(0);
	});

	it('counts no sliver of a few grid steps, but ground that is wider than one', () => {
		const next = box(2, 0, 4, 2);
		const widthM = (steps: number) => steps * GRID_STEP_DEG * 111_000 * Math.cos((LAT * Math.PI) / 180);
		const narrow = Math.floor(0.009 / widthM(1));
		const wide = Math.ceil(0.02 / widthM(1));
		expect(narrow).toBeGreaterThan(0);
		expect(sharedGroundM2(box(0, 0, 2, 2, narrow), next)).toBe(0);
		expect(sharedGroundM2(box(0, 0, 2, 2, wide), next)).toBeGreaterThan(0);
	});
});
