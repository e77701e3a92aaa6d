import type { WireBalanceLine, WireBalanceTable } from '$lib/api/balance.ts';
import { formatSteps, parseSteps } from '$geo/area/unit.ts';

/** The order of the class lines; named lines always stand last. */
export type RowOrder = 'code' | 'area';

/** One line of the class table with both coverages' figures side by side. */
export interface BalanceRow {
	readonly key: string;
	readonly line: WireBalanceLine['line'];
	readonly classKey: string | null;
	readonly code: string | null;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly plan: RowFigures;
	/** Null where the reader may not see current land use. */
	readonly current: RowFigures | null;
	/** Part of the focused column's total in the plan, 0 to 1. */
	readonly share: number;
}

export interface RowFigures {
	/** In the table's column order. */
	readonly cells: readonly string[];
	readonly total: string;
	readonly parcels: number;
}

const LINE_RANK: Readonly<Record<WireBalanceLine['line'], number>> = {
	class: 0,
	withheld: 1,
	unclassified: 2,
};

/**
 * Joins the lines of the plan and of the current coverage by what they stand for.
 *
 * A line that only one coverage has is shown with zeros in the other: nothing is dropped. `focus` names the column whose
 * shares and sizes count (null: the total). Both tables must have the same columns and decimals.
 */
export function balanceRows(
	plan: WireBalanceTable,
	current: WireBalanceTable | null,
	focus: string | null,
	order: RowOrder,
): BalanceRow[] {
	const focusIndex = focus === null ? -1 : plan.columns.indexOf(focus);
	const whole = Number(focusIndex < 0 ? plan.total : plan.columnTotals[focusIndex]);
	const currentLines = new Map((current?.lines ?? []).map((line) => [lineKey(line), line]));
	const planLines = new Map(plan.lines.map((line) => [lineKey(line), line]));
	const keys = new Set([...planLines.keys(), ...currentLines.keys()]);

	const rows = [...keys].map((key): BalanceRow => {
		const planned = planLines.get(key);
		const surveyed = currentLines.get(key);
		const { line, classKey, code, nameZh, nameEn } = (planned ?? surveyed) as WireBalanceLine;
		const figures = figuresOf(planned, plan);
		const size = Number(focusIndex < 0 ? figures.total : figures.cells[focusIndex]);
		return {
			key,
			line,
			classKey,
			code,
			nameZh,
			nameEn,
			plan: figures,
			current: current === null ? null : figuresOf(surveyed, current),
			share: whole > 0 ? size / whole : 0,
		};
	});
	return rows.sort(
		(a, b) =>
			LINE_RANK[a.line] - LINE_RANK[b.line] ||
			(order === 'area' ? b.share - a.share : 0) ||
			compareCodes(a.code ?? '', b.code ?? ''),
	);
}

/** The column's figure of a row, or the row's total where no column is named. */
export function figureIn(figures: RowFigures, columns: readonly string[], column: string | null): string {
	const index = column === null ? -1 : columns.indexOf(column);
	return index < 0 ? figures.total : figures.cells[index];
}

/** Checks on the shown figures themselves that rows, columns and total agree to the last digit. */
export function tableAdds(table: WireBalanceTable): boolean {
	const value = (text: string) => parseSteps(text, table.decimals);
	const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + value(text), 0);
	const rowsAdd = table.lines.every((line) => sum(line.cells) === value(line.total));
	const columnsAdd = table.columnTotals.every(
		(total, column) => sum(table.lines.map((line) => line.cells[column])) === value(total),
	);
	return rowsAdd && columnsAdd && sum(table.columnTotals) === value(table.total);
}

/** The parcels of a table, every line counted once. */
export function parcelCount(table: WireBalanceTable): number {
	return table.lines.reduce((count, line) => count + line.parcels, 0);
}

function figuresOf(line: WireBalanceLine | undefined, table: WireBalanceTable): RowFigures {
	if (line !== undefined) return line;
	const zero = formatSteps(0, table.decimals);
	return { cells: table.columns.map(() => zero), total: zero, parcels: 0 };
}

function lineKey(line: WireBalanceLine): string {
	return line.line === 'class' ? `class:${line.classKey}` : line.line;
}

function compareCodes(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
