import type { PatchedShape } from '../coverage/coverage.ts';
import { boxesMeet, boxOf } from '../coverage/shape.ts';
import type { LonLatBox } from '../coverage/shape.ts';
import { joinFeatures, sliceFeature, sliceFeatures } from '../flat-polygons.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { indexOf } from './set-index.ts';

/**
 * A set of parcels in repair: a frozen base and a small patch of the parcels that repairs replaced, as in a coverage.
 *
 * Nothing is promised of the base, which may hold a number several times; a number of the patch is there once at most. `patch` has the shape that stands
 * in place of the base's (or is new), null where a parcel is left out. A *feature* is a parcel's place in the set: that of the base, and after
 * them those of `created` numbers, in the order of their coming. Never changed in place.
 */
export interface PatchedSet {
	readonly base: ParcelSet;
	readonly patch: ReadonlyMap<number, PatchedShape | null>;
	readonly created: readonly number[];
}

/** A set without repairs. Its base is indexed when first searched, O(positions), and never again. */
export function patchedSetOf(base: ParcelSet): PatchedSet {
	return { base, patch: new Map(), created: [] };
}

/** The features of a number, ascending: none, one, or several in a set that repeats numbers. O(log parcels + created). */
export function listFeatures({ base, patch, created }: PatchedSet, parcelNo: number): number[] {
	if (patch.get(parcelNo) === null) return [];
	const place = created.indexOf(parcelNo);
	return place < 0 ? indexOf(base).listNumbered(parcelNo) : [base.parcelNos.length + place];
}

/** The number of a feature. O(1). */
export function parcelNoOf({ base, created }: PatchedSet, feature: number): number {
	const count = base.parcelNos.length;
	return feature < count ? base.parcelNos[feature] : created[feature - count];
}

/** The shape of a feature, as one feature. O(its positions). */
export function shapeOf(set: PatchedSet, feature: number): FlatPolygons {
	return set.patch.get(parcelNoOf(set, feature))?.shape ?? sliceFeature(set.base.polygons, feature);
}

/** The shape of the parcel of a number that is in the set, the first of several. O(log parcels + created + its positions). */
export function getShape(set: PatchedSet, parcelNo: number): FlatPolygons {
	return shapeOf(set, listFeatures(set, parcelNo)[0]);
}

/** The features whose box meets a box, ascending; one without positions meets nothing. O(log parcels + found + patch). */
export function listMeeting(set: PatchedSet, box: LonLatBox): number[] {
	const { base, patch } = set;
	const found = indexOf(base)
		.listMeeting(box)
		.filter((feature) => !patch.has(base.parcelNos[feature]));
	for (const [parcelNo, patched] of patch) {
		if (patched !== null && boxesMeet(patched.box, box)) found.push(...listFeatures(set, parcelNo));
	}
	return found.sort((a, b) => a - b);
}

/** A box that holds all positions. O(patch). */
export function boxAroundAll({ base, patch }: PatchedSet): LonLatBox {
	let { minLon, minLat, maxLon, maxLat } = indexOf(base).box;
	for (const patched of patch.values()) {
		if (patched === null) continue;
		minLon = Math.min(minLon, patched.box.minLon);
		minLat = Math.min(minLat, patched.box.minLat);
		maxLon = Math.max(maxLon, patched.box.maxLon);
		maxLat = Math.max(maxLat, patched.box.maxLat);
	}
	return { minLon, minLat, maxLon, maxLat };
}

/**
 * Puts shapes, a feature each, in the place of those of some numbers, in a new version of the set; null leaves a parcel out, one that is new comes last.
 *
 * Nothing is checked; each number must be in the set once at most. O(patch + shapes).
 */
export function withShapes(
	{ base, patch, created }: PatchedSet,
	shapes: ReadonlyMap<number, FlatPolygons | null>,
): PatchedSet {
	const next = new Map(patch);
	for (const [parcelNo, shape] of shapes)
		next.set(parcelNo, shape === null ? null : { shape, box: boxOf(shape) });
	const isNew = (no: number) => !patch.has(no) && indexOf(base).listNumbered(no).length === 0;
	return { base, patch: next, created: [...created, ...[...shapes.keys()].filter(isNew)] };
}

/**
 * Writes base and patch as one set, in the order of features: those that no repair replaced are the same to the bit. O(positions), copied by runs.
 *
 * For what reads the whole set, and when many repairs have gathered; the base itself where there are none.
 */
export function settleSet({ base, patch, created }: PatchedSet): ParcelSet {
	if (patch.size === 0) return base;
	const count = base.parcelNos.length;
	const parcelNos = new Int32Array(count + created.length);
	const runs: FlatPolygons[] = [];
	let filled = 0;
	const keep = (from: number, to: number) => {
		parcelNos.set(base.parcelNos.subarray(from, to), filled);
		filled += to - from;
		runs.push(sliceFeatures(base.polygons, from, to));
	};
	const put = (parcelNo: number) => {
		const patched = patch.get(parcelNo) ?? null;
		if (patched === null) return;
		parcelNos[filled++] = parcelNo;
		runs.push(patched.shape);
	};
	const replaced = [...patch.keys()].flatMap((no) => indexOf(base).listNumbered(no));
	let from = 0;
	for (const feature of replaced.sort((a, b) => a - b)) {
		keep(from, feature);
		put(base.parcelNos[feature]);
		from = feature + 1;
	}
	keep(from, count);
	created.forEach(put);
	return { parcelNos: parcelNos.slice(0, filled), polygons: joinFeatures(runs) };
}
