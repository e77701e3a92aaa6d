import type { FlatPolygons } from '../flat-polygons.ts';
import { refuseChanges } from '../edit/apply-difference.ts';
import type { Difference, Refusal, ShapeChange } from '../edit/difference.ts';
import { isParcelNo } from '../parcel-set.ts';
import { sameShape } from '../coverage/shape.ts';
import { listFeatures, shapeOf, withShapes } from './patched-set.ts';
import type { PatchedSet } from './patched-set.ts';

/** The outcome of an edit of a set that need not be a coverage. The set that was given stays as it is. */
export type ParcelSetEdit =
	| { readonly ok: true; readonly set: PatchedSet; readonly difference: Difference }
	| { readonly ok: false; readonly refusal: Refusal };

/** New shapes of parcels by number: those of the set are replaced, others added. */
export type ParcelShapes = ReadonlyMap<number, FlatPolygons>;

/**
 * Puts new shapes into a set, each a single feature; every other feature stays as it is to the bit, in its place, new ones come last.
 *
 * Nothing is checked; parcel numbers that have a new shape must be unique in the set. O(patch + positions of the shapes, log parcels).
 */
export function reshapeInSet(set: PatchedSet, shapes: ParcelShapes): ParcelSetEdit {
	const changes: ShapeChange[] = [];
	for (const [parcelNo, after] of [...shapes].sort(([a], [b]) => a - b)) {
		const [feature] = listFeatures(set, parcelNo);
		if (feature === undefined) {
			changes.push({ kind: 'created', parcelNo, before: null, after });
			continue;
		}
		const before = shapeOf(set, feature);
		if (!sameShape(before, after)) changes.push({ kind: 'reshaped', parcelNo, before, after });
	}
	return put(set, { shapes: changes, classes: [], lineage: [] });
}

/**
 * Applies a difference to a set whose parcels are, to the bit, what they were when it was made; undo is applying the inverse.
 *
 * Refuses `parcel-number.invalid`, and `difference.stale` with every parcel that is not, or is there several times.
 * O(patch + positions of the shapes, log parcels).
 */
export function applyToParcelSet(set: PatchedSet, difference: Difference): ParcelSetEdit {
	const invalid = difference.shapes.filter(({ parcelNo }) => !isParcelNo(parcelNo));
	if (invalid.length > 0) return refuseChanges('parcel-number.invalid', invalid);
	const stale = difference.shapes.filter(({ parcelNo, before }) => {
		const features = listFeatures(set, parcelNo);
		if (before === null) return features.length > 0;
		return features.length !== 1 || !sameShape(shapeOf(set, features[0]), before);
	});
	if (stale.length > 0) return refuseChanges('difference.stale', stale);
	return put(set, difference);
}

function put(set: PatchedSet, difference: Difference): ParcelSetEdit {
	const shapes = new Map(difference.shapes.map(({ parcelNo, after }) => [parcelNo, after]));
	return { ok: true, set: withShapes(set, shapes), difference };
}
