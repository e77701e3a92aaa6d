import { booleanClockwise, booleanPointInPolygon, lineString, point } from '@turf/turf';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { flattenMultiPolygons, type LonLat } from '$geo/flat-polygons.ts';
import { geoJsonGeometry } from '$geo/format/geojson.ts';
import { labelPoint } from '$geo/tile/label-point.ts';

/** A star-shaped ring near Shenyang, of either direction. */
const ring = fc
	.tuple(
		fc.array(fc.double({ min: 0.3, max: 1, noNaN: true }), { minLength: 3, maxLength: 12 }),
		fc.boolean(),
	)
	.map(([radii, isReversed]): LonLat[] => {
		const positions = radii.map((radius, i): LonLat => {
			const angle = (2 * Math.PI * i) / radii.length;
			return [123.4 + 0.01 * radius * Math.cos(angle), 41.7 + 0.01 * radius * Math.sin(angle)];
		});
		return isReversed ? positions.reverse() : positions;
	});
const shrunk = (outer: readonly LonLat[]): LonLat[] =>
	outer.map(([lon, lat]) => [123.4 + (lon - 123.4) / 5, 41.7 + (lat - 41.7) / 5]);

describe('what other software reads of our polygons (Turf)', () => {
	it('finds shells counter-clockwise and holes clockwise, closed, as RFC 7946 asks', () => {
		fc.assert(
			fc.property(ring, (outer) => {
				const geometry = geoJsonGeometry(flattenMultiPolygons([[[outer, shrunk(outer)]]]), 0, 9);
				const rings: Position[][] =
					geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0];
				expect(rings.map((one) => booleanClockwise(lineString(one)))).toEqual([false, true]);
				for (const one of rings) expect(one[0]).toEqual(one.at(-1));
			}),
		);
	});

	it('finds label points inside their parcel and outside its holes', () => {
		fc.assert(
			fc.property(ring, (outer) => {
				const polygons = flattenMultiPolygons([[[outer, shrunk(outer)]]]);
				const at = labelPoint(polygons, 0);
				expect(at).not.toBeNull();
				const inside = booleanPointInPolygon(point([...(at ?? [0, 0])]), geoJsonGeometry(polygons, 0, 11));
				expect(inside).toBe(true);
			}),
		);
	});
});
