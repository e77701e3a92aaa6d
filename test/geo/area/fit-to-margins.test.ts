import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitToMargins } from '../../../geo/area/fit-to-margins.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const columnSums = (cells: readonly (readonly number[])[], columns: number): number[] =>
	Array.from({ length: columns }, (_, j) => sum(cells.map((row) => row[j])));

/** The fitted cells; a refusal fails the test. */
function fitted(...[cells, rowTotals, columnTotals]: Parameters<typeof fitToMargins>): number[][] {
	const result = fitToMargins(cells, rowTotals, columnTotals);
	if (!result.ok) throw new Error(result.code);
	return result.cells;
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
					expect(fitted(noisy, rowTotals, columnTotals)).toEqual(cells);
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
				const cellsFitted = fitted(cells, rowTotals, columnTotals);
				expect(cellsFitted.map(sum)).toEqual(rowTotals);
				expect(columnSums(cellsFitted, columnTotals.length)).toEqual(columnTotals);
				expect(cellsFitted.flat().every((cell) => cell >= 0)).toBe(true);
			}),
		);
	});

	it('gives a difference to the largest cells', () => {
		const cells = [
			[1000, 3, 0],
			[2, 5000, 400],
		];
		expect(fitted(cells, [1005, 5402], [1004, 5003, 400])).toEqual([
			[1002, 3, 0],
			[2, 5000, 400],
		]);
	});

	it('uses a zero cell only when nothing else carries the margins', () => {
		expect(
			fitted(
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

	it('refuses margins that do not sum equally or are no sizes, sizes that are none and other shapes, and says where', () => {
		const refused = (code: string, place = {}) => ({ ok: false, code, ...place });
		expect(fitToMargins([[1]], [1], [2])).toEqual(refused('margins.unequal'));
		expect(fitToMargins([[1, 1]], [0], [1, -1])).toEqual(refused('column-total.invalid', { column: 1 }));
		expect(fitToMargins([[1, 1]], [0.5], [1, 1])).toEqual(refused('row-total.invalid', { row: 0 }));
		expect(fitToMargins([[1]], [1, 1], [2])).toEqual(refused('row.ragged', { row: 1 }));
		expect(fitToMargins([[1], []], [1, 1], [2])).toEqual(refused('row.ragged', { row: 1 }));
		expect(fitToMargins([[Number.NaN]], [1], [1])).toEqual(refused('cell.invalid', { row: 0, column: 0 }));
		expect(fitToMargins([[1e300]], [1], [1])).toEqual(refused('table.too-large'));
	});

	it('never throws: any table and any margins are met or refused', () => {
		const anyNumber = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.nat(9));
		const anyRow = fc.array(anyNumber, { maxLength: 3 });
		fc.assert(
			fc.property(fc.array(anyRow, { maxLength: 3 }), anyRow, anyRow, (cells, rowTotals, columnTotals) => {
				const result = fitToMargins(cells, rowTotals, columnTotals);
				if (result.ok) expect(result.cells.map(sum)).toEqual(rowTotals);
			}),
			{ numRuns: 1000 },
		);
	});

	it('fits an empty table', () => {
		expect(fitted([], [], [])).toEqual([]);
	});
});
