import { changesetError, type ChangesetIssue } from '../changeset/issue.ts';
import { cellsOf } from '../changeset/code-list.ts';
import { checkPlotCodes } from './check-codes.ts';

/** A line of a list of plots' codes: what it gives, or why it cannot be read. */
export interface PlotCodeRow {
	/** Counted from 1. */
	readonly line: number;
	/** The plot as it is written. */
	readonly key: string;
	readonly plotNo: number | null;
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
	readonly supervisionNumber: string | null;
	readonly issue: ChangesetIssue | null;
}

/**
 * Reads a list of codes that the registry gave, a line for each plot: its number, its cadastral code, and where there are any its unit number and its
 * e-supervision number.
 *
 * Cells are parted by tabs, commas or semicolons, and may stand in double quotes; blank lines are passed over, and so is a first line whose plot is
 * no number: a heading. Refused are `list.cell-missing`, `list.plot-unknown` (no number), `plot.repeated` and codes that are not well-formed;
 * whether the plots are there and the codes free is the register's to say. O(lines).
 */
export function readPlotCodeList(text: string): PlotCodeRow[] {
	const lines = text
		.split(/\r\n?|\n/)
		.map((content, i) => ({ line: i + 1, cells: cellsOf(content) }))
		.filter(({ cells }) => cells.some((cell) => cell !== ''));
	const isHeading = lines.length > 0 && !/\d/.test(lines[0].cells[0]);
	const seen = new Set<number>();
	return (isHeading ? lines.slice(1) : lines).map(({ line, cells }): PlotCodeRow => {
		const [key = '', ...rest] = cells;
		const [cadastral, unit, supervisionNumber] = [0, 1, 2].map((i) => {
			const cell = rest.at(i) ?? '';
			return cell === '' ? null : cell;
		});
		const codes = {
			cadastralCode: cadastral?.toUpperCase() ?? null,
			unitCode: unit?.toUpperCase() ?? null,
		};
		const isNumber = /^[1-9]\d{0,8}$/.test(key);
		const row = { line, key, plotNo: isNumber ? Number(key) : null, ...codes, supervisionNumber };
		const refused = (issue: ChangesetIssue): PlotCodeRow => ({ ...row, issue });
		if (codes.cadastralCode === null && codes.unitCode === null)
			return refused(changesetError('list.cell-missing'));
		if (row.plotNo === null) return refused(changesetError('list.plot-unknown', { key }));
		if (seen.has(row.plotNo)) return refused(changesetError('plot.repeated', { plotNo: row.plotNo }));
		seen.add(row.plotNo);
		const wrong = checkPlotCodes({ ...codes, codeStatus: 'registered' }).at(0);
		return wrong === undefined ? { ...row, issue: null } : refused(wrong);
	});
}
