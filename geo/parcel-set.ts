import type { FlatPolygons } from './flat-polygons.ts';

/**
 * Any polygons with parcel numbers: nothing is promised about them (they may overlap, gap or cross themselves).
 * Feature f of `polygons` is parcel `parcelNos[f]`. Numbers are unique; published ones are positive, a draft's negative, 0 is never used.
 */
export interface ParcelSet {
	readonly parcelNos: Int32Array;
	readonly polygons: FlatPolygons;
}

/** Says whether a number may be a parcel's: whole, of 32 bits, not 0. */
export function isParcelNo(no: number): boolean {
	return no === (no | 0) && no !== 0;
}
