import { describe, expect, it } from 'vitest';
import type { LonLat } from '$geo/flat-polygons.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { bearingDeg, metresBetween, metresFromEdge, metresPerDegree } from '$geo/arrangement/metres.ts';

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

describe('metresBetween and metresFromEdge', () => {
	const a: LonLat = [123, 41.75];
	const b: LonLat = [123.01, 41.753];

	it('measure what the plane measures, the same to the bit from either end', () => {
		const [eastA, northA] = plane.forward(a);
		const [eastB, northB] = plane.forward(b);
		const lengthM = Math.hypot(eastB - eastA, northB - northA);
		expect(Math.abs(metresBetween(...a, ...b) / lengthM - 1)).toBeLessThan(1e-6);
		expect(metresBetween(...b, ...a)).toBe(metresBetween(...a, ...b));
		const p: LonLat = [123.004, 41.752];
		const [eastP, northP] = plane.forward(p);
		const twice = (eastB - eastA) * (northP - northA) - (northB - northA) * (eastP - eastA);
		// A straight line in degrees bends a few centimetres off the plane's on a kilometre.
		expect(Math.abs(metresFromEdge(...p, ...a, ...b) - twice / lengthM)).toBeLessThan(0.1);
		expect(metresFromEdge(...p, ...b, ...a)).toBe(metresFromEdge(...p, ...a, ...b));
	});

	it('measure from the nearer end where the foot lies beyond the edge, and from a point where it has no length', () => {
		expect(metresFromEdge(122.99, 41.75, ...a, ...b)).toBeCloseTo(metresBetween(122.99, 41.75, ...a), 6);
		expect(metresFromEdge(...b, ...a, ...a)).toBeCloseTo(metresBetween(...b, ...a), 0);
	});
});
