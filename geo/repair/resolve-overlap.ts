import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import type { Refusal } from '../edit/difference.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { pieceGround } from '../arrangement/ground-piece.ts';
import type { GroundPieces } from '../arrangement/ground-piece.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import { reshapeInSet } from './parcel-set-edit.ts';
import type { ParcelSetEdit } from './parcel-set-edit.ts';
import { getShape, listFeatures } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import { sideOf } from '../arrangement/point-in-polygon.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { refuse } from '../edit/refusal.ts';
import { giveTo, NOBODY, settlePieces, SEVERAL, UNDECIDED } from './settle-slivers.ts';

/** Who keeps ground that several parcels cover; the others lose it. Ties go to the parcel named first. */
export type OverlapRule = 'to-first' | 'to-larger' | 'to-smaller' | 'to-longest-boundary';

/** Overlaps to be resolved. */
export interface OverlapResolution {
	/** The parcels between which the overlaps are, in the order of their claim. */
	readonly parcelNos: readonly number[];
	readonly rule: OverlapRule;
	/** A place in the one overlap that is meant (the `at` of its issue); all of them when left out. */
	readonly at?: LonLat;
}

/**
 * Lets one of several overlapping parcels keep the ground that they share, the others lose it.
 *
 * A connected overlap of the same parcels goes whole to one: the one named first, the one with more or less ground, or the one whose own
 * ground has the longest boundary on it. The keeper stays as it is, to the bit; so does every parcel that loses nothing. The ground
 * that they cover together stays the same. Overlaps with parcels not named stay. Refuses `overlap.too-few`, `parcel.unknown`,
 * `parcel-number.invalid`, `overlap.none`, `overlap.undecided` (no own ground of any borders it), `overlap.leaves-nothing` (with the parcels
 * that would vanish). Degrees (EPSG:4490). O(patch + edges of the parcels named · log, log parcels).
 */
export function resolveOverlap(set: PatchedSet, resolution: OverlapResolution): ParcelSetEdit {
	const subjects = [...new Set(resolution.parcelNos)];
	if (subjects.length < 2) return refuse('overlap.too-few', subjects, placeOf(set, subjects[0]));
	const unknown = subjects.filter((no) => listFeatures(set, no).length === 0);
	if (unknown.length > 0) return refuse('parcel.unknown', unknown);
	const unclear = subjects.filter((no) => no === 0 || listFeatures(set, no).length > 1);
	if (unclear.length > 0) return refuse('parcel-number.invalid', unclear, placeOf(set, unclear[0]));

	const shapes = subjects.map((no) => getShape(set, no));
	const arrangement = arrange([joinFeatures(shapes)]);
	const overlaps = findOverlaps(arrangement);
	const meant = listMeant(overlaps.pieces, resolution.at);
	const { at = null } = resolution;
	if (meant.length === 0) return refuse('overlap.none', subjects, at ?? placeOf(set, subjects[0]));
	const holderOf = settle(arrangement, overlaps, meant, resolution.rule, subjects.length);
	const open = meant.find((piece) => holderOf[overlaps.pieces.faces[overlaps.pieces.faceOffsets[piece]]] < 0);
	if (open !== undefined) {
		const nos = overlaps.coveredBy(open).map((subject) => subjects[subject]);
		return refuse('overlap.undecided', nos, interiorPoint(overlaps.pieces.polygons, open));
	}
	const losers = [...new Set(meant.flatMap(overlaps.coveredBy))].sort((a, b) => a - b);
	const left = new Map<number, FlatPolygons>();
	const vanished: number[] = [];
	for (const subject of losers) {
		const { shape, loses } = groundLeft(arrangement, holderOf, subject);
		if (shape.coordinates.length === 0) vanished.push(subject);
		else if (loses) left.set(subjects[subject], shape);
	}
	if (vanished.length > 0) {
		const { coordinates } = shapes[vanished[0]];
		const nos = vanished.map((subject) => subjects[subject]);
		return refuse('overlap.leaves-nothing', nos, at ?? [coordinates[0], coordinates[1]]);
	}
	return reshapeInSet(set, left);
}

