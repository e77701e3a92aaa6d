import type { FlatPolygons } from '../flat-polygons.ts';
import type { CleanProof } from '../check/check-clean.ts';
import type { CoverageBase } from './coverage-base.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import { coverageFromEdges, coverageFromRings } from './noded-edges.ts';
import type { NodedEdges } from './noded-edges.ts';
import type { Regions } from '../arrangement/region.ts';

/**
 * Lays a coverage from a proof that its polygons are one: what arranging them would give, to the bit, without arranging.
 *
 * Parcel `indexOfFeature[f]` of `parcelNos`, ascending, is feature f. Polygons are faces, and their rings are known but for start, direction and
 * order; only where polygons of one parcel share an edge are rings traced. O(positions).
 */
export function layProven(
	{ soup, sides }: CleanProof,
	{ featureOffsets, polygonOffsets, ringOffsets }: FlatPolygons,
	parcelNos: Int32Array,
	indexOfFeature: Int32Array,
): CoverageBase {
	const parcelOfPolygon = new Int32Array(polygonOffsets.length - 1);
	for (let f = 0; f < indexOfFeature.length; f++)
		parcelOfPolygon.fill(indexOfFeature[f], featureOffsets[f], featureOffsets[f + 1]);
	const edges = nodedEdges(soup, sides);
	const parcelOfFace = new Int32Array(polygonOffsets.length).fill(-1);
	parcelOfFace.set(parcelOfPolygon, 1);
	const { left, right } = sides;
	const growTogether = left.some(
		(p, e) => p >= 0 && right[e] >= 0 && parcelOfPolygon[p] === parcelOfPolygon[right[e]],
	);
	if (growTogether) return coverageFromEdges(edges, parcelOfFace, parcelNos);

	const rings = canonicalRings({ soup, sides }, polygonOffsets, ringOffsets);
	const polygons = Uint32Array.from(parcelOfPolygon.keys()).sort(
		(p, q) =>
			parcelOfPolygon[p] - parcelOfPolygon[q] || compareRings(rings, polygonOffsets[p], polygonOffsets[q]),
	);
	return coverageFromRings(
		edges,
		orderRings(rings, polygons, parcelOfPolygon, parcelNos.length, polygonOffsets, ringOffsets),
		parcelOfFace,
		parcelNos,
	);
}

function nodedEdges(
	{ nodeX, nodeY, edgeLow, edgeHigh }: CleanProof['soup'],
	sides: CleanProof['sides'],
): NodedEdges {
	const vertices = new Float64Array(2 * nodeX.length);
	for (let n = 0; n < nodeX.length; n++) {
		vertices[2 * n] = fromGridSteps(nodeX[n]);
		vertices[2 * n + 1] = fromGridSteps(nodeY[n]);
	}
	return { vertices, from: edgeLow, to: edgeHigh, left: facesOf(sides.left), right: facesOf(sides.right) };
}

/** Polygon p is face p + 1, no polygon the outside. */
function facesOf(side: Int32Array): Uint32Array {
	const faces = new Uint32Array(side.length);
	for (let e = 0; e < side.length; e++) faces[e] = side[e] + 1;
	return faces;
}

/** Rings in place, each from its smallest node with its polygon on the left. */
interface CanonicalRings {
	/** The half-edge at each position. */
	readonly halfEdges: Uint32Array;
	/** The first node of each ring, and the one after. */
	readonly startOf: Uint32Array;
	readonly secondOf: Uint32Array;
}

function canonicalRings(
	{ soup, sides }: Pick<CleanProof, 'soup' | 'sides'>,
	polygonOffsets: Uint32Array,
	ringOffsets: Uint32Array,
): CanonicalRings {
	const { nodeOfPosition, edgeOfPosition, edgeLow } = soup;
	const halfEdges = new Uint32Array(edgeOfPosition.length);
	const startOf = new Uint32Array(ringOffsets.length - 1);
	const secondOf = new Uint32Array(ringOffsets.length - 1);
	for (let polygon = 0; polygon + 1 < polygonOffsets.length; polygon++) {
		for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++) {
			const from = ringOffsets[r];
			const count = ringOffsets[r + 1] - from;
			let least = 0;
			for (let i = 1; i < count; i++) if (nodeOfPosition[from + i] < nodeOfPosition[from + least]) least = i;
			const first = edgeOfPosition[from + least];
			const isForward = edgeLow[first] === nodeOfPosition[from + least];
			const isInsideLeft = (isForward ? sides.left[first] : sides.right[first]) === polygon;
			for (let i = 0; i < count; i++) {
				// Against the direction as drawn, the edge before a position leaves it.
				const position = from + ((isInsideLeft ? least + i : least - 1 - i + 2 * count) % count);
				const edge = edgeOfPosition[position];
				halfEdges[from + i] = sides.left[edge] === polygon ? 2 * edge : 2 * edge + 1;
			}
			startOf[r] = nodeOfPosition[from + least];
			secondOf[r] = nodeOfPosition[from + ((isInsideLeft ? least + 1 : least - 1 + count) % count)];
		}
	}
	return { halfEdges, startOf, secondOf };
}

/** Orders rings by their first nodes, and those that touch there by the next, as traced ones are. */
function compareRings({ startOf, secondOf }: CanonicalRings, r: number, s: number): number {
	return startOf[r] - startOf[s] || secondOf[r] - secondOf[s];
}

/** Writes rings out by parcel, polygons as given, holes by their start. */
function orderRings(
	rings: CanonicalRings,
	polygons: Uint32Array,
	parcelOfPolygon: Int32Array,
	parcelCount: number,
	polygonOffsets: Uint32Array,
	ringOffsets: Uint32Array,
): Omit<Regions, 'labels'> {
	const labelOffsets = new Uint32Array(parcelCount + 1);
	for (const parcel of parcelOfPolygon) labelOffsets[parcel + 1]++;
	for (let i = 0; i < parcelCount; i++) labelOffsets[i + 1] += labelOffsets[i];
	const newPolygonOffsets = new Uint32Array(polygons.length + 1);
	const newRingOffsets = new Uint32Array(ringOffsets.length);
	const halfEdges = new Uint32Array(rings.halfEdges.length);
	let ringCount = 0;
	let end = 0;
	polygons.forEach((polygon, i) => {
		const first = polygonOffsets[polygon];
		const last = polygonOffsets[polygon + 1];
		const copy = (r: number) => {
			halfEdges.set(rings.halfEdges.subarray(ringOffsets[r], ringOffsets[r + 1]), end);
			end += ringOffsets[r + 1] - ringOffsets[r];
			newRingOffsets[++ringCount] = end;
		};
		copy(first);
		if (last > first + 1)
			Uint32Array.from({ length: last - first - 1 }, (_, k) => first + 1 + k)
				.sort((r, s) => compareRings(rings, r, s))
				.forEach(copy);
		newPolygonOffsets[i + 1] = ringCount;
	});
	return { labelOffsets, polygonOffsets: newPolygonOffsets, ringOffsets: newRingOffsets, halfEdges };
}
