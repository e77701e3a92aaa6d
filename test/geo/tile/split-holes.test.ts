import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { splitHoles } from '$geo/tile/split-holes.ts';
import { latticeReader, tilesOver } from './decoded-tile.ts';
import { faults } from './tile-faults.ts';

const DRAWN_HOLES = 499;
const STEP_DEG = 0.002;

const at = (x: number, y: number): LonLat => [
	snapToGrid(123.4 + x * STEP_DEG + 0.0003 * Math.sin(3 * x + 5 * y)),
	snapToGrid(41.7 + y * STEP_DEG + 0.0003 * Math.sin(7 * x - 2 * y)),
];
const ring = (x: number, y: number, side: number): LonLat[] => [
	at(x, y),
	at(x + side, y),
	at(x + side, y + side),
	at(x, y + side),
];

/** The streets of a town of so many blocks a side (label 1), and its blocks (label 2). */
function town(side: number) {
	const blocks = Array.from({ length: side ** 2 }, (_, k) =>
		ring(Math.floor(k / side) + 0.1, (k % side) + 0.1, 0.8),
	);
	const holes = blocks.map((block) => block.toReversed());
	const polygons = flattenMultiPolygons([
		[[ring(-1, -1, side + 2), ...holes]],
		...blocks.map((block) => [[block]]),
	]);
	return { polygons, labels: Int32Array.from(polygons.featureOffsets.slice(1), (_, p) => (p === 0 ? 1 : 2)) };
}

describe('polygons of many holes', () => {
	it('are cut into pieces of no more holes than are drawn, which cover the same ground', () => {
		const { polygons, labels } = town(40);
		const split = splitHoles(polygons, labels);
		const rings = [...split.polygons.polygonOffsets];
		const holes = rings.slice(1).map((end, p) => end - rings[p] - 1);
		expect(Math.max(...holes)).toBeLessThanOrEqual(DRAWN_HOLES);
		const areaOf = (wanted: number, of: typeof polygons, labelOf: Int32Array) =>
			ellipsoidalAreasM2(of).reduce((sum, area, p) => sum + (labelOf[p] === wanted ? area : 0), 0);
		for (const label of [1, 2])
			expect(areaOf(label, split.polygons, split.labels)).toBeCloseTo(areaOf(label, polygons, labels), 0);
		expect([...split.labels]).toEqual([...split.labels].sort((a, b) => a - b));
		expect([...split.groups]).toEqual([...split.groups].sort((a, b) => a - b));
	});

	it('are valid in every tile, without gaps or overlaps', () => {
		const { polygons, labels } = town(25);
		const split = splitHoles(polygons, labels);
		expect(split.labels.length).toBeGreaterThan(labels.length);
		const parcelNos = Int32Array.from(split.labels, (_, p) => p + 1);
		const read = latticeReader({ parcelNos, polygons: split.polygons }, 11);
		for (const tile of tilesOver(polygons, 11, 4)) expect(faults(read(tile))).toEqual([]);
	});

	it('stay as they are where they have fewer', () => {
		const { polygons, labels } = town(20);
		expect(splitHoles(polygons, labels).polygons).toBe(polygons);
	});
});
