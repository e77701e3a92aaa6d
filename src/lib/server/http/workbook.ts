import writeWorkbook, { type Cell, type Row, type Sheet } from 'write-excel-file/node';
import type { LedgerColumn, LedgerSheet, LedgerValue } from './ledger-sheets.ts';

/** 0.01 m² in three mu (亩): a mu is 2000/3 m². */
const DM2_PER_3_MU = 200_000;
const FORMATS: Readonly<Record<LedgerColumn, string | undefined>> = {
	text: '@',
	count: '0',
	m2: '#,##0.00',
	mu: '#,##0.0000',
	yuan: '#,##0.00',
	day: 'yyyy-mm-dd',
};
const WIDTHS: Readonly<Record<LedgerColumn, number>> = {
	text: 22,
	count: 12,
	m2: 18,
	mu: 16,
	yuan: 20,
	day: 13,
};
/** Title, note and head stay in sight. */
const FROZEN_ROWS = 3;

/** What is written round the rows; `unknown` says why a sum is none, by how many of its amounts are not known. */
export interface LedgerWords {
	readonly title: string;
	readonly note: string;
	readonly total: string;
	readonly unknown: (count: number) => string;
}

/**
 * Writes sheets as a workbook (XLSX): a title and a note, a head that stays in sight, rows, and a last row of sums under the columns that have one; where an amount is not known, the reason stands in place of the sum.
 *
 * Numbers are numbers and days are dates; sums are of stored integers, not of what is rounded for a cell. O(cells).
 */
export async function writeLedger(
	sheets: readonly LedgerSheet[],
	{ title, note, total, unknown }: LedgerWords,
): Promise<Buffer> {
	const written = sheets.map((sheet): Sheet<never> => {
		const bold = (value: string): Cell => ({ value: kept(value), type: String, fontWeight: 'bold' });
		const rows: Row[] = [
			[bold(`${title} · ${sheet.name}`)],
			[{ value: kept(note), type: String }],
			sheet.columns.map(({ head }) => bold(head)),
			...sheet.rows.map((row) => row.map((value, i) => cellOf(value, sheet.columns[i].kind))),
		];
		if (sheet.columns.some(({ isSummed }) => isSummed)) rows.push(sumsOf(sheet, total, unknown));
		const columns = sheet.columns.map(({ kind }) => ({ width: WIDTHS[kind] }));
		return { data: rows, sheet: sheet.name, columns, stickyRowsCount: FROZEN_ROWS, orientation: 'landscape' };
	});
	return writeWorkbook(written).toBuffer();
}

function cellOf(value: LedgerValue, kind: LedgerColumn, isBold = false): Cell {
	if (value === null) return null;
	const more = { format: FORMATS[kind], ...(isBold ? ({ fontWeight: 'bold' } as const) : {}) };
	if (typeof value === 'number') return { value: inUnit(value, kind), type: Number, ...more };
	if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, ...more };
	return { value: kept(value), type: String, ...more };
}

/** A stored integer in the unit of its column, as near as a cell can hold. */
function inUnit(value: number, kind: LedgerColumn): number {
	if (kind === 'mu') return Math.round(((value * 3) / DM2_PER_3_MU) * 10_000) / 10_000;
	return kind === 'm2' || kind === 'yuan' ? value / 100 : value;
}

function sumsOf({ columns, rows }: LedgerSheet, total: string, unknown: LedgerWords['unknown']): Row {
	return columns.map(({ kind, isSummed, isWhole }, i): Cell => {
		if (i === 0) return { value: total, type: String, fontWeight: 'bold' };
		if (!isSummed) return null;
		const open = isWhole ? rows.filter((row) => row[i] === null).length : 0;
		if (open > 0) return { value: unknown(open), type: String };
		return cellOf(
			rows.reduce((sum, row) => sum + Number(row[i] ?? 0), 0),
			kind,
			true,
		);
	});
}

/** Text without the characters that no XML holds. */
function kept(text: string): string {
	return text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
}
