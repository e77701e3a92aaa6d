import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlledRounding, type TableWithMargins } from '../../../geo/area/controlled-rounding.ts';
import { areaStep, type AreaUnit, type Fraction } from '../../../geo/area/unit.ts';

const size = fc.oneof(
	fc.constant(0),
	fc.integer({ min: 0, max: 30_000 }),
	fc.integer({ min: 0, max: 35_700_000_000 }),
	fc.integer({ min: -500_000, max: 500_000 }),
);
const table = fc
	.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6 }))
	.chain(([rows, columns]) =>
		fc.array(fc.array(size, { minLength: columns, maxLength: columns }), {
			minLength: rows,
			maxLength: rows,
		}),
	);
const step = fc
	.tuple(fc.constantFrom<AreaUnit>('m2', 'ha', 'mu', 'km2'), fc.integer({ min: 0, max: 3 }))
	.map(([unit, decimals]) => areaStep(unit, decimals));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const columnSums = (cells: readonly (readonly number[])[], columns: number): number[] =>
	Array.from({ length: columns }, (_, j) => sum(cells.map((row) => row[j])));

/** The rounded table; a refusal fails the test. */
function rounding(cells: readonly (readonly number[])[], step: Fraction): TableWithMargins {
	const result = controlledRounding(cells, step);
	if (!result.ok) throw new Error(result.code);
	return result.table;
}

/** Whether `rounded` is `exact` divided by the step and rounded down or up, in integers. */
function isFloorOrCeiling(
	rounded: number,
	exact: number,
	{ numerator, denominator }: ReturnType<typeof areaStep>,
) {
	return Math.abs(rounded * numerator - exact * denominator) < numerator;
}

