import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { perimeterM } from '$geo/check/check-faces.ts';
import { SLIVER_WIDTH_M } from '$geo/check/check-limits.ts';
import { featureCount, sliceFeature, type FlatPolygons } from '$geo/flat-polygons.ts';

/**
 * Measures the ground that two plots have in common; 0 where they only touch.
 *
 * Both are one feature, degrees on the grid (EPSG:4490). The area is ellipsoidal, in m². Common ground of a mean width of at most
 * `SLIVER_WIDTH_M` (two boundaries that were meant to be one, each rounded to the grid for itself) counts as none, piece by piece.
 * O(edges log edges) of both.
 */
export function sharedGroundM2(one: FlatPolygons, other: FlatPolygons): number {
	const arrangement = arrange([one, other]);
	const [ofOne, ofOther] = arrangement.covers;
	const inBoth = new Int32Array(arrangement.faceCount);
	for (let face = 1; face < arrangement.faceCount; face++)
		inBoth[face] = Number(
			ofOne.offsets[face] < ofOne.offsets[face + 1] && ofOther.offsets[face] < ofOther.offsets[face + 1],
		);
	const { polygons } = dissolveFaces(arrangement, inBoth);
	if (featureCount(polygons) === 0) return 0;
	const pieces = polygonsOf(sliceFeature(polygons, 0));
	return ellipsoidalAreasM2(pieces).reduce(
		(sum, areaM2, piece) => (2 * areaM2 <= SLIVER_WIDTH_M * perimeterM(pieces, piece) ? sum : sum + areaM2),
		0,
	);
}

/** Each polygon of a set as a feature of its own. */
function polygonsOf(polygons: FlatPolygons): FlatPolygons {
	const count = polygons.polygonOffsets.length - 1;
	return { ...polygons, featureOffsets: Uint32Array.from({ length: count + 1 }, (_, i) => i) };
}
