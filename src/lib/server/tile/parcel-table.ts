import Flatbush from 'flatbush';
import { joinFeatures, pickFeatures, sliceFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelColumns as BalanceColumns } from '$lib/domain/balance/parcel-columns.ts';
import type { Grade } from '../access/actor.ts';
import type { ParcelColumns } from '../db/parcel-columns.ts';
import { featureBoxes } from './feature-box.ts';
import type { MemoryPart } from './memory-budget.ts';

/** The zone's class list as tiles index it. */
export interface ClassList {
	readonly id: string;
	readonly keys: readonly string[];
	readonly codes: readonly string[];
	readonly grades: readonly Grade[];
}

/**
 * Parcels in columns, ascending by number: entry i of every column is feature i of `polygons`.
 * `landUse` indexes `classes`, `park` the zone's parks.
 */
export interface ParcelTable extends BalanceColumns {
	readonly version: Int32Array;
	readonly code: readonly string[];
	readonly stockStatus: readonly (string | null)[];
	/** Ids of the blocks that the parcels lie in; null: none. */
	readonly block: readonly (string | null)[];
	readonly polygons: FlatPolygons;
	readonly classes: ClassList;
}

/** Parcels that stay in memory and can be found by place. */
export interface IndexedTable extends ParcelTable, MemoryPart {
	/** Boxes of the parcels in degrees; west, south, east, north of parcel i at 4i. */
	readonly boxes: Float64Array;
	readonly index: Flatbush | null;
	/** The zone's parks, as `park` indexes them. */
	readonly parkIds: readonly string[];
}

/** A parcel by its place in a table. */
export interface TableRow {
	readonly table: IndexedTable;
	readonly row: number;
}

/** Some rows of a table, ascending. */
export interface TableRows<Table extends ParcelTable = ParcelTable> {
	readonly table: Table;
	readonly rows: Uint32Array;
}

/** What a parcel takes besides its vertices: its entries in the columns, its box, index entry, code, and what tiles keep of it. */
const BYTES_A_PARCEL = 228;
/** What a vertex takes: in degrees, and projected for tiles. */
const BYTES_A_POSITION = 32;

/** Makes a table of a revision's columns and the parcels' park numbers as a balance takes them; throws when a parcel's class is not in the zone's list. O(positions). */
export function buildTable(columns: ParcelColumns, park: Int32Array, classes: ClassList): IndexedTable {
	const classAt = new Map(classes.keys.map((key, index) => [key, index]));
	const classOf = columns.classKeys.map((key) => {
		const index = classAt.get(key);
		if (index === undefined) throw new Error(`class ${key} is not in the zone's list`);
		return index;
	});
	const { parcelNo, version, areaDm2, code, stockStatus, polygons, parkIds } = columns;
	const landUse = Int32Array.from(columns.classIndex, (index) => (index < 0 ? -1 : classOf[index]));
	const block = Array.from(columns.blockIndex, (index) => columns.blockIds[index] ?? null);
	const boxes = featureBoxes(polygons);
	const index = boxIndex(boxes);
	const bytes =
		(polygons.coordinates.length / 2) * BYTES_A_POSITION +
		polygons.ringOffsets.byteLength * 2 +
		parcelNo.length * BYTES_A_PARCEL;
	const table = { parcelNo, version, areaDm2, park, landUse, code, stockStatus, block, polygons, classes };
	return { ...table, boxes, index, parkIds, bytes };
}

/** The row of a parcel; −1 where the table has none of that number. O(log parcels). */
export function rowOf({ parcelNo }: BalanceColumns, no: number): number {
	let [low, high] = [0, parcelNo.length - 1];
	while (low <= high) {
		const middle = (low + high) >>> 1;
		if (parcelNo[middle] === no) return middle;
		if (parcelNo[middle] < no) low = middle + 1;
		else high = middle - 1;
	}
	return -1;
}

/** The shape of a parcel as one feature: exact, or with coordinates rounded to so many decimals. O(its positions). */
export function shapeAt({ table, row }: TableRow, decimals: number | null): FlatPolygons {
	const shape = sliceFeature(table.polygons, row);
	if (decimals === null) return shape;
	const scale = 10 ** decimals;
	return { ...shape, coordinates: shape.coordinates.map((value) => Math.round(value * scale) / scale) };
}

/** Rows of two tables of one zone that have no parcel number in common, merged into one table. O(rows and their positions). */
export function mergeRows(one: TableRows, other: TableRows): ParcelTable {
	const order = mergedOrder(one, other);
	const polygons = joinFeatures([one, other].map(({ table, rows }) => pickFeatures(table.polygons, rows)));
	return {
		...pickedColumns(one, other, order),
		version: Int32Array.from(order, picker(one, other, 'version')),
		code: Array.from(order, picker(one, other, 'code')),
		stockStatus: Array.from(order, picker(one, other, 'stockStatus')),
		block: Array.from(order, picker(one, other, 'block')),
		polygons: pickFeatures(polygons, order),
		classes: one.table.classes,
	};
}

/** The columns alone that a balance takes of rows so merged. O(rows). */
export function mergeColumns(one: TableRows, other: TableRows): BalanceColumns {
	return pickedColumns(one, other, mergedOrder(one, other));
}

function pickedColumns(one: TableRows, other: TableRows, order: Uint32Array): BalanceColumns {
	return {
		parcelNo: Int32Array.from(order, picker(one, other, 'parcelNo')),
		areaDm2: Float64Array.from(order, picker(one, other, 'areaDm2')),
		park: Int32Array.from(order, picker(one, other, 'park')),
		landUse: Int32Array.from(order, picker(one, other, 'landUse')),
	};
}

/** Reads a column by places as `mergedOrder` numbers them. */
function picker<
	Name extends 'parcelNo' | 'areaDm2' | 'park' | 'landUse' | 'version' | 'code' | 'stockStatus' | 'block',
>(one: TableRows, other: TableRows, name: Name): (place: number) => ParcelTable[Name][number] {
	const [first, second] = [one.table[name], other.table[name]];
	const split = one.rows.length;
	return (place) => (place < split ? first[one.rows[place]] : second[other.rows[place - split]]);
}

/** Places in the rows of one, then of the other, in the order of parcel numbers. */
function mergedOrder(one: TableRows, other: TableRows): Uint32Array {
	const split = one.rows.length;
	const order = new Uint32Array(split + other.rows.length);
	let [i, j] = [0, 0];
	for (let k = 0; k < order.length; k++) {
		const isFirst =
			j === other.rows.length ||
			(i < split && one.table.parcelNo[one.rows[i]] < other.table.parcelNo[other.rows[j]]);
		order[k] = isFirst ? i++ : split + j++;
	}
	return order;
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
