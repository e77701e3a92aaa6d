import { fitToMargins } from '$geo/area/fit-to-margins.ts';
import type { TouchedGround } from './touched-ground.ts';

/** A parcel as a balance counts it: its class, the column in which it stands, its stored area in 0.01 m². */
export interface CountedParcel {
	/** Null: no class. */
	readonly landUse: string | null;
	readonly column: number;
	readonly areaDm2: number;
}

/** A class and its areas by column, in 0.01 m². */
export interface DraftBalanceLine {
	readonly landUse: string | null;
	readonly beforeDm2: readonly number[];
	readonly afterDm2: readonly number[];
}

/** From which class (rows) to which (columns) touched ground goes, in 0.01 m²; null: no class. */
export interface TouchedMatrix {
	readonly rows: readonly (string | null)[];
	readonly columns: readonly (string | null)[];
	readonly cellsDm2: readonly (readonly number[])[];
}

/** Sums by class and column, in 0.01 m². */
export type ClassSums = ReadonlyMap<string | null, readonly number[]>;

/**
 * Balances a revision before and after a draft, class by class in the order of `classes`, what has no class last.
 *
 * `before` and `after` are the parcels that the draft touches, on either side of it; all others count as they are in `whole`. O(classes × columns + parcels).
 */
export function draftBalanceLines(
	classes: readonly string[],
	whole: ClassSums,
	before: readonly CountedParcel[],
	after: readonly CountedParcel[],
): DraftBalanceLine[] {
	const columnCount = Math.max(0, ...[...whole.values()].map((sums) => sums.length));
	const nothing = new Array<number>(columnCount).fill(0);
	const moved = new Map([...whole].map(([landUse, sums]) => [landUse, [...sums]]));
	const count = ({ landUse, column, areaDm2 }: CountedParcel, sign: 1 | -1) => {
		const sums = moved.get(landUse) ?? [...nothing];
		sums[column] += sign * areaDm2;
		moved.set(landUse, sums);
	};
	for (const parcel of before) count(parcel, -1);
	for (const parcel of after) count(parcel, 1);
	return [...classes, null].flatMap((landUse) => {
		const afterDm2 = moved.get(landUse);
		return afterDm2 === undefined ? [] : [{ landUse, beforeDm2: whole.get(landUse) ?? nothing, afterDm2 }];
	});
}

/**
 * Builds the matrix of touched ground from class to class. Its margins are the stored areas of the touched parcels before and after, to 0.01 m²:
 * the overlay's real areas are fitted to them. Throws where the two sides do not have the same sum. O(pieces + classes²).
 */
export function touchedMatrix(
	classes: readonly string[],
	before: readonly CountedParcel[],
	after: readonly CountedParcel[],
	touched: readonly TouchedGround[],
): TouchedMatrix {
	const [rowSums, columnSums] = [before, after].map((parcels) => {
		const sums = new Map<string | null, number>();
		for (const { landUse, areaDm2 } of parcels) sums.set(landUse, (sums.get(landUse) ?? 0) + areaDm2);
		return sums;
	});
	const [rows, columns] = [rowSums, columnSums].map((sums) =>
		[...classes, null].filter((one) => sums.has(one)),
	);
	const sizes = rows.map(() => columns.map(() => 0));
	for (const { landUseBefore, landUseAfter, areaM2 } of touched) {
		const [row, column] = [rows.indexOf(landUseBefore), columns.indexOf(landUseAfter)];
		sizes[row][column] += areaM2 * 100;
	}
	const fit = fitToMargins(
		sizes,
		rows.map((one) => rowSums.get(one) ?? 0),
		columns.map((one) => columnSums.get(one) ?? 0),
	);
	if (!fit.ok) throw new Error(`touched ground cannot be fitted to the stored areas: ${fit.code}`);
	return { rows, columns, cellsDm2: fit.cells };
}
