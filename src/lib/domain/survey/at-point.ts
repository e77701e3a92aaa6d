import { distanceM, metresPerDegree } from '$geo/arrangement/metres.ts';
import { findNearestVertex } from '$geo/coverage/nearest-boundary.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';

/** Programs that project one point differ by less; no survey measures so closely. */
const AT_POINT_M = 0.0001;
/** No two places of one boundary point are farther apart in degrees, short of the poles. */
const AT_POINT_DEG = 1e-8;
/** How far a vertex is looked for, step by step. */
const REACHES_M = [1, 100] as const;

/** Says whether two places in degrees (EPSG:4490) are one boundary point: within 0.1 mm. O(1). */
export function isAtPoint(a: LonLat, b: LonLat): boolean {
	return Math.abs(a[1] - b[1]) < AT_POINT_DEG && distanceM(metresPerDegree(a[1]), a, b) <= AT_POINT_M;
}

const CELL_DEG = 1e-6;

/**
 * Indexes places in degrees (EPSG:4490) by cells of a tenth of a metre.
 *
 * Gives what finds the first of them that is one boundary point with a place, as its index; −1: none. O(places), then O(1) each.
 */
export function indexPoints(places: readonly LonLat[]): (at: LonLat) => number {
	const cells = new Map<string, number[]>();
	for (const [i, [lon, lat]] of places.entries()) {
		const key = cellKey(lon, lat);
		const cell = cells.get(key);
		if (cell === undefined) cells.set(key, [i]);
		else cell.push(i);
	}
	return (at) => {
		const [lon, lat] = at;
		const keys = new Set(
			[-AT_POINT_DEG, AT_POINT_DEG].flatMap((dLon) =>
				[-AT_POINT_DEG, AT_POINT_DEG].map((dLat) => cellKey(lon + dLon, lat + dLat)),
			),
		);
		let first = Infinity;
		for (const key of keys) {
			const found = cells.get(key)?.find((i) => isAtPoint(places[i], at));
			if (found !== undefined) first = Math.min(first, found);
		}
		return first === Infinity ? -1 : first;
	};
}

const cellKey = (lon: number, lat: number) => `${Math.floor(lon / CELL_DEG)} ${Math.floor(lat / CELL_DEG)}`;

/** Says whether a coverage has a vertex at a boundary point. O(vertices of the parcels there). */
export function hasVertexAt(coverage: Coverage, at: LonLat): boolean {
	return findNearestVertex(coverage, at, AT_POINT_M) !== null;
}

/** How far a boundary point is from the nearest vertex, in metres: 0 at one; null where there is none within 100 m. */
export function metresFromVertex(coverage: Coverage, at: LonLat): number | null {
	if (hasVertexAt(coverage, at)) return 0;
	for (const reachM of REACHES_M) {
		const vertex = findNearestVertex(coverage, at, reachM);
		if (vertex !== null) return distanceM(metresPerDegree(at[1]), at, vertex);
	}
	return null;
}
