import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2, ellipsoidalRingAreaM2 } from '../../../geo/area/ellipsoidal.ts';
import { planarAreasM2 } from '../../../geo/area/planar.ts';
import { gaussKruger } from '../../../geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';
import { snapToGrid } from '../../../geo/grid.ts';
import { equalAreaM2 } from './equal-area-oracle.ts';
import { exactAreaM2 } from './exact-oracle.ts';
import { densifiedAreaM2, geodesicAreaM2 } from './geodesic-oracle.ts';

/** Star-shaped rings, counter-clockwise, around a centre of the zone's latitudes, with radii up to `radiusDeg`. */
function starRing(radiusDeg: number, vertices = 24): fc.Arbitrary<number[]> {
	return fc
		.record({
			lon: fc.double({ min: 115, max: 130, noNaN: true }),
			lat: fc.double({ min: 36, max: 48, noNaN: true }),
			radii: fc.array(fc.double({ min: 0.4, max: 1, noNaN: true }), { minLength: 3, maxLength: vertices }),
		})
		.map(({ lon, lat, radii }) =>
			radii.flatMap((radius, k) => {
				const angle = (2 * Math.PI * k) / radii.length;
				return [
					snapToGrid(lon + 1.3 * radiusDeg * radius * Math.cos(angle)),
					snapToGrid(lat + radiusDeg * radius * Math.sin(angle)),
				];
			}),
		);
}

function areaOf(ring: readonly number[]): number {
	return ellipsoidalRingAreaM2(Float64Array.from(ring), 0, ring.length / 2);
}

function positions(ring: readonly number[]): LonLat[] {
	return Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]]);
}

describe('ellipsoidal area of a ring', () => {
	it('is exact to a few ulp from a square metre to forty degrees', () => {
		const cases: [radiusDeg: number, runs: number][] = [
			[1e-5, 60],
			[0.006, 100],
			[0.1, 40],
			[1, 20],
			[20, 10],
		];
		for (const [radiusDeg, numRuns] of cases) {
			fc.assert(
				fc.property(starRing(radiusDeg), (ring) => {
					const exactM2 = exactAreaM2(ring);
					expect(Math.abs(areaOf(ring) - exactM2)).toBeLessThanOrEqual(2e-15 * exactM2);
				}),
				{ numRuns },
			);
		}
	});

	it('agrees with densified equal-area polygons: asked for are 1e-4 m² up to 100 ha and 1e-9 of a park', () => {
		fc.assert(
			fc.property(starRing(0.005), (ring) => {
				expect(Math.abs(areaOf(ring) - equalAreaM2(ring, 1))).toBeLessThanOrEqual(1e-5);
			}),
		);
		fc.assert(
			fc.property(starRing(0.08), (ring) => {
				expect(Math.abs(equalAreaM2(ring, 4) / areaOf(ring) - 1)).toBeLessThanOrEqual(2e-12);
			}),
		);
	});

	it('agrees with densified geodesics within their own rounding (GeographicLib rounds each edge at about 1e-5 m²)', () => {
		fc.assert(
			fc.property(starRing(0.005), (ring) => {
				expect(Math.abs(areaOf(ring) - densifiedAreaM2(ring, 1))).toBeLessThanOrEqual(4e-4);
			}),
		);
		fc.assert(
			fc.property(starRing(0.08), (ring) => {
				const areaM2 = areaOf(ring);
				expect(Math.abs(areaM2 - densifiedAreaM2(ring, 4))).toBeLessThanOrEqual(1e-9 * 243e6);
			}),
		);
	});

	it('differs from the raw geodesic polygon by square metres on kilometre edges', () => {
		const ring = [123.4, 41.7, 123.412, 41.7, 123.412, 41.709, 123.4, 41.709];
		expect(areaOf(ring)).toBeCloseTo(exactAreaM2(ring), 7);
		const southEdge = [123.4, 41.7, 123.412, 41.7, 123.406, 41.709];
		expect(Math.abs(areaOf(southEdge) - geodesicAreaM2(southEdge, 1))).toBeGreaterThan(5);
	});

	it('covers the whole ellipsoid with the box of the world', () => {
		const worldM2 = areaOf([-180, -90, 180, -90, 180, 90, -180, 90]);
		const e = Math.sqrt((2 - 1 / 298.257222101) / 298.257222101);
		const b = 6378137 * (1 - 1 / 298.257222101);
		const closedFormM2 = 2 * Math.PI * (6378137 ** 2 + (b * b * Math.atanh(e)) / e);
		expect(Math.abs(worldM2 / closedFormM2 - 1)).toBeLessThan(1e-13);
	});

	it('is positive counter-clockwise and negative clockwise', () => {
		fc.assert(
			fc.property(starRing(0.05), (ring) => {
				const reversed = positions(ring).reverse().flat();
				expect(areaOf(ring)).toBeGreaterThan(0);
				expect(Math.abs(areaOf(ring) + areaOf(reversed))).toBeLessThanOrEqual(1e-15 * areaOf(ring));
			}),
		);
	});

	it('does not depend on the first vertex, nor on the longitude of the place', () => {
		fc.assert(
			fc.property(starRing(0.05), fc.nat(23), fc.integer({ min: -64, max: 40 }), (ring, start, shiftDeg) => {
				const turn = 2 * (start % (ring.length / 2));
				const rotated = [...ring.slice(turn), ...ring.slice(0, turn)];
				expect(Math.abs(areaOf(rotated) - areaOf(ring))).toBeLessThanOrEqual(2e-15 * areaOf(ring));
				const shifted = ring.map((value, i) => (i % 2 === 0 ? value + shiftDeg : value));
				expect(areaOf(shifted)).toBe(areaOf(ring));
			}),
		);
	});

	it('is additive: both parts of a cut sum to the whole', () => {
		fc.assert(
			fc.property(starRing(0.1), fc.nat(1000), fc.nat(1000), (ring, first, second) => {
				const count = ring.length / 2;
				const from = first % count;
				const to = (from + 1 + (second % (count - 1))) % count;
				const [low, high] = from < to ? [from, to] : [to, from];
				const left = ring.slice(2 * low, 2 * high + 2);
				const right = [...ring.slice(2 * high), ...ring.slice(0, 2 * low + 2)];
				expect(Math.abs(areaOf(left) + areaOf(right) - areaOf(ring))).toBeLessThanOrEqual(2e-7);
			}),
		);
	});

	it('ignores a vertex inserted on an edge on the grid', () => {
		const ring = [123, 41, 123.125, 41.0625, 123.0625, 41.125];
		const noded = [123, 41, 123.0625, 41.03125, 123.125, 41.0625, 123.0625, 41.125];
		expect(Math.abs(areaOf(noded) - areaOf(ring))).toBeLessThan(1e-7);
	});

	it('is zero for fewer than three positions and for a spike', () => {
		expect(areaOf([123, 41, 124, 42])).toBe(0);
		expect(Math.abs(areaOf([123, 41, 124, 42, 123.5, 41.5]))).toBeLessThan(1e-6);
		expect(areaOf([123, 41, 123, 42, 123, 41.5])).toBe(0);
	});
});

