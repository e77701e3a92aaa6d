import { findShape } from '$geo/coverage/coverage.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { joinFeatures, sliceFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';
import { factsOf } from './parcel-facts.ts';

/** Ground that a draft touches, of one parcel before and one after it; neighbours that only get vertices are not in it. */
export interface TouchedGround {
	readonly beforeNo: number;
	readonly afterNo: number;
	readonly landUseBefore: string | null;
	readonly landUseAfter: string | null;
	/** Ellipsoidal. */
	readonly areaM2: number;
	/** One feature, degrees (EPSG:4490). */
	readonly shape: FlatPolygons;
}

/**
 * Cuts what a draft touches by the parcels before and after it, so that every piece has one class on either side.
 *
 * `difference` is the whole draft's, from `start` to `end`. Where the ground is kept, pieces add up to the parcels before and to those after, up
 * to what noding moves (`overlayParcelSets`). O(positions log positions).
 */
export function touchedGround(
	start: DraftState,
	end: DraftState,
	{ shapes, facts }: DraftDifference,
): TouchedGround[] {
	const redrawn = shapes.filter(({ kind }) => kind !== 'noded').map(({ parcelNo }) => parcelNo);
	const parcelNos = [...new Set([...redrawn, ...facts.map(({ parcelNo }) => parcelNo)])];
	const before = parcelsOf(start, parcelNos);
	const after = parcelsOf(end, parcelNos);
	const overlay = overlayParcelSets([before, after]);
	const [beforeNos, afterNos] = overlay.parcelNos;
	return Array.from(overlay.areaM2, (areaM2, piece) => {
		const [beforeNo, afterNo] = [beforeNos[piece], afterNos[piece]];
		return {
			beforeNo,
			afterNo,
			landUseBefore: factsOf(start.facts, beforeNo).landUse,
			landUseAfter: factsOf(end.facts, afterNo).landUse,
			areaM2,
			shape: sliceFeature(overlay.polygons, piece),
		};
	}).filter(({ beforeNo, afterNo }) => beforeNo !== 0 && afterNo !== 0);
}

function parcelsOf({ coverage }: DraftState, parcelNos: readonly number[]): ParcelSet {
	const found = parcelNos.flatMap((parcelNo) => {
		const shape = findShape(coverage, parcelNo);
		return shape === null ? [] : [{ parcelNo, shape }];
	});
	return {
		parcelNos: Int32Array.from(found, ({ parcelNo }) => parcelNo),
		polygons: joinFeatures(found.map(({ shape }) => shape)),
	};
}