/** A vertex of a parcel of the set; null where it is not there or has none that is on Earth. */
function placeOf(set: PatchedSet, parcelNo: number | undefined): LonLat | null {
	if (parcelNo === undefined || listFeatures(set, parcelNo).length === 0) return null;
	const { coordinates } = getShape(set, parcelNo);
	for (let i = 0; i < coordinates.length; i += 2) {
		if (isUsablePosition(coordinates[i], coordinates[i + 1])) return [coordinates[i], coordinates[i + 1]];
	}
	return null;
}

/** Says why `resolveOverlap` would be refused, null when it would be done. */
export function canResolveOverlap(set: PatchedSet, resolution: OverlapResolution): Refusal | null {
	const result = resolveOverlap(set, resolution);
	return result.ok ? null : result.refusal;
}

/** Connected ground that the same several subjects cover; subjects are features of layer 0. */
interface Overlaps {
	readonly pieces: GroundPieces;
	readonly coveredBy: (piece: number) => readonly number[];
}

function findOverlaps(arrangement: Arrangement): Overlaps {
	const [{ offsets, features }] = arrangement.covers;
	const keys = new Map<string, number>();
	const sets: (readonly number[])[] = [];
	const keyOfFace = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		if (offsets[face + 1] - offsets[face] < 2) return 0;
		const set = [...features.subarray(offsets[face], offsets[face + 1])];
		const key = set.join(' ');
		if (!keys.has(key)) keys.set(key, sets.push(set));
		return keys.get(key) ?? 0;
	});
	const pieces = pieceGround(arrangement, keyOfFace);
	return { pieces, coveredBy: (piece) => sets[pieces.keys[piece] - 1] };
}

/** The overlap at a place, or all. */
function listMeant({ keys, polygons }: GroundPieces, at: LonLat | undefined): number[] {
	const all = [...keys.keys()];
	if (at === undefined) return all;
	const sides = all.map((piece) => sideOf(sliceFeature(polygons, piece), at));
	const found = sides.indexOf(1) < 0 ? sides.indexOf(0) : sides.indexOf(1);
	return found < 0 ? [] : [found];
}

/** Who holds each face: a subject, NOBODY, or SEVERAL in overlaps that are not meant or not decided. */
function settle(
	arrangement: Arrangement,
	{ pieces, coveredBy }: Overlaps,
	meant: readonly number[],
	rule: OverlapRule,
	subjectCount: number,
): Int32Array {
	const [{ offsets, features }] = arrangement.covers;
	const holderOf = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const count = offsets[face + 1] - offsets[face];
		return count === 0 ? NOBODY : count === 1 ? features[offsets[face]] : SEVERAL;
	});
	if (rule === 'to-longest-boundary') {
		for (const piece of meant) giveTo(pieces, piece, UNDECIDED, holderOf);
		const mayHold = (piece: number, subject: number) => coveredBy(piece).includes(subject);
		settlePieces(arrangement, pieces, meant, holderOf, mayHold);
		return holderOf;
	}
	const areas = Array.from({ length: subjectCount }, (_, subject) => {
		if (rule === 'to-first') return -subject;
		const labels = holderOf.map((_, face) => Number(isCovered(arrangement, face, subject)));
		const [areaM2 = 0] = ellipsoidalAreasM2(dissolveFaces(arrangement, labels).polygons);
		return rule === 'to-larger' ? areaM2 : -areaM2;
	});
	for (const piece of meant) {
		const keeper = coveredBy(piece).reduce((best, other) => (areas[other] > areas[best] ? other : best));
		giveTo(pieces, piece, keeper, holderOf);
	}
	return holderOf;
}

function isCovered({ covers: [{ offsets, features }] }: Arrangement, face: number, subject: number): boolean {
	return features.subarray(offsets[face], offsets[face + 1]).includes(subject);
}

/** What a subject has after the decision, and whether that is less than it had. */
function groundLeft(arrangement: Arrangement, holderOf: Int32Array, subject: number) {
	let loses = false;
	const labels = holderOf.map((holder, face) => {
		if (!isCovered(arrangement, face, subject)) return 0;
		const keeps = holder === subject || holder === SEVERAL;
		loses ||= !keeps;
		return Number(keeps);
	});
	return { shape: dissolveFaces(arrangement, labels).polygons, loses };
}
