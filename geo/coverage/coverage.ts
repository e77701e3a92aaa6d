import Flatbush from 'flatbush';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import { basePolygons } from './coverage-base.ts';
import type { CoverageBase } from './coverage-base.ts';
import { covers } from '../arrangement/point-in-polygon.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { boxOf, boxesMeet } from './shape.ts';
import type { LonLatBox } from './shape.ts';

/**
 * A gap-free, overlap-free set of parcels: a frozen base and a small patch of the parcels that edits replaced.
 *
 * `patch` holds, by parcel number, the shape that stands in place of the base's (or is new), null where a parcel is retired. Shapes are
 * one feature each, in degrees (EPSG:4490) on the grid, rings as `basePolygons` writes them; a boundary between two parcels is the same
 * vertices on both sides. Never changed in place: every version of a coverage stays readable.
 */
export interface Coverage {
	readonly base: CoverageBase;
	readonly patch: ReadonlyMap<number, PatchedShape | null>;
}

/** A shape of the patch and its box. */
export interface PatchedShape {
	readonly shape: FlatPolygons;
	readonly box: LonLatBox;
}

/** A coverage without edits. */
export function coverageOf(base: CoverageBase): Coverage {
	return { base, patch: new Map() };
}

/** The shape of a parcel as one feature, null when there is no such parcel. O(its vertices). */
export function findShape({ base, patch }: Coverage, parcelNo: number): FlatPolygons | null {
	const patched = patch.get(parcelNo);
	if (patched !== undefined) return patched === null ? null : patched.shape;
	const index = baseIndexOf(base, parcelNo);
	if (index < 0) return null;
	const kept = lastLarge.get(base);
	if (kept?.index === index) return kept.shape;
	const shape = basePolygons(base, index, index + 1);
	if (shape.coordinates.length > LARGE) lastLarge.set(base, { index, shape });
	return shape;
}

/** The last shape of more than LARGE numbers that was written out from a base: an edit asks for it several times. */
const lastLarge = new WeakMap<CoverageBase, { readonly index: number; readonly shape: FlatPolygons }>();
const LARGE = 1000;

/** Replaces shapes (null retires a parcel) in a new version of the coverage. Nothing is checked. O(patch + shapes). */
export function withShapes(
	{ base, patch }: Coverage,
	shapes: Iterable<readonly [parcelNo: number, shape: FlatPolygons | null]>,
): Coverage {
	const next = new Map(patch);
	for (const [parcelNo, shape] of shapes) {
		next.set(parcelNo, shape === null ? null : { shape, box: boxOf(shape) });
	}
	return { base, patch: next };
}

/** The numbers of the parcels whose box meets a box, ascending. O(log parcels + found + patch). */
export function listParcelNosInBox({ base, patch }: Coverage, box: LonLatBox): number[] {
	const found: number[] = [];
	indexOf(base)?.search(box.minLon, box.minLat, box.maxLon, box.maxLat, (i) => {
		if (!patch.has(base.parcelNos[i])) found.push(base.parcelNos[i]);
		return false;
	});
	for (const [parcelNo, patched] of patch) {
		if (patched !== null && boxesMeet(patched.box, box)) found.push(parcelNo);
	}
	return found.sort((a, b) => a - b);
}

/** The numbers of the parcels that hold a place, their boundaries included, ascending. Exact. O(log parcels + vertices looked at). */
export function listParcelNosAt(coverage: Coverage, [lon, lat]: LonLat): number[] {
	const box = { minLon: lon, minLat: lat, maxLon: lon, maxLat: lat };
	return listParcelNosInBox(coverage, box).filter((parcelNo) => {
		const shape = findShape(coverage, parcelNo);
		return shape !== null && covers(shape, [lon, lat]);
	});
}

