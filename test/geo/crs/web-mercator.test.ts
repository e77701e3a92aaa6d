import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import {
	WORLD_LAT_MAX_DEG,
	latToWorldY,
	lonToWorldX,
	tileBounds,
	worldXToLon,
	worldYToLat,
} from '../../../geo/crs/web-mercator.ts';

const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const latitude = fc.double({ min: -85, max: 85, noNaN: true });

describe('Web Mercator', () => {
	it('agrees with EPSG:3857 of proj4 to a micrometre', () => {
		const worldM = 2 * Math.PI * 6378137;
		fc.assert(
			fc.property(longitude, latitude, (lon, lat) => {
				const [x, y] = proj4('EPSG:4326', 'EPSG:3857', [lon, lat]);
				expect(Math.abs((lonToWorldX(lon) - 0.5) * worldM - x)).toBeLessThan(1e-6);
				expect(Math.abs((0.5 - latToWorldY(lat)) * worldM - y)).toBeLessThan(1e-6);
			}),
		);
	});

	it('inverts itself', () => {
		fc.assert(
			fc.property(longitude, latitude, (lon, lat) => {
				expect(Math.abs(worldXToLon(lonToWorldX(lon)) - lon)).toBeLessThan(1e-12);
				expect(Math.abs(worldYToLat(latToWorldY(lat)) - lat)).toBeLessThan(1e-12);
			}),
		);
	});

	it('cuts the square world into tiles that meet', () => {
		const world = tileBounds(0, 0, 0);
		expect([world.west, world.east]).toEqual([-180, 180]);
		expect(world.north).toBeCloseTo(WORLD_LAT_MAX_DEG, 12);
		expect(world.south).toBeCloseTo(-WORLD_LAT_MAX_DEG, 12);
		const tile = tileBounds(14, 13810, 6093);
		expect(tileBounds(14, 13811, 6093).west).toBe(tile.east);
		expect(tileBounds(14, 13810, 6094).north).toBe(tile.south);
	});
});
