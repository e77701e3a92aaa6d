/** In no park, or not wholly inside one. */
export const OUTSIDE_PARKS = -1;
/** Across two parks or more. */
export const SEVERAL_PARKS = -2;
/** A parcel without a land-use class. */
export const UNCLASSIFIED = -1;

/**
 * What a balance needs to know of a coverage's parcels, one array entry each.
 * `areaDm2` are integers of 0.01 m² (ellipsoidal, apportioned to the park outlines).
 * `park` indexes the zone's parks, or is OUTSIDE_PARKS or SEVERAL_PARKS; `landUse` indexes the class list, or is UNCLASSIFIED.
 */
export interface ParcelColumns {
	readonly parcelNo: Int32Array;
	readonly areaDm2: Float64Array;
	readonly park: Int32Array;
	readonly landUse: Int32Array;
}
