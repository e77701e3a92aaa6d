import type { ParcelSet } from '../../geo/parcel-set.ts';
import { buildTable, type ClassList, type IndexedTable } from '../../src/lib/server/tile/parcel-table.ts';
import {
	wholeSnapshot,
	type CoverageSnapshot,
	type RevisionPlace,
} from '../../src/lib/server/tile/snapshot.ts';

/** What is known of each parcel, by its place in the set. */
export interface ParcelFacts {
	readonly classes: ClassList;
	/** Index in `classes`; −1 for none. */
	readonly landUse: (row: number) => number;
	readonly areaDm2: (row: number) => number;
	readonly code: (row: number) => string;
	readonly stockStatus: (row: number) => string | null;
	/** None has a block where it is left out. */
	readonly block?: (row: number) => string | null;
}

/** A table of parcels of one park without a database. */
export function parcelTable(
	{ parcelNos, polygons }: ParcelSet,
	{ classes, landUse, areaDm2, code, stockStatus, block = () => null }: ParcelFacts,
): IndexedTable {
	const rows = Array.from(parcelNos.keys());
	const areas = Float64Array.from(rows, areaDm2);
	const blocks = rows.map(block);
	const blockIds = [...new Set(blocks)].filter((id) => id !== null);
	const blockAt = new Map<string | null, number>(blockIds.map((id, index) => [id, index]));
	return buildTable(
		{
			parcelNo: parcelNos,
			version: Int32Array.from(rows, () => 1),
			areaDm2: areas,
			planarAreaDm2: areas,
			parkIds: ['park'],
			parkIndex: Int16Array.from(rows, () => 0),
			blockIds,
			blockIndex: Int32Array.from(blocks, (id) => blockAt.get(id) ?? -1),
			classKeys: classes.keys,
			classIndex: Int16Array.from(rows, landUse),
			isProvisional: Uint8Array.from(rows, () => 0),
			code: rows.map(code),
			stockStatus: rows.map(stockStatus),
			polygons,
		},
		Int32Array.from(rows, () => 0),
		classes,
	);
}

/** A class list whose keys are its codes. */
export function classList(keys: readonly string[], isPublic = (_: number) => true): ClassList {
	return { id: 'list', keys, codes: keys, grades: keys.map((_, k) => (isPublic(k) ? 'public' : 'office')) };
}

/** The plan of some zone, wholly in one table. */
export function planSnapshot(base: IndexedTable, contentId = 'content', revision = 1): CoverageSnapshot {
	return wholeSnapshot(planPlace(contentId, revision), base);
}

export function planPlace(contentId: string, revision: number): RevisionPlace {
	return { zoneId: 'zone', coverageId: 'plan', kind: 'plan', revision, contentId, grade: 'public' };
}
