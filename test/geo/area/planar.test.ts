import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { planarAreasM2, planarRingAreaM2 } from '../../../geo/area/planar.ts';
import { gaussKruger } from '../../../geo/crs/gauss-kruger.ts';
import { flattenMultiPolygons, type LonLat } from '../../../geo/flat-polygons.ts';

const projection = gaussKruger(4529);

/** A rectangle given in metres of EPSG:4529, as a closed ring in longitude and latitude. */
function rectangle(eastM: number, northM: number, widthM: number, heightM: number): LonLat[] {
	return [
		[eastM, northM],
		[eastM + widthM, northM],
		[eastM + widthM, northM + heightM],
		[eastM, northM + heightM],
		[eastM, northM],
	].map(([east, north]) => projection.inverse([east, north]));
}

describe('planar area in EPSG:4529', () => {
	it('is width times height of a surveyed rectangle, less its hole', () => {
		const shell = rectangle(41_537_000, 4_618_000, 200, 100);
		const hole = rectangle(41_537_050, 4_618_050, 20, 20);
		const [withHole, two] = planarAreasM2(
			flattenMultiPolygons([[[shell, hole]], [[shell], [hole]]]),
			projection,
		);
		expect(withHole).toBeCloseTo(19_600, 4);
		expect(two).toBeCloseTo(20_400, 4);
	});

	it('does not depend on what else is measured in the same call, however large', () => {
		const size = fc.constantFrom(3, 5, 4000, 4096, 4097, 9000);
		fc.assert(
			fc.property(fc.array(size, { minLength: 1, maxLength: 8 }), (sizes) => {
				const features = sizes.map((count, k) => {
					const ring = Array.from({ length: count }, (_, i): LonLat => [
						123.4 + 0.01 * k + 0.001 * Math.cos((2 * Math.PI * i) / count),
						41.7 + 0.001 * Math.sin((2 * Math.PI * i) / count),
					]);
					return k % 3 === 2 ? [] : [[ring]];
				});
				const together = planarAreasM2(flattenMultiPolygons(features), projection);
				const alone = features.map((one) => planarAreasM2(flattenMultiPolygons([one]), projection)[0]);
				expect([...together]).toEqual(alone);
			}),
			{ numRuns: 30 },
		);
	});

	it('equals the shoelace over vertices projected by proj4', () => {
		const theirs = proj4(
			'+proj=tmerc +lat_0=0 +lon_0=123 +k=1 +x_0=0 +y_0=-4600000 +ellps=GRS80 +rf=298.257222101 +units=m',
		);
		fc.assert(
			fc.property(
				fc.double({ min: 122, max: 124.2, noNaN: true }),
				fc.double({ min: 41, max: 43, noNaN: true }),
				fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 3, maxLength: 20 }),
				(lon, lat, radii) => {
					const ring = radii.map((radius, k): LonLat => {
						const angle = (2 * Math.PI * k) / radii.length;
						return [lon + 0.006 * radius * Math.cos(angle), lat + 0.004 * radius * Math.sin(angle)];
					});
					let doubled = 0;
					const projected = ring.map((position) => theirs.forward([...position]));
					const [east, north] = projected[0];
					for (const [i, [x, y]] of projected.entries()) {
						const [nextX, nextY] = projected[(i + 1) % projected.length];
						doubled += (x - east) * (nextY - north) - (nextX - east) * (y - north);
					}
					const [areaM2] = planarAreasM2(flattenMultiPolygons([[[ring]]]), projection);
					expect(Math.abs(areaM2 - doubled / 2)).toBeLessThan(1e-4);
				},
			),
		);
	});

	it('is positive counter-clockwise and zero for fewer than three positions', () => {
		const ring = Float64Array.of(0, 0, 4, 0, 4, 3);
		expect(planarRingAreaM2(ring, 0, 3)).toBe(6);
		expect(planarRingAreaM2(Float64Array.of(4, 3, 4, 0, 0, 0), 0, 3)).toBe(-6);
		expect(planarRingAreaM2(ring, 0, 2)).toBe(0);
	});
});
