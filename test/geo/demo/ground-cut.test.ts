import { describe, expect, it } from 'vitest';
import { ringAreaM2 } from '$seeds/demo/curve.ts';
import type { PointM, RingM } from '$seeds/demo/frame.ts';
import { PARK_LAYOUTS } from '$seeds/demo/park-layout.ts';
import { mergedRing, PointIndex, stitched } from '$seeds/demo/stitch.ts';
import { streetFaces } from '$seeds/demo/street-faces.ts';
import { isArterialStretch, streetGraph } from '$seeds/demo/street-graph.ts';
import { streetMesh } from '$seeds/demo/street-mesh.ts';
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

describe('streets of a mesh', () => {
	const square: RingM = [
		[-4000, -4000],
		[4000, -4000],
		[4000, 4000],
		[-4000, 4000],
	];
	const mesh = streetMesh(PARK_LAYOUTS[0], square, 600, 9);
	const near = new Uint8Array(mesh.columnsM.length * mesh.rowsM.length).fill(1);
	const draw = (keep: (column: number, row: number, arm: 0 | 1) => boolean) => {
		const graph = streetGraph(mesh, near, keep);
		return streetFaces({
			mesh,
			graph,
			halfWidthM: (stretch) => (isArterialStretch(graph, stretch) ? 30 : 18),
			cornerM: 12,
		});
	};

	it('leaves blocks and street surfaces that fill the ground without a rest', () => {
		for (const openings of [1, 3, 7]) {
			const { surfaces, blocks } = draw((column, row, arm) => (column * 5 + row * 3 + arm) % openings !== 2);
			const around = blocks.filter((ring) => ringAreaM2(ring) < 0);
			expect(around.length).toBe(1);
			const inner = blocks.filter((ring) => ringAreaM2(ring) > 0);
			for (const { ring } of surfaces) expect(ringAreaM2(ring)).toBeGreaterThan(0);
			const filledM2 = total([...inner, ...surfaces.map(({ ring }) => ring)]);
			expect(Math.abs(filledM2 + ringAreaM2(around[0]))).toBeLessThan(1e-3);
		}
	});

	it('ends every street at a junction', () => {
		const { surfaces } = draw(() => true);
		const nodes = mesh.columnsM.length * mesh.rowsM.length;
		const streets = new Set(surfaces.map(({ street }) => street));
		const stretches = 2 * nodes - mesh.columnsM.length - mesh.rowsM.length;
		// The four rim corners join two stretches each to one street.
		expect(streets.size).toBe(stretches - 4);
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
