import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMatrix, type OverlayPieces } from '$lib/domain/balance/change-matrix.ts';
import type { ParcelColumns } from '$lib/domain/balance/parcel-columns.ts';
import { apportionToTotal } from '$geo/area/apportion.ts';

const CLASSES = 5;
const itself = Int32Array.from({ length: CLASSES }, (_, i) => i);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/** Two coverages cut out of the same ground: pieces with a plan row, a current row and an area, in two parks. */
const overlayArbitrary = fc
	.array(
		fc.record({
			plan: fc.integer({ min: 0, max: 7 }),
			current: fc.integer({ min: 0, max: 5 }),
			areaM2: fc.double({ min: 0.5, max: 1e6, noNaN: true }),
		}),
		{ minLength: 1, maxLength: 40 },
	)
	.chain((pieces) =>
		fc
			.array(fc.integer({ min: -1, max: CLASSES - 1 }), { minLength: 8, maxLength: 8 })
			.map((landUse) => ({ pieces, landUse })),
	);

/** Stored parcel areas: whole 0.01 m², apportioned to the same total for both coverages. */
function stored(
	pieces: { plan: number; current: number; areaM2: number }[],
	side: 'plan' | 'current',
	landUse: number[],
) {
	const weights = new Float64Array(8);
	for (const piece of pieces) weights[piece[side]] += piece.areaM2;
	const total = Math.round(sum(pieces.map((piece) => piece.areaM2)) * 100);
	const shares = apportionToTotal(weights, total);
	if (!shares.ok) throw new Error(shares.code);
	const columns: ParcelColumns = {
		parcelNo: Int32Array.from(weights, (_, i) => i + 1),
		areaDm2: shares.parts,
		park: new Int32Array(8),
		landUse: Int32Array.from(landUse),
	};
	return { columns, total };
}

describe('planned against current', () => {
	it('has the stored sums of both coverages as margins, whole and never negative', () => {
		fc.assert(
			fc.property(overlayArbitrary, ({ pieces, landUse }) => {
				const plan = stored(pieces, 'plan', landUse);
				const current = stored(pieces, 'current', [...landUse].reverse());
				const overlay: OverlayPieces = {
					plan: Int32Array.from(pieces, (piece) => piece.plan),
					current: Int32Array.from(pieces, (piece) => piece.current),
					areaM2: Float64Array.from(pieces, (piece) => piece.areaM2),
				};
				const matrix = changeMatrix(overlay, plan.columns, current.columns, itself, null);
				expect(matrix.totalDm2).toBe(plan.total);
				matrix.cellsDm2.forEach((row, i) => expect(sum(row)).toBe(matrix.rowTotalsDm2[i]));
				matrix.columnTotalsDm2.forEach((total, j) =>
					expect(sum(matrix.cellsDm2.map((row) => row[j]))).toBe(total),
				);
				expect(matrix.cellsDm2.flat().every((cell) => Number.isSafeInteger(cell) && cell >= 0)).toBe(true);
				matrix.rows.forEach((row, i) => {
					if (row.line !== 'class') return;
					const own = plan.columns.areaDm2.filter(
						(_, parcel) => plan.columns.landUse[parcel] === row.landUse,
					);
					expect(matrix.rowTotalsDm2[i]).toBe(sum(own));
				});
			}),
		);
	});

	it('gives land that only one coverage has to the other’s uncovered line', () => {
		const columns = (areas: number[], landUse: number[], park: number[]): ParcelColumns => ({
			parcelNo: Int32Array.from(areas, (_, i) => i + 1),
			areaDm2: Float64Array.from(areas),
			park: Int32Array.from(park),
			landUse: Int32Array.from(landUse),
		});
		const plan = columns([1000, 500], [0, 1], [0, -1]);
		const current = columns([1000], [2], [0]);
		const overlay: OverlayPieces = {
			plan: Int32Array.of(0, 1),
			current: Int32Array.of(0, -1),
			areaM2: Float64Array.of(10, 5),
		};
		const whole = changeMatrix(overlay, plan, current, itself, null);
		expect(whole.columns.map((column) => column.line)).toEqual(['class', 'uncovered']);
		expect(whole.cellsDm2).toEqual([
			[1000, 0],
			[0, 500],
		]);
		const park = changeMatrix(overlay, plan, current, itself, 0);
		expect(park.cellsDm2).toEqual([[1000]]);
	});
});
