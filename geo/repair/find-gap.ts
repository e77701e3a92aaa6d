import { asPolygonFeatures, joinFeatures, sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import type { Refusal } from '../edit/difference.ts';
import { LARGEST_LON_DEG } from '../arrangement/grid-position.ts';
import { pieceGround } from '../arrangement/ground-piece.ts';
import type { GroundPieces } from '../arrangement/ground-piece.ts';
import { boxAroundAll, listMeeting, parcelNoOf, shapeOf } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import { sideOf } from '../arrangement/point-in-polygon.ts';
import { refuse } from '../edit/refusal.ts';
import { comesNear } from '../coverage/neighbourhood.ts';
import { boxOf } from '../coverage/shape.ts';
import type { LonLatBox } from '../coverage/shape.ts';

/** A gap and everything that may border it. */
export interface Gap {
	/** The features of the set that take part, ascending: feature i of layer 0 is `features[i]`. */
	readonly features: readonly number[];
	readonly arrangement: Arrangement;
	readonly pieces: GroundPieces;
	/** The piece that is the gap. */
	readonly piece: number;
}

/** How far from the place parcels are looked for first, in degrees: about ten metres. */
const FIRST_REACH_DEG = 1e-4;

/**
 * Finds the connected ground round a place that no parcel covers: enclosed by parcels, or inside the outline when there is one.
 *
 * Refuses `gap.none` with the parcels that cover the place, `gap.open` where nothing encloses it. Parcels are arranged that come near a box round the
 * place, and ever larger ones until the gap lies inside. O(patch + edges near the gap and of the outline · log, log parcels); of the whole set where nothing encloses it.
 */
export function findGap(
	set: PatchedSet,
	at: LonLat,
	outline?: FlatPolygons,
): { readonly ok: true; readonly gap: Gap } | { readonly ok: false; readonly refusal: Refusal } {
	const covering = listMeeting(set, boxAround(at, 0))
		.map((feature) => ({ no: parcelNoOf(set, feature), side: sideOfShape(shapeOf(set, feature), at) }))
		.filter(({ side }) => side >= 0);
	const inside = covering.filter(({ side }) => side > 0).map(({ no }) => no);
	if (inside.length > 0) return refuse('gap.none', ascending(inside), at);
	const whole = boxAroundAll(set);
	for (let reach = FIRST_REACH_DEG, gap: Gap | null = null; ; reach *= 4) {
		const around = boxAround(at, reach);
		// Of ground that seems to be the gap, what is far may be that of parcels not looked at.
		const box: LonLatBox = gap === null ? around : overlapOf(around, boxOfGap(gap));
		gap = gapAt(set, listNear(set, box), at, outline);
		const isWhole = contains(around, whole) || !(reach <= 2 * LARGEST_LON_DEG);
		if (gap !== null && (isWhole || contains(box, boxOfGap(gap)))) return { ok: true, gap };
		if (isWhole) break;
	}
	const onBoundary = ascending(covering.map(({ no }) => no));
	return onBoundary.length > 0 ? refuse('gap.none', onBoundary, at) : refuse('gap.open', [], at);
}

/** The features with an edge in a box, or that hold it inside. */
function listNear(set: PatchedSet, box: LonLatBox): number[] {
	return listMeeting(set, box).filter((feature) => comesNear(shapeOf(set, feature), [box]));
}

/** The ground round a place that some features leave bare, null where it is not enclosed. */
function gapAt(
	set: PatchedSet,
	features: readonly number[],
	at: LonLat,
	outline: FlatPolygons | undefined,
): Gap | null {
	const layer = joinFeatures(features.map((feature) => shapeOf(set, feature)));
	const arrangement = arrange(outline === undefined ? [layer] : [layer, outline]);
	const [parcels, within] = arrangement.covers;
	const isGap = (face: number) =>
		parcels.offsets[face] === parcels.offsets[face + 1] &&
		(within === undefined || within.offsets[face] < within.offsets[face + 1]);
	const pieces = pieceGround(
		arrangement,
		Int32Array.from({ length: arrangement.faceCount }, (_, face) => Number(isGap(face))),
	);
	let onBoundary = -1;
	for (let piece = 0; piece < pieces.keys.length; piece++) {
		const side = sideOf(sliceFeature(pieces.polygons, piece), at);
		if (side > 0) return { features, arrangement, pieces, piece };
		if (side === 0 && onBoundary < 0) onBoundary = piece;
	}
	return onBoundary < 0 ? null : { features, arrangement, pieces, piece: onBoundary };
}

/** 1 where a polygon of the shape covers the place, 0 on a boundary, −1 where none does. */
function sideOfShape(shape: FlatPolygons, at: LonLat): number {
	const parts = asPolygonFeatures(shape);
	let side = -1;
	for (let part = 0; part + 1 < parts.featureOffsets.length; part++)
		side = Math.max(side, sideOf(sliceFeature(parts, part), at));
	return side;
}

function ascending(numbers: readonly number[]): number[] {
	return [...numbers].sort((a, b) => a - b);
}

function boxAround([lon, lat]: LonLat, reach: number): LonLatBox {
	return { minLon: lon - reach, minLat: lat - reach, maxLon: lon + reach, maxLat: lat + reach };
}

function boxOfGap({ pieces, piece }: Gap): LonLatBox {
	return boxOf(sliceFeature(pieces.polygons, piece));
}

function overlapOf(a: LonLatBox, b: LonLatBox): LonLatBox {
	return {
		minLon: Math.max(a.minLon, b.minLon),
		minLat: Math.max(a.minLat, b.minLat),
		maxLon: Math.min(a.maxLon, b.maxLon),
		maxLat: Math.min(a.maxLat, b.maxLat),
	};
}

function contains(box: LonLatBox, inner: LonLatBox): boolean {
	return (
		box.minLon <= inner.minLon &&
		box.minLat <= inner.minLat &&
		box.maxLon >= inner.maxLon &&
		box.maxLat >= inner.maxLat
	);
}
