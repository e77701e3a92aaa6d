import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons, type FlatPolygons, type MultiPolygonLonLat } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { adjustedAreas, toStoredArea } from '$lib/domain/coverage/stored-area.ts';

const WEST = 122.0625;
const SOUTH = 41.125;
const WIDTH_DEG = 2 ** 20 * GRID_STEP_DEG;
const HEIGHT_DEG = 4 * GRID_STEP_DEG;

/** A strip of ground between two heights in steps of the grid, from `from` to `to` of its width. */
function strip(from: number, to: number, height = HEIGHT_DEG): MultiPolygonLonLat {
	const [west, east, north] = [WEST + from * WIDTH_DEG, WEST + to * WIDTH_DEG, SOUTH + height];
	return [
		[
			[
				[west, SOUTH],
				[east, SOUTH],
				[east, north],
				[west, north],
				[west, SOUTH],
			],
		],
	];
}

const INSIDE = { parkId: 'a', relation: 'inside' } as const;
const sumOf = (areas: Float64Array) => areas.reduce((sum, area) => sum + area, 0);

function stored(parcels: FlatPolygons, count: number, outlineDm2: number): Float64Array {
	const places = Array.from({ length: count }, () => INSIDE);
	return adjustedAreas(parcels, places, new Map([['a', outlineDm2]]));
}

describe('stored areas of the parcels of a park', () => {
	const slivers = 64;
	const half = 2 ** 12;
	const parcels = flattenMultiPolygons([
		strip(0, 0.5, half * HEIGHT_DEG),
		...Array.from({ length: slivers }, (_, i) => strip(0.5 + i / 2 ** 14, 0.5 + (i + 1) / 2 ** 14)),
		strip(0.5 + slivers / 2 ** 14, 1, half * HEIGHT_DEG),
	]);
	const count = slivers + 2;
	const areasM2 = ellipsoidalAreasM2(parcels);

	it('sum exactly to the outline, also with slivers of less than 0.005 m²', () => {
		expect(areasM2[1] * 100).toBeLessThan(0.5);
		const outlineDm2 = toStoredArea(sumOf(areasM2));
		const areas = stored(parcels, count, outlineDm2);
		expect(sumOf(areas)).toBe(outlineDm2);
		expect([...areas.slice(1, -1)]).toEqual(new Array(slivers).fill(1));
		expect(Math.abs(areas[0] - areasM2[0] * 100)).toBeLessThan(slivers);
	});

	it('sum to their own sum where they do not cover the park', () => {
		const areas = stored(parcels, count, 10 * toStoredArea(sumOf(areasM2)));
		expect(sumOf(areas)).toBe(Math.round(sumOf(areasM2) * 100));
		expect(Math.min(...areas)).toBe(1);
	});

	it('are one each where a park holds slivers alone', () => {
		const only = flattenMultiPolygons([strip(0, 1 / 2 ** 14), strip(1 / 2 ** 14, 2 / 2 ** 14)]);
		expect([...stored(only, 2, 1)]).toEqual([1, 1]);
	});

	it('are the exact areas rounded down or up where there is no sliver', () => {
		const whole = flattenMultiPolygons([0, 1, 2, 3].map((i) => strip(i / 4, (i + 1) / 4, half * HEIGHT_DEG)));
		const exact = ellipsoidalAreasM2(whole);
		const outlineDm2 = toStoredArea(sumOf(exact));
		const areas = stored(whole, 4, outlineDm2);
		expect(sumOf(areas)).toBe(outlineDm2);
		for (const [i, area] of areas.entries()) expect(Math.abs(area - exact[i] * 100)).toBeLessThanOrEqual(1);
	});
});
