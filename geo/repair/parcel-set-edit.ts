import { joinFeatures, sliceFeature, sliceFeatures } from '../flat-polygons.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { refuseChanges } from '../edit/apply-difference.ts';
import type { Difference, Refusal, ShapeChange } from '../edit/difference.ts';
import { isParcelNo } from '../parcel-set.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { sameShape } from '../coverage/shape.ts';

/** The outcome of an edit of a set that need not be a coverage. The set that was given stays as it is. */
export type ParcelSetEdit =
	| { readonly ok: true; readonly set: ParcelSet; readonly difference: Difference }
	| { readonly ok: false; readonly refusal: Refusal };

/** New shapes of parcels by number: those of the set are replaced, others added. */
export type ParcelShapes = ReadonlyMap<number, FlatPolygons>;

/**
 * Puts new shapes into a set, each a single feature; every other feature stays as it is to the bit, in its place, new ones come last.
 *
 * Nothing is checked; parcel numbers that have a new shape must be unique in the set. O(positions).
 */
export function reshapeInSet(set: ParcelSet, shapes: ParcelShapes): ParcelSetEdit {
	const changes: ShapeChange[] = [];
	for (const [parcelNo, after] of [...shapes].sort(([a], [b]) => a - b)) {
		const feature = set.parcelNos.indexOf(parcelNo);
		if (feature < 0) {
			changes.push({ kind: 'created', parcelNo, before: null, after });
			continue;
		}
		const before = sliceFeature(set.polygons, feature);
		if (!sameShape(before, after)) changes.push({ kind: 'reshaped', parcelNo, before, after });
	}
	return put(set, { shapes: changes, classes: [], lineage: [] });
}

/**
 * Applies a difference to a set whose parcels are, to the bit, what they were when it was made; undo is applying the inverse.
 *
 * Refuses `parcel-number.invalid`, and `difference.stale` with every parcel that is not. O(positions).
 */
export function applyToParcelSet(set: ParcelSet, difference: Difference): ParcelSetEdit {
	const invalid = difference.shapes.filter(({ parcelNo }) => !isParcelNo(parcelNo));
	if (invalid.length > 0) return refuseChanges('parcel-number.invalid', invalid);
	const stale = difference.shapes.filter(({ parcelNo, before }) => {
		const feature = set.parcelNos.indexOf(parcelNo);
		if (before === null || feature < 0) return before !== null || feature >= 0;
		return !sameShape(sliceFeature(set.polygons, feature), before);
	});
	if (stale.length > 0) return refuseChanges('difference.stale', stale);
	return put(set, difference);
}

function put(set: ParcelSet, difference: Difference): ParcelSetEdit {
	const shapes = new Map(difference.shapes.map(({ parcelNo, after }) => [parcelNo, after]));
	const created = difference.shapes.filter(({ kind }) => kind === 'created').map(({ parcelNo }) => parcelNo);
	return { ok: true, set: replaceShapes(set, shapes, created), difference };
}

/**
 * Puts other shapes, a feature each, in the place of those of some parcels, and those of `created` numbers last; null leaves a parcel out.
 *
 * All others stay as they are to the bit and in their place. O(positions), copied by runs.
 */
export function replaceShapes(
	{ parcelNos, polygons }: ParcelSet,
	shapes: ReadonlyMap<number, FlatPolygons | null>,
	created: readonly number[] = [],
): ParcelSet {
	const nos = new Int32Array(parcelNos.length + created.length);
	let count = 0;
	const runs: FlatPolygons[] = [];
	const add = (parcelNo: number, shape: FlatPolygons | null | undefined) => {
		if (shape === null || shape === undefined) return;
		nos[count++] = parcelNo;
		runs.push(shape);
	};
	let from = 0;
	for (let to = 0; to <= parcelNos.length; to++) {
		if (to < parcelNos.length && !shapes.has(parcelNos[to])) continue;
		nos.set(parcelNos.subarray(from, to), count);
		count += to - from;
		runs.push(sliceFeatures(polygons, from, to));
		if (to < parcelNos.length) add(parcelNos[to], shapes.get(parcelNos[to]));
		from = to + 1;
	}
	for (const parcelNo of created) add(parcelNo, shapes.get(parcelNo));
	return { parcelNos: nos.slice(0, count), polygons: joinFeatures(runs) };
}
