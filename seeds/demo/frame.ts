import { snapToGrid } from '$geo/grid.ts';
import type { LonLat } from '$geo/flat-polygons.ts';

/** A position in metres east and north of a frame's origin. */
export type PointM = readonly [eastM: number, northM: number];

/** An open ring in metres. */
export type RingM = readonly PointM[];

/**
 * A local map of degrees to metres that is linear, so that points on a straight line stay on one.
 *
 * Good for drawing only (0.4 % off over a park): no area is ever taken in it.
 */
export interface LocalFrame {
	readonly origin: LonLat;
	readonly lonPerM: number;
	readonly latPerM: number;
}

/** Makes the frame whose metres are true at its origin (degrees, CGCS2000). */
export function localFrame(origin: LonLat): LocalFrame {
	const lat = (origin[1] * Math.PI) / 180;
	const metresPerLat = 111132.92 - 559.82 * Math.cos(2 * lat) + 1.175 * Math.cos(4 * lat);
	const metresPerLon = 111412.84 * Math.cos(lat) - 93.5 * Math.cos(3 * lat);
	return { origin, lonPerM: 1 / metresPerLon, latPerM: 1 / metresPerLat };
}

/** The grid point (degrees, EPSG:4490) nearest to a position in metres. */
export function gridPoint(frame: LocalFrame, [eastM, northM]: PointM): [lon: number, lat: number] {
	return [
		snapToGrid(frame.origin[0] + eastM * frame.lonPerM),
		snapToGrid(frame.origin[1] + northM * frame.latPerM),
	];
}

/** The position in metres of a point in degrees. */
export function metrePoint(frame: LocalFrame, lon: number, lat: number): PointM {
	return [(lon - frame.origin[0]) / frame.lonPerM, (lat - frame.origin[1]) / frame.latPerM];
}
