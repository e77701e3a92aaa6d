import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { ClassChange, EditResult, Refusal } from './difference.ts';
import { placeIn, refusalOf, refuse } from './refusal.ts';

/** The class of each parcel of a coverage, an opaque key to the kernel; null: none. */
export type ClassOf = (parcelNo: number) => string | null;

/** Parcels that get a class. */
export interface Reclassification {
	readonly parcelNos: readonly number[];
	/** Null: they are left without one. */
	readonly to: string | null;
	/** The classes of today. */
	readonly classOf: ClassOf;
}

/**
 * Gives parcels a class; those that have it already are left as they are. The coverage stays, to the bit.
 *
 * Refuses `parcel.unknown`, and `reclassify.no-change` where every parcel has the class. O(parcels).
 */
export function reclassifyParcels(
	coverage: Coverage,
	{ parcelNos, to, classOf }: Reclassification,
): EditResult {
	const subjects = [...new Set(parcelNos)].sort((a, b) => a - b);
	const unknown = subjects.filter((no) => findShape(coverage, no) === null);
	if (unknown.length > 0) return refuse('parcel.unknown', unknown);
	const classes = subjects
		.map((parcelNo): ClassChange => ({
			kind: 'reclassified',
			parcelNo,
			before: classOf(parcelNo),
			after: to,
		}))
		.filter(({ before, after }) => before !== after);
	if (classes.length === 0)
		return refuse('reclassify.no-change', subjects, placeIn(findShape(coverage, subjects[0])));
	return { ok: true, coverage, difference: { shapes: [], classes, lineage: [] } };
}

/** Says why `reclassifyParcels` would be refused, null when it would be done. */
export function canReclassifyParcels(coverage: Coverage, parcels: Reclassification): Refusal | null {
	return refusalOf(reclassifyParcels(coverage, parcels));
}
