import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { isWrongWay, ringAreasM2 } from '../check/check-shapes.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { toGridSteps } from '../arrangement/grid-position.ts';
import { pieceGround } from '../arrangement/ground-piece.ts';
import { getShape, listFeatures, withShapes } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import { sideOf } from '../arrangement/point-in-polygon.ts';
import { isSamePlace, ringsOf, withRings } from '../coverage/vertex.ts';

/**
 * What puts an issue right, as data; places in degrees (EPSG:4490).
 *
 * `drop-repeats`, `reverse-rings`: the same boundary written otherwise. `redraw-rings`: the rings of the ground that the parcel covers, even-odd per
 * polygon. `remove-vertex`: from every one of these parcels. `merge-into-neighbour`: the parcel is given up. `fill-into-neighbour`: the uncovered ground
 * at a place, between the parcels `around`, goes to the neighbour, which is one of them. `leave-to`: the ground at a place that several claim stays with one of
 * them. `clip-to-outline`: what lies outside is cut off.
 */
export type CoverageFix =
	| {
			readonly kind: 'drop-repeats' | 'reverse-rings' | 'redraw-rings' | 'clip-to-outline';
			readonly parcelNo: number;
	  }
	| { readonly kind: 'remove-vertex'; readonly parcelNos: readonly number[]; readonly at: LonLat }
	| { readonly kind: 'merge-into-neighbour'; readonly parcelNo: number; readonly neighbourNo: number }
	| {
			readonly kind: 'fill-into-neighbour';
			readonly neighbourNo: number;
			readonly around: readonly number[];
			readonly at: LonLat;
	  }
	| {
			readonly kind: 'leave-to';
			readonly parcelNo: number;
			readonly others: readonly number[];
			readonly at: LonLat;
	  };

/**
 * Applies a fix; all other parcels stay the same to the bit, one that is merged is left out. O(patch + edges of the parcels concerned, log parcels).
 *
 * Null, and nothing is done, where the fix is stale: a parcel that it names is not there (once), or would be left without ground.
 */
export function applyFix(set: PatchedSet, fix: CoverageFix, outline?: FlatPolygons): PatchedSet | null {
	if (!parcelsOf(fix).every((no) => isThereOnce(set, no))) return null;
	const shapes = fixedShapes(set, fix, outline);
	return losesParcel(fix, shapes) ? null : withShapes(set, shapes);
}

/** Says whether a parcel of this number is in a set, and only one. */
export function isThereOnce(set: PatchedSet, no: number): boolean {
	return listFeatures(set, no).length === 1;
}

/** Says whether a parcel that the fix does not give up is left without ground. */
export function losesParcel(fix: CoverageFix, shapes: ReadonlyMap<number, FlatPolygons | null>): boolean {
	return [...shapes].some(([no, shape]) => shape === null && !isGivenUp(fix, no));
}

/** Says whether a fix merges a parcel into its neighbour. */
export function isGivenUp(fix: CoverageFix, no: number): boolean {
	return fix.kind === 'merge-into-neighbour' && fix.parcelNo === no;
}

function parcelsOf(fix: CoverageFix): readonly number[] {
	switch (fix.kind) {
		case 'remove-vertex':
			return fix.parcelNos;
		case 'merge-into-neighbour':
			return [fix.parcelNo, fix.neighbourNo];
		case 'fill-into-neighbour':
			return [fix.neighbourNo, ...fix.around];
		case 'leave-to':
			return [fix.parcelNo, ...fix.others];
		default:
			return [fix.parcelNo];
	}
}

