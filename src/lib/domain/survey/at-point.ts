import { distanceM, metresPerDegree } from '$geo/arrangement/metres.ts';
import { findNearestVertex } from '$geo/coverage/nearest-boundary.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';

/** Programs that project one point differ by less; no survey measures so closely. */
const AT_POINT_M = 0.0001;
/** How far a vertex is looked for, step by step. */
const REACHES_M = [1, 100] as const;

/** Says whether two places in degrees (EPSG:4490) are one boundary point: within 0.1 mm. O(1). */
export function isAtPoint(a: LonLat, b: LonLat): boolean {
	return Math.abs(a[1] - b[1]) < 1e-8 && distanceM(metresPerDegree(a[1]), a, b) <= AT_POINT_M;
}

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
