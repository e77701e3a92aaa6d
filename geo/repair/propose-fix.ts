import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { DEFAULT_LIMITS } from '../check/check-limits.ts';
import type { CheckLimits } from '../check/check-limits.ts';
import { arrangeAround, facesOfGap, holders, isThereOnce } from './fix.ts';
import type { CoverageFix } from './fix.ts';
import { lengthOfHalfEdge } from '../arrangement/ground-piece.ts';
import type { CoverageIssue } from '../check/issue.ts';
import { AREA_TOLERANCE_M2, GROUND_CODES, isLawful, listNear } from './lawful-fix.ts';
import { getShape } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import { isSamePlace, ringsOf } from '../coverage/vertex.ts';

/**
 * Proposes what puts an issue right, null where nothing does that is sure to make nothing worse.
 *
 * `issue` comes from checking this set with this outline and these limits. Applied (`applyFix`), the proposal removes the issue and makes no error: it is
 * tried on the parcels near by before it is proposed. Ground that nobody or several have is offered to the neighbour with the longest
 * boundary on it, and to the largest of its claimants; slivers and parcels below the minimum to the neighbour with the longest
 * boundary; ties to the lower number. Ground of less than a square millimetre is left to `cleanParcelSet`. It is a proposal: whose ground it is, a person decides. O(patch + edges near by log edges, log parcels).
 */
export function proposeFix(
	set: PatchedSet,
	issue: CoverageIssue,
	outline?: FlatPolygons,
	limits: CheckLimits = DEFAULT_LIMITS,
): CoverageFix | null {
	if (!issue.parcelNos.every((no) => isThereOnce(set, no))) return null;
	if (GROUND_CODES.has(issue.code) && !((issue.params.areaM2 ?? 0) > AREA_TOLERANCE_M2)) return null;
	for (const fix of candidates(set, issue, outline)) {
		if (isLawful(set, issue, fix, outline, limits)) return fix;
	}
	return null;
}

function candidates(set: PatchedSet, issue: CoverageIssue, outline?: FlatPolygons): CoverageFix[] {
	const { at, parcelNos } = issue;
	if (parcelNos.length === 0) return [];
	const [parcelNo] = parcelNos;
	const shapeOf = (no: number) => getShape(set, no);
	switch (issue.code) {
		case 'vertex.repeated':
			return [{ kind: 'drop-repeats', parcelNo }];
		case 'ring.direction':
			return [{ kind: 'reverse-rings', parcelNo }];
		case 'ring.invalid':
			return [{ kind: 'redraw-rings', parcelNo }];
		case 'parcel.outside-outline':
			return [{ kind: 'clip-to-outline', parcelNo }];
		case 'vertex.spike': {
			if (at === null) return [];
			const having = listNear(set, [shapeOf(parcelNo)]).filter(({ shape }) =>
				ringsOf(shape)
					.flat()
					.some((place) => isSamePlace(place, at)),
			);
			return [{ kind: 'remove-vertex', parcelNos: having.map((parcel) => parcel.parcelNo), at }];
		}
		case 'parcel.sliver':
		case 'parcel.below-minimum': {
			const shape = shapeOf(parcelNo);
			if (shape.polygonOffsets.length > 2) return [];
			const near = listNear(set, [shape]).filter((parcel) => parcel.parcelNo !== parcelNo);
			const arrangement = arrangeAround([shape, ...near.map((parcel) => parcel.shape)]);
			const isIts = (face: number) => holders(arrangement, face).includes(0);
			return rankAlong(arrangement, isIts)
				.filter((place) => place > 0)
				.map((place) => ({ kind: 'merge-into-neighbour', parcelNo, neighbourNo: near[place - 1].parcelNo }));
		}
		case 'parcel.overlaps':
			return parcelNos.length === 1 ? [{ kind: 'redraw-rings', parcelNo }] : leavings(set, issue);
		case 'coverage.gap':
		case 'edge.unmatched': {
			if (at === null) return [];
			const shapes = parcelNos.map(shapeOf);
			const arrangement = arrangeAround(shapes, outline);
			const gap = facesOfGap(arrangement, at, outline !== undefined);
			const fillings = rankAlong(arrangement, (face) => gap.has(face)).map((place): CoverageFix => ({
				kind: 'fill-into-neighbour',
				neighbourNo: parcelNos[place],
				around: parcelNos,
				at,
			}));
			// A sliver does not say what it is of: whichever of these removes it.
			if (issue.code === 'coverage.gap' || gap.size > 0) return fillings;
			if (parcelNos.length > 1) return leavings(set, issue);
			return [{ kind: 'clip-to-outline', parcelNo }];
		}
		default:
			return [];
	}
}

/** One proposal for each claimant of disputed ground, the largest first. */
function leavings(set: PatchedSet, { parcelNos, at }: CoverageIssue): CoverageFix[] {
	if (at === null) return [];
	const areaOf = (no: number) => ellipsoidalAreasM2(getShape(set, no))[0];
	return [...parcelNos]
		.sort((a, b) => areaOf(b) - areaOf(a) || a - b)
		.map((parcelNo) => ({
			kind: 'leave-to',
			parcelNo,
			others: parcelNos.filter((no) => no !== parcelNo),
			at,
		}));
}

/** The features of layer 0 along some faces, the one with the longest boundary on them first. */
function rankAlong(arrangement: Arrangement, isInside: (face: number) => boolean): number[] {
	const { faceOf } = arrangement;
	const lengths = new Map<number, number>();
	for (let half = 0; half < faceOf.length; half++) {
		if (!isInside(faceOf[half]) || isInside(faceOf[half ^ 1])) continue;
		for (const feature of holders(arrangement, faceOf[half ^ 1]))
			lengths.set(feature, (lengths.get(feature) ?? 0) + lengthOfHalfEdge(arrangement, half));
	}
	return [...lengths].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([feature]) => feature);
}
