import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { redrawRings } from './redraw-rings.ts';
import { refusalOf, refuse } from './refusal.ts';
import { edgesAtVertex, findShapesWithVertex, isSamePlace, passesPlace } from '../coverage/vertex.ts';

/** The vertex to delete. */
export interface VertexDeletion {
	/** The vertex as stored, to the bit; degrees (EPSG:4490). */
	readonly at: LonLat;
}

/**
 * Takes the vertex at a place out of every parcel that has it; its two neighbours along the boundary are joined by a straight edge.
 *
 * Refuses `vertex.unknown`, `vertex.is-node` (three or more boundary lines meet there: it is a corner for some of its parcels,
 * straight as it may be for others), `vertex.on-outline` (the outline would move by more than half a grid step), `vertex.last` (a
 * ring would have fewer than three), `vertex.pinches`, and the check's issue where boundaries would cross. O(edges of its parcels).
 */
export function deleteVertex(coverage: Coverage, { at }: VertexDeletion): EditResult {
	const shapes = findShapesWithVertex(coverage, at);
	const parcelNos = [...shapes.keys()];
	if (shapes.size === 0) {
		return refuse('vertex.unknown', [], isUsablePosition(at[0], at[1]) ? at : null);
	}
	const edges = edgesAtVertex(shapes, at);
	if (edges.length > 2) return refuse('vertex.is-node', parcelNos, at, { lines: edges.length });
	const [a, b] = edges;
	for (const [parcelNo, shape] of shapes) {
		const isLast = hasVertexInTriangle(shape, at);
		if (isLast) return refuse('vertex.last', [parcelNo], at);
	}
	if (a.parcelNos.length === 1 && !passesPlace(a.other, b.other, at)) {
		return refuse('vertex.on-outline', parcelNos, at);
	}
	const route = (place: LonLat) => (isSamePlace(place, at) ? [] : [place]);
	return redrawRings(coverage, shapes, { vertices: [at], route }, at);
}

/** Says why `deleteVertex` would be refused, null when it would be done. */
export function canDeleteVertex(coverage: Coverage, deletion: VertexDeletion): Refusal | null {
	return refusalOf(deleteVertex(coverage, deletion));
}

function hasVertexInTriangle({ coordinates, ringOffsets }: FlatPolygons, [lon, lat]: LonLat): boolean {
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		if (ringOffsets[r + 1] - ringOffsets[r] > 3) continue;
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++)
			if (coordinates[2 * i] === lon && coordinates[2 * i + 1] === lat) return true;
	}
	return false;
}
