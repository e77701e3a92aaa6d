import type { LonLat } from '../flat-polygons.ts';
import { findAnchor, findAnchoredRing, stretchOf } from './boundary-stretch.ts';
import type { Anchor, AnchoredRing } from './boundary-stretch.ts';
import { findShape, listParcelNosInBox } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Refusal } from './difference.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { comparePlaces } from '../coverage/nearest-boundary.ts';
import { refuse } from './refusal.ts';
import { isSamePlace, placeKey } from '../coverage/vertex.ts';

/** The boundary that a path is for. */
export interface ReshapeSubject {
	readonly ok: true;
	readonly parcelNo: number;
	readonly ring: AnchoredRing;
	/** Whether the path runs from `ring.to` to `ring.from`. */
	readonly isReversed: boolean;
	/** The parcel beyond the boundary, where it was found by its two parcels. */
	readonly partnerNo: number | null;
	/** Where only one of the ring's stretches can be meant: whether it is the one forward from `ring.from` to `ring.to`. */
	readonly isForward: boolean | null;
}

type SharedStretch = Omit<ReshapeSubject, 'ok' | 'isReversed'>;

type Found = ReshapeSubject | { readonly ok: false; readonly refusal: Refusal };

/**
 * Finds the ring that a path from one place to another reshapes; `ring.from` is the lexicographically smaller end.
 *
 * With a parcel number it is that parcel's; else the boundary between the two parcels that share a whole stretch from end to end.
 * Refuses `parcel.unknown`, `reshape.ends-off` (an end is not within reach of a boundary), `reshape.ends-meet`,
 * `reshape.ends-apart` (on no one ring), `reshape.parcel-needed` (no two parcels, or several pairs, share such a stretch).
 */
export function findReshapeSubject(
	coverage: Coverage,
	ends: readonly [LonLat, LonLat],
	reachM: number,
	parcelNo: number | undefined,
): Found {
	if (parcelNo !== undefined && findShape(coverage, parcelNo) === null) {
		return refuse('parcel.unknown', [parcelNo], ends[0]);
	}
	const asked = parcelNo === undefined ? [] : [parcelNo];
	const anchors: Anchor[] = [];
	for (const end of ends) {
		const anchor = findAnchor(coverage, end, reachM, parcelNo);
		if (anchor === null) return refuse('reshape.ends-off', asked, end, { reachM });
		anchors.push(anchor);
	}
	const isReversed = comparePlaces(anchors[0].place, anchors[1].place) > 0;
	const [from, to] = isReversed ? [anchors[1], anchors[0]] : anchors;
	if (isSamePlace(from.place, to.place)) return refuse('reshape.ends-meet', asked, from.place);
	const rings = new Map<number, AnchoredRing>();
	for (const no of parcelNo === undefined ? listParcelNosAtPlace(coverage, from.place) : asked) {
		const shape = findShape(coverage, no);
		const ring = shape === null ? null : findAnchoredRing(shape, from, to);
		if (ring !== null) rings.set(no, ring);
	}
	if (rings.size === 0) return refuse('reshape.ends-apart', asked, to.place);
	if (parcelNo === undefined) {
		const shared = findSharedStretch(rings);
		if (shared === null) return refuse('reshape.parcel-needed', [...rings.keys()], from.place);
		return { ...shared, ok: true, isReversed };
	}
	const [[, ring]] = rings;
	return { ok: true, parcelNo, ring, isReversed, partnerNo: null, isForward: null };
}

function listParcelNosAtPlace(coverage: Coverage, [lon, lat]: LonLat): number[] {
	// An edge may pass its snapped place by half a step.
	return listParcelNosInBox(coverage, {
		minLon: lon - GRID_STEP_DEG,
		maxLon: lon + GRID_STEP_DEG,
		minLat: lat - GRID_STEP_DEG,
		maxLat: lat + GRID_STEP_DEG,
	});
}

/** The only two parcels with a stretch from end to end in common, the lower number as the subject; null when there are none or more. */
function findSharedStretch(rings: ReadonlyMap<number, AnchoredRing>): SharedStretch | null {
	const edges = new Map([...rings].map(([no, { places }]) => [no, edgeKeys([...places, places[0]])]));
	const found: SharedStretch[] = [];
	for (const [parcelNo, ring] of rings) {
		const forward = edgeKeys(stretchOf(ring.places, ring.from, ring.to));
		const backward = edgeKeys(stretchOf(ring.places, ring.to, ring.from));
		for (const [partnerNo, known] of edges) {
			if (partnerNo <= parcelNo) continue;
			const [isShared, isSharedBack] = [forward, backward].map((keys) =>
				[...keys].every((key) => known.has(key)),
			);
			if (!isShared && !isSharedBack) continue;
			const isForward = isShared && isSharedBack ? null : isShared;
			found.push({ parcelNo, ring, partnerNo, isForward });
		}
	}
	return found.length === 1 ? found[0] : null;
}

function edgeKeys(line: readonly LonLat[]): ReadonlySet<string> {
	const keys = new Set<string>();
	for (let i = 0; i + 1 < line.length; i++) {
		const [low, high] =
			comparePlaces(line[i], line[i + 1]) < 0 ? [line[i], line[i + 1]] : [line[i + 1], line[i]];
		keys.add(`${placeKey(low)} ${placeKey(high)}`);
	}
	return keys;
}
