import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { straightenForMap } from '$geo/tile/straighten.ts';

const place = fc.tuple(
	fc.double({ min: 123, max: 124, noNaN: true }),
	fc.double({ min: 41, max: 42, noNaN: true }),
);
const ring = fc.array(place, { minLength: 3, maxLength: 6 });

describe('straightenForMap', () => {
	it('leaves no edge that the map bends sideways by more than a sixteenth of a unit', () => {
		fc.assert(
			fc.property(ring, fc.integer({ min: 8, max: 18 }), (places, zoom) => {
				const { coordinates } = straightenForMap(flattenMultiPolygons([[[places]]]), zoom);
				const units = 4096 * 2 ** zoom;
				for (let i = 0; i < coordinates.length; i += 2) {
					const j = (i + 2) % coordinates.length;
					const [ax, bx] = [i, j].map((k) => lonToWorldX(coordinates[k]) * units);
					const [ay, by] = [i, j].map((k) => latToWorldY(coordinates[k + 1]) * units);
					const x = lonToWorldX((coordinates[i] + coordinates[j]) / 2) * units;
					const y = latToWorldY((coordinates[i + 1] + coordinates[j + 1]) / 2) * units;
					const length = Math.hypot(bx - ax, by - ay);
					const off = length === 0 ? 0 : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
					expect(off).toBeLessThan(1 / 16 + 1e-4);
				}
			}),
		);
	});

	it('keeps every position, and puts the same ones on an edge from both sides', () => {
		fc.assert(
			fc.property(ring, (places) => {
				const set = flattenMultiPolygons([[[places]], [[[...places].reverse()]]]);
				const { coordinates, ringOffsets } = straightenForMap(set);
				const positions = Array.from(
					{ length: coordinates.length / 2 },
					(_, i) => `${coordinates[2 * i]},${coordinates[2 * i + 1]}`,
				);
				const [one, other] = [0, 1].map((r) => positions.slice(ringOffsets[r], ringOffsets[r + 1]));
				expect([...one].sort()).toEqual([...other].sort());
				const kept = new Set(one);
				for (const [lon, lat] of places) expect(kept.has(`${lon},${lat}`)).toBe(true);
			}),
		);
	});

	it('is the same polygons where no edge is long', () => {
		const set = flattenMultiPolygons([
			[
				[
					[
						[123.4, 41.7],
						[123.401, 41.7],
						[123.401, 41.701],
					],
				],
			],
		]);
		expect(straightenForMap(set)).toBe(set);
	});
});
