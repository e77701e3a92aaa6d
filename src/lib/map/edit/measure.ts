import { ellipsoidalRingAreaM2 } from '$geo/area/ellipsoidal.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { gaussKruger } from '$geo/crs/gauss-kruger.ts';

/** What a line that is put down measures. */
export interface Measured {
	/** In the zone's projected system, straight from place to place. */
	readonly lengthM: number;
	/** Of the polygon that the line closes, ellipsoidal; null with fewer than three places. */
	readonly areaM2: number | null;
}

/** Measures a line in degrees (EPSG:4490); lengths in the plane of a Gauss–Krüger system, as surveyors state them. O(places). */
export function measureLine(places: readonly LonLat[], projectSrid: number): Measured {
	const plane = gaussKruger(projectSrid);
	const points = places.map((place) => plane.forward(place));
	const lengthM = points
		.slice(1)
		.reduce((sum, [east, north], i) => sum + Math.hypot(east - points[i][0], north - points[i][1]), 0);
	if (places.length < 3) return { lengthM, areaM2: null };
	const areaM2 = Math.abs(ellipsoidalRingAreaM2(Float64Array.from(places.flat()), 0, places.length));
	return { lengthM, areaM2 };
}
