import { describe, expect, it } from 'vitest';
import { balanceTableSchema, type WireBalanceTable } from '$lib/api/balance.ts';
import { balanceRows, figureIn, parcelCount, tableAdds } from '$lib/components/balance/balance-rows.ts';

type Line = [code: string | null, cells: string[], total: string, parcels: number];

function table(coverageId: string, lines: Line[], columnTotals: string[], total: string): WireBalanceTable {
	return balanceTableSchema.parse({
		coverageId,
		revision: 1,
		level: 1,
		unit: 'ha',
		decimals: 2,
		columns: ['north', 'south', 'outside', 'several'],
		lines: lines.map(([code, cells, sum, parcels]) => ({
			line: code ?? 'unclassified',
			...(code !== null && code !== 'withheld' ? { line: 'class' } : {}),
			classKey: code === null || code === 'withheld' ? null : `cn-land-use/2023/${code}`,
			code: code === 'withheld' ? null : code,
			nameZh: code ?? '未分类',
			nameEn: code ?? 'Unclassified',
			cells,
			total: sum,
			parcels,
		})),
		columnTotals,
		total,
		rounded: true,
	});
}

const PLAN = table(
	'plan',
	[
		[null, ['0.00', '0.00', '0.00', '0.00'], '0.00', 0],
		['withheld', ['1.00', '0.00', '0.00', '0.00'], '1.00', 1],
		['10', ['20.00', '70.00', '0.00', '0.00'], '90.00', 9],
		['07', ['79.00', '30.00', '0.00', '0.00'], '109.00', 12],
	],
	['100.00', '100.00', '0.00', '0.00'],
	'200.00',
);

const CURRENT = table(
	'current',
	[
		['01', ['100.00', '90.00', '0.00', '0.00'], '190.00', 40],
		['10', ['0.00', '10.00', '0.00', '0.00'], '10.00', 2],
	],
	['100.00', '100.00', '0.00', '0.00'],
	'200.00',
);

const keys = (rows: readonly { key: string }[]) => rows.map((row) => row.key.replace(/^class:.*\//, ''));

describe('the rows of the class table', () => {
	it('come by code, the named lines last', () => {
		expect(keys(balanceRows(PLAN, null, null, 'code'))).toEqual(['07', '10', 'withheld', 'unclassified']);
	});

	it('come by area of the focused column, the named lines still last', () => {
		expect(keys(balanceRows(PLAN, null, null, 'area'))).toEqual(['07', '10', 'withheld', 'unclassified']);
		expect(keys(balanceRows(PLAN, null, 'south', 'area'))).toEqual(['10', '07', 'withheld', 'unclassified']);
	});

	it('keep a class that only one coverage has, with zeros in the other', () => {
		const rows = balanceRows(PLAN, CURRENT, null, 'code');
		expect(keys(rows)).toEqual(['01', '07', '10', 'withheld', 'unclassified']);
		expect(rows[0].plan).toEqual({ cells: ['0.00', '0.00', '0.00', '0.00'], total: '0.00', parcels: 0 });
		expect(rows[1].current?.total).toBe('0.00');
	});

	it('have shares of the focused column that add up to one', () => {
		for (const focus of [null, 'north', 'south']) {
			const sum = balanceRows(PLAN, CURRENT, focus, 'code').reduce((total, row) => total + row.share, 0);
			expect(sum).toBeCloseTo(1, 12);
		}
		expect(balanceRows(PLAN, CURRENT, 'outside', 'code').every((row) => row.share === 0)).toBe(true);
	});

	it('hide current land use where the reader may not see it', () => {
		expect(balanceRows(PLAN, null, null, 'code').every((row) => row.current === null)).toBe(true);
	});

	it('answer the figure of a column, or the total', () => {
		const [first] = balanceRows(PLAN, CURRENT, null, 'code');
		expect(figureIn(first.current ?? first.plan, PLAN.columns, 'south')).toBe('90.00');
		expect(figureIn(first.current ?? first.plan, PLAN.columns, null)).toBe('190.00');
	});
});

describe('the check of the shown figures', () => {
	it('holds where rows, columns and total agree', () => {
		expect(tableAdds(PLAN)).toBe(true);
		expect(tableAdds(CURRENT)).toBe(true);
		expect(parcelCount(PLAN)).toBe(22);
	});

	it('fails by one unit of the last decimal, in a cell, a column total or the total', () => {
		const cell = structuredClone(PLAN);
		cell.lines[2].cells[0] = '20.01';
		const column = structuredClone(PLAN);
		column.columnTotals[1] = '100.01';
		const whole = structuredClone(PLAN);
		whole.total = '199.99';
		expect([cell, column, whole].map(tableAdds)).toEqual([false, false, false]);
	});
});
