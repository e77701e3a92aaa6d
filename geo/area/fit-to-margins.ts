import type { TableRefusal } from './controlled-rounding.ts';

/**
 * Fits real sizes to whole margins: whole numbers ≥ 0 with exactly these row and column totals, near the given sizes.
 *
 * Sizes are rounded, then each remaining difference travels from a row or column with too little (or too much) to one with
 * the opposite along the path whose smallest cell is largest, so the largest cells take it. Cells that are zero stay zero unless the
 * margins cannot be met without them. Refuses margins that do not sum equally, are negative or not whole, cells that are not
 * finite, ragged rows, and sums beyond safe integers. Deterministic. O((rows + columns)²) for each difference moved.
 */
export function fitToMargins(
	cells: readonly (readonly number[])[],
	rowTotals: readonly number[],
	columnTotals: readonly number[],
): { readonly ok: true; readonly cells: number[][] } | TableRefusal {
	const rows = rowTotals.length;
	const columns = columnTotals.length;
	const refusal = checkMargins(cells, rowTotals, columnTotals);
	if (refusal !== null) return refusal;
	const fitted = cells.map((row) => row.map((size) => Math.max(0, Math.round(size))));
	const missing = new Float64Array(rows + columns);
	for (let i = 0; i < rows; i++) missing[i] = rowTotals[i] - fitted[i].reduce((sum, cell) => sum + cell, 0);
	for (let j = 0; j < columns; j++) {
		missing[rows + j] = fitted.reduce((sum, row) => sum + row[j], 0) - columnTotals[j];
	}
	for (;;) {
		const path = widestPath(cells, fitted, missing);
		if (path === null) return { ok: true, cells: fitted };
		const last = path[path.length - 1];
		let amount = Math.min(missing[path[0]], -missing[last]);
		for (let k = 0; k + 1 < path.length; k++) {
			if (path[k] >= rows) amount = Math.min(amount, fitted[path[k + 1]][path[k] - rows]);
		}
		for (let k = 0; k + 1 < path.length; k++) {
			if (path[k] < rows) fitted[path[k]][path[k + 1] - rows] += amount;
			else fitted[path[k + 1]][path[k] - rows] -= amount;
		}
		missing[path[0]] -= amount;
		missing[last] += amount;
	}
}

function checkMargins(
	cells: readonly (readonly number[])[],
	rowTotals: readonly number[],
	columnTotals: readonly number[],
): TableRefusal | null {
	const isMargin = (value: number) => Number.isSafeInteger(value) && value >= 0;
	const badRow = rowTotals.findIndex((value) => !isMargin(value));
	if (badRow >= 0) return { ok: false, code: 'row-total.invalid', row: badRow };
	const badColumn = columnTotals.findIndex((value) => !isMargin(value));
	if (badColumn >= 0) return { ok: false, code: 'column-total.invalid', column: badColumn };
	const ragged = cells.findIndex((row) => row.length !== columnTotals.length);
	if (ragged >= 0) return { ok: false, code: 'row.ragged', row: ragged };
	if (cells.length !== rowTotals.length)
		return { ok: false, code: 'row.ragged', row: Math.min(cells.length, rowTotals.length) };
	let size = 0;
	for (const [row, sizes] of cells.entries()) {
		const column = sizes.findIndex((value) => !Number.isFinite(value));
		if (column >= 0) return { ok: false, code: 'cell.invalid', row, column };
		for (const value of sizes) size += Math.abs(value) + 1;
	}
	const sum = (totals: readonly number[]) => totals.reduce((total, value) => total + value, 0);
	const [rowSum, columnSum] = [sum(rowTotals), sum(columnTotals)];
	if (size + rowSum + columnSum >= Number.MAX_SAFE_INTEGER) return { ok: false, code: 'table.too-large' };
	return rowSum === columnSum ? null : { ok: false, code: 'margins.unequal' };
}

/**
 * Path of nodes (rows, then columns) from one with something missing > 0 to one with < 0 that maximises the smallest cell on the way
 * (Prim's order); row → column adds to a cell, column → row takes from a cell that has something. Null when nothing is missing.
 */
function widestPath(
	cells: readonly (readonly number[])[],
	fitted: readonly (readonly number[])[],
	missing: Float64Array,
): number[] | null {
	const rows = cells.length;
	const width = new Float64Array(missing.length).fill(-1);
	const cameFrom = new Int32Array(missing.length).fill(-1);
	const done = new Uint8Array(missing.length);
	for (let node = 0; node < missing.length; node++) if (missing[node] > 0) width[node] = Infinity;
	for (;;) {
		let node = -1;
		for (let k = 0; k < width.length; k++) {
			if (!done[k] && width[k] >= 0 && (node < 0 || width[k] > width[node])) node = k;
		}
		if (node < 0) return null;
		done[node] = 1;
		if (missing[node] < 0) {
			const path = [node];
			while (cameFrom[path[0]] >= 0) path.unshift(cameFrom[path[0]]);
			return path;
		}
		const isRow = node < rows;
		for (let next = isRow ? rows : 0; next < (isRow ? width.length : rows); next++) {
			const [row, column] = isRow ? [node, next - rows] : [next, node - rows];
			if (!isRow && fitted[row][column] === 0) continue;
			const size = isRow ? Math.max(0, cells[row][column]) : fitted[row][column];
			const reached = Math.min(width[node], size);
			if (done[next] || reached <= width[next]) continue;
			width[next] = reached;
			cameFrom[next] = node;
		}
	}
}