describe('ellipsoidal areas of features', () => {
	const square = (lon: number, lat: number, size: number): LonLat[] => [
		[lon, lat],
		[lon + size, lat],
		[lon + size, lat + size],
		[lon, lat + size],
		[lon, lat],
	];
	const exact = (ring: LonLat[]): number => Math.abs(exactAreaM2(ring.slice(0, -1).flat()));

	it('subtracts holes and adds polygons, whatever the orientation of the rings', () => {
		const shell = square(123, 41, 0.5);
		const hole = square(123.125, 41.125, 0.125);
		const island = square(124, 41, 0.25);
		const expected = exact(shell) - exact(hole) + exact(island);
		for (const turn of [(ring: LonLat[]) => ring, (ring: LonLat[]) => [...ring].reverse()]) {
			const polygons = flattenMultiPolygons([[[shell, turn(hole)], [turn(island)]], [], [[square(0, 0, 1)]]]);
			const areasM2 = ellipsoidalAreasM2(polygons);
			expect(areasM2).toHaveLength(3);
			expect(Math.abs(areasM2[0] - expected)).toBeLessThan(1e-5);
			expect(areasM2[1]).toBe(0);
			expect(areasM2[2] / exact(square(0, 0, 1))).toBeCloseTo(1, 14);
		}
	});

	it('answers any numbers without a throw', () => {
		fc.assert(
			fc.property(fc.float64Array({ maxLength: 24 }), (numbers) => {
				const ring = Array.from({ length: numbers.length >> 1 }, (_, i): LonLat => [
					numbers[2 * i],
					numbers[2 * i + 1],
				]);
				const polygons = flattenMultiPolygons([[[ring]], [[]], []]);
				expect(ellipsoidalAreasM2(polygons)).toHaveLength(3);
				expect(planarAreasM2(polygons, gaussKruger(4529))).toHaveLength(3);
			}),
			{ numRuns: 500 },
		);
	});

	it('answers an empty list for no features', () => {
		expect(ellipsoidalAreasM2(flattenMultiPolygons([]))).toHaveLength(0);
	});
});
