import { arrangeSet, checkArranged } from '../check/check.ts';
import { findShape, listParcelNosInBox } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Difference } from './difference.ts';
import type { CoverageIssue } from '../check/issue.ts';
import { listNeighbourhood } from '../coverage/neighbourhood.ts';
import type { Shapes } from '../coverage/neighbourhood.ts';
import { joinShapes, parcelSetOf } from '../coverage/shape-map.ts';
import { asOneFeature, boxOf, sameShape } from '../coverage/shape.ts';
import { boxesOfChangedEdges } from '../coverage/shape-edges.ts';

/**
 * Checks what a difference would make of a coverage, looking at its neighbourhood only.
 *
 * The coverage being valid, the issues are those that the check of the whole would find, with the coverage's own ground as outline; repaired
 * ones (warnings) for the parcels of the difference alone. O(edges of the changed parcels and those near them, log parcels).
 */
export function checkDifference(coverage: Coverage, { shapes }: Difference): CoverageIssue[] {
	const after = new Map(shapes.map((change) => [change.parcelNo, change.after]));
	const before = new Map(shapes.map(({ parcelNo }) => [parcelNo, findShape(coverage, parcelNo)]));
	const changed = new Set(after.keys());
	const boxes = boxesOfChangedEdges(joinShapes(before.values()), joinShapes(after.values()));
	for (const [parcelNo, shape] of listNeighbourhood(coverage, boxes, before)) {
		before.set(parcelNo, shape);
		after.set(parcelNo, shape);
	}
	return checkGround(coverage, before, after).filter(
		({ severity, parcelNos }) => severity === 'error' || parcelNos.some((no) => changed.has(no)),
	);
}

/**
 * Checks that shapes fill the ground that the parcels of the same numbers had, and nothing else; returns errors and warnings.
 *
 * `before` and `after` have the same numbers, those of all parcels near a changed edge among them. O(edges log edges).
 */
export function checkGround(coverage: Coverage, before: Shapes, after: Shapes): CoverageIssue[] {
	const issues = checkOn(before, after);
	if (!issues.some(({ severity }) => severity === 'error')) return issues;
	// What is wrong may lie on parcels that it swallows whole, none of whose edges are near: look again with them.
	const [wideBefore, wideAfter] = [new Map(before), new Map(after)];
	for (const [parcelNo, shape] of after) {
		const was = before.get(parcelNo) ?? null;
		if (shape === null || (was !== null && sameShape(was, shape))) continue;
		for (const no of listParcelNosInBox(coverage, boxOf(shape))) {
			if (wideBefore.has(no)) continue;
			const other = findShape(coverage, no);
			wideBefore.set(no, other);
			wideAfter.set(no, other);
		}
	}
	return checkOn(wideBefore, wideAfter);
}

function checkOn(before: Shapes, after: Shapes): CoverageIssue[] {
	const set = parcelSetOf(after);
	const ground = asOneFeature(joinShapes(before.values()));
	const issues = checkArranged(arrangeSet(set, ground, [ground]), set.parcelNos);
	// Of several places that an issue may point at, the one that arranging the whole points at.
	return issues.length === 0 ? issues : checkArranged(arrangeSet(set, ground), set.parcelNos);
}