describe('controlled rounding', () => {
	it('rounds every cell, margin and the total down or up, and they add up', () => {
		fc.assert(
			fc.property(table, step, (cells, unit) => {
				const columns = cells[0]?.length ?? 0;
				const rounded = rounding(cells, unit);
				expect(rounded.cells.map(sum)).toEqual(rounded.rowTotals);
				expect(columnSums(rounded.cells, columns)).toEqual(rounded.columnTotals);
				expect(sum(rounded.rowTotals)).toBe(rounded.total);
				expect(sum(rounded.columnTotals)).toBe(rounded.total);
				for (const [i, row] of cells.entries()) {
					for (const [j, value] of row.entries()) {
						expect(isFloorOrCeiling(rounded.cells[i][j], value, unit)).toBe(true);
					}
					expect(isFloorOrCeiling(rounded.rowTotals[i], sum(row), unit)).toBe(true);
				}
				for (const [j, value] of columnSums(cells, columns).entries()) {
					expect(isFloorOrCeiling(rounded.columnTotals[j], value, unit)).toBe(true);
				}
				expect(isFloorOrCeiling(rounded.total, sum(cells.flat()), unit)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps a table of whole multiples as it is', () => {
		fc.assert(
			fc.property(table, (cells) => {
				const inSquareMetres = cells.map((row) => row.map((value) => value * 100));
				expect(rounding(inSquareMetres, areaStep('m2', 0)).cells).toEqual(cells);
			}),
		);
	});

	it('takes the nearest of all roundings that add up, found by trying them all', () => {
		const small = fc.array(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 }), {
			minLength: 2,
			maxLength: 3,
		});
		fc.assert(
			fc.property(small, (cells) => {
				const unit = { numerator: 7, denominator: 1 };
				const found = rounding(cells, unit).cells;
				expect(weightedError(found, cells, 7)).toBe(smallestError(cells, 7));
			}),
		);
	});

	it('rounds a table alone in its row and column to the nearest', () => {
		expect(rounding([[149]], areaStep('m2', 0)).cells).toEqual([[1]]);
		expect(rounding([[151]], areaStep('m2', 0)).total).toBe(2);
	});

	it('shows the zone of 357 km² as 535500.00 亩 although its classes do not divide', () => {
		const parksDm2 = [24_300_000_000, 700_000_000, 3_300_000_000, 7_400_000_000];
		const cells = parksDm2.map((areaDm2) => [areaDm2 / 3, areaDm2 / 7, 0].map(Math.floor));
		for (const [i, row] of cells.entries()) row[2] = parksDm2[i] - row[0] - row[1];
		const rounded = rounding(cells, areaStep('mu', 2));
		expect(rounded.total).toBe(53_550_000);
		expect(rounded.rowTotals).toEqual([36_450_000, 1_050_000, 4_950_000, 11_100_000]);
	});

	it('answers empty margins for a table without rows or columns', () => {
		const none = { cells: [], rowTotals: [], columnTotals: [], total: 0 };
		expect(rounding([], areaStep('ha', 2))).toEqual(none);
		expect(rounding([[], []], areaStep('ha', 2))).toEqual({
			...none,
			cells: [[], []],
			rowTotals: [0, 0],
		});
	});

	it('refuses ragged rows, fractions, sums beyond safe integers and steps that are none, and says where', () => {
		const ha = areaStep('ha', 2);
		expect(controlledRounding([[1, 2], [3]], ha)).toEqual({ ok: false, code: 'row.ragged', row: 1 });
		expect(controlledRounding([[1, 0.5]], ha)).toEqual({
			ok: false,
			code: 'cell.invalid',
			row: 0,
			column: 1,
		});
		expect(controlledRounding([[2 ** 52, 2 ** 52]], ha)).toEqual({ ok: false, code: 'table.too-large' });
		for (const numerator of [0, -1, 1.5, Number.NaN, 2 ** 40]) {
			const refusal = { ok: false, code: 'step.invalid' };
			expect(controlledRounding([[1]], { numerator, denominator: 1 })).toEqual(refusal);
		}
	});

	it('never throws: any table and any step add up, or are refused', () => {
		const anyCell = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer());
		const anyTable = fc.oneof(fc.array(fc.array(anyCell, { maxLength: 4 }), { maxLength: 4 }), table);
		const anyStep = fc.record({
			numerator: fc.oneof(fc.double(), fc.integer()),
			denominator: fc.oneof(fc.double(), fc.integer()),
		});
		fc.assert(
			fc.property(anyTable, fc.oneof(anyStep, step), (cells, unit) => {
				const result = controlledRounding(cells, unit);
				if (result.ok) expect(sum(result.table.rowTotals)).toBe(result.table.total);
			}),
			{ numRuns: 500 },
		);
	});
});

function weightedError(cells: number[][], exact: number[][], numerator: number): number {
	const error = (rounded: number, value: number) => Math.abs(rounded * numerator - value);
	const columns = exact[0].length;
	const columnTotals = columnSums(cells, columns);
	return (
		sum(cells.map((row, i) => sum(row.map((cell, j) => error(cell, exact[i][j]))))) +
		64 * sum(cells.map((row, i) => error(sum(row), sum(exact[i])))) +
		64 * sum(columnSums(exact, columns).map((value, j) => error(columnTotals[j], value))) +
		4096 * error(sum(cells.flat()), sum(exact.flat()))
	);
}

function smallestError(exact: number[][], numerator: number): number {
	const columns = exact[0].length;
	const count = exact.length * columns;
	const unit = { numerator, denominator: 1 };
	let best = Infinity;
	for (let choice = 0; choice < 2 ** count; choice++) {
		const cells = exact.map((row, i) =>
			row.map((value, j) => {
				const up = (choice >> (i * columns + j)) & 1;
				return up === 1 ? Math.ceil(value / numerator) : Math.floor(value / numerator);
			}),
		);
		const fits =
			cells.every((row, i) => isFloorOrCeiling(sum(row), sum(exact[i]), unit)) &&
			columnSums(exact, columns).every((value, j) =>
				isFloorOrCeiling(columnSums(cells, columns)[j], value, unit),
			) &&
			isFloorOrCeiling(sum(cells.flat()), sum(exact.flat()), unit);
		if (fits) best = Math.min(best, weightedError(cells, exact, numerator));
	}
	return best;
}
