import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorridorSides } from '$geo/edit/corridor-outline.ts';
import { extendLine, outlineCorridor } from '$geo/edit/corridor-outline.ts';
import { distanceM, metresPerDegree } from '$geo/arrangement/metres.ts';
import { sideOf } from '$geo/arrangement/point-in-polygon.ts';
import { sameUpToNodes } from '$geo/edit/same-up-to-nodes.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** Central meridian 123°E: within 10 km of it lengths are true to 1.3e-6. */
const plane = gaussKruger(4529);
const START = [123.002, 41.75] as const;
const SCALE = metresPerDegree(START[1]);

type Steps = readonly (readonly [east: number, north: number])[];

/** A line through places so many metres from the start. */
const lineThrough = (steps: Steps) =>
	Float64Array.from(
		steps.flatMap(([east, north]) => [START[0] + east / SCALE.east, START[1] + north / SCALE.north]),
	);

const toPlace = (east: number, north: number) =>
	[START[0] + east / SCALE.east, START[1] + north / SCALE.north] as const;

/** Distances in the plane from points on the outline to the line, both densified along their straight edges in degrees. */
function distancesM(outline: FlatPolygons, line: Float64Array, perEdge: number): number[] {
	const centre: [number, number][] = [];
	for (let i = 0; i + 2 < line.length; i += 2) {
		for (let k = 0; k <= 2000; k++) {
			const share = k / 2000;
			centre.push(
				plane.forward([
					line[i] + share * (line[i + 2] - line[i]),
					line[i + 1] + share * (line[i + 3] - line[i + 1]),
				]),
			);
		}
	}
	const { coordinates, ringOffsets } = outline;
	const distances: number[] = [];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r], j = ringOffsets[r + 1] - 1; i < ringOffsets[r + 1]; j = i++) {
			for (let k = 0; k < perEdge; k++) {
				const share = k / perEdge;
				const [east, north] = plane.forward([
					coordinates[2 * j] + share * (coordinates[2 * i] - coordinates[2 * j]),
					coordinates[2 * j + 1] + share * (coordinates[2 * i + 1] - coordinates[2 * j + 1]),
				]);
				let least = Infinity;
				for (let c = 1; c < centre.length; c++)
					least = Math.min(least, toSegment(east, north, centre[c - 1], centre[c]));
				distances.push(least);
			}
		}
	}
	return distances;
}

function toSegment(east: number, north: number, a: readonly number[], b: readonly number[]): number {
	const [dx, dy, ex, ey] = [b[0] - a[0], b[1] - a[1], east - a[0], north - a[1]];
	const length2 = dx * dx + dy * dy;
	const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (dx * ex + dy * ey) / length2));
	return Math.hypot(ex - along * dx, ey - along * dy);
}

const both = (sideM: number): CorridorSides => ({ leftM: sideM, rightM: sideM });
const vertexCount = ({ coordinates }: FlatPolygons) => coordinates.length / 2;

