import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { overlayParcelSets } from '$geo/arrangement/overlay.ts';
import { featureCount, joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';

/** An outline of a park; `polygons` is one feature. */
export interface ParkOutline {
	readonly parkId: string;
	readonly polygons: FlatPolygons;
}

/** Where a parcel lies among the parks; only the one inside has a park. */
export interface ParkPlace {
	readonly parkId: string | null;
	readonly relation: 'inside' | 'outside' | 'several';
}

/** Less than this much of a parcel over an outline is noding, not ground: half a grid diagonal along some kilometres. */
const NODING_TOLERANCE_M2 = 0.1;

/**
 * Finds the park of every parcel by overlay with the outlines.
 *
 * A parcel is inside a park when all of it lies there, outside when none of it lies in any, else across several (also
 * half in one park and half in none); 0.1 m² may stray. O(edges log edges).
 */
export function findParkPlaces(polygons: FlatPolygons, outlines: readonly ParkOutline[]): ParkPlace[] {
	const count = featureCount(polygons);
	const parcelNos = Int32Array.from({ length: count }, (_, i) => i + 1);
	const parkNos = Int32Array.from(outlines, (_, i) => i + 1);
	const overlay = overlayParcelSets([
		{ parcelNos, polygons },
		{ parcelNos: parkNos, polygons: joinFeatures(outlines.map((outline) => outline.polygons)) },
	]);
	const [pieceParcels, pieceParks] = overlay.parcelNos;
	const areasM2 = ellipsoidalAreasM2(polygons);
	const inParkM2 = Array.from({ length: count }, () => new Map<number, number>());
	for (let piece = 0; piece < pieceParcels.length; piece++) {
		const parcel = pieceParcels[piece] - 1;
		const park = pieceParks[piece] - 1;
		if (parcel < 0 || park < 0) continue;
		inParkM2[parcel].set(park, (inParkM2[parcel].get(park) ?? 0) + overlay.areaM2[piece]);
	}
	return inParkM2.map((parks, parcel) => {
		const met = [...parks].filter(([, areaM2]) => areaM2 > NODING_TOLERANCE_M2);
		if (met.length === 0) return { parkId: null, relation: 'outside' };
		const [[park, areaM2]] = met;
		const isWhole = met.length === 1 && areasM2[parcel] - areaM2 <= NODING_TOLERANCE_M2;
		return isWhole
			? { parkId: outlines[park].parkId, relation: 'inside' }
			: { parkId: null, relation: 'several' };
	});
}
