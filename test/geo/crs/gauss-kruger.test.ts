import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { findGaussKruger, GAUSS_KRUGER_ZONES, gaussKruger } from '../../../geo/crs/gauss-kruger.ts';

const ZONES: [epsg: number, centralMeridianDeg: number, falseEastingM: number][] = [
	[4528, 120, 40_500_000],
	[4529, 123, 41_500_000],
	[4530, 126, 42_500_000],
	[4549, 120, 500_000],
	[4550, 123, 500_000],
	[4551, 126, 500_000],
	[4499, 123, 21_500_000],
	[4510, 123, 500_000],
	[4513, 75, 25_500_000],
	[4554, 135, 500_000],
];

const position = fc.record({
	offsetDeg: fc.double({ min: -4, max: 4, noNaN: true }),
	lat: fc.double({ min: 15, max: 56, noNaN: true }),
});

describe('Gauss–Krüger on CGCS2000', () => {
	it('meets the check point of Shenyang in EPSG:4529', () => {
		const [eastM, northM] = gaussKruger(4529).forward([123.45, 41.7]);
		expect(eastM).toBeCloseTo(41_537_457.492, 3);
		expect(northM).toBeCloseTo(4_618_413.621, 3);
	});

	it.each(ZONES)('EPSG:%i agrees with proj4 within 0.01 mm', (epsg, centralMeridianDeg, falseEastingM) => {
		const ours = gaussKruger(epsg);
		const theirs = proj4(
			`+proj=tmerc +lat_0=0 +lon_0=${centralMeridianDeg} +k=1 +x_0=${falseEastingM} +y_0=0 +ellps=GRS80 +rf=298.257222101 +units=m`,
		);
		expect(ours.centralMeridianDeg).toBe(centralMeridianDeg);
		expect(ours.falseEastingM).toBe(falseEastingM);
		fc.assert(
			fc.property(position, ({ offsetDeg, lat }) => {
				const lon = centralMeridianDeg + offsetDeg;
				const [eastM, northM] = ours.forward([lon, lat]);
				const [eastTheirs, northTheirs] = theirs.forward([lon, lat]);
				expect(Math.abs(eastM - eastTheirs)).toBeLessThan(1e-5);
				expect(Math.abs(northM - northTheirs)).toBeLessThan(1e-5);
			}),
		);
	});

	it('inverts itself to a nanodegree part of the grid step', () => {
		const projection = gaussKruger(4529);
		fc.assert(
			fc.property(position, ({ offsetDeg, lat }) => {
				const lon = 123 + offsetDeg;
				const [lonBack, latBack] = projection.inverse(projection.forward([lon, lat]));
				expect(Math.abs(lonBack - lon)).toBeLessThan(2 ** -33);
				expect(Math.abs(latBack - lat)).toBeLessThan(2 ** -33);
			}),
		);
	});

	it('keeps the central meridian straight and is symmetric about it', () => {
		const projection = gaussKruger(4550);
		fc.assert(
			fc.property(position, ({ offsetDeg, lat }) => {
				expect(projection.forward([123, lat])[0]).toBe(500_000);
				const [east, north] = projection.forward([123 + offsetDeg, lat]);
				const [west, northWest] = projection.forward([123 - offsetDeg, lat]);
				expect(Math.abs(east - 500_000 + (west - 500_000))).toBeLessThan(1e-6);
				expect(Math.abs(north - northWest)).toBeLessThan(1e-6);
			}),
		);
	});

	it('projects flat arrays like single positions', () => {
		const projection = gaussKruger(4529);
		const lonLats = Float64Array.of(123.45, 41.7, 122.9, 42.1);
		const eastNorths = new Float64Array(4);
		projection.forwardAll(lonLats, eastNorths);
		expect([...eastNorths]).toEqual([
			...projection.forward([123.45, 41.7]),
			...projection.forward([122.9, 42.1]),
		]);
	});

	it.each([3857, 4490, 4555, 4529.5])('refuses EPSG:%d', (epsg) => {
		expect(() => gaussKruger(epsg)).toThrow(/not a CGCS2000 Gauss–Krüger zone/);
		expect(findGaussKruger(epsg)).toBeNull();
	});

	it('knows every zone of EPSG once, prefixed eastings by their zone number', () => {
		expect(GAUSS_KRUGER_ZONES.map(({ epsg }) => epsg)).toEqual(
			Array.from({ length: 64 }, (_, i) => 4491 + i),
		);
		expect(findGaussKruger(4529)).toMatchObject({ centralMeridianDeg: 123, prefix: 41, widthDeg: 3 });
		expect(findGaussKruger(4550)).toMatchObject({ centralMeridianDeg: 123, prefix: null, widthDeg: 3 });
		expect(findGaussKruger(4499)).toMatchObject({ centralMeridianDeg: 123, prefix: 21, widthDeg: 6 });
		for (const { prefix, widthDeg, centralMeridianDeg } of GAUSS_KRUGER_ZONES) {
			if (prefix === null) continue;
			expect(centralMeridianDeg).toBe(widthDeg === 3 ? 3 * prefix : 6 * prefix - 3);
		}
	});

	it('answers any numbers, near or far, with numbers', () => {
		const projection = gaussKruger(4529);
		fc.assert(
			fc.property(fc.double(), fc.double(), (x, y) => {
				expect([...projection.forward([x, y]), ...projection.inverse([x, y])]).toHaveLength(4);
			}),
		);
	});
});
