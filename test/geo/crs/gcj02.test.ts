import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromGcj02, toGcj02 } from '../../../geo/crs/gcj02.ts';

/** Places with their GCJ-02 positions as published in the tests of googollee/eviltransform (longitude, latitude). */
const PUBLISHED: [name: string, lonLat: [number, number], shifted: [number, number]][] = [
	['Shanghai', [121.5272106, 31.1774276], [121.531541859215, 31.17530398364597]],
	['Shenzhen', [113.912316, 22.543847], [113.9171764808363, 22.540796131694766]],
	['Beijing', [116.377817, 39.911954], [116.38404722455657, 39.91334545536069]],
];

const inChina = fc.tuple(
	fc.double({ min: 73, max: 135, noNaN: true }),
	fc.double({ min: 3, max: 54, noNaN: true }),
);
const metresApart = ([lon, lat]: [number, number], [otherLon, otherLat]: [number, number]) =>
	Math.hypot((lon - otherLon) * 111_320 * Math.cos((lat * Math.PI) / 180), (lat - otherLat) * 111_320);

describe('GCJ-02', () => {
	it.each(PUBLISHED)('shifts %s as published', (_name, lonLat, [lon, lat]) => {
		const [shiftedLon, shiftedLat] = toGcj02(lonLat);
		expect(Math.abs(shiftedLon - lon)).toBeLessThan(1e-12);
		expect(Math.abs(shiftedLat - lat)).toBeLessThan(1e-12);
	});

	it('shifts Shenyang by some 520 to 600 m', () => {
		for (const lonLat of [[123.3, 41.6] as [number, number], [123.6, 41.9] as [number, number]]) {
			const apartM = metresApart(lonLat, toGcj02(lonLat));
			expect(apartM).toBeGreaterThan(520);
			expect(apartM).toBeLessThan(600);
		}
	});

	it('is taken back to below 1e-9°, both ways round', () => {
		fc.assert(
			fc.property(inChina, (lonLat) => {
				for (const back of [fromGcj02(toGcj02(lonLat)), toGcj02(fromGcj02(lonLat))]) {
					expect(Math.abs(back[0] - lonLat[0])).toBeLessThan(1e-11);
					expect(Math.abs(back[1] - lonLat[1])).toBeLessThan(1e-11);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('moves a place by less than a kilometre and neighbours alike', () => {
		fc.assert(
			fc.property(inChina, (lonLat) => {
				const shifted = toGcj02(lonLat);
				expect(metresApart(lonLat, shifted)).toBeLessThan(1000);
				const [lon, lat] = lonLat;
				const beside = toGcj02([lon + 1e-4, lat + 1e-4]);
				expect(Math.abs(beside[0] - shifted[0] - 1e-4)).toBeLessThan(1e-6);
				expect(Math.abs(beside[1] - shifted[1] - 1e-4)).toBeLessThan(1e-6);
			}),
		);
	});

	it('answers any numbers', () => {
		fc.assert(
			fc.property(fc.double(), fc.double(), (lon, lat) => {
				expect(toGcj02([lon, lat])).toHaveLength(2);
				expect(fromGcj02([lon, lat])).toHaveLength(2);
			}),
		);
		expect(fromGcj02([Number.NaN, 41])[0]).toBeNaN();
	});
});