/** The new shapes of the parcels that a fix changes, one feature each; null where nothing is left. O(their edges log edges). */
export function fixedShapes(
	set: PatchedSet,
	fix: CoverageFix,
	outline?: FlatPolygons,
): Map<number, FlatPolygons | null> {
	const shapeOf = (parcelNo: number) => getShape(set, parcelNo);
	const rewritten = (parcelNo: number, shape: FlatPolygons | null) => new Map([[parcelNo, shape]]);
	switch (fix.kind) {
		case 'drop-repeats': {
			const shape = shapeOf(fix.parcelNo);
			return rewritten(fix.parcelNo, withRings(shape, ringsOf(shape).map(withoutRepeats)));
		}
		case 'reverse-rings':
			return rewritten(fix.parcelNo, reverseWrongRings(shapeOf(fix.parcelNo)));
		case 'remove-vertex': {
			const isOther = (place: LonLat) => !isSameStep(place, fix.at);
			return new Map(
				fix.parcelNos.map((no) => {
					const shape = shapeOf(no);
					return [
						no,
						withRings(
							shape,
							ringsOf(shape).map((ring) => withoutRepeats(ring.filter(isOther))),
						),
					];
				}),
			);
		}
		case 'redraw-rings': {
			const arrangement = arrange([shapeOf(fix.parcelNo)]);
			return rewritten(
				fix.parcelNo,
				groundOf(arrangement, (face) => holders(arrangement, face).length > 0),
			);
		}
		case 'clip-to-outline': {
			const arrangement = arrange([shapeOf(fix.parcelNo), outline ?? joinFeatures([])]);
			const isInside = (face: number) => outline === undefined || holders(arrangement, face, 1).length > 0;
			return rewritten(
				fix.parcelNo,
				groundOf(arrangement, (face) => holders(arrangement, face).length > 0 && isInside(face)),
			);
		}
		case 'merge-into-neighbour': {
			const arrangement = arrange([joinFeatures([fix.parcelNo, fix.neighbourNo].map(shapeOf))]);
			const united = groundOf(arrangement, (face) => holders(arrangement, face).length > 0);
			return new Map([
				[fix.parcelNo, null],
				[fix.neighbourNo, united],
			]);
		}
		case 'fill-into-neighbour': {
			const arrangement = arrangeAround(fix.around.map(shapeOf), outline);
			const given = facesOfGap(arrangement, fix.at, outline !== undefined);
			const place = fix.around.indexOf(fix.neighbourNo);
			const isIts = (face: number) => given.has(face) || holders(arrangement, face).includes(place);
			return rewritten(fix.neighbourNo, groundOf(arrangement, isIts));
		}
		case 'leave-to': {
			const nos = [fix.parcelNo, ...fix.others];
			const arrangement = arrangeAround(nos.map(shapeOf));
			const disputed = facesAt(arrangement, fix.at, (face) =>
				holders(arrangement, face).length > 1 && holders(arrangement, face).includes(0) ? 1 : 0,
			);
			return new Map(
				fix.others.map((no, i) => [
					no,
					groundOf(arrangement, (face) => !disputed.has(face) && holders(arrangement, face).includes(i + 1)),
				]),
			);
		}
	}
}

/** The faces of the uncovered ground at a place, inside the outline if there is one as layer 1. O(half-edges). */
export function facesOfGap(arrangement: Arrangement, at: LonLat, hasOutline: boolean): Set<number> {
	return facesAt(arrangement, at, (face) =>
		holders(arrangement, face).length === 0 && (!hasOutline || holders(arrangement, face, 1).length > 0)
			? 1
			: 0,
	);
}

/** Parcels as layer 0, the outline if any as layer 1. */
export function arrangeAround(shapes: readonly FlatPolygons[], outline?: FlatPolygons): Arrangement {
	const polygons = joinFeatures(shapes);
	return arrange(outline === undefined ? [polygons] : [polygons, outline]);
}

/** The features of a layer that cover a face, ascending. */
export function holders({ covers }: Arrangement, face: number, layer = 0): number[] {
	const { offsets, features } = covers[layer];
	return [...features.subarray(offsets[face], offsets[face + 1])];
}

/** The faces of the connected piece of equal key that holds a place; none where there is no such piece. */
function facesAt(arrangement: Arrangement, at: LonLat, keyOf: (face: number) => number): Set<number> {
	const keys = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face === 0 ? 0 : keyOf(face),
	);
	const { faces, faceOffsets, polygons } = pieceGround(arrangement, keys);
	for (let piece = 0; piece + 1 < polygons.featureOffsets.length; piece++) {
		if (sideOf(sliceFeature(polygons, piece), at) < 0) continue;
		return new Set(faces.subarray(faceOffsets[piece], faceOffsets[piece + 1]));
	}
	return new Set();
}

/** The faces that are chosen as one feature, null where none is. */
function groundOf(arrangement: Arrangement, isChosen: (face: number) => boolean): FlatPolygons | null {
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face > 0 && isChosen(face) ? 1 : 0,
	);
	const { parcelNos, polygons } = dissolveFaces(arrangement, labels);
	return parcelNos.length === 0 ? null : polygons;
}

function reverseWrongRings(shape: FlatPolygons): FlatPolygons {
	const areas = ringAreasM2(shape);
	const shells = new Set(shape.polygonOffsets);
	const rings = ringsOf(shape).map((ring, r) =>
		isWrongWay(areas[r], shells.has(r)) ? ring.reverse() : ring,
	);
	return withRings(shape, rings);
}

function withoutRepeats(ring: readonly LonLat[]): LonLat[] {
	return ring.filter((place, i) => ring.length === 1 || !isSameStep(place, ring[(i + 1) % ring.length]));
}

/** Says whether two places come to the same grid point, or are the same unusable numbers. */
function isSameStep(a: LonLat, b: LonLat): boolean {
	if (isSamePlace(a, b)) return true;
	return toGridSteps(a[0]) === toGridSteps(b[0]) && toGridSteps(a[1]) === toGridSteps(b[1]);
}
