import type { WireChangeMatrix } from '$lib/api/balance.ts';
import { formatSteps, parseSteps } from '$geo/area/unit.ts';

type AxisEntry = WireChangeMatrix['rows'][number];

/** What a change matrix says in three figures and a few lines. Figures are in the matrix's unit. */
export interface ChangeSummary {
	/** Planned as it is now. */
	readonly kept: string;
	/** Planned otherwise; both uses are known. */
	readonly differs: string;
	/** Where one side has no class for this reader or no parcel at all. */
	readonly unknown: string;
	/** The largest changes between known classes, largest first. */
	readonly largest: readonly { readonly row: number; readonly column: number; readonly area: string }[];
}

/** Says whether a row and a column stand for the same known land use. */
export function isKept(row: AxisEntry, column: AxisEntry): boolean {
	return row.line === 'class' && column.line === 'class' && row.classKey === column.classKey;
}

/** Sums a change matrix up; kept, differs and unknown add up to its cells exactly. O(cells). */
export function changeSummary(matrix: WireChangeMatrix, largestCount: number): ChangeSummary {
	let [kept, differs, unknown] = [0, 0, 0];
	const changes: { row: number; column: number; size: number }[] = [];
	matrix.cells.forEach((cells, row) =>
		cells.forEach((cell, column) => {
			const size = parseSteps(cell, matrix.decimals);
			const [planned, surveyed] = [matrix.rows[row], matrix.columns[column]];
			if (isKept(planned, surveyed)) kept += size;
			else if (planned.line !== 'class' || surveyed.line !== 'class') unknown += size;
			else {
				differs += size;
				if (size > 0) changes.push({ row, column, size });
			}
		}),
	);
	changes.sort((a, b) => b.size - a.size || a.row - b.row || a.column - b.column);
	const text = (size: number) => formatSteps(size, matrix.decimals);
	return {
		kept: text(kept),
		differs: text(differs),
		unknown: text(unknown),
		largest: changes
			.slice(0, largestCount)
			.map(({ row, column, size }) => ({ row, column, area: text(size) })),
	};
}
