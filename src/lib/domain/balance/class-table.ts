import type { ParcelColumns } from './parcel-columns.ts';
import { OUTSIDE_PARKS, SEVERAL_PARKS, UNCLASSIFIED } from './parcel-columns.ts';

/** A line of a class table; `landUse` indexes the class list at the table's level, null for the named lines. */
export interface ClassLine {
	readonly line: 'class' | 'unclassified' | 'withheld';
	readonly landUse: number | null;
	readonly parcels: number;
	/** One per column, integers of 0.01 m². */
	readonly cellsDm2: readonly number[];
}

/** Sums a coverage's parcels by class and park.
 *
 * Columns are the parks in order, then `outside`, then `several`. `lineOf[c]` is the class of the list that class c counts as in
 * this table, `withheld[c]` says that class c is not for this reader: such parcels stay in the sum as one named line. Lines with
 * parcels only, except the `unclassified` line, which is always there: nothing is dropped. Integer sums; order of parcels does
 * not matter. Lines are ordered by class index. O(parcels + classes).
 */
export function classTable(
	parcels: ParcelColumns,
	parkCount: number,
	lineOf: Int32Array,
	withheld: readonly boolean[],
): ClassLine[] {
	const columnCount = parkCount + 2;
	const sums = new Map<number, { cells: number[]; parcels: number }>();
	const WITHHELD_LINE = -2;
	const entry = (line: number) => {
		let found = sums.get(line);
		if (found === undefined) {
			found = { cells: new Array<number>(columnCount).fill(0), parcels: 0 };
			sums.set(line, found);
		}
		return found;
	};
	entry(UNCLASSIFIED);
	for (let i = 0; i < parcels.parcelNo.length; i++) {
		const landUse = parcels.landUse[i];
		const line =
			landUse === UNCLASSIFIED ? UNCLASSIFIED : withheld[landUse] ? WITHHELD_LINE : lineOf[landUse];
		const sum = entry(line);
		sum.cells[columnOf(parcels.park[i], parkCount)] += parcels.areaDm2[i];
		sum.parcels += 1;
	}
	const lines = [...sums].map(([line, sum]): ClassLine => ({
		line: line === UNCLASSIFIED ? 'unclassified' : line === WITHHELD_LINE ? 'withheld' : 'class',
		landUse: line >= 0 ? line : null,
		parcels: sum.parcels,
		cellsDm2: sum.cells,
	}));
	const rank = (line: ClassLine) =>
		line.landUse ?? (line.line === 'withheld' ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER);
	return lines.sort((a, b) => rank(a) - rank(b));
}

/** The column of a park index in a class table: parks first, then outside, then several. */
export function columnOf(park: number, parkCount: number): number {
	if (park === OUTSIDE_PARKS) return parkCount;
	if (park === SEVERAL_PARKS) return parkCount + 1;
	return park;
}