/** The numbers of all parcels, ascending. O(parcels). */
export function listParcelNos({ base, patch }: Coverage): Int32Array {
	const nos = [...base.parcelNos].filter((no) => !patch.has(no));
	for (const [no, patched] of patch) if (patched !== null) nos.push(no);
	return Int32Array.from(nos).sort();
}

/**
 * A negative number below every one in the base and every one used since: for the next parcel of a draft.
 *
 * A new base forgets the numbers of parcels that came and went before it: settle a coverage when its drafts are closed. O(patch).
 */
export function nextDraftNo({ base, patch }: Coverage): number {
	let lowest = Math.min(0, base.parcelNos.length === 0 ? 0 : base.parcelNos[0]);
	for (const no of patch.keys()) lowest = Math.min(lowest, no);
	return lowest - 1;
}

/** Writes all parcels out as polygons, ascending by number; building a coverage from them gives the same parcels to the bit. O(vertices). */
export function coverageToParcelSet(coverage: Coverage): ParcelSet {
	const { base, patch } = coverage;
	const count = base.parcelNos.length;
	if (patch.size === 0) return { parcelNos: base.parcelNos.slice(), polygons: basePolygons(base, 0, count) };
	const parcelNos = listParcelNos(coverage);
	const parts: FlatPolygons[] = [];
	// Parcels that follow each other in the base are written out together.
	let from = 0;
	let to = 0;
	for (const no of parcelNos) {
		const patched = patch.get(no);
		if (patched === undefined && to < count && base.parcelNos[to] === no) {
			to++;
			continue;
		}
		if (from < to) parts.push(basePolygons(base, from, to));
		if (patched !== undefined && patched !== null) {
			parts.push(patched.shape);
			from = to;
		} else {
			from = baseIndexOf(base, no);
			to = from + 1;
		}
	}
	if (from < to) parts.push(basePolygons(base, from, to));
	return { parcelNos, polygons: joinFeatures(parts) };
}

const indexes = new WeakMap<CoverageBase, Flatbush | null>();

/** The index of the base's parcel boxes, made when first asked for; null for an empty base. */
function indexOf(base: CoverageBase): Flatbush | null {
	const known = indexes.get(base);
	if (known !== undefined) return known;
	const count = base.parcelNos.length;
	const index = count === 0 ? null : new Flatbush(count);
	if (index !== null) {
		for (let parcel = 0; parcel < count; parcel++) addBox(index, base, parcel);
		index.finish();
	}
	indexes.set(base, index);
	return index;
}

function addBox(index: Flatbush, base: CoverageBase, parcel: number): void {
	const { vertices, arcOffsets, arcVertices, ringArcs } = base;
	const from = base.ringOffsets[base.polygonOffsets[base.parcelOffsets[parcel]]];
	const to = base.ringOffsets[base.polygonOffsets[base.parcelOffsets[parcel + 1]]];
	let minLon = Infinity;
	let minLat = Infinity;
	let maxLon = -Infinity;
	let maxLat = -Infinity;
	for (let i = from; i < to; i++) {
		const arc = ringArcs[i] < 0 ? ~ringArcs[i] : ringArcs[i];
		for (let k = arcOffsets[arc]; k < arcOffsets[arc + 1]; k++) {
			const lon = vertices[2 * arcVertices[k]];
			const lat = vertices[2 * arcVertices[k] + 1];
			if (lon < minLon) minLon = lon;
			if (lon > maxLon) maxLon = lon;
			if (lat < minLat) minLat = lat;
			if (lat > maxLat) maxLat = lat;
		}
	}
	index.add(minLon, minLat, maxLon, maxLat);
}

/** The index of a parcel in the base, −1 when it is not there. O(log parcels). */
function baseIndexOf({ parcelNos }: CoverageBase, parcelNo: number): number {
	let low = 0;
	let high = parcelNos.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (parcelNos[middle] < parcelNo) low = middle + 1;
		else high = middle;
	}
	return parcelNos[low] === parcelNo ? low : -1;
}
