import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import { arrange, soleFeature } from '../arrangement/arrange.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { redraw } from './redraw.ts';
import { placeIn, refusalOf, refuse } from './refusal.ts';

/** Parcels to be made one. */
export interface Merge {
	readonly parcelNos: readonly number[];
	/** The parcel that takes the others in; left out: the lowest number. */
	readonly intoNo?: number;
}

/**
 * Merges parcels into one of them: the others are retired and their ground, with lineage, becomes its.
 *
 * They must hang together by stretches of boundary: several stretches, or one parcel enclosing another, will do, a point will not.
 * Vertices where boundaries met stay. Refuses `merge.too-few`, `parcel.unknown`, `merge.not-among`, `merge.apart` (with a place on the part
 * that does not hang together). O(edges of the parcels).
 */
export function mergeParcels(coverage: Coverage, { parcelNos, intoNo }: Merge): EditResult {
	const subjects = [...new Set(parcelNos)].sort((a, b) => a - b);
	const placeOf = (no: number | undefined) => (no === undefined ? null : placeIn(findShape(coverage, no)));
	if (subjects.length < 2) return refuse('merge.too-few', subjects, placeOf(subjects[0]));
	const shapes: FlatPolygons[] = [];
	for (const parcelNo of subjects) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) return refuse('parcel.unknown', [parcelNo]);
		shapes.push(shape);
	}
	const heir = intoNo ?? subjects[0];
	if (!subjects.includes(heir))
		return refuse('merge.not-among', [heir], placeOf(heir) ?? placeOf(subjects[0]));
	const { union, apart } = unite(shapes);
	if (apart >= 0) {
		const { coordinates } = shapes[apart];
		return refuse('merge.apart', [subjects[apart]], [coordinates[0], coordinates[1]]);
	}
	const newShapes = new Map<number, FlatPolygons | null>(
		subjects.map((no) => [no, no === heir ? union : null]),
	);
	const lineage = subjects.filter((no) => no !== heir).map((no) => ({ from: no, to: heir }));
	return redraw(coverage, newShapes, lineage);
}

/** Says why `mergeParcels` would be refused, null when it would be done. */
export function canMergeParcels(coverage: Coverage, merge: Merge): Refusal | null {
	return refusalOf(mergeParcels(coverage, merge));
}

/** The union of shapes, and the first that shares no edge, by itself or through others, with shape 0: −1 when all hang together. */
function unite(shapes: readonly FlatPolygons[]): { union: FlatPolygons; apart: number } {
	const joined = joinFeatures(shapes);
	const arrangement = arrange([joined], [], [joined]);
	const { covers, edgeLow, faceOf, faceCount } = arrangement;
	const shapeOfFace = Int32Array.from({ length: faceCount }, (_, face) => soleFeature(covers[0], face));
	const group = shapes.map((_, shape) => shape);
	const find = (shape: number): number => {
		while (group[shape] !== shape) shape = group[shape] = group[group[shape]];
		return shape;
	};
	for (let edge = 0; edge < edgeLow.length; edge++) {
		const left = shapeOfFace[faceOf[2 * edge]];
		const right = shapeOfFace[faceOf[2 * edge + 1]];
		if (left >= 0 && right >= 0) group[find(left)] = find(right);
	}
	const { polygons } = dissolveFaces(
		arrangement,
		shapeOfFace.map((shape) => (shape < 0 ? 0 : 1)),
	);
	return { union: polygons, apart: shapes.findIndex((_, shape) => find(shape) !== find(0)) };
}
