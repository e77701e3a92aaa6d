import { describe, expect, it } from 'vitest';
import { fitLiterally, fitReadings, prefixOf } from '../../../geo/crs/coordinate-reading.ts';
import { gaussKruger } from '../../../geo/crs/gauss-kruger.ts';

const EXTENT = { west: 123.2, south: 41.5, east: 123.8, north: 42 };
const [eastM, northM] = gaussKruger(4529).forward([123.45, 41.7]);

describe('readings of coordinates', () => {
	it('tries degrees, Web Mercator and the meridians near, in both orders, and only one fits', () => {
		const fits = fitReadings([eastM, northM, Number.NaN, 1], EXTENT);
		expect(fits.map(({ epsg, swapped }) => `${epsg}${swapped ? ' swapped' : ''}`)).toEqual(
			['', ' swapped'].flatMap((order) => [4490, 3857, 4549, 4550, 4551].map((epsg) => `${epsg}${order}`)),
		);
		const fitting = fits.filter(({ share }) => share > 0);
		expect(fitting).toEqual([{ epsg: 4550, swapped: false, share: 1, prefixes: [41], firstOutside: null }]);
	});

	it('takes a promise to the letter: the prefix must be the one of the system', () => {
		expect(fitLiterally([eastM, northM], EXTENT, 4529).share).toBe(1);
		for (const epsg of [4550, 4528, 4499, 4490, 3857])
			expect(fitLiterally([eastM, northM], EXTENT, epsg)).toMatchObject({ share: 0, firstOutside: 0 });
	});

	it('knows a zone number of China from other millions', () => {
		expect([eastM, 537_457, 4_618_413, 12_999_999, 13_500_000, 45_999_999, 46_000_000].map(prefixOf)).toEqual(
			[41, null, null, null, 13, 45, null],
		);
		expect(prefixOf(Number.NaN)).toBeNull();
	});
});
