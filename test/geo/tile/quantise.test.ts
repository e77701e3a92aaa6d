import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TileQuantiser } from '$geo/tile/quantise.ts';
import { toGeos } from '../coverage/geos-oracle.ts';
import { doubledArea, onGrid } from './decoded-tile.ts';

const FRAME = { scale: 1, originX: 0, originY: 0, min: -64, max: 4160 };

type Ring = readonly number[];

/** Quantises features, each a list of rings (flat x, y; the first the shell), together. */
function quantise(...features: readonly (readonly Ring[])[]): number[][][] {
	const quantiser = new TileQuantiser(FRAME);
	const numbers = features.map((rings) => {
		rings.forEach((ring, r) => quantiser.addRing(Float64Array.from(ring), ring.length / 2, r === 0));
		return quantiser.endFeature();
	});
	return numbers.map((feature) => {
		quantiser.quantise(feature);
		return quantiser.rings
			.toRings()
			.map((ring) => ring.flatMap((pixel) => [quantiser.hot.xs[pixel], quantiser.hot.ys[pixel]]));
	});
}

/** A feature's rings as a decoded tile has them: closed, grouped by shell. */
function decoded(rings: readonly number[][]) {
	const polygons: [number, number][][][] = [];
	for (const flat of rings) {
		const ring = flat.flatMap((x, i): [number, number][] => (i % 2 === 0 ? [[x, flat[i + 1]]] : []));
		ring.push(ring[0]);
		if (doubledArea(ring) > 0) polygons.push([ring]);
		else polygons[polygons.length - 1].push(ring);
	}
	return polygons;
}

const areaOf = (rings: readonly number[][]) =>
	decoded(rings)
		.flat()
		.reduce((total, ring) => total + doubledArea(ring), 0);

/** Starts a ring from its smallest position. */
function canonical(ring: readonly number[]): number[] {
	const positions = decoded([[...ring]])[0][0].slice(0, -1);
	const least = positions.reduce((a, b) => (b[0] < a[0] || (b[0] === a[0] && b[1] < a[1]) ? b : a));
	const at = positions.indexOf(least);
	return [...positions.slice(at), ...positions.slice(0, at)].flat();
}

