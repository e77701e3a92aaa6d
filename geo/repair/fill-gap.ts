import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import { sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import type { Refusal } from '../edit/difference.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { findGap } from './find-gap.ts';
import type { Gap } from './find-gap.ts';
import { lengthOfHalfEdge } from '../arrangement/ground-piece.ts';
import { reshapeInSet } from './parcel-set-edit.ts';
import type { ParcelSetEdit } from './parcel-set-edit.ts';
import { listFeatures, parcelNoOf } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import { isParcelNo } from '../parcel-set.ts';
import { refuse } from '../edit/refusal.ts';

/** Who gets the ground of a gap: by a rule among its neighbours (ties to the lower number), one by number, or a new parcel. */
export type GapTaker =
	| 'longest-boundary'
	| 'larger'
	| 'smaller'
	| { readonly parcelNo: number }
	| { readonly newParcelNo: number };

/** A gap to be filled. */
export interface GapFilling {
	/** A place in the gap (the `at` of its issue), degrees (EPSG:4490). */
	readonly at: LonLat;
	readonly to: GapTaker;
	/** What the parcels are to fill; without it a gap is ground that parcels enclose. */
	readonly outline?: FlatPolygons;
}

/**
 * Gives the whole connected gap at a place to one parcel.
 *
 * The taker's new shape is its ground and the gap's, on the grid, with its neighbours' vertices along the gap; every other parcel stays
 * as it is to the bit. Refuses `gap.none` (with the parcels that cover the place), `gap.open` (parcels do not enclose it),
 * `gap.no-neighbour`, `gap.not-beside` (the taker shares no stretch of boundary with it), `parcel.unknown`,
 * `parcel-number.invalid` (0, taken, or not unique). O(patch + edges near the gap · log, log parcels).
 */
export function fillGap(set: PatchedSet, { at, to, outline }: GapFilling): ParcelSetEdit {
	const wrong = typeof to === 'string' ? null : wrongTaker(set, to);
	if (wrong !== null) return refuse(wrong, typeof to === 'string' ? [] : [numberOf(to)], at);
	const found = findGap(set, at, outline);
	if (!found.ok) return found;
	const { gap } = found;
	if (typeof to !== 'string' && 'newParcelNo' in to)
		return reshapeInSet(set, new Map([[to.newParcelNo, sliceFeature(gap.pieces.polygons, gap.piece)]]));
	const neighbours = listNeighbours(set, gap);
	if (neighbours.length === 0) return refuse('gap.no-neighbour', [], at);
	const taker = typeof to === 'string' ? first(gap, to, neighbours) : findBeside(neighbours, to.parcelNo);
	if (taker === null) return refuse('gap.not-beside', typeof to === 'string' ? [] : [numberOf(to)], at);
	const { parcelNo, feature } = taker;
	if (!isUniqueNo(set, parcelNo)) return refuse('parcel-number.invalid', [parcelNo], at);
	return reshapeInSet(set, new Map([[parcelNo, groundOf(gap, feature, true)]]));
}

/** Says why `fillGap` would be refused, null when it would be done. */
export function canFillGap(set: PatchedSet, filling: GapFilling): Refusal | null {
	const result = fillGap(set, filling);
	return result.ok ? null : result.refusal;
}

type NamedTaker = Exclude<GapTaker, string>;

function numberOf(taker: NamedTaker): number {
	return 'parcelNo' in taker ? taker.parcelNo : taker.newParcelNo;
}

/** The refusal code for a parcel that cannot take anything; null for one that may. */
function wrongTaker(set: PatchedSet, taker: NamedTaker): string | null {
	if ('parcelNo' in taker) return listFeatures(set, taker.parcelNo).length > 0 ? null : 'parcel.unknown';
	const no = taker.newParcelNo;
	return isParcelNo(no) && listFeatures(set, no).length === 0 ? null : 'parcel-number.invalid';
}

function isUniqueNo(set: PatchedSet, parcelNo: number): boolean {
	return parcelNo !== 0 && listFeatures(set, parcelNo).length === 1;
}

/** A parcel with a stretch of boundary on the gap. */
interface Neighbour {
	readonly parcelNo: number;
	/** Its feature in layer 0 of the gap's arrangement. */
	readonly feature: number;
	readonly lengthM: number;
}

/** The parcels along the gap, ascending by number. */
function listNeighbours(set: PatchedSet, { features: local, arrangement, pieces, piece }: Gap) {
	const lengths = new Map<number, number>();
	const [{ offsets, features }] = arrangement.covers;
	for (let i = pieces.boundaryOffsets[piece]; i < pieces.boundaryOffsets[piece + 1]; i++) {
		const half = pieces.halfEdges[i];
		const face = arrangement.faceOf[half ^ 1];
		for (let k = offsets[face]; k < offsets[face + 1]; k++)
			lengths.set(features[k], (lengths.get(features[k]) ?? 0) + lengthOfHalfEdge(arrangement, half));
	}
	return Array.from(lengths, ([feature, lengthM]): Neighbour => ({
		parcelNo: parcelNoOf(set, local[feature]),
		feature,
		lengthM,
	})).sort((a, b) => a.parcelNo - b.parcelNo);
}

function findBeside(neighbours: readonly Neighbour[], parcelNo: number): Neighbour | null {
	return neighbours.find((neighbour) => neighbour.parcelNo === parcelNo) ?? null;
}

/** The neighbour that a rule puts first, the lower number among equals. */
function first(gap: Gap, rule: GapTaker & string, neighbours: readonly Neighbour[]): Neighbour {
	const rank = ({ feature, lengthM }: Neighbour) => {
		if (rule === 'longest-boundary') return lengthM;
		const [areaM2] = ellipsoidalAreasM2(groundOf(gap, feature, false));
		return rule === 'larger' ? areaM2 : -areaM2;
	};
	const ranks = neighbours.map(rank);
	return neighbours[ranks.indexOf(Math.max(...ranks))];
}

/** The ground of a feature, with the gap's or without, as one feature. */
function groundOf({ arrangement, pieces, piece }: Gap, feature: number, withGap: boolean): FlatPolygons {
	const [{ offsets, features }] = arrangement.covers;
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		Number(features.subarray(offsets[face], offsets[face + 1]).includes(feature)),
	);
	for (let i = pieces.faceOffsets[piece]; withGap && i < pieces.faceOffsets[piece + 1]; i++)
		labels[pieces.faces[i]] = 1;
	return dissolveFaces(arrangement, labels).polygons;
}
