import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlledRounding, fitToMargins } from '../../../geo/area/controlled-rounding.ts';
import { areaStep, type AreaUnit } from '../../../geo/area/unit.ts';

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
				const rounded = controlledRounding(cells, unit);
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
				expect(controlledRounding(inSquareMetres, areaStep('m2', 0)).cells).toEqual(cells);
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
				const found = controlledRounding(cells, unit).cells;
				expect(weightedError(found, cells, 7)).toBe(smallestError(cells, 7));
			}),
		);
	});

	it('rounds a table alone in its row and column to the nearest', () => {
		expect(controlledRounding([[149]], areaStep('m2', 0)).cells).toEqual([[1]]);
		expect(controlledRounding([[151]], areaStep('m2', 0)).total).toBe(2);
	});

	it('shows the zone of 357 km² as 535500.00 亩 although its classes do not divide', () => {
		const parksDm2 = [24_300_000_000, 700_000_000, 3_300_000_000, 7_400_000_000];
		const cells = parksDm2.map((areaDm2) => [areaDm2 / 3, areaDm2 / 7, 0].map(Math.floor));
		for (const [i, row] of cells.entries()) row[2] = parksDm2[i] - row[0] - row[1];
		const rounded = controlledRounding(cells, areaStep('mu', 2));
		expect(rounded.total).toBe(53_550_000);
		expect(rounded.rowTotals).toEqual([36_450_000, 1_050_000, 4_950_000, 11_100_000]);
	});

	it('answers empty margins for a table without rows or columns', () => {
		const none = { cells: [], rowTotals: [], columnTotals: [], total: 0 };
		expect(controlledRounding([], areaStep('ha', 2))).toEqual(none);
		expect(controlledRounding([[], []], areaStep('ha', 2))).toEqual({
			...none,
			cells: [[], []],
			rowTotals: [0, 0],
		});
	});

	it('refuses ragged rows, fractions and sums beyond safe integers', () => {
		expect(() => controlledRounding([[1, 2], [3]], areaStep('ha', 2))).toThrow(RangeError);
		expect(() => controlledRounding([[0.5]], areaStep('ha', 2))).toThrow(RangeError);
		expect(() => controlledRounding([[2 ** 52, 2 ** 52]], areaStep('ha', 2))).toThrow(RangeError);
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

describe('fitting sizes to margins', () => {
	const whole = fc
		.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 6 }))
		.chain(([rows, columns]) =>
			fc.array(
				fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1_000_000_000)), {
					minLength: columns,
					maxLength: columns,
				}),
				{ minLength: rows, maxLength: rows },
			),
		);

	it('meets margins exactly, moves cells by less than the noise put on them and keeps zeros', () => {
		fc.assert(
			fc.property(
				whole,
				fc.infiniteStream(fc.double({ min: -0.4, max: 0.4, noNaN: true })),
				(cells, noise) => {
					const rowTotals = cells.map(sum);
					const columnTotals = columnSums(cells, cells[0].length);
					const noisy = cells.map((row) =>
						row.map((cell) => (cell === 0 ? 0 : cell + (noise.next().value ?? 0))),
					);
					expect(fitToMargins(noisy, rowTotals, columnTotals)).toEqual(cells);
				},
			),
		);
	});

	it('meets any margins that sum equally, with no cell negative', () => {
		fc.assert(
			fc.property(whole, fc.nat(5_000_000_000), fc.nat(), fc.nat(), (cells, extra, rowSeed, columnSeed) => {
				const rowTotals = cells.map(sum);
				const columnTotals = columnSums(cells, cells[0].length);
				rowTotals[rowSeed % rowTotals.length] += extra;
				columnTotals[columnSeed % columnTotals.length] += extra;
				const fitted = fitToMargins(cells, rowTotals, columnTotals);
				expect(fitted.map(sum)).toEqual(rowTotals);
				expect(columnSums(fitted, columnTotals.length)).toEqual(columnTotals);
				expect(fitted.flat().every((cell) => cell >= 0)).toBe(true);
			}),
		);
	});

	it('gives a difference to the largest cells', () => {
		const cells = [
			[1000, 3, 0],
			[2, 5000, 400],
		];
		expect(fitToMargins(cells, [1005, 5402], [1004, 5003, 400])).toEqual([
			[1002, 3, 0],
			[2, 5000, 400],
		]);
	});

	it('uses a zero cell only when nothing else carries the margins', () => {
		expect(
			fitToMargins(
				[
					[10, 0],
					[0, 10],
				],
				[12, 8],
				[10, 10],
			),
		).toEqual([
			[10, 2],
			[0, 8],
		]);
	});

	it('refuses margins that do not sum equally, are negative or have another shape', () => {
		expect(() => fitToMargins([[1]], [1], [2])).toThrow(/rows sum to 1, columns to 2/);
		expect(() => fitToMargins([[1, 1]], [0], [1, -1])).toThrow(RangeError);
		expect(() => fitToMargins([[1]], [1, 1], [2])).toThrow(/shape/);
	});

	it('fits an empty table', () => {
		expect(fitToMargins([], [], [])).toEqual([]);
	});
});
