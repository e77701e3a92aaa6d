import type { FlatPolygons, LonLat } from '../flat-polygons.ts';

const RAD_PER_DEG = Math.PI / 180;
/** Radius of the sphere that tiles are drawn on. */
const RADIUS_M = 6_378_137;

/**
 * Says how much ground a feature has for a label that is centred on a place in it: twice the way along the parallel to the nearer border.
 *
 * Degrees (EPSG:4490) in, metres out on the sphere of the tiles, within 0.4 % of the ellipsoid's; holes are borders. 0 where the place lies outside. O(positions of the feature).
 */
export function labelRoomM(
	{ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	feature: number,
	[lon, lat]: LonLat,
): number {
	let [west, east] = [Infinity, Infinity];
	let isInside = false;
	const endRing = polygonOffsets[featureOffsets[feature + 1]];
	for (let r = polygonOffsets[featureOffsets[feature]]; r < endRing; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const j = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const south = coordinates[2 * i + 1];
			const north = coordinates[2 * j + 1];
			if (south > lat === north > lat) continue;
			const start = coordinates[2 * i];
			const off = start + ((coordinates[2 * j] - start) * (lat - south)) / (north - south) - lon;
			if (off > 0) {
				isInside = !isInside;
				east = Math.min(east, off);
			} else {
				west = Math.min(west, -off);
			}
		}
	}
	return isInside ? 2 * Math.min(west, east) * RAD_PER_DEG * RADIUS_M * Math.cos(lat * RAD_PER_DEG) : 0;
}
