import type { LonLat } from '../flat-polygons.ts';

/** What a coverage check can find; the wording of each code lives with the translations. */
export type CoverageIssueCode =
	| 'coordinate.out-of-range'
	| 'coverage.gap'
	| 'edge.unmatched'
	| 'parcel-number.invalid'
	| 'parcel.empty'
	| 'parcel.outside-outline'
	| 'parcel.overlaps'
	| 'ring.invalid'
	| 'vertex.repeated';

/** Why a ring is invalid. */
export type RingFault =
	| 'hole-outside-shell'
	| 'holes-overlapping'
	| 'self-crossing'
	| 'self-touching'
	| 'too-few-vertices'
	| 'zero-area';

/** Figures and reasons that go with an issue. */
export interface CoverageIssueParams {
	/** Ellipsoidal area of the offending face in m². */
	readonly areaM2?: number;
	/** Mean width of a sliver in metres. */
	readonly widthM?: number;
	/** Why a ring is invalid. */
	readonly reason?: RingFault;
	/** How often something occurs, where that is more than once. */
	readonly count?: number;
}

/**
 * One finding about a set of parcels.
 *
 * `parcelNos` are the parcels concerned, ascending; for a gap its neighbours. `at` is a place to point at in degrees
 * (EPSG:4490): a point inside the offending face, or the offending vertex ([0, 0] where a parcel has none). An `error` keeps a coverage from being built;
 * a `warning` is repaired by building.
 */
export interface CoverageIssue {
	readonly code: CoverageIssueCode;
	readonly severity: 'error' | 'warning';
	readonly parcelNos: readonly number[];
	readonly at: LonLat;
	readonly params: CoverageIssueParams;
}
