import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { CoverageIssue } from '../check/issue.ts';

/**
 * What an edit did to one parcel's ground. Shapes are one feature each, in degrees (EPSG:4490) on the grid, written as in a coverage.
 *
 * `noded`: vertices went into (or out of) its edges, each within one grid step of the line that was there, in a difference composed of
 * many or rebased as far as so many nodes move a line (`IN_MANY_EDITS`); this makes no conflict, no lineage and no history.
 */
export type ShapeChange =
	| {
			readonly kind: 'created';
			readonly parcelNo: number;
			readonly before: null;
			readonly after: FlatPolygons;
	  }
	| {
			readonly kind: 'retired';
			readonly parcelNo: number;
			readonly before: FlatPolygons;
			readonly after: null;
	  }
	| {
			readonly kind: 'reshaped' | 'noded';
			readonly parcelNo: number;
			readonly before: FlatPolygons;
			readonly after: FlatPolygons;
	  };

/** A parcel's land-use class was changed; classes are opaque keys to the kernel, null = none. */
export interface ClassChange {
	readonly kind: 'reclassified';
	readonly parcelNo: number;
	readonly before: string | null;
	readonly after: string | null;
}

/** Ground of parcel `from` went to the new parcel `to`. */
export interface Lineage {
	readonly from: number;
	readonly to: number;
}

/** What an edit did, enough to apply and to undo it to the bit. Changes ascend by parcel number, at most one of each list per parcel. */
export interface Difference {
	readonly shapes: readonly ShapeChange[];
	readonly classes: readonly ClassChange[];
	readonly lineage: readonly Lineage[];
}

/** Why an edit cannot be done, and where; the wording of each code lives with the translations. */
export interface Refusal {
	readonly code: string;
	readonly parcelNos: readonly number[];
	/** A place to point at, degrees (EPSG:4490); null where there is none. */
	readonly at: LonLat | null;
	readonly params: Readonly<Record<string, number | string>>;
	/** What the check would say of the result, where the edit was refused for that. */
	readonly issues: readonly CoverageIssue[];
}

/** The outcome of an edit. The coverage that was given stays as it is. */
export type EditResult =
	| { readonly ok: true; readonly coverage: Coverage; readonly difference: Difference }
	| { readonly ok: false; readonly refusal: Refusal };
