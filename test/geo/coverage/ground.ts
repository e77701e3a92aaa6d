import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';

/** The union of the features as one feature, none where there is no ground. */
export function groundOf(polygons: FlatPolygons): FlatPolygons {
	const arrangement = arrange([polygons]);
	const { offsets } = arrangement.covers[0];
	return dissolveFaces(
		arrangement,
		Int32Array.from({ length: arrangement.faceCount }, (_, f) => Number(offsets[f + 1] > offsets[f])),
	).polygons;
}

/** The ground that the parcels cover together, counted once, m². */
export function groundM2({ polygons }: ParcelSet): number {
	return ellipsoidalAreasM2(groundOf(polygons)).reduce((sum, area) => sum + area, 0);
}

/** The ground of every parcel by itself, m². */
export function holdings({ parcelNos, polygons }: ParcelSet): Map<number, number> {
	return new Map(
		Array.from(parcelNos, (no, f) => [no, groundM2({ parcelNos, polygons: sliceFeature(polygons, f) })]),
	);
}
