import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from './arrange.ts';
import { innerVertices, vertexAlong } from './chain-edge.ts';
import { regionPolygons } from './dissolve.ts';
import { metresBetween } from './metres.ts';
import { FaceGroups } from './face-group.ts';
import type { Subdivision } from './region.ts';
import { traceRegions } from './region.ts';

/**
 * Connected pieces of ground of an arrangement, numbered by their lowest face.
 *
 * Piece c has faces `faces[faceOffsets[c]] …` and boundary `halfEdges[boundaryOffsets[c]] …` (the piece on the left); `polygons` holds it as feature c,
 * one polygon each.
 */
export interface GroundPieces {
	/** The key that the faces of the piece share. */
	readonly keys: Int32Array;
	readonly faceOffsets: Uint32Array;
	readonly faces: Uint32Array;
	readonly boundaryOffsets: Uint32Array;
	readonly halfEdges: Uint32Array;
	readonly polygons: FlatPolygons;
	/** Measured when asked for. O(vertices). */
	readonly areaM2: Float64Array;
	/** Mean width in metres: twice the area over the perimeter. Measured when asked for. O(vertices). */
	readonly widthM: Float64Array;
}

/**
 * Joins neighbouring faces of equal key to pieces.
 *
 * `keyOfFace[f]` is any whole number, 0 = leave out; the unbounded face always is. Faces that meet only at a point are not
 * neighbours, nor are they across an edge that `isWall`. Areas are ellipsoidal. The result depends on the geometry alone. O(half-edges).
 */
export function pieceGround(
	arrangement: Arrangement,
	keyOfFace: Int32Array,
	isWall?: (edge: number) => boolean,
): GroundPieces {
	const { pieceOf, keys } = joinFaces(arrangement, keyOfFace, isWall);
	const regions = traceRegions(arrangement, pieceOf);
	const polygons = regionPolygons(arrangement, regions);
	const boundaryOffsets = Uint32Array.from(
		regions.labelOffsets,
		(p) => regions.ringOffsets[regions.polygonOffsets[p]],
	);
	const perimeterM = (piece: number) => {
		let length = 0;
		for (let i = boundaryOffsets[piece]; i < boundaryOffsets[piece + 1]; i++)
			length += lengthOfHalfEdge(arrangement, regions.halfEdges[i]);
		return length;
	};
	let areaM2: Float64Array | null = null;
	let widthM: Float64Array | null = null;
	const { offsets, items } = groupBy(pieceOf, keys.length);
	return {
		keys,
		faceOffsets: offsets,
		faces: items,
		boundaryOffsets,
		halfEdges: regions.halfEdges,
		polygons,
		get areaM2() {
			return (areaM2 ??= ellipsoidalAreasM2(polygons));
		},
		get widthM() {
			return (widthM ??= this.areaM2.map((area, piece) => (2 * area) / perimeterM(piece)));
		},
	};
}

/** The length of a half-edge in metres. O(1), or the vertices of its chain. */
export function lengthOfHalfEdge(arrangement: Arrangement, half: number): number {
	let length = 0;
	const count = innerVertices(arrangement.chains, half).length / 2 + 1;
	for (let k = 0; k < count; k++)
		length += metresBetween(...vertexAlong(arrangement, half, k), ...vertexAlong(arrangement, half, k + 1));
	return length;
}

/** Numbers connected faces of equal key from 1, by their lowest face; 0 where the key is 0. O(edges). */
export function joinFaces(
	{ faceOf, faceCount }: Subdivision,
	keyOfFace: Int32Array,
	isWall: (edge: number) => boolean = () => false,
): { readonly pieceOf: Int32Array; readonly keys: Int32Array } {
	const group = new FaceGroups(faceCount);
	for (let half = 0; half < faceOf.length; half += 2) {
		const left = faceOf[half];
		const right = faceOf[half + 1];
		if (left === 0 || right === 0 || left === right) continue;
		const key = keyOfFace[left];
		if (key !== 0 && key === keyOfFace[right] && !isWall(half >> 1)) group.join(left, right);
	}
	const pieceOf = new Int32Array(faceCount);
	const keys: number[] = [];
	for (let face = 1; face < faceCount; face++) {
		if (keyOfFace[face] === 0) continue;
		const first = group.find(face);
		pieceOf[face] = first === face ? keys.push(keyOfFace[face]) : pieceOf[first];
	}
	return { pieceOf, keys: Int32Array.from(keys) };
}

/** Lists items by group: those of group g ≥ 1 are `items[offsets[g − 1]] … items[offsets[g] − 1]`, ascending; group 0 is left out. */
function groupBy(groupOf: Int32Array, groupCount: number): { offsets: Uint32Array; items: Uint32Array } {
	const offsets = new Uint32Array(Math.max(0, groupCount) + 1);
	for (const group of groupOf) if (group > 0) offsets[group]++;
	for (let g = 1; g < offsets.length; g++) offsets[g] += offsets[g - 1];
	const cursor = offsets.slice();
	const items = new Uint32Array(offsets[offsets.length - 1]);
	groupOf.forEach((group, item) => {
		if (group > 0) items[cursor[group - 1]++] = item;
	});
	return { offsets, items };
}
