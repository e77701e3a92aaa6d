import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaInBoxM2 } from '$geo/area/box-area.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons, type LonLat } from '$geo/flat-polygons.ts';

/** A star-shaped ring around 123.4 E, 41.7 N, concave as chance has it. */
const starRing = (scale: number) =>
	fc
		.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 14 })
		.map((radii): LonLat[] => {
			const ring = radii.map((radius, i): LonLat => {
				const angle = (2 * Math.PI * i) / radii.length;
				return [123.4 + scale * radius * Math.cos(angle), 41.7 + scale * radius * Math.sin(angle)];
			});
			return [...ring, ring[0]];
		});
const inside = fc.double({ min: 0.05, max: 0.95, noNaN: true });

describe('the part of a feature inside a box', () => {
	it('shares a feature out among four boxes that meet in a point, holes included', () => {
		fc.assert(
			fc.property(starRing(0.02), starRing(0.003), inside, inside, (shell, hole, u, v) => {
				const polygons = flattenMultiPolygons([[[shell, hole]]]);
				const lon = 123.38 + 0.04 * u;
				const lat = 41.68 + 0.04 * v;
				const boxes = [
					[123, 41, lon, lat],
					[lon, 41, 124, lat],
					[123, lat, lon, 42],
					[lon, lat, 124, 42],
				] as const;
				const parts = boxes.map((box) => areaInBoxM2(polygons, 0, box));
				const whole = ellipsoidalAreasM2(polygons)[0];
				expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - whole)).toBeLessThan(1e-5);
			}),
		);
	});

	it('is everything in a box around the feature and nothing beside it', () => {
		const ring: LonLat[] = [
			[123.4, 41.7],
			[123.41, 41.7],
			[123.41, 41.71],
			[123.4, 41.71],
			[123.4, 41.7],
		];
		const polygons = flattenMultiPolygons([[[ring]]]);
		expect(areaInBoxM2(polygons, 0, [123, 41, 124, 42])).toBeCloseTo(ellipsoidalAreasM2(polygons)[0], 6);
		expect(areaInBoxM2(polygons, 0, [123.42, 41, 124, 42])).toBe(0);
		expect(areaInBoxM2(polygons, 0, [123.405, 41, 124, 42])).toBeCloseTo(
			ellipsoidalAreasM2(polygons)[0] / 2,
			6,
		);
	});
});
