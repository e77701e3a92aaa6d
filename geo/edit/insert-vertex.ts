import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { findNearestEdge } from '../coverage/nearest-boundary.ts';
import { redrawRings } from './redraw-rings.ts';
import { refusalOf, refuse } from './refusal.ts';
import { edgesAtVertex, findShapesWithVertex, isSamePlace, passesPlace } from '../coverage/vertex.ts';

/** A vertex for an edge; places in degrees (EPSG:4490). */
export interface VertexInsertion {
	/** A place near the edge. */
	readonly at: LonLat;
	/** How far from `at` the edge may be, in metres. */
	readonly reachM: number;
	/** Where the vertex goes, on the grid or not; left out: the place of the edge nearest to `at`. */
	readonly to?: LonLat;
	/** Only edges of this parcel; left out: of any. */
	readonly parcelNo?: number;
}

/**
 * Puts a vertex into the edge nearest to a place, for every parcel along it.
 *
 * Left on the edge, the vertex is snapped to the grid and the parcels are `noded`; with `to` elsewhere, the boundary bends to it and
 * they are reshaped. Refuses `place.invalid`, `vertex.no-edge-near`, `vertex.exists` (it would be an end of the edge), `vertex.on-outline`,
 * `vertex.taken`, `vertex.pinches`, and the check's issue where boundaries would cross. O(edges of the parcels near).
 */
export function insertVertex(coverage: Coverage, { at, reachM, to, parcelNo }: VertexInsertion): EditResult {
	if (!isUsablePosition(at[0], at[1])) return refuse('place.invalid', []);
	if (to !== undefined && !isUsablePosition(to[0], to[1])) return refuse('place.invalid', [], at);
	const edge = findNearestEdge(coverage, at, reachM, parcelNo);
	if (edge === null)
		return refuse('vertex.no-edge-near', parcelNo === undefined ? [] : [parcelNo], at, { reachM });
	const { low, high, foot } = edge;
	const place: LonLat = to === undefined ? foot : [snapToGrid(to[0]), snapToGrid(to[1])];
	const atLow = findShapesWithVertex(coverage, low);
	const along = edgesAtVertex(atLow, low).find(({ other }) => isSamePlace(other, high))?.parcelNos ?? [];
	const shapes = new Map<number, FlatPolygons>([...atLow].filter(([no]) => along.includes(no)));
	if (isSamePlace(place, low) || isSamePlace(place, high)) return refuse('vertex.exists', along, place);
	if (along.length === 1 && !passesPlace(low, high, place)) {
		return refuse('vertex.on-outline', along, place);
	}
	const route = (from: LonLat, next: LonLat) => {
		const isEdge =
			(isSamePlace(from, low) && isSamePlace(next, high)) ||
			(isSamePlace(from, high) && isSamePlace(next, low));
		return isEdge ? [from, place] : [from];
	};
	return redrawRings(coverage, shapes, { vertices: [low, high], route }, place);
}

/** Says why `insertVertex` would be refused, null when it would be done. */
export function canInsertVertex(coverage: Coverage, insertion: VertexInsertion): Refusal | null {
	return refusalOf(insertVertex(coverage, insertion));
}
