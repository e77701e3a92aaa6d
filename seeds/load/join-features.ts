import { flattenMultiPolygons, featureCount, nestFeature, type FlatPolygons } from '$geo/flat-polygons.ts';

/** Puts the features of several flat polygons into one, in order. O(positions). */
export function joinFeatures(parts: readonly FlatPolygons[]): FlatPolygons {
	return flattenMultiPolygons(
		parts.flatMap((part) => Array.from({ length: featureCount(part) }, (_, f) => nestFeature(part, f))),
	);
}
