import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import { arrangeSet, checkArranged } from '../check/check.ts';
import type { CheckLimits } from '../check/check-limits.ts';
import { checkShapes } from '../check/check-shapes.ts';
import { fixedShapes, isGivenUp, losesParcel } from './fix.ts';
import type { CoverageFix } from './fix.ts';
import type { CoverageIssue, CoverageIssueCode } from '../check/issue.ts';
import { getShape, listMeeting, parcelNoOf, shapeOf } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { asOneFeature, boxOf } from '../coverage/shape.ts';
import { isSamePlace } from '../coverage/vertex.ts';

/** Issues that are about ground; their areas are added up. */
export const GROUND_CODES: ReadonlySet<CoverageIssueCode> = new Set([
	'coverage.gap',
	'edge.unmatched',
	'parcel.outside-outline',
	'parcel.overlaps',
]);

/** Areas that differ by less are the same, in m². */
export const AREA_TOLERANCE_M2 = 1e-6;

/** The parcels whose box meets that of one of the shapes, in their order. O(shapes · (log parcels + found + patch) + positions). */
export function listNear(set: PatchedSet, shapes: readonly FlatPolygons[]): NumberedShape[] {
	const near = new Set(shapes.flatMap((shape) => listMeeting(set, boxOf(shape))));
	return [...near]
		.sort((a, b) => a - b)
		.map((feature) => ({ parcelNo: parcelNoOf(set, feature), shape: shapeOf(set, feature) }));
}

interface NumberedShape {
	readonly parcelNo: number;
	readonly shape: FlatPolygons;
}

/**
 * Tries a fix on the parcels near by: the issue must be gone and nothing worse than it was.
 *
 * Worse is more ground in error by a square millimetre, or one more other error. O(patch + edges near by and of the outline, log).
 */
export function isLawful(
	set: PatchedSet,
	issue: CoverageIssue,
	fix: CoverageFix,
	outline: FlatPolygons | undefined,
	limits: CheckLimits,
): boolean {
	const changed = fixedShapes(set, fix, outline);
	const after = [...changed.values()].filter((shape) => shape !== null);
	if (losesParcel(fix, changed)) return false;
	const near = listNear(set, [...[...changed.keys()].map((no) => getShape(set, no)), ...after]);
	const before = setOf(near);
	const fixed = setOf(
		near
			.filter(({ parcelNo }) => !isGivenUp(fix, parcelNo))
			.map(({ parcelNo, shape }) => ({ parcelNo, shape: changed.get(parcelNo) ?? shape })),
	);
	// Within the outline too, or without one: ground may come to be enclosed. What the parcels near by leave open there, they leave before and after.
	const frames = [groundToKeep(fix, before, fixed, outline), outline];
	const found = frames.map((frame) => [before, fixed].map((part) => checkFramed(part, frame)));
	if (!found.every(([was, is]) => isNoWorse(was, is))) return false;
	if (GROUND_CODES.has(issue.code)) {
		const leastM2 = (issue.params.areaM2 ?? 0) / 2;
		return found.some(([was, is]) => totalAreaM2(is) <= totalAreaM2(was) - leastM2);
	}
	const isSame = ({ code, parcelNos, at }: CoverageIssue) =>
		code === issue.code &&
		parcelNos[0] === issue.parcelNos[0] &&
		(code === 'ring.invalid' ||
			(at === null || issue.at === null ? at === issue.at : isSamePlace(at, issue.at)));
	return ![...found.flatMap(([, is]) => is), ...checkShapes(fixed, limits)].some(isSame);
}

function checkFramed(set: ParcelSet, ground: FlatPolygons | undefined): CoverageIssue[] {
	return checkArranged(arrangeSet(set, ground), set.parcelNos);
}

function setOf(parcels: readonly NumberedShape[]): ParcelSet {
	return {
		parcelNos: Int32Array.from(parcels, ({ parcelNo }) => parcelNo),
		polygons: joinFeatures(parcels.map(({ shape }) => shape)),
	};
}

/** The ground that parcels near by must fill before and after: what they had, with the gap that is filled, without what is cut off. */
function groundToKeep(
	fix: CoverageFix,
	before: ParcelSet,
	fixed: ParcelSet,
	outline?: FlatPolygons,
): FlatPolygons {
	if (fix.kind === 'clip-to-outline') return asOneFeature(fixed.polygons);
	// A vertex that no other parcel has lies on the border: where no outline is given, it may move.
	if (fix.kind === 'remove-vertex' && fix.parcelNos.length === 1 && outline === undefined)
		return asOneFeature(fixed.polygons);
	if (fix.kind === 'fill-into-neighbour')
		return asOneFeature(joinFeatures([before.polygons, fixed.polygons]));
	return asOneFeature(before.polygons);
}

function isNoWorse(was: readonly CoverageIssue[], is: readonly CoverageIssue[]): boolean {
	const others = (issues: readonly CoverageIssue[]) =>
		issues.filter(({ severity, code }) => severity === 'error' && !GROUND_CODES.has(code)).length;
	return others(is) <= others(was) && totalAreaM2(is) <= totalAreaM2(was) + AREA_TOLERANCE_M2;
}

function totalAreaM2(issues: readonly CoverageIssue[]): number {
	return issues.reduce(
		(sum, { code, params }) => sum + (GROUND_CODES.has(code) ? (params.areaM2 ?? 0) : 0),
		0,
	);
}
