import { coverageFromFaces, coverageFromRegions } from './arc.ts';
import type { CoverageBase } from './coverage-base.ts';
import { linkHalfEdges } from '../arrangement/half-edge.ts';
import type { Regions, Subdivision } from '../arrangement/region.ts';

/**
 * Edges that meet only at their ends, each once, and the face on each side.
 *
 * Vertices are longitude, latitude in degrees (EPSG:4490) on the grid, ascending by (lon, lat); one without an edge is ignored. Edge e
 * runs from vertex `from[e]` to vertex `to[e]` with face `left[e]` on its left: half-edge 2e, 2e + 1 back. Face 0 is the outside.
 */
export interface NodedEdges {
	readonly vertices: Float64Array;
	readonly from: Uint32Array;
	readonly to: Uint32Array;
	readonly left: Uint32Array;
	readonly right: Uint32Array;
}

/**
 * Lays the arcs, rings and nodes of a coverage whose edges are known to meet only at their ends: nothing is arranged again.
 *
 * `parcelOfFace[f]` is the parcel index of a face (parcelOfFace[0] = −1); each index 0 … parcelNos.length − 1 must occur. Faces of one parcel
 * that share an edge grow together. The result is what building the coverage from its polygons gives, to the bit. O(edges).
 */
export function coverageFromEdges(
	edges: NodedEdges,
	parcelOfFace: Int32Array,
	parcelNos: Int32Array,
): CoverageBase {
	return coverageFromFaces(subdivisionOf(edges, parcelOfFace.length), parcelOfFace, parcelNos);
}

/** The same where the rings are known: region i is parcel i, its rings as `traceRegions` orders them. O(edges). */
export function coverageFromRings(
	edges: NodedEdges,
	rings: Omit<Regions, 'labels'>,
	parcelOfFace: Int32Array,
	parcelNos: Int32Array,
): CoverageBase {
	return coverageFromRegions(subdivisionOf(edges, parcelOfFace.length), rings, parcelOfFace, parcelNos);
}

function subdivisionOf({ vertices, from, to, left, right }: NodedEdges, faceCount: number): Subdivision {
	const lons = new Float64Array(vertices.length / 2);
	const lats = new Float64Array(vertices.length / 2);
	for (let v = 0; v < lons.length; v++) {
		lons[v] = vertices[2 * v];
		lats[v] = vertices[2 * v + 1];
	}
	const faceOf = new Uint32Array(2 * from.length);
	for (let e = 0; e < from.length; e++) {
		faceOf[2 * e] = left[e];
		faceOf[2 * e + 1] = right[e];
	}
	return { coordinates: vertices, halfEdges: linkHalfEdges(lons, lats, from, to), faceOf, faceCount };
}
