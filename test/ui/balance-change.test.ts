import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSteps, parseSteps } from '$geo/area/unit.ts';
import { changeMatrixSchema, type WireChangeMatrix } from '$lib/api/balance.ts';
import { changeSummary } from '$lib/components/balance/change-summary.ts';

const sumDecimals = (texts: readonly string[], decimals: number) =>
	formatSteps(
		texts.reduce((sum, text) => sum + parseSteps(text, decimals), 0),
		decimals,
	);
const axis = (names: readonly string[]) =>
	names.map((name) => {
		const named = name === 'unclassified' || name === 'withheld' || name === 'uncovered';
		return {
			line: named ? name : 'class',
			classKey: named ? null : `cn-land-use/2023/${name}`,
			code: named ? null : name,
			nameZh: name,
			nameEn: name,
		};
	});

function matrix(rows: readonly string[], columns: readonly string[], cells: string[][]): WireChangeMatrix {
	const totals = cells.map((row) => sumDecimals(row, 2));
	return changeMatrixSchema.parse({
		parkId: null,
		level: 1,
		unit: 'ha',
		decimals: 2,
		rows: axis(rows),
		columns: axis(columns),
		cells,
		rowTotals: totals,
		columnTotals: columns.map((_, column) =>
			sumDecimals(
				cells.map((row) => row[column]),
				2,
			),
		),
		total: sumDecimals(totals, 2),
	});
}

describe('the summary of a change matrix', () => {
	const example = matrix(
		['07', '10', 'unclassified'],
		['01', '10', 'unclassified'],
		[
			['30.00', '2.50', '0.25'],
			['12.00', '40.00', '0.00'],
			['0.00', '1.00', '3.00'],
		],
	);

	it('tells what stays, what differs and what cannot be told', () => {
		const { kept, differs, unknown } = changeSummary(example, 3);
		expect({ kept, differs, unknown }).toEqual({ kept: '40.00', differs: '44.50', unknown: '4.25' });
	});

	it('never takes two unclassified parcels for the same use', () => {
		expect(changeSummary(matrix(['unclassified'], ['unclassified'], [['5.00']]), 3).kept).toBe('0.00');
	});

	it('lists the largest changes first, without zeros', () => {
		expect(changeSummary(example, 2).largest).toEqual([
			{ row: 0, column: 0, area: '30.00' },
			{ row: 1, column: 0, area: '12.00' },
		]);
		expect(changeSummary(matrix(['07'], ['10'], [['0.00']]), 3).largest).toEqual([]);
	});

	it('leaves nothing out: its three parts are the matrix', () => {
		const cell = fc.integer({ min: 0, max: 10 ** 9 }).map((value) => (value / 100).toFixed(2));
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 4, maxLength: 4 }), (cells) => {
				const any = matrix(['01', '07', 'withheld', 'uncovered'], ['01', '10', 'unclassified'], cells);
				const { kept, differs, unknown } = changeSummary(any, 1);
				expect(sumDecimals([kept, differs, unknown], 2)).toBe(any.total);
			}),
		);
	});
});
