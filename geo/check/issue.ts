import type { LonLat } from '../flat-polygons.ts';

/** What a coverage check can find; the wording of each code lives with the translations. */
export type CoverageIssueCode =
	| 'coordinate.out-of-range'
	| 'coverage.gap'
	| 'edge.unmatched'
	| 'parcel-number.invalid'
	| 'parcel.below-minimum'
	| 'parcel.empty'
	| 'parcel.multipart'
	| 'parcel.outside-outline'
	| 'parcel.overlaps'
	| 'parcel.sliver'
	| 'parcel.too-many-vertices'
	| 'ring.direction'
	| 'ring.invalid'
	| 'vertex.repeated'
	| 'vertex.spike';

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
	/** Ellipsoidal area in m²: of the offending face, part or parcel, or of what a spike encloses. */
	readonly areaM2?: number;
	/** Mean width of a sliver, or the width of a spike at the end of its shorter leg, in metres. */
	readonly widthM?: number;
	/** The angle of a spike, in degrees. */
	readonly angleDeg?: number;
	/** Length of the shorter leg of a spike, in metres. */
	readonly lengthM?: number;
	/** The least area that was not kept, in m². */
	readonly limitM2?: number;
	/** The most vertices that were not kept. */
	readonly limit?: number;
	/** Why a ring is invalid. */
	readonly reason?: RingFault;
	/** How often something occurs, where that is more than once; of parts or vertices, how many there are. */
	readonly count?: number;
}

/**
 * One finding about a set of parcels.
 *
 * `parcelNos` are the parcels concerned, ascending; for a gap its neighbours. `at` is a place to point at in degrees
 * (EPSG:4490): a point inside the offending face, or the offending vertex (null where a parcel has none on Earth). An `error` keeps a coverage from being built;
 * a `warning` is repaired by building, or is a matter of limits.
 */
export interface CoverageIssue {
	readonly code: CoverageIssueCode;
	readonly severity: 'error' | 'warning';
	readonly parcelNos: readonly number[];
	readonly at: LonLat | null;
	readonly params: CoverageIssueParams;
}

/** Puts issues in order, in place: errors first, then by code, place and first parcel. */
export function sortIssues(issues: CoverageIssue[]): CoverageIssue[] {
	return issues.sort(
		(a, b) =>
			Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
			Number(a.code > b.code) - Number(a.code < b.code) ||
			(a.at?.[0] ?? 0) - (b.at?.[0] ?? 0) ||
			(a.at?.[1] ?? 0) - (b.at?.[1] ?? 0) ||
			a.parcelNos[0] - b.parcelNos[0],
	);
}
