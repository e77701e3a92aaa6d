import type { Fraction } from './unit.ts';
import { roundZeroSumTable, type ZeroSumTable } from './zero-sum-rounding.ts';

/** A two-way table with its margins. */
export interface TableWithMargins {
	readonly cells: number[][];
	readonly rowTotals: number[];
	readonly columnTotals: number[];
	readonly total: number;
}

/** What makes a table one that cannot be rounded or fitted, and where. */
export type TableRefusal =
	| { readonly ok: false; readonly code: 'step.invalid' | 'table.too-large' | 'margins.unequal' }
	| { readonly ok: false; readonly code: 'row.ragged'; readonly row: number }
	| { readonly ok: false; readonly code: 'cell.invalid'; readonly row: number; readonly column: number }
	| { readonly ok: false; readonly code: 'row-total.invalid'; readonly row: number }
	| { readonly ok: false; readonly code: 'column-total.invalid'; readonly column: number };

/** Largest numerator of a step: errors weighed with it stay exact. */
const NUMERATOR_MAX = 2 ** 36;
const CELL_WEIGHT = 1;
const MARGIN_WEIGHT = 64;
const TOTAL_WEIGHT = 4096;

/**
 * Rounds a table of stored areas to a coarser step so that every cell, row total, column total and the grand total is its exact
 * value rounded down or up, and all of them add up.
 *
 * `table` holds whole numbers of 0.01 m² (rows of one length); `step` is the last shown digit in 0.01 m² (0.01 ha: 10000/1,
 * 0.01 亩: 2000/3; see areaStep). Results count steps. Exact integer arithmetic; whole multiples (zero too) stay themselves.
 * Among all such roundings the one nearest to the exact values is taken (an error in a margin counts 64 times a cell's, in the
 * grand total 4096 times), deterministically. Refuses ragged rows, cells that are no whole numbers, sums beyond safe integers, and
 * a step that is no fraction of whole numbers above zero.
 * 150 × 150 cells take about 0.2 s. Source: Causey, Cox & Ernst, "Applications of Transportation Theory to Statistical Problems",
 * JASA 80 (1985); Bacharach, "Matrix Rounding Problems" (1966).
 */
export function controlledRounding(
	table: readonly (readonly number[])[],
	step: Fraction,
): { readonly ok: true; readonly table: TableWithMargins } | TableRefusal {
	const refusal = checkTable(table, step);
	if (refusal !== null) return refusal;
	const extended = extendTable(table, step);
	const { rows, columns } = extended;
	const units = roundZeroSumTable(extended);
	const at = (i: number, j: number) => units[i * columns + j] + 0;
	const rowIndices = Array.from({ length: rows - 1 }, (_, i) => i);
	const columnIndices = Array.from({ length: columns - 1 }, (_, j) => j);
	return {
		ok: true,
		table: {
			cells: rowIndices.map((i) => columnIndices.map((j) => at(i, j))),
			rowTotals: rowIndices.map((i) => 0 - at(i, columns - 1)),
			columnTotals: columnIndices.map((j) => 0 - at(rows - 1, j)),
			total: at(rows - 1, columns - 1),
		},
	};
}

function checkTable(table: readonly (readonly number[])[], step: Fraction): TableRefusal | null {
	const { numerator, denominator } = step;
	const isStep = [numerator, denominator].every((value) => Number.isSafeInteger(value) && value > 0);
	if (!isStep || numerator > NUMERATOR_MAX) return { ok: false, code: 'step.invalid' };
	const columns = table[0]?.length ?? 0;
	let size = 0;
	for (const [row, cells] of table.entries()) {
		if (cells.length !== columns) return { ok: false, code: 'row.ragged', row };
		const column = cells.findIndex((cell) => !Number.isSafeInteger(cell));
		if (column >= 0) return { ok: false, code: 'cell.invalid', row, column };
		for (const cell of cells) size += Math.abs(cell);
	}
	return Number.isSafeInteger(size * denominator) ? null : { ok: false, code: 'table.too-large' };
}

function extendTable(table: readonly (readonly number[])[], step: Fraction): ZeroSumTable {
	const rows = table.length + 1;
	const columns = (table[0]?.length ?? 0) + 1;
	const values = new Float64Array(rows * columns);
	const weight = new Float64Array(rows * columns).fill(CELL_WEIGHT);
	for (const [i, row] of table.entries()) {
		for (const [j, value] of row.entries()) {
			values[i * columns + j] = value;
			values[i * columns + columns - 1] -= value;
			values[(rows - 1) * columns + j] -= value;
			values[rows * columns - 1] += value;
		}
	}
	for (let i = 0; i < rows; i++) weight[i * columns + columns - 1] = MARGIN_WEIGHT;
	for (let j = 0; j < columns; j++) weight[(rows - 1) * columns + j] = MARGIN_WEIGHT;
	weight[rows * columns - 1] = TOTAL_WEIGHT;

	const units = new Float64Array(values.length);
	const rest = new Float64Array(values.length);
	for (let k = 0; k < values.length; k++) {
		const scaled = values[k] * step.denominator;
		const remainder = scaled % step.numerator;
		rest[k] = remainder < 0 ? remainder + step.numerator : remainder + 0;
		units[k] = (scaled - rest[k]) / step.numerator;
	}
	return { rows, columns, numerator: step.numerator, units, rest, weight };
}
