import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures } from '../flat-polygons.ts';
import { arrange } from './arrange.ts';
import { findShape } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { dissolveFaces } from './dissolve.ts';
import { redraw } from './redraw.ts';
import { refusalOf, refuse } from './refusal.ts';

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
	if (subjects.length < 2) return refuse('merge.too-few', subjects);
	const shapes: FlatPolygons[] = [];
	for (const parcelNo of subjects) {
		const shape = findShape(coverage, parcelNo);
		if (shape === null) return refuse('parcel.unknown', [parcelNo]);
		shapes.push(shape);
	}
	const heir = intoNo ?? subjects[0];
	if (!subjects.includes(heir)) return refuse('merge.not-among', [heir]);
	const apart = apartFrom(shapes);
	if (apart >= 0) {
		const { coordinates } = shapes[apart];
		return refuse('merge.apart', [subjects[apart]], [coordinates[0], coordinates[1]]);
	}
	const union = unite(joinFeatures(shapes));
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

/** The first shape that shares no edge, through others or by itself, with shape 0; −1 when all hang together. */
function apartFrom(shapes: readonly FlatPolygons[]): number {
	const group = shapes.map((_, i) => i);
	const find = (i: number): number => (group[i] === i ? i : find(group[i]));
	const ownerOfEdge = new Map<string, number>();
	shapes.forEach(({ coordinates, ringOffsets }, owner) => {
		for (let r = 0; r + 1 < ringOffsets.length; r++) {
			const end = ringOffsets[r + 1];
			for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
				const a = `${coordinates[2 * j]} ${coordinates[2 * j + 1]}`;
				const b = `${coordinates[2 * i]} ${coordinates[2 * i + 1]}`;
				const key = a < b ? `${a} ${b}` : `${b} ${a}`;
				const other = ownerOfEdge.get(key);
				if (other === undefined) ownerOfEdge.set(key, owner);
				else group[find(owner)] = find(other);
			}
		}
	});
	return shapes.findIndex((_, i) => find(i) !== find(0));
}

function unite(polygons: FlatPolygons): FlatPolygons {
	const arrangement = arrange([polygons]);
	const { offsets } = arrangement.covers[0];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		offsets[face] === offsets[face + 1] ? 0 : 1,
	);
	return dissolveFaces(arrangement, labels).polygons;
}
