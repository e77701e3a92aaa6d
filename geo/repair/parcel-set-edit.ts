import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { Difference, Refusal, ShapeChange } from '../edit/difference.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { refuse } from '../edit/refusal.ts';
import { sameShape } from '../coverage/shape.ts';
import type { LonLatBox } from '../coverage/shape.ts';

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
 * Refuses `difference.stale` with every parcel that is not. O(positions).
 */
export function applyToParcelSet(set: ParcelSet, difference: Difference): ParcelSetEdit {
	const stale = difference.shapes.filter(({ parcelNo, before }) => {
		const feature = set.parcelNos.indexOf(parcelNo);
		if (before === null || feature < 0) return before !== null || feature >= 0;
		return !sameShape(sliceFeature(set.polygons, feature), before);
	});
	if (stale.length > 0)
		return refuse(
			'difference.stale',
			stale.map(({ parcelNo }) => parcelNo),
		);
	return put(set, difference);
}

function put({ parcelNos, polygons }: ParcelSet, difference: Difference): ParcelSetEdit {
	const changes = new Map(difference.shapes.map((change) => [change.parcelNo, change]));
	const nos: number[] = [];
	const shapes: FlatPolygons[] = [];
	const keep = (parcelNo: number, shape: FlatPolygons | null) => {
		if (shape === null) return;
		nos.push(parcelNo);
		shapes.push(shape);
	};
	parcelNos.forEach((parcelNo, feature) => {
		const change = changes.get(parcelNo);
		keep(parcelNo, change === undefined ? sliceFeature(polygons, feature) : change.after);
	});
	for (const { kind, parcelNo, after } of difference.shapes) if (kind === 'created') keep(parcelNo, after);
	const set = { parcelNos: Int32Array.from(nos), polygons: joinFeatures(shapes) };
	return { ok: true, set, difference };
}

/** The features whose box meets a box, ascending. O(positions). */
export function listFeaturesInBox(
	{ coordinates, ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	box: LonLatBox,
): number[] {
	const found: number[] = [];
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		const to = 2 * ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		let minLon = Infinity;
		let minLat = Infinity;
		let maxLon = -Infinity;
		let maxLat = -Infinity;
		for (let i = 2 * ringOffsets[polygonOffsets[featureOffsets[f]]]; i < to; i += 2) {
			if (coordinates[i] < minLon) minLon = coordinates[i];
			if (coordinates[i] > maxLon) maxLon = coordinates[i];
			if (coordinates[i + 1] < minLat) minLat = coordinates[i + 1];
			if (coordinates[i + 1] > maxLat) maxLat = coordinates[i + 1];
		}
		if (minLon <= box.maxLon && box.minLon <= maxLon && minLat <= box.maxLat && box.minLat <= maxLat)
			found.push(f);
	}
	return found;
}
