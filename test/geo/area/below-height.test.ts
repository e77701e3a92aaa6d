import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaBelowM2, heightOfAreaM2 } from '$geo/area/below-height.ts';
import { areaInBoxM2 } from '$geo/area/box-area.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

const latitudes = (coordinates: Float64Array) => coordinates.filter((_, i) => i % 2 === 1);

describe('areaBelowM2', () => {
	it('is the area in the box below, and all of it from the highest position on', () => {
		fc.assert(
			fc.property(anyCoverage(), fc.double({ min: 41.75, max: 41.752, noNaN: true }), ({ set }, lat) => {
				const { polygons } = set;
				const heights = latitudes(polygons.coordinates);
				const inBox = set.parcelNos.reduce(
					(sum, _, f) => sum + areaInBoxM2(polygons, f, [123, 41, 124, lat]),
					0,
				);
				expect(Math.abs(areaBelowM2(polygons, heights, lat) - inBox)).toBeLessThan(1e-6);
				const total = ellipsoidalAreasM2(polygons).reduce((sum, area) => sum + area, 0);
				expect(areaBelowM2(polygons, heights, 42)).toBeCloseTo(total, 6);
				expect(areaBelowM2(polygons, heights, 41)).toBe(0);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('heightOfAreaM2', () => {
	it('finds the height again, for shapes of any kind', () => {
		const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
		fc.assert(
			fc.property(anyCoverage(), share, ({ set: { polygons } }, part) => {
				const metres = latitudes(polygons.coordinates).map((lat) => (lat - 41.75) * 111_000);
				const total = ellipsoidalAreasM2(polygons).reduce((sum, area) => sum + area, 0);
				const height = heightOfAreaM2(polygons, metres, part * total);
				expect(Math.abs(areaBelowM2(polygons, metres, height) - part * total)).toBeLessThan(1e-5);
			}),
			{ numRuns: 60 },
		);
	});

	it('finds it in a ring of many vertices, some of them as high as others', () => {
		const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
		const steps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 300, maxLength: 600 });
		fc.assert(
			fc.property(steps, share, (ups, part) => {
				const across = ups.map((up, i) => [123 + i * 1e-5, 41.75 + up * 1e-5]);
				const back = across.map(([lon, lat]) => [lon, lat - 0.001]).reverse();
				const polygons = flattenMultiPolygons([[[[...across, ...back] as [number, number][]]]]);
				const heights = latitudes(polygons.coordinates).map((lat) => (lat - 41.75) * 111_000);
				const [total] = ellipsoidalAreasM2(polygons);
				const height = heightOfAreaM2(polygons, heights, part * total);
				expect(Math.abs(areaBelowM2(polygons, heights, height) - part * total)).toBeLessThan(1e-5);
			}),
			{ numRuns: 40 },
		);
	});

	it('keeps to the lowest and the highest position', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set: { polygons } }) => {
				const heights = latitudes(polygons.coordinates);
				expect(heightOfAreaM2(polygons, heights, 0)).toBe(Math.min(...heights));
				expect(heightOfAreaM2(polygons, heights, 1e9)).toBe(Math.max(...heights));
			}),
			{ numRuns: 20 },
		);
	});
});