describe('quantising to tile units', () => {
	it('rounds, keeps straight vertices and makes shells positive', () => {
		const [[ring]] = quantise([[0.4, 0.4, 5, -0.3, 10.4, 0, 9.6, 10.2]]);
		expect(canonical(ring)).toEqual([0, 0, 5, 0, 10, 0, 10, 10]);
		const [[turned]] = quantise([[9.6, 10.2, 10.4, 0, 5, -0.3, 0.4, 0.4]]);
		expect(canonical(turned)).toEqual([0, 0, 5, 0, 10, 0, 10, 10]);
	});

	it.each([
		['repeated positions', [0, 0, 0.2, 0.2, 10, 0, 10, 10, 9.8, 9.9, 0.1, 0.1]],
		['a spike', [0, 0, 10, 0, 20, 0, 10, 0, 10, 10]],
		['a spike of two steps', [0, 0, 10, 0, 20, 0, 30, 5, 20, 0, 10, 0, 10, 10]],
		['a spike over the seam', [-9, -9, 0, 0, 10, 0, 10, 10, 0, 0]],
		['a spike whose root is the seam', [0, 0, 10, 0, 10, 10, 0, 0, -7, 3]],
	])('drops %s', (_, positions) => {
		const [rings] = quantise([positions]);
		expect(rings.map((ring) => ring.length)).toEqual([6]);
		expect(areaOf(rings)).toBe(100);
	});

	it.each([
		['fewer than three positions', [0, 0, 10, 0]],
		['a line', [0, 0, 10, 0, 20, 0, 5, 0]],
		['a ring smaller than a unit', [0.1, 0.1, 0.4, 0.1, 0.4, 0.4]],
		['a sliver', [0, 0, 100, 0.2, 200, 0, 100, -0.2]],
		['nothing', []],
	])('leaves nothing of %s', (_, positions) => {
		expect(quantise([positions])).toEqual([[]]);
	});

	it('closes neighbours up where what lies between is too narrow', () => {
		// A strip of 0.4 units between two squares, with a vertex of its own in the middle of either side.
		const [west, strip, east] = quantise(
			[[0, 0, 10.3, 0, 10.2, 5.4, 10.3, 10, 0, 10]],
			[[10.3, 0, 10.45, 0, 10.4, 7.1, 10.45, 10, 10.3, 10, 10.2, 5.4]],
			[[10.45, 0, 20, 0, 20, 10, 10.45, 10, 10.4, 7.1]],
		);
		expect(strip).toEqual([]);
		expect(canonical(west[0])).toEqual([0, 0, 10, 0, 10, 5, 10, 7, 10, 10, 0, 10]);
		expect(canonical(east[0])).toEqual([10, 0, 20, 0, 20, 10, 10, 10, 10, 7, 10, 5]);
	});

	it('cuts a waist narrower than a unit into two polygons', () => {
		const [rings] = quantise([[0, 0, 10, 4.9, 20, 0, 20, 10, 10, 5.1, 0, 10]]);
		expect(decoded(rings).map((polygon) => polygon.length)).toEqual([1, 1]);
		expect(areaOf(rings)).toBe(200);
	});

	it('joins a hole that comes to touch its shell at two places, and one that shares an edge with it', () => {
		const shell = [0, 0, 20, 0, 20, 20, 0, 20];
		const [twice] = quantise([
			[...shell.slice(0, 4), 20, 10, ...shell.slice(4), 0, 10],
			[0.3, 10, 10, 5, 19.8, 10, 10, 15],
		]);
		expect(decoded(twice).map((polygon) => polygon.length)).toEqual([1, 1]);
		const [along] = quantise([shell, [5, 0.3, 15, 0.3, 15, 8, 5, 8]]);
		expect(decoded(along).map((polygon) => polygon.length)).toEqual([1]);
		expect(areaOf(along)).toBe(2 * (400 - 80));
	});

	it('keeps an island in the hole of its own feature, and the hole with the right shell', () => {
		const rings = [
			[0, 0, 40, 0, 40, 40, 0, 40],
			[4, 4, 36, 4, 36, 36, 4, 36],
		];
		const quantiser = new TileQuantiser(FRAME);
		const add = (ring: Ring, isShell: boolean) =>
			quantiser.addRing(Float64Array.from(ring), ring.length / 2, isShell);
		add(rings[0], true);
		add(rings[1], false);
		add([10, 10, 30, 10, 30, 30, 10, 30, 10, 20.2, 20, 20.1, 10, 20], true);
		add([22, 14, 28, 14, 28, 28, 22, 28], false);
		quantiser.quantise(quantiser.endFeature());
		const flat = quantiser.rings
			.toRings()
			.map((ring) => ring.flatMap((pixel) => [quantiser.hot.xs[pixel], quantiser.hot.ys[pixel]]));
		expect(decoded(flat).map((polygon) => polygon.length)).toEqual([2, 2]);
	});

	it('makes valid polygons of any rings whatever', () => {
		const coordinate = fc.oneof(
			fc.integer({ min: -64, max: 4160 }),
			fc.double({ min: 0, max: 6, noNaN: true }),
			fc.integer({ min: 0, max: 12 }).map((n) => n / 2),
		);
		const ring = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 12 }).map((places) => places.flat());
		fc.assert(
			fc.property(fc.array(fc.array(ring, { maxLength: 3 }), { maxLength: 3 }), (features) => {
				const kept = quantise(...features).filter((rings) => rings.length > 0);
				const geos = toGeos(onGrid({ ids: [], features: kept.map(decoded) }));
				kept.forEach((rings, f) => {
					expect(geos.isValid(f)).toBe(true);
					expect(areaOf(rings)).toBeGreaterThan(0);
				});
				geos.free();
			}),
			{ numRuns: 1500 },
		);
	});
});
