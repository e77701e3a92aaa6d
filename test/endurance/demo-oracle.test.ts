import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { exactAreaM2 } from '../geo/area/exact-oracle.ts';
import { areasBy, layerOf, outlineSet, sumsBy } from '../geo/demo/zone-measure.ts';

const zone = generateDemoZone(DEFAULT_DEMO);

describe.each(['plan', 'current'] as const)(
	'areas of the %s parcels of the default demo, all of them',
	(kind) => {
		it('are exact on every parcel, and sum to their parks', () => {
			const { polygons, parkIds } = layerOf(zone, kind);
			const exactM2 = areasBy(polygons, exactAreaM2);
			const oursM2 = ellipsoidalAreasM2(polygons);
			exactM2.forEach((areaM2, parcel) => expect(Math.abs(oursM2[parcel] - areaM2)).toBeLessThan(1e-8));
			const sums = sumsBy(exactM2, (parcel) => String(parkIds?.[parcel]));
			const outlinesM2 = areasBy(outlineSet(zone), exactAreaM2);
			zone.outlines.forEach(({ parkId }, park) => {
				expect(Math.abs((sums.get(parkId) ?? NaN) - outlinesM2[park])).toBeLessThan(1e-3);
			});
		});
	},
);
