import type { FlatPolygons } from '../flat-polygons.ts';

/** Stands for the outside of the coverage in `arcLeft` and `arcRight`. */
export const OUTSIDE = -1;

/**
 * Parcels that fill an area without gap or overlap, every shared boundary stored once; valid by construction and frozen.
 *
 * Vertices are longitude, latitude in degrees (EPSG:4490) on the grid, ascending by (lon, lat). An *arc* is a stretch of boundary between
 * two nodes with one parcel on each side; arc a runs through vertices `arcVertices[arcOffsets[a]] … arcVertices[arcOffsets[a + 1] − 1]`,
 * both nodes included (a closed arc starts and ends at the same vertex). A *node* is a vertex where an arc ends. References to
 * arcs are signed: a runs forward, ~a backward.
 *
 * Parcels are numbered by index, ascending by parcel number. Parcel i has polygons from `parcelOffsets[i]`, polygon p rings from
 * `polygonOffsets[p]` (shell first, counter-clockwise; holes clockwise), ring r arcs from `ringOffsets[r]` in `ringArcs`.
 *
 * Nothing is ever changed in place: an edit puts whole parcels into a patch over the base (`coverage.ts`).
 */
export interface CoverageBase {
	readonly parcelNos: Int32Array;
	readonly vertices: Float64Array;
	readonly arcOffsets: Uint32Array;
	readonly arcVertices: Uint32Array;
	/** Parcel index on each side of an arc, OUTSIDE where there is none. */
	readonly arcLeft: Int32Array;
	readonly arcRight: Int32Array;
	readonly parcelOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	readonly ringOffsets: Uint32Array;
	readonly ringArcs: Int32Array;
	/** The vertex of each node, ascending. */
	readonly nodeVertices: Uint32Array;
	/** Arcs at node n, counter-clockwise from the direction of +lon: a where arc a leaves, ~a where it arrives. */
	readonly nodeOffsets: Uint32Array;
	readonly nodeArcs: Int32Array;
}

/** The indexes of the parcels that share a stretch of boundary with parcel `parcel`, ascending. O(its arcs). */
export function neighboursInBase(base: CoverageBase, parcel: number): number[] {
	const { parcelOffsets, polygonOffsets, ringOffsets, ringArcs } = base;
	const from = ringOffsets[polygonOffsets[parcelOffsets[parcel]]];
	const to = ringOffsets[polygonOffsets[parcelOffsets[parcel + 1]]];
	const found = new Set<number>();
	for (let i = from; i < to; i++) {
		const reference = ringArcs[i];
		found.add(reference < 0 ? base.arcLeft[~reference] : base.arcRight[reference]);
	}
	found.delete(OUTSIDE);
	return [...found].sort((a, b) => a - b);
}

/**
 * Writes parcels [from, to) of the base out as polygons, one feature each, every ring from its lexicographically smallest vertex.
 *
 * Shells counter-clockwise, holes clockwise, on the grid; building a coverage from all of them gives the same base to the bit.
 * O(their vertices).
 */
export function basePolygons(base: CoverageBase, from: number, to: number): FlatPolygons {
	const { vertices, arcOffsets, arcVertices, ringArcs } = base;
	const firstPolygon = base.parcelOffsets[from];
	const lastPolygon = base.parcelOffsets[to];
	const firstRing = base.polygonOffsets[firstPolygon];
	const lastRing = base.polygonOffsets[lastPolygon];
	const ringOffsets = new Uint32Array(lastRing - firstRing + 1);
	for (let r = firstRing; r < lastRing; r++) {
		let length = 0;
		for (let i = base.ringOffsets[r]; i < base.ringOffsets[r + 1]; i++) {
			const arc = ringArcs[i] < 0 ? ~ringArcs[i] : ringArcs[i];
			length += arcOffsets[arc + 1] - arcOffsets[arc] - 1;
		}
		ringOffsets[r - firstRing + 1] = ringOffsets[r - firstRing] + length;
	}
	const coordinates = new Float64Array(2 * ringOffsets[lastRing - firstRing]);
	const ring: number[] = [];
	for (let r = firstRing; r < lastRing; r++) {
		ring.length = 0;
		for (let i = base.ringOffsets[r]; i < base.ringOffsets[r + 1]; i++) {
			const arc = ringArcs[i] < 0 ? ~ringArcs[i] : ringArcs[i];
			const first = arcOffsets[arc];
			const last = arcOffsets[arc + 1] - 1;
			if (ringArcs[i] < 0) for (let v = last; v > first; v--) ring.push(arcVertices[v]);
			else for (let v = first; v < last; v++) ring.push(arcVertices[v]);
		}
		let least = 0;
		for (let i = 1; i < ring.length; i++) if (ring[i] < ring[least]) least = i;
		for (let i = 0, out = 2 * ringOffsets[r - firstRing]; i < ring.length; i++) {
			const vertex = ring[(least + i) % ring.length];
			coordinates[out++] = vertices[2 * vertex];
			coordinates[out++] = vertices[2 * vertex + 1];
		}
	}
	return {
		coordinates,
		ringOffsets,
		polygonOffsets: base.polygonOffsets.slice(firstPolygon, lastPolygon + 1).map((r) => r - firstRing),
		featureOffsets: base.parcelOffsets.slice(from, to + 1).map((p) => p - firstPolygon),
	};
}
