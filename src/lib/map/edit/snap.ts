import type { Coverage } from '$geo/coverage/coverage.ts';
import { findNearestEdge, findNearestVertex } from '$geo/coverage/nearest-boundary.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import type { Wanted } from './tool.ts';

/** Where a place comes to lie: on a stored vertex, on a stored edge, or where it was pointed at. On the grid always. */
export interface Snap {
	readonly place: LonLat;
	readonly on: 'vertex' | 'edge' | 'free';
}

/**
 * Draws a place to stored boundaries within a reach in metres: to the nearest vertex, else to the nearest edge, else to the grid.
 *
 * A tool that wants a vertex or an edge gets null where none is near. `isFree` keeps a place where it is (a key held down, or typed
 * coordinates). O(edges of the parcels within reach).
 */
export function snapPlace(
	coverage: Coverage,
	at: LonLat,
	reachM: number,
	wanted: Wanted = 'place',
	isFree = false,
): Snap | null {
	const free: Snap = { place: [snapToGrid(at[0]), snapToGrid(at[1])], on: 'free' };
	if (isFree && wanted === 'place') return free;
	const vertex = wanted === 'edge' ? null : findNearestVertex(coverage, at, reachM);
	if (vertex !== null) return { place: vertex, on: 'vertex' };
	if (wanted === 'vertex') return null;
	const edge = findNearestEdge(coverage, at, reachM);
	if (edge !== null) return { place: edge.foot, on: 'edge' };
	return wanted === 'edge' ? null : free;
}
