import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { proveExamined } from './check-clean.ts';
import type { CleanProof } from './check-clean.ts';
import { checkDoubtful } from './check-doubtful.ts';
import { checkFaces } from './check-faces.ts';
import { checkRings } from './check-rings.ts';
import { checkShapes } from './check-shapes.ts';
import type { CheckLimits } from './check-limits.ts';
import { examine } from './examine.ts';
import { sortIssues } from './issue.ts';
import type { CoverageIssue, CoverageIssueCode } from './issue.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** Findings from the signed area of rings, which tells nothing of rings that cross. */
const AREA_CODES: ReadonlySet<CoverageIssueCode> = new Set([
	'parcel.below-minimum',
	'parcel.sliver',
	'ring.direction',
]);

/**
 * Checks whether a set of parcels is a coverage: no overlap, no gap, nothing invalid, nothing outside the outline.
 *
 * With an outline the parcels must fill it; without, ground that they enclose must be covered. Degrees (EPSG:4490), any polygons.
 * What comes together within half a grid step is no issue. With limits each parcel's shape is held against them too, areas where its rings are valid. Returns all issues, errors
 * first, ordered by code and place; never throws on well-formed polygons. O(positions), and O((edges + crossings) log) of what is doubtful (`checkDoubtful`).
 */
export function checkParcelSet(
	set: ParcelSet,
	outline?: FlatPolygons,
	limits?: CheckLimits,
): CoverageIssue[] {
	const { issues } = inspectSet(set, outline);
	if (limits === undefined) return issues;
	const invalid = new Set(
		issues
			.filter(({ code, severity }) => code === 'ring.invalid' && severity === 'error')
			.flatMap(({ parcelNos }) => parcelNos),
	);
	const isTold = ({ code, parcelNos }: CoverageIssue) => !AREA_CODES.has(code) || !invalid.has(parcelNos[0]);
	return sortIssues([...issues, ...checkShapes(set, limits).filter(isTold)]);
}

/** What a check found, and what it made for that. */
export interface Inspection {
	readonly issues: CoverageIssue[];
	/** The proof that there are none; null where there is none. */
	readonly proof: CleanProof | null;
	/** All parcels and the outline, where these had to be arranged together. */
	readonly arrangement: Arrangement | null;
}

/** Checks as `checkParcelSet` does, by the cheapest way that tells: a proof, the doubtful parcels arranged, or all. */
export function inspectSet(set: ParcelSet, outline?: FlatPolygons): Inspection {
	const examination = examine(set);
	if (examination !== null) {
		const proof = proveExamined(examination, outline);
		if (proof !== null) return { issues: [], proof, arrangement: null };
		const issues = checkDoubtful(set, examination, outline);
		if (issues !== null) return { issues, proof, arrangement: null };
	}
	const arrangement = arrangeSet(set, outline);
	return { issues: checkArranged(arrangement, set.parcelNos), proof: null, arrangement };
}

/** Arranges parcels as layer 0 and the outline, if any, as layer 1; `clean` as for `arrange`. */
export function arrangeSet(
	set: ParcelSet,
	outline?: FlatPolygons,
	clean: readonly FlatPolygons[] = [],
): Arrangement {
	return arrange(outline === undefined ? [set.polygons] : [set.polygons, outline], [], clean);
}

/** Checks an arrangement made by `arrangeSet`. */
export function checkArranged(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	return sortIssues([...checkRings(arrangement, parcelNos), ...checkFaces(arrangement, parcelNos)]);
}
