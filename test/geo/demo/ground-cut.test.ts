import { describe, expect, it } from 'vitest';
import { distanceToRingM, ringAreaM2 } from '$seeds/demo/curve.ts';
import type { PointM, RingM } from '$seeds/demo/frame.ts';
import { cutRing } from '$seeds/demo/ring-cut.ts';
import { mergedRing, PointIndex, stitched } from '$seeds/demo/stitch.ts';
import { cutQuarter, streetGrid } from '$seeds/demo/street-grid.ts';
import { cutCorner, subdivide } from '$seeds/demo/subdivide.ts';

const total = (rings: readonly RingM[]): number => rings.reduce((sum, ring) => sum + ringAreaM2(ring), 0);

describe('cutting a block', () => {
	const block: PointM[] = [
		[0, 0],
		[410, 20],
		[640, -15],
		[690, 480],
		[330, 520],
		[-40, 470],
	];

	it('keeps the area of the block, with lots near the target and lanes between them', () => {
		for (let salt = 0; salt < 40; salt++) {
			const { lots, lanes } = subdivide(block, { targetM2: 30000, skewRad: 0.1, laneM: 16 }, 3, salt);
			expect(Math.abs(total([...lots, ...lanes]) - ringAreaM2(block))).toBeLessThan(1e-4);
			expect(lanes.length).toBe(1);
			expect(lots.length).toBeGreaterThan(5);
			for (const lot of lots) {
				expect(ringAreaM2(lot)).toBeGreaterThan(5000);
				expect(ringAreaM2(lot)).toBeLessThan(60000);
			}
		}
	});

	it('cuts off corners of about the wanted size', () => {
		for (let salt = 0; salt < 40; salt++) {
			const cut = cutCorner(block, 12000, 3, salt);
			if (!cut) throw new Error('a plain block has a corner to cut off');
			const [corner, rest] = cut;
			expect(Math.abs(total([corner, ...rest]) - ringAreaM2(block))).toBeLessThan(1e-4);
			expect(ringAreaM2(corner)).toBeGreaterThan(4000);
			expect(ringAreaM2(corner)).toBeLessThan(36000);
		}
	});
});

describe('cutting a ring by a line', () => {
	const comb: PointM[] = [
		[0, 0],
		[700, 0],
		[700, 300],
		[500, 300],
		[500, 100],
		[400, 100],
		[400, 300],
		[200, 300],
		[200, 100],
		[100, 100],
		[100, 300],
		[0, 300],
	];

	it('takes every tooth of a comb as a part of its own', () => {
		const halves = cutRing(comb, { point: [0, 200], direction: [1, 0] }, 2);
		expect(halves?.left.map(ringAreaM2)).toEqual([10000, 20000, 20000]);
		expect(halves?.right.map(ringAreaM2)).toEqual([700 * 100 + (100 + 200 + 200) * 100]);
	});

	it('leaves the same ground, whichever way the line runs', () => {
		for (let k = 0; k < 180; k++) {
			const angle = (k / 180) * 2 * Math.PI;
			const halves = cutRing(comb, { point: [330, 90], direction: [Math.cos(angle), Math.sin(angle)] }, 2);
			if (!halves) continue;
			const parts = [...halves.left, ...halves.right];
			expect(Math.abs(total(parts) - ringAreaM2(comb))).toBeLessThan(1e-6);
			for (const part of parts) expect(ringAreaM2(part)).toBeGreaterThan(0);
		}
	});

	it('refuses a line along an edge or beside the ring', () => {
		expect(cutRing(comb, { point: [0, 100], direction: [1, 0] }, 2)).toBeNull();
		expect(cutRing(comb, { point: [0, 400], direction: [1, 0] }, 2)).toBeNull();
	});
});

describe('streets of a quarter', () => {
	const quarter: PointM[] = [
		[0, 0],
		[900, -60],
		[1700, 80],
		[1750, 700],
		[1500, 1300],
		[700, 1150],
		[650, 800],
		[60, 760],
	];
	const rule = { lengthM: 400, depthM: 330, halfM: 15, branchHalfM: 9, openings: 0.2, cornerM: 10 };

	it('leave blocks and street pieces that fill the quarter without a rest', () => {
		for (let k = 0; k < 30; k++) {
			const grid = streetGrid(quarter, rule, [], 4, k);
			const { blocks, streets, corners } = cutQuarter(quarter, grid, rule, 4, k);
			expect(blocks.length).toBeGreaterThan(5);
			expect(Math.abs(total([...blocks, ...streets, ...corners]) - ringAreaM2(quarter))).toBeLessThan(1e-3);
			for (const block of blocks) expect(ringAreaM2(block)).toBeGreaterThan(0);
		}
	});

	it('open onto the sides of the quarter, and go on where a street across the road opens', () => {
		const first = streetGrid(quarter, rule, [], 4, 1);
		const { mouths } = cutQuarter(quarter, first, rule, 4, 1);
		for (const { point } of mouths) expect(distanceToRingM(quarter, point)).toBeLessThan(1);
		const beyond = quarter.map(([x, y]): PointM => [x, -120 - y]).reverse();
		const second = streetGrid(beyond, rule, mouths, 4, 2);
		const southern = mouths.filter(({ point: [, y] }) => y < 80);
		const met = southern.filter(({ point }) =>
			[[second.short, second.axis] as const, [second.long, [-second.axis[1], second.axis[0]]] as const].some(
				([offsets, [dx, dy]]) => offsets.some((t) => Math.abs(point[0] * dx + point[1] * dy - t) < 1e-6),
			),
		);
		expect(southern.length).toBeGreaterThan(1);
		expect(met.length).toBeGreaterThan(0);
	});
});

describe('one outline for two coverages', () => {
	const corners = Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4);
	const plan = Float64Array.of(0, 0, 1, 0, 4, 0, 4, 4, 2, 4, 0, 4);
	const current = Float64Array.of(4, 4, 3, 4, 2, 4, 0, 4, 0, 0, 2, 0, 4, 0);

	it('carries the points of both in order', () => {
		expect([...mergedRing(corners, [plan, current])]).toEqual([
			0, 0, 1, 0, 2, 0, 4, 0, 4, 4, 3, 4, 2, 4, 0, 4,
		]);
	});

	it('puts the missing points on a parcel that runs along it in either direction, and moves a vertex', () => {
		const ring = mergedRing(corners, [plan, current]);
		const offsets = Uint32Array.of(0, 1);
		const along = Float64Array.of(0, 0, 0, 4, 2, 4, 4, 4, 4, 0, 1, 0);
		const polygons = {
			coordinates: along,
			ringOffsets: Uint32Array.of(0, 6),
			polygonOffsets: offsets,
			featureOffsets: offsets,
		};
		const fitted = stitched(polygons, ring, new PointIndex(ring), { from: [0, 4], to: [0, 5] });
		expect([...fitted.coordinates]).toEqual([0, 0, 0, 5, 2, 4, 3, 4, 4, 4, 4, 0, 2, 0, 1, 0]);
	});
});
