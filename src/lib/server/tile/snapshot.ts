import type { LonLatBox } from '$geo/area/box-area.ts';
import type { ParcelColumns as BalanceColumns } from '$lib/domain/balance/parcel-columns.ts';
import type { Grade } from '../access/actor.ts';
import type { MemoryPart } from './memory-budget.ts';
import {
	mergeColumns,
	mergeRows,
	rowOf,
	type ClassList,
	type IndexedTable,
	type ParcelTable,
	type TableRow,
	type TableRows,
} from './parcel-table.ts';

/** Where a revision stands: what its content id names. */
export interface RevisionPlace {
	readonly zoneId: string;
	readonly coverageId: string;
	readonly kind: 'plan' | 'current';
	readonly revision: number;
	/** Checksum of the revision. */
	readonly contentId: string;
	readonly grade: Grade;
}

/**
 * One revision of a coverage in memory, immutable: what tiles, legends and balances are answered from.
 *
 * It is the parcels of some revision, which others share as their base, and what it has otherwise. What is answered depends on the
 * revision's parcels alone, not on its base.
 */
export interface CoverageSnapshot extends RevisionPlace {
	readonly base: IndexedTable;
	/** The revision that `base` holds, and its checksum. */
	readonly baseRevision: number;
	readonly baseContentId: string;
	/** Null where the revision has exactly the parcels of its base. */
	readonly delta: Delta | null;
	/** The zone's class list. */
	readonly classes: ClassList;
}

/** What a revision has otherwise than its base. */
export interface Delta extends MemoryPart {
	/** Rows of the base that the revision does not have, or has otherwise. */
	readonly without: ReadonlySet<number>;
	/** The parcels that it has instead, or more. */
	readonly table: IndexedTable;
}

const BYTES_OF_A_SET_ENTRY = 40;

/** A revision of which the base holds all parcels. */
export function wholeSnapshot(place: RevisionPlace, base: IndexedTable): CoverageSnapshot {
	const { revision: baseRevision, contentId: baseContentId } = place;
	return { ...place, base, baseRevision, baseContentId, delta: null, classes: base.classes };
}

/** A revision that lacks some parcels of another's base and has those of `table` instead. O(changes). */
export function deltaSnapshot(
	place: RevisionPlace,
	{ base, baseRevision, baseContentId }: CoverageSnapshot,
	withoutNos: Iterable<number>,
	table: IndexedTable,
): CoverageSnapshot {
	const without = new Set(Array.from(withoutNos, (no) => rowOf(base, no)));
	const bytes = table.bytes + without.size * BYTES_OF_A_SET_ENTRY;
	const delta = { without, table, bytes };
	return { ...place, base, baseRevision, baseContentId, delta, classes: base.classes };
}

/** What a snapshot holds in memory; it shares the first with others. */
export function memoryOf({ base, delta }: CoverageSnapshot): MemoryPart[] {
	return delta === null ? [base] : [base, delta];
}

/** Finds a parcel by number; null where the revision has none. O(log parcels). */
export function findRow({ base, delta }: CoverageSnapshot, parcelNo: number): TableRow | null {
	if (delta !== null) {
		const row = rowOf(delta.table, parcelNo);
		if (row >= 0) return { table: delta.table, row };
	}
	const row = rowOf(base, parcelNo);
	return row < 0 || delta?.without.has(row) ? null : { table: base, row };
}

/** All parcels, by the tables that hold them. O(parcels). */
export function rowsOf({ base, delta }: CoverageSnapshot): TableRows<IndexedTable>[] {
	const all = Uint32Array.from(base.parcelNo.keys());
	if (delta === null) return [{ table: base, rows: all }];
	const { table, without } = delta;
	return [
		{ table: base, rows: all.filter((row) => !without.has(row)) },
		{ table, rows: Uint32Array.from(table.parcelNo.keys()) },
	];
}

/** The parcels whose boxes meet a box in degrees, by the tables that hold them. O(log parcels + found). */
export function rowsIn({ base, delta }: CoverageSnapshot, box: LonLatBox): TableRows<IndexedTable>[] {
	const search = (table: IndexedTable, filter?: (row: number) => boolean) => ({
		table,
		rows: Uint32Array.from(table.index?.search(...box, filter) ?? []).sort(),
	});
	if (delta === null) return [search(base)];
	return [search(base, (row) => !delta.without.has(row)), search(delta.table)];
}

/** Parcels of several tables one by one, ascending by number. */
export function eachRow(parts: readonly TableRows<IndexedTable>[]): TableRow[] {
	const found = parts.flatMap(({ table, rows }) => Array.from(rows, (row) => ({ table, row })));
	const noOf = ({ table, row }: TableRow) => table.parcelNo[row];
	return parts.length === 1 ? found : found.sort((a, b) => noOf(a) - noOf(b));
}

/** The same parcels as rows of one table: of the one that holds them all, else of one made of them. O(their positions). */
export function inOneTable([first, second]: readonly TableRows<IndexedTable>[]): TableRows {
	if (second === undefined || second.rows.length === 0) return first;
	if (first.rows.length === 0) return second;
	const table = mergeRows(first, second);
	return { table, rows: Uint32Array.from(table.parcelNo.keys()) };
}

/** All parcels in one table, row by row. O(positions) unless the base holds exactly them. */
export function wholeTable(snapshot: CoverageSnapshot): ParcelTable {
	if (snapshot.delta === null) return snapshot.base;
	const [first, second] = rowsOf(snapshot);
	return mergeRows(first, second);
}

/** What a balance takes of all parcels, in the rows of `wholeTable`. O(parcels) unless the base holds exactly them. */
export function wholeColumns(snapshot: CoverageSnapshot): BalanceColumns {
	if (snapshot.delta === null) return snapshot.base;
	const [first, second] = rowsOf(snapshot);
	return mergeColumns(first, second);
}
