import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { arrange, isDrawn, soleFeature } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import type { Polyline } from '../arrangement/lines.ts';

/** Pieces of polygons, one connected feature each, and the feature that each was cut from. */
export interface Pieces {
	readonly polygons: FlatPolygons;
	/** Ascending, pieces of one feature in order of their lexicographically smallest vertex. */
	readonly sources: Uint32Array;
}

/**
 * Cuts polygons along drawn lines.
 *
 * Only stretches that part the inside of a feature take effect: loose ends, lines outside and lines along an edge leave no vertex
 * behind. Polygons of a feature that no line parts are pieces of their own. Features are parcels of a coverage; degrees (EPSG:4490), results
 * on the grid. Vertices of the features are all kept. O((edges + crossings) log).
 */
export function cutPolygons(polygons: FlatPolygons, lines: readonly Polyline[]): Pieces {
	const trial = arrange([polygons], lines, [polygons]);
	const parting = listParting(trial);
	const arrangement = leavesNothing(trial, parting)
		? trial
		: arrange([polygons], linesOf(trial, parting), [polygons]);
	const [cover] = arrangement.covers;
	const sourceOfLabel: number[] = [];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const source = face === 0 ? -1 : soleFeature(cover, face);
		return source < 0 ? 0 : sourceOfLabel.push(source);
	});
	const { polygons: faces } = dissolveFaces(arrangement, labels);
	const order = orderOfPieces(faces, sourceOfLabel);
	return {
		polygons: joinFeatures(order.map((face) => sliceFeature(faces, face))),
		sources: Uint32Array.from(order, (face) => sourceOfLabel[face]),
	};
}

/** The drawn edges with one feature, but different faces of it, on their two sides. */
function listParting(arrangement: Arrangement): number[] {
	const { edgeLow, faceOf, covers } = arrangement;
	const edges: number[] = [];
	for (let edge = 0; edge < edgeLow.length; edge++) {
		const left = faceOf[2 * edge];
		const right = faceOf[2 * edge + 1];
		if (left === right || !isDrawn(arrangement, edge)) continue;
		const source = soleFeature(covers[0], left);
		if (source >= 0 && source === soleFeature(covers[0], right)) edges.push(edge);
	}
	return edges;
}

/**
 * Says whether the drawn edges that part nothing leave no vertex behind: all lie outside of the features, and have no end on one but
 * where an edge that parts it ends too.
 */
function leavesNothing(arrangement: Arrangement, parting: readonly number[]): boolean {
	const { edgeLow, edgeHigh, faceOf, covers, halfEdges } = arrangement;
	const isParting = new Uint8Array(edgeLow.length);
	const isEnd = new Uint8Array(halfEdges.nodeOffsets.length);
	for (const edge of parting) isParting[edge] = isEnd[edgeLow[edge]] = isEnd[edgeHigh[edge]] = 1;
	const isFree = (node: number) =>
		isEnd[node] === 1 ||
		halfEdges.leaving
			.subarray(halfEdges.nodeOffsets[node], halfEdges.nodeOffsets[node + 1])
			.every((half) => isOutside(half >> 1));
	const isOutside = (edge: number) =>
		soleFeature(covers[0], faceOf[2 * edge]) === -1 && soleFeature(covers[0], faceOf[2 * edge + 1]) === -1;
	for (let edge = 0; edge < edgeLow.length; edge++) {
		if (isParting[edge] === 1 || !isDrawn(arrangement, edge)) continue;
		if (!isOutside(edge) || !isFree(edgeLow[edge]) || !isFree(edgeHigh[edge])) return false;
	}
	return true;
}

function linesOf({ edgeLow, edgeHigh, coordinates }: Arrangement, edges: readonly number[]): Polyline[] {
	return edges.map((edge) =>
		Float64Array.of(
			coordinates[2 * edgeLow[edge]],
			coordinates[2 * edgeLow[edge] + 1],
			coordinates[2 * edgeHigh[edge]],
			coordinates[2 * edgeHigh[edge] + 1],
		),
	);
}

/** The order of faces, each one polygon as `dissolveFaces` writes it, by source and then by their smallest vertices. O(faces log faces). */
export function orderOfPieces(faces: FlatPolygons, sources: ArrayLike<number>): number[] {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = faces;
	const start = (face: number) => 2 * ringOffsets[polygonOffsets[featureOffsets[face]]];
	return Array.from(sources, (_, face) => face).sort(
		(a, b) =>
			sources[a] - sources[b] ||
			coordinates[start(a)] - coordinates[start(b)] ||
			coordinates[start(a) + 1] - coordinates[start(b) + 1] ||
			b - a,
	);
}

/** Pieces [from, to) of several. O(their vertices). */
export function slicePieces({ polygons, sources }: Pieces, from: number, to: number): Pieces {
	const features = Array.from({ length: to - from }, (_, i) => sliceFeature(polygons, from + i));
	return { polygons: joinFeatures(features), sources: sources.slice(from, to) };
}
