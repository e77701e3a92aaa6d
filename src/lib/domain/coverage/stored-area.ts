import { apportionToTotal } from '$geo/area/apportion.ts';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParkPlace } from './park-place.ts';

/** A park whose parcels miss its outline by more than this per parcel is not covered: nothing is forced to fit. */
const CLOSURE_TOLERANCE_M2 = 1e-3;

/** Whole 0.01 m², at least one. */
export function toStoredArea(areaM2: number): number {
	return Math.max(1, Math.round(areaM2 * 100));
}

/**
 * Stored areas of parcels in 0.01 m²: ellipsoidal, and adjusted (平差) so that the parcels inside a park sum exactly to its outline.
 *
 * Where the parcels do not cover their park they are adjusted to their own sum, rounded; parcels in no park or in several are
 * rounded one by one. No parcel gets less than one, and the sums hold all the same. `outlineDm2` holds each park's stored outline area. O(n log n).
 */
export function adjustedAreas(
	polygons: FlatPolygons,
	places: readonly ParkPlace[],
	outlineDm2: ReadonlyMap<string, number>,
): Float64Array {
	const areasM2 = ellipsoidalAreasM2(polygons);
	const storedDm2 = Float64Array.from(areasM2, toStoredArea);
	const members = new Map<string, number[]>();
	for (const [parcel, { parkId }] of places.entries()) {
		if (parkId === null) continue;
		const list = members.get(parkId);
		if (list === undefined) members.set(parkId, [parcel]);
		else list.push(parcel);
	}
	for (const [parkId, parcels] of members) {
		const weights = Float64Array.from(parcels, (parcel) => areasM2[parcel]);
		const sumM2 = weights.reduce((sum, areaM2) => sum + areaM2, 0);
		const outline = outlineDm2.get(parkId);
		const closes =
			outline !== undefined &&
			outline >= parcels.length &&
			Math.abs(sumM2 - outline / 100) <= CLOSURE_TOLERANCE_M2 * parcels.length + 0.005;
		const total = closes ? outline : Math.max(parcels.length, Math.round(sumM2 * 100));
		const parts = apportionAtLeastOne(weights, total);
		for (const [i, parcel] of parcels.entries()) storedDm2[parcel] = parts[i];
	}
	return storedDm2;
}

/** Shares out a total of at least one per weight: slivers that would get nothing get one, and the others share the rest. */
export function apportionAtLeastOne(weights: Float64Array, total: number): Float64Array {
	const shared = weights.slice();
	for (let slivers = shared.filter((weight) => weight === 0).length; ;) {
		const shares = apportionToTotal(shared, total - slivers);
		if (!shares.ok) throw new Error(`${total} × 0.01 m² cannot be shared out: ${shares.code}`);
		const { parts } = shares;
		let found = 0;
		for (let i = 0; i < parts.length; i++) {
			if (parts[i] > 0 || shared[i] === 0) continue;
			shared[i] = 0;
			found++;
		}
		if (found === 0) return parts.map((part, i) => (shared[i] === 0 ? 1 : part));
		slivers += found;
	}
}