describe('outlineCorridor', () => {
	it('is as wide as it says, on straight lines of any bearing', () => {
		const worst: number[] = [];
		for (const [sideM, limitM] of [
			[10, 1e-4],
			[50, 1e-3],
			[500, 1e-1],
		]) {
			for (let degrees = 0; degrees < 360; degrees += 25) {
				const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
				const line = lineThrough([
					[0, 0],
					[2000 * sin, 2000 * cos],
				]);
				const outline = outlineCorridor(line, both(sideM));
				expect(vertexCount(outline)).toBe(4);
				// Flat ends lie nearer: leave out points beside them.
				const misses = distancesM(outline, line, 7)
					.map((distance) => Math.abs(distance - sideM))
					.filter((miss) => miss < sideM / 14);
				expect(misses.length).toBeGreaterThanOrEqual(16);
				worst.push(Math.max(...misses) / limitM);
			}
		}
		expect(Math.max(...worst)).toBeLessThan(1);
	});

	it('has pointed corners without other vertices at gentle bends', () => {
		const line = lineThrough([
			[0, 0],
			[200, 0],
			[200, 150],
			[350, 260],
			[500, 280],
		]);
		const outline = outlineCorridor(line, { leftM: 12, rightM: 7 });
		expect(vertexCount(outline)).toBe(10);
		expect(outline.ringOffsets).toHaveLength(2);
	});

	it('has no other vertices on a long line either, though it is united by halves', () => {
		const arc = Array.from({ length: 300 }, (_, i) => [20 * i, 900 * Math.sin(i / 40)] as const);
		const outline = outlineCorridor(lineThrough(arc), { leftM: 12, rightM: 7 });
		expect(vertexCount(outline)).toBe(600);
		expect(outline.ringOffsets).toHaveLength(2);
	});

	it('covers what is near a jagged line whose segments are much shorter than it is wide, and nothing far', () => {
		const jagged = Array.from({ length: 300 }, (_, i) => [5 * i, 30 * Math.sin(i * i)] as const);
		const outline = outlineCorridor(lineThrough(jagged), both(40));
		const sideAt = (east: number, north: number) => sideOf(outline, toPlace(east, north));
		for (let i = 1; i < jagged.length; i++) {
			const [[x0, y0], [x1, y1]] = [jagged[i - 1], jagged[i]];
			const length = Math.hypot(x1 - x0, y1 - y0);
			for (const offsetM of [-39.99, 0, 39.99]) {
				const [east, north] = [(x0 + x1) / 2, (y0 + y1) / 2];
				expect(sideAt(east - ((y1 - y0) / length) * offsetM, north + ((x1 - x0) / length) * offsetM)).toBe(1);
			}
			expect(sideAt(x0, 30 + 2 * 40.1)).toBe(-1);
		}
	});

	it('cuts off corners sharper than 120°', () => {
		const sharp = lineThrough([
			[0, 0],
			[200, 0],
			[20, 60],
		]);
		const outline = outlineCorridor(sharp, both(5));
		expect(vertexCount(outline)).toBe(7);
		expect(Math.max(...distancesM(outline, sharp, 5))).toBeLessThan(5.001);
	});

	it('covers a line that turns back on itself like one that does not', () => {
		const there = lineThrough([
			[0, 0],
			[100, 30],
		]);
		const once = outlineCorridor(there, both(4));
		const back = outlineCorridor(Float64Array.from([...there, there[0], there[1]]), both(4));
		expect(sameUpToNodes(once, back)).toBe(true);
	});

	it('joins the ends of a closed line like any bend', () => {
		const corners: Steps = [
			[0, 0],
			[100, 0],
			[100, 100],
			[0, 100],
		];
		const from = (i: number) => [...corners.slice(i), ...corners.slice(0, i + 1)];
		const outline = outlineCorridor(lineThrough(from(0)), both(5));
		expect(Array.from(outline.ringOffsets)).toEqual([0, 4, 8]);
		for (const i of [1, 2, 3]) expect(outlineCorridor(lineThrough(from(i)), both(5))).toEqual(outline);
		expect(extendLine(lineThrough(from(0)), 7)).toEqual(lineThrough(from(0)));
	});

	it('leaves open what a ring road goes round', () => {
		const ring = outlineCorridor(
			lineThrough([
				[0, 0],
				[100, 0],
				[100, 100],
				[0, 100],
				[0, -20],
			]),
			both(5),
		);
		expect(ring.polygonOffsets).toHaveLength(2);
		expect(ring.ringOffsets).toHaveLength(3);
		expect(sideOf(ring, [START[0] + 50 / SCALE.east, START[1] + 50 / SCALE.north])).toBe(-1);
		expect(sideOf(ring, [START[0] + 50 / SCALE.east, START[1] + 3 / SCALE.north])).toBe(1);
	});

	it('may lie on one side of its line', () => {
		const line = lineThrough([
			[0, 0],
			[0, 100],
			[80, 180],
		]);
		const outline = outlineCorridor(line, { leftM: 0, rightM: 8 });
		expect(vertexCount(outline)).toBe(6);
		const right = [START[0] + 4 / SCALE.east, START[1] + 50 / SCALE.north] as const;
		const left = [START[0] - 0.01 / SCALE.east, START[1] + 50 / SCALE.north] as const;
		expect([sideOf(outline, right), sideOf(outline, left)]).toEqual([1, -1]);
	});

	it('covers its line and goes no farther than pointed corners, whatever the bends', () => {
		const metre = fc.integer({ min: -60, max: 60 });
		const steps = fc.array(fc.tuple(metre, metre), { minLength: 2, maxLength: 7 });
		fc.assert(
			fc.property(steps, fc.double({ min: 0.5, max: 40, noNaN: true }), (places, sideM) => {
				fc.pre(places.some(([east, north]) => east !== places[0][0] || north !== places[0][1]));
				const line = lineThrough(places);
				const outline = outlineCorridor(line, both(sideM));
				expect(outline.polygonOffsets).toHaveLength(2);
				for (let i = 0; i + 2 < line.length; i += 2) {
					const middle = [(line[i] + line[i + 2]) / 2, (line[i + 1] + line[i + 3]) / 2] as const;
					expect(sideOf(outline, middle)).toBeGreaterThanOrEqual(0);
				}
				for (const distance of distancesM(outline, line, 1)) expect(distance).toBeLessThan(2 * sideM + 1e-3);
				const backward = line.map((_, i) => line[line.length - 2 - i + 2 * (i % 2)]);
				expect(outlineCorridor(backward, both(sideM))).toEqual(outline);
			}),
			{ numRuns: 40 },
		);
	});
});

describe('extendLine', () => {
	it('goes straight on by so many metres at both ends', () => {
		const line = lineThrough([
			[0, 0],
			[0, 0],
			[30, 40],
			[30, 90],
		]);
		const longer = extendLine(line, 25);
		expect(longer).toHaveLength(6);
		const at = (i: number) => [longer[2 * i], longer[2 * i + 1]] as const;
		expect(distanceM(SCALE, at(0), START)).toBeCloseTo(25, 3);
		expect((at(0)[0] - START[0]) * SCALE.east).toBeCloseTo(-15, 3);
		expect((at(2)[1] - START[1]) * SCALE.north).toBeCloseTo(115, 2);
	});
});
