import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from './arrange.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { traceRegions } from './region.ts';
import type { Regions } from './region.ts';

/**
 * Unites the faces of each label to one feature; its number is the label.
 *
 * `labels` holds one whole number per face, 0 = leave out. Features ascend by label; shells are counter-clockwise, holes clockwise, each ring
 * starts from its lexicographically smallest vertex, and all are valid in the OGC sense. Vertices are those of the arrangement: none
 * is dropped, so neighbours keep identical boundaries. Degrees (EPSG:4490), on the grid. O(half-edges + rings log rings).
 */
export function dissolveFaces(arrangement: Arrangement, labels: Int32Array): ParcelSet {
	const regions = traceRegions(arrangement, labels);
	return { parcelNos: regions.labels, polygons: regionPolygons(arrangement, regions) };
}

/** Writes traced regions out as polygons, one feature per label. O(half-edges). */
export function regionPolygons({ coordinates, halfEdges }: Arrangement, regions: Regions): FlatPolygons {
	const { origin } = halfEdges;
	const ringCoordinates = new Float64Array(2 * regions.halfEdges.length);
	regions.halfEdges.forEach((half, i) => {
		ringCoordinates[2 * i] = coordinates[2 * origin[half]];
		ringCoordinates[2 * i + 1] = coordinates[2 * origin[half] + 1];
	});
	return {
		coordinates: ringCoordinates,
		ringOffsets: regions.ringOffsets,
		polygonOffsets: regions.polygonOffsets,
		featureOffsets: regions.labelOffsets,
	};
}
