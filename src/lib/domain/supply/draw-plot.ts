import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { arrange, soleFeature } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';

/** The ground of a plot, and which parcels it lies on. */
export interface DrawnPlot {
	/** One feature, degrees on the grid (EPSG:4490). */
	readonly polygons: FlatPolygons;
	readonly shared: readonly {
		readonly parcelNo: number;
		/** Ellipsoidal area that plot and parcel have in common. */
		readonly areaM2: number;
		/** Whether nothing of the parcel is left out. */
		readonly isWhole: boolean;
	}[];
}

/**
 * Draws a plot of plan parcels: their union, or what of it lies within an outline.
 *
 * Vertices on shared boundaries stay, so that the plot keeps to the parcels' lines. Null where nothing is left. Ground outside the parcels is no
 * part of it. O(edges log edges) of the parcels.
 */
export function drawPlot(parcels: ParcelSet, within: FlatPolygons | null): DrawnPlot | null {
	const arrangement = arrange(within === null ? [parcels.polygons] : [parcels.polygons, within]);
	const [ofParcels, ofOutline] = arrangement.covers;
	const inPlot = new Int32Array(arrangement.faceCount);
	const byParcel = new Int32Array(arrangement.faceCount);
	const cutOff = new Set<number>();
	for (let face = 1; face < arrangement.faceCount; face++) {
		const parcel = soleFeature(ofParcels, face);
		if (parcel < 0) continue;
		if (ofOutline !== undefined && ofOutline.offsets[face] === ofOutline.offsets[face + 1]) {
			cutOff.add(parcel);
			continue;
		}
		inPlot[face] = 1;
		byParcel[face] = parcel + 1;
	}
	const { polygons } = dissolveFaces(arrangement, inPlot);
	if (featureCount(polygons) === 0) return null;
	const pieces = dissolveFaces(arrangement, byParcel);
	const areasM2 = ellipsoidalAreasM2(pieces.polygons);
	return {
		polygons,
		shared: Array.from(pieces.parcelNos, (label, piece) => ({
			parcelNo: parcels.parcelNos[label - 1],
			areaM2: areasM2[piece],
			isWhole: !cutOff.has(label - 1),
		})),
	};
}
