import { setImmediate } from 'node:timers/promises';
import { joinFeatures, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import { readShapes } from './shape.ts';

/** The parcel lies in no park. */
export const PARK_OUTSIDE = -1;
/** The parcel lies across several parks. */
export const PARK_SEVERAL = -2;
/** The parcel has no class, or no block. */
export const NONE = -1;

/** The parcels of one revision as columns; entry i of every column is feature i of `polygons`. Ascending by number. */
export interface ParcelColumns {
	readonly parcelNo: Int32Array;
	readonly version: Int32Array;
	/** Ellipsoidal, in 0.01 m², adjusted to the park's outline. */
	readonly areaDm2: Float64Array;
	/** In the zone's projected CRS, in 0.01 m². */
	readonly planarAreaDm2: Float64Array;
	/** Classes met, as `system/version/code`; `classIndex` points here, or is NONE. */
	readonly classKeys: readonly string[];
	readonly classIndex: Int16Array;
	/** All parks in the zone's order; `parkIndex` points here, or is PARK_OUTSIDE or PARK_SEVERAL. */
	readonly parkIds: readonly string[];
	readonly parkIndex: Int16Array;
	/** Blocks met; `blockIndex` points here, or is NONE. */
	readonly blockIds: readonly string[];
	readonly blockIndex: Int32Array;
	readonly code: readonly string[];
	readonly isProvisional: Uint8Array;
	/** Null where none is recorded, and everywhere for those who may not see it. */
	readonly stockStatus: readonly (string | null)[];
	readonly polygons: FlatPolygons;
}

/** A parcel as the database sends it, but for its shape. */
interface ColumnRow {
	readonly parcelNo: number;
	readonly version: number;
	readonly areaDm2: number;
	readonly planarAreaDm2: number;
	readonly classKey: string | null;
	readonly parkId: string | null;
	readonly parkRelation: 'inside' | 'outside' | 'several';
	readonly blockId: string | null;
	readonly code: string;
	readonly codeStatus: 'official' | 'provisional';
	readonly stockStatus: string | null;
}

const PAGE_ROWS = 5000;
/** So many shapes are decoded at a time: some milliseconds. */
const SLICE_SHAPES = 2000;

/** The parcels of a revision as the database sends them: nothing is decoded yet. */
export interface ParcelRows {
	readonly rows: readonly ColumnRow[];
	/** Their shapes in hexadecimal EWKB: most of what is sent. */
	readonly shapes: string[];
	/** All parks in the zone's order. */
	readonly parkIds: readonly string[];
}

/** Loads every parcel of a revision that the scope may see, or those of some numbers, page by page. O(parcels), one query per 5,000. */
export async function loadParcelRows(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcelNos: readonly number[] | null = null,
): Promise<ParcelRows> {
	const rows: ColumnRow[] = [];
	const shapes: string[] = [];
	for (let after = 0; ;) {
		const page = await readPage(sql, zoneId, coverageId, revision, parcelNos, after);
		for (const { shape, ...row } of page) {
			rows.push(row);
			shapes.push(shape);
		}
		if (page.length < PAGE_ROWS) break;
		after = page[page.length - 1].parcelNo;
	}
	const parks = await sql<{ parkId: string }[]>`
		select park_id as "parkId" from park where zone_id = ${zoneId} order by sort`;
	return { rows, shapes, parkIds: parks.map((park) => park.parkId) };
}

/** Lists the numbers of the parcels that a revision has and another has not, or in another version. O(changes). */
export async function listParcelNosOnlyIn(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	other: number,
): Promise<number[]> {
	// Opened after the other and not closed again, or closed after this one and not opened after it.
	const rows = await sql<{ parcelNo: number }[]>`
		select parcel_no as "parcelNo" from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId}
			and rev_from > ${other} and rev_from <= ${revision} and (rev_to is null or rev_to > ${revision})
		union all
		select parcel_no from parcel
		where zone_id = ${zoneId} and coverage_id = ${coverageId}
			and rev_to > ${revision} and rev_to <= ${other} and rev_from <= ${revision}`;
	return rows.map(({ parcelNo }) => parcelNo);
}

/** Decodes parcels into columns; no work for inside a transaction, which others wait for. O(positions). */
export function parcelColumnsOf(
	{ rows, shapes, parkIds }: ParcelRows,
	polygons = readShapes(shapes),
): ParcelColumns {
	const parkAt = new Map(parkIds.map((parkId, index) => [parkId, index]));
	const classes = new Dictionary();
	const blocks = new Dictionary();
	return {
		parcelNo: Int32Array.from(rows, (row) => row.parcelNo),
		version: Int32Array.from(rows, (row) => row.version),
		areaDm2: Float64Array.from(rows, (row) => row.areaDm2),
		planarAreaDm2: Float64Array.from(rows, (row) => row.planarAreaDm2),
		classIndex: Int16Array.from(rows, (row) => classes.indexOf(row.classKey)),
		classKeys: classes.keys,
		parkIds,
		parkIndex: Int16Array.from(rows, (row) => parkIndexOf(row, parkAt)),
		blockIndex: Int32Array.from(rows, (row) => blocks.indexOf(row.blockId)),
		blockIds: blocks.keys,
		code: rows.map((row) => row.code),
		isProvisional: Uint8Array.from(rows, (row) => (row.codeStatus === 'provisional' ? 1 : 0)),
		stockStatus: rows.map((row) => row.stockStatus),
		polygons,
	};
}

/** Decodes shapes, some at a time: between them others are served, and those decoded are taken out of the list. O(positions). */
export async function drainShapes(shapes: string[]): Promise<FlatPolygons> {
	const decoded: FlatPolygons[] = [];
	while (shapes.length > 0) {
		decoded.push(readShapes(shapes.splice(0, SLICE_SHAPES)));
		await setImmediate();
	}
	return joinFeatures(decoded);
}

async function readPage(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
	parcelNos: readonly number[] | null,
	after: number,
): Promise<(ColumnRow & { readonly shape: string })[]> {
	const among = parcelNos === null ? sql`` : sql`and p.parcel_no = any (${[...parcelNos]}::integer[])`;
	return sql<(ColumnRow & { readonly shape: string })[]>`
		select p.parcel_no as "parcelNo", p.version, p.area_dm2 as "areaDm2", p.planar_area_dm2 as "planarAreaDm2",
			p.class_system || '/' || p.class_version || '/' || p.class_code as "classKey", p.park_id as "parkId",
			p.park_relation as "parkRelation", p.block_id as "blockId", p.code, p.code_status as "codeStatus",
			s.stock_status as "stockStatus", p.geom::text as shape
		from parcel p
		left join stock_status s on s.zone_id = p.zone_id and s.coverage_id = p.coverage_id
			and s.parcel_no = p.parcel_no and s.version = p.version
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.parcel_no > ${after}
			and p.rev_from <= ${revision} and (p.rev_to is null or p.rev_to > ${revision}) ${among}
		order by p.parcel_no limit ${PAGE_ROWS}`;
}

function parkIndexOf(row: ColumnRow, parkAt: ReadonlyMap<string, number>): number {
	if (row.parkId === null) return row.parkRelation === 'several' ? PARK_SEVERAL : PARK_OUTSIDE;
	const index = parkAt.get(row.parkId);
	if (index === undefined) throw new Error(`park ${row.parkId} is not in the zone's list`);
	return index;
}

/** Words numbered in the order of their first appearance. */
class Dictionary {
	readonly keys: string[] = [];
	readonly #numbers = new Map<string, number>();

	indexOf(key: string | null): number {
		if (key === null) return NONE;
		let index = this.#numbers.get(key);
		if (index === undefined) {
			index = this.keys.length;
			this.keys.push(key);
			this.#numbers.set(key, index);
		}
		return index;
	}
}
