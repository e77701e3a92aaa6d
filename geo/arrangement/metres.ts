import type { LonLat } from '../flat-polygons.ts';
import { CGCS2000_FLATTENING, CGCS2000_RADIUS_M } from '../crs/cgcs2000.ts';

/** Metres east and north that one degree of longitude and of latitude measure at a place. */
export interface MetresPerDegree {
	readonly east: number;
	readonly north: number;
}

const ECCENTRICITY2 = CGCS2000_FLATTENING * (2 - CGCS2000_FLATTENING);

/** Beyond it, meridians come too close for a flat frame. */
const LARGEST_LAT = 89;

const RAD_PER_DEG = Math.PI / 180;

/**
 * How long a degree is at a latitude on the CGCS2000 ellipsoid, for distances and right angles within a few kilometres; not for area.
 *
 * Exact at the latitude itself; a kilometre off, the length of a degree of longitude differs by some 1.4e-4 in Shenyang. O(1).
 */
export function metresPerDegree(lat: number): MetresPerDegree {
	const phi = Math.max(-LARGEST_LAT, Math.min(LARGEST_LAT, lat)) * RAD_PER_DEG;
	const w2 = 1 - ECCENTRICITY2 * Math.sin(phi) ** 2;
	const primeVertical = CGCS2000_RADIUS_M / Math.sqrt(w2);
	return {
		east: primeVertical * Math.cos(phi) * RAD_PER_DEG,
		north: ((primeVertical * (1 - ECCENTRICITY2)) / w2) * RAD_PER_DEG,
	};
}

/** The distance of two near places by a flat frame. O(1). */
export function distanceM(scale: MetresPerDegree, a: LonLat, b: LonLat): number {
	return Math.hypot((b[0] - a[0]) * scale.east, (b[1] - a[1]) * scale.north);
}

/**
 * Where the perpendicular from a place meets the straight line through a and b: 0 at a, 1 at b.
 *
 * 0 when a and b are the same place. The line is straight in degrees, and so is it in the frame. O(1).
 */
export function footShare(scale: MetresPerDegree, at: LonLat, a: LonLat, b: LonLat): number {
	const dx = (b[0] - a[0]) * scale.east;
	const dy = (b[1] - a[1]) * scale.north;
	const length2 = dx * dx + dy * dy;
	if (length2 === 0) return 0;
	return ((at[0] - a[0]) * scale.east * dx + (at[1] - a[1]) * scale.north * dy) / length2;
}

/** The place at a share of the way from a to b, not snapped; a and b themselves at 0 and 1. O(1). */
export function placeBetween(a: LonLat, b: LonLat, share: number): LonLat {
	return share === 1 ? b : [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

/** The bearing of a place from a near one, in degrees clockwise from north from 0 to 360, in a flat frame half way; NaN from a place to itself. O(1). */
export function bearingDeg(from: LonLat, to: LonLat): number {
	const scale = metresPerDegree((from[1] + to[1]) / 2);
	const east = (to[0] - from[0]) * scale.east;
	const north = (to[1] - from[1]) * scale.north;
	if (east === 0 && north === 0) return NaN;
	const bearing = Math.atan2(east, north) / RAD_PER_DEG;
	return bearing < 0 ? bearing + 360 : bearing;
}

/** The distance of two near places in metres, flat half way, the same to the bit both ways. O(1). */
export function metresBetween(aLon: number, aLat: number, bLon: number, bLat: number): number {
	const { east, north } = metresPerDegree((aLat + bLat) / 2);
	return Math.hypot((aLon - bLon) * east, (aLat - bLat) * north);
}

/** The distance in metres of place p from the edge a–b, flat about p, the same to the bit from either end. O(1). */
export function metresFromEdge(
	pLon: number,
	pLat: number,
	aLon: number,
	aLat: number,
	bLon: number,
	bLat: number,
): number {
	if (aLon > bLon || (aLon === bLon && aLat > bLat))
		return metresFromEdge(pLon, pLat, bLon, bLat, aLon, aLat);
	const scale = metresPerDegree(pLat);
	const share = footShare(scale, [pLon, pLat], [aLon, aLat], [bLon, bLat]);
	const along = Math.max(0, Math.min(1, share));
	return Math.hypot(
		(aLon - pLon + along * (bLon - aLon)) * scale.east,
		(aLat - pLat + along * (bLat - aLat)) * scale.north,
	);
}
