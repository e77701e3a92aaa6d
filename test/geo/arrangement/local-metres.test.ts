import { describe, expect, it } from 'vitest';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { bearingDeg, metresPerDegree } from '$geo/arrangement/local-metres.ts';

/** Central meridian 123°E: lengths there are true. */
const plane = gaussKruger(4529);

describe('metresPerDegree', () => {
	it('gives the lengths of a degree on the ellipsoid', () => {
		const [east] = plane.forward([123, 41.75]);
		const { east: eastM, north: northM } = metresPerDegree(41.75);
		expect(plane.forward([123 + 1e-4, 41.75])[0] - east).toBeCloseTo(1e-4 * eastM, 6);
		expect(plane.forward([123, 41.75 + 1e-5])[1] - plane.forward([123, 41.75 - 1e-5])[1]).toBeCloseTo(
			2e-5 * northM,
			6,
		);
	});

	it('is off by the square of the distance over the radius of the earth', () => {
		const { east: eastM, north: northM } = metresPerDegree(41.75);
		for (const [d, limit] of [
			[10, 3e-5],
			[100, 3e-3],
		]) {
			const [east0, north0] = plane.forward([123, 41.75]);
			const [east, north] = plane.forward([123 + d / eastM, 41.75 + d / northM]);
			expect(Math.hypot(east - east0 - d, north - north0 - d)).toBeLessThan(limit);
		}
	});
});

describe('bearingDeg', () => {
	it('turns clockwise from north', () => {
		const at = [123, 41.75] as const;
		expect(bearingDeg(at, [123, 41.8])).toBe(0);
		expect(bearingDeg(at, [123.1, 41.75])).toBe(90);
		expect(bearingDeg(at, [123, 41.7])).toBe(180);
		expect(bearingDeg(at, [122.9, 41.75])).toBe(270);
		const { east: eastM, north: northM } = metresPerDegree(41.75);
		expect(bearingDeg(at, [123 + 1 / eastM, 41.75 + 1 / northM])).toBeCloseTo(45, 4);
		expect(bearingDeg(at, at)).toBeNaN();
	});
});
