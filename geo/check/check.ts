import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { proveClean } from './check-clean.ts';
import { checkFaces } from './check-faces.ts';
import { checkRings } from './check-rings.ts';
import { checkShapes } from './check-shapes.ts';
import type { CheckLimits } from './check-limits.ts';
import type { CoverageIssue } from './issue.ts';
import type { ParcelSet } from '../parcel-set.ts';

/**
 * Checks whether a set of parcels is a coverage: no overlap, no gap, nothing invalid, nothing outside the outline.
 *
 * With an outline the parcels must fill it; without, ground that they enclose must be covered. Degrees (EPSG:4490), any polygons.
 * What comes together within half a grid step is no issue. With limits each parcel's shape is held against them too. Returns all issues, errors
 * first, ordered by code and place; never throws. O(positions) where all is well (`proveClean`), else O((edges + crossings) log).
 */
export function checkParcelSet(
	set: ParcelSet,
	outline?: FlatPolygons,
	limits?: CheckLimits,
): CoverageIssue[] {
	const isClean = proveClean(set, outline) !== null;
	const issues = isClean ? [] : checkArranged(arrangeSet(set, outline), set.parcelNos);
	return limits === undefined ? issues : sortIssues([...issues, ...checkShapes(set, limits)]);
}

/** Arranges parcels as layer 0 and the outline, if any, as layer 1. */
export function arrangeSet(set: ParcelSet, outline?: FlatPolygons): Arrangement {
	return arrange(outline === undefined ? [set.polygons] : [set.polygons, outline]);
}

/** Checks an arrangement made by `arrangeSet`. */
export function checkArranged(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	return sortIssues([...checkRings(arrangement, parcelNos), ...checkFaces(arrangement, parcelNos)]);
}

function sortIssues(issues: CoverageIssue[]): CoverageIssue[] {
	return issues.sort(
		(a, b) =>
			Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
			Number(a.code > b.code) - Number(a.code < b.code) ||
			a.at[0] - b.at[0] ||
			a.at[1] - b.at[1] ||
			a.parcelNos[0] - b.parcelNos[0],
	);
}
