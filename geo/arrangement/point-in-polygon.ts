import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { turn } from './turn.ts';

/** Where a place lies: 1 inside, 0 on a boundary, −1 outside. */
export type Side = -1 | 0 | 1;

/**
 * Tells on which side of a shape's boundary a place lies, exactly.
 *
 * Even-odd over all rings, so holes are outside; degrees (EPSG:4490). Source: Hormann & Agathos, The point in polygon problem for
 * arbitrary polygons, 2001, with Shewchuk's orientation. O(vertices).
 */
export function sideOf({ coordinates, ringOffsets }: FlatPolygons, [lon, lat]: LonLat): Side {
	let inside = false;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const ax = coordinates[2 * j];
			const ay = coordinates[2 * j + 1];
			const bx = coordinates[2 * i];
			const by = coordinates[2 * i + 1];
			if (ay > lat && by > lat) continue;
			if (ay < lat && by < lat) continue;
			if (ax < lon && bx < lon) continue;
			if (ay === lat && by === lat) {
				if (Math.min(ax, bx) <= lon && lon <= Math.max(ax, bx)) return 0;
				continue;
			}
			const side = turn(ax, ay, bx, by, lon, lat);
			if (side === 0) return 0;
			// Half-open in latitude: a vertex on the ray counts once.
			if (ay <= lat !== by <= lat && (by > ay ? side > 0 : side < 0)) inside = !inside;
		}
	}
	return inside ? 1 : -1;
}

/** Says whether a place lies inside a shape or on its boundary. O(vertices). */
export function covers(shape: FlatPolygons, at: LonLat): boolean {
	return sideOf(shape, at) >= 0;
}
