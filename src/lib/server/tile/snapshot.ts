import Flatbush from 'flatbush';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelColumns as BalanceColumns } from '$lib/domain/balance/parcel-columns.ts';
import type { Grade } from '../access/actor.ts';
import type { ParcelColumns } from '../db/parcel-columns.ts';

/** Where a revision stands: what its content id names. */
export interface RevisionPlace {
	readonly zoneId: string;
	readonly coverageId: string;
	readonly revision: number;
	/** Checksum of the revision. */
	readonly contentId: string;
	readonly grade: Grade;
}

/**
 * One revision of a coverage in memory, immutable: what tiles, legends and balances are answered from.
 * Entry i of every column is feature i of `polygons`; `landUse` indexes the zone's class list, `park` its parks.
 */
export interface CoverageSnapshot extends RevisionPlace, BalanceColumns {
	readonly version: Int32Array;
	readonly code: readonly string[];
	readonly stockStatus: readonly (string | null)[];
	readonly polygons: FlatPolygons;
	/** Boxes of the parcels in degrees; west, south, east, north of parcel i at 4i. */
	readonly boxes: Float64Array;
	readonly index: Flatbush | null;
	readonly rowOf: ReadonlyMap<number, number>;
	/** Publication grade of each class of the zone's list, by index. */
	readonly classGrades: readonly Grade[];
	/** Keys of the classes of the zone's list, by index. */
	readonly classKeys: readonly string[];
	/** Names the class list that `landUse` indexes. */
	readonly classListId: string;
	/** About what it holds in memory. */
	readonly bytes: number;
}

/** The zone's class list as a snapshot needs it. */
export interface ClassList {
	readonly id: string;
	readonly keys: readonly string[];
	readonly codes: readonly string[];
	readonly grades: readonly Grade[];
}

/** Builds a snapshot from a revision's columns and the parcels' park numbers as a balance takes them; throws when a parcel's class is not in the zone's list. O(positions). */
export function buildSnapshot(
	place: RevisionPlace,
	columns: ParcelColumns,
	park: Int32Array,
	classes: ClassList,
): CoverageSnapshot {
	const classAt = new Map(classes.keys.map((key, index) => [key, index]));
	const classOf = columns.classKeys.map((key) => {
		const index = classAt.get(key);
		if (index === undefined) throw new Error(`class ${key} is not in the list of zone ${place.zoneId}`);
		return index;
	});
	const boxes = featureBoxes(columns.polygons);
	const count = columns.parcelNo.length;
	const { polygons } = columns;
	return {
		...place,
		parcelNo: columns.parcelNo,
		version: columns.version,
		areaDm2: columns.areaDm2,
		park,
		landUse: Int32Array.from(columns.classIndex, (index) => (index < 0 ? -1 : classOf[index])),
		code: columns.code,
		stockStatus: columns.stockStatus,
		polygons,
		boxes,
		index: boxIndex(boxes),
		rowOf: new Map(Array.from(columns.parcelNo, (parcelNo, row) => [parcelNo, row])),
		classKeys: classes.keys,
		classGrades: classes.grades,
		classListId: classes.id,
		bytes: polygons.coordinates.byteLength * 2 + polygons.ringOffsets.byteLength + count * 200,
	};
}

const publicShapes = new WeakMap<CoverageSnapshot, FlatPolygons>();

/** The shapes of a snapshot as a reader may know them: exact, or with coordinates rounded to so many decimals. */
export function shapesFor(snapshot: CoverageSnapshot, decimals: number | null): FlatPolygons {
	if (decimals === null) return snapshot.polygons;
	let shapes = publicShapes.get(snapshot);
	if (shapes === undefined) {
		const scale = 10 ** decimals;
		const coordinates = snapshot.polygons.coordinates.map((value) => Math.round(value * scale) / scale);
		shapes = { ...snapshot.polygons, coordinates };
		publicShapes.set(snapshot, shapes);
	}
	return shapes;
}

/** West, south, east, north of every feature, in the units of the coordinates. O(positions). */
export function featureBoxes({
	coordinates,
	ringOffsets,
	polygonOffsets,
	featureOffsets,
}: FlatPolygons): Float64Array {
	const count = featureOffsets.length - 1;
	const boxes = new Float64Array(4 * count);
	for (let f = 0; f < count; f++) {
		let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
		const from = ringOffsets[polygonOffsets[featureOffsets[f]]];
		const to = ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		for (let i = from; i < to; i++) {
			const lon = coordinates[2 * i];
			const lat = coordinates[2 * i + 1];
			if (lon < west) west = lon;
			if (lon > east) east = lon;
			if (lat < south) south = lat;
			if (lat > north) north = lat;
		}
		boxes.set([west, south, east, north], 4 * f);
	}
	return boxes;
}

function boxIndex(boxes: Float64Array): Flatbush | null {
	const count = boxes.length / 4;
	if (count === 0) return null;
	const index = new Flatbush(count);
	for (let i = 0; i < count; i++)
		index.add(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
	index.finish();
	return index;
}

/** The box around all features, or null of none. */
export function wholeBox(boxes: Float64Array): [number, number, number, number] | null {
	if (boxes.length === 0) return null;
	const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
	for (let i = 0; i < boxes.length; i += 4) {
		box[0] = Math.min(box[0], boxes[i]);
		box[1] = Math.min(box[1], boxes[i + 1]);
		box[2] = Math.max(box[2], boxes[i + 2]);
		box[3] = Math.max(box[3], boxes[i + 3]);
	}
	return box;
}
