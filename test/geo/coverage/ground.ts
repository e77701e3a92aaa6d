import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';

/** More than a degree of a great circle anywhere near the parcels of the tests. */
const METRES_PER_DEG = 111_700;

/** Half the diagonal of a grid step: how far noding may move an edge. */
export const HALF_DIAGONAL_M = Math.SQRT1_2 * GRID_STEP_DEG * METRES_PER_DEG;

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

/** The length of all rings in metres, rather too long: a degree of longitude counts as one of latitude. */
export function boundaryLengthM({ coordinates, ringOffsets }: FlatPolygons): number {
	let lengthDeg = 0;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const east = coordinates[2 * i] - coordinates[2 * j];
			lengthDeg += Math.hypot(east, coordinates[2 * i + 1] - coordinates[2 * j + 1]);
		}
	}
	return lengthDeg * METRES_PER_DEG;
}
