import { findShape, withShapes } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { ClassChange, Difference, EditResult, ShapeChange } from './difference.ts';
import { isParcelNo } from '../parcel-set.ts';
import { refuse } from './refusal.ts';
import { sameShape } from '../coverage/shape.ts';

/**
 * Applies a difference to a coverage whose parcels are, to the bit, what they were when it was made.
 *
 * Refuses `parcel-number.invalid`, and `difference.stale` with every parcel that is not. Undo is applying the inverse. O(changed vertices + patch).
 */
export function applyDifference(coverage: Coverage, difference: Difference): EditResult {
	const invalid = difference.shapes.filter(({ parcelNo }) => !isParcelNo(parcelNo));
	if (invalid.length > 0) return refuseChanges('parcel-number.invalid', invalid);
	const stale = difference.shapes.filter(({ parcelNo, before }) => {
		const shape = findShape(coverage, parcelNo);
		return before === null || shape === null ? before !== shape : !sameShape(before, shape);
	});
	if (stale.length > 0) return refuseChanges('difference.stale', stale);
	const shapes = difference.shapes.map((change) => [change.parcelNo, change.after] as const);
	return { ok: true, coverage: withShapes(coverage, shapes), difference };
}

/** Refuses for some changes, pointing at the first. */
export function refuseChanges(code: string, changes: readonly ShapeChange[]) {
	const [{ before, after }] = changes;
	const { coordinates } = before ?? after;
	return refuse(
		code,
		changes.map(({ parcelNo }) => parcelNo),
		coordinates.length > 0 ? [coordinates[0], coordinates[1]] : null,
	);
}

/** The difference that undoes a difference: applied after it, every parcel is again what it was, to the bit. O(changes). */
export function invertDifference({ shapes, classes, lineage }: Difference): Difference {
	return {
		shapes: shapes.map(invertShapeChange),
		classes: classes.map((change): ClassChange => ({
			...change,
			before: change.after,
			after: change.before,
		})),
		lineage: lineage.map(({ from, to }) => ({ from: to, to: from })),
	};
}

function invertShapeChange(change: ShapeChange): ShapeChange {
	switch (change.kind) {
		case 'created':
			return { kind: 'retired', parcelNo: change.parcelNo, before: change.after, after: null };
		case 'retired':
			return { kind: 'created', parcelNo: change.parcelNo, before: null, after: change.before };
		default:
			return { ...change, before: change.after, after: change.before };
	}
}
