import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classTable, columnOf } from '$lib/domain/balance/class-table.ts';
import {
	OUTSIDE_PARKS,
	SEVERAL_PARKS,
	UNCLASSIFIED,
	type ParcelColumns,
} from '$lib/domain/balance/parcel-columns.ts';
import { balanceExceptions, coverageTotals } from '$lib/domain/balance/total.ts';

const PARKS = 4;
const CLASSES = 6;

const parcelsArbitrary: fc.Arbitrary<ParcelColumns> = fc
	.array(
		fc.record({
			areaDm2: fc.integer({ min: 1, max: 1_000_000_000 }),
			park: fc.integer({ min: SEVERAL_PARKS, max: PARKS - 1 }),
			landUse: fc.integer({ min: UNCLASSIFIED, max: CLASSES - 1 }),
		}),
		{ maxLength: 60 },
	)
	.map((rows) => ({
		parcelNo: Int32Array.from(rows, (_, i) => i + 1),
		areaDm2: Float64Array.from(rows, (row) => row.areaDm2),
		park: Int32Array.from(rows, (row) => row.park),
		landUse: Int32Array.from(rows, (row) => row.landUse),
	}));

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
const none = new Array<boolean>(CLASSES).fill(false);
const itself = Int32Array.from({ length: CLASSES }, (_, i) => i);

describe('the class table of a balance', () => {
	it('drops nothing: cells sum to the parcels, whatever is unclassified, outside, in several parks or withheld', () => {
		fc.assert(
			fc.property(
				parcelsArbitrary,
				fc.array(fc.boolean(), { minLength: CLASSES, maxLength: CLASSES }),
				(parcels, withheld) => {
					const lines = classTable(parcels, PARKS, itself, withheld);
					expect(sum(lines.flatMap((line) => line.cellsDm2))).toBe(sum(parcels.areaDm2));
					expect(sum(lines.map((line) => line.parcels))).toBe(parcels.parcelNo.length);
					const totals = coverageTotals(parcels, PARKS);
					for (let park = 0; park < PARKS; park++) {
						expect(sum(lines.map((line) => line.cellsDm2[park]))).toBe(totals.parkDm2[park]);
					}
				},
			),
		);
	});

	it('shows the unclassified line even when it is empty', () => {
		const empty = {
			parcelNo: new Int32Array(),
			areaDm2: new Float64Array(),
			park: new Int32Array(),
			landUse: new Int32Array(),
		};
		expect(classTable(empty, PARKS, itself, none)).toEqual([
			{ line: 'unclassified', landUse: null, parcels: 0, cellsDm2: [0, 0, 0, 0, 0, 0] },
		]);
	});

	it('gathers withheld classes in one line without naming them', () => {
		const parcels: ParcelColumns = {
			parcelNo: Int32Array.of(1, 2, 3),
			areaDm2: Float64Array.of(10, 20, 40),
			park: Int32Array.of(0, 0, 1),
			landUse: Int32Array.of(1, 2, 3),
		};
		const lines = classTable(parcels, 2, itself, [false, true, true, false, false, false]);
		expect(lines.map((line) => [line.line, line.landUse, line.cellsDm2])).toEqual([
			['class', 3, [0, 40, 0, 0]],
			['withheld', null, [30, 0, 0, 0]],
			['unclassified', null, [0, 0, 0, 0]],
		]);
	});

	it('does not depend on the order of the parcels', () => {
		fc.assert(
			fc.property(parcelsArbitrary, (parcels) => {
				const reversed: ParcelColumns = {
					parcelNo: parcels.parcelNo.slice().reverse(),
					areaDm2: parcels.areaDm2.slice().reverse(),
					park: parcels.park.slice().reverse(),
					landUse: parcels.landUse.slice().reverse(),
				};
				expect(classTable(reversed, PARKS, itself, none)).toEqual(classTable(parcels, PARKS, itself, none));
			}),
		);
	});

	it('puts what lies outside and in several parks in their own columns', () => {
		expect([columnOf(0, PARKS), columnOf(OUTSIDE_PARKS, PARKS), columnOf(SEVERAL_PARKS, PARKS)]).toEqual([
			0, 4, 5,
		]);
	});
});

describe('what a balance must name', () => {
	it('lists each kind always, with its parcels and area', () => {
		const parcels: ParcelColumns = {
			parcelNo: Int32Array.of(7, 8, 9),
			areaDm2: Float64Array.of(100, 200, 300),
			park: Int32Array.of(0, OUTSIDE_PARKS, SEVERAL_PARKS),
			landUse: Int32Array.of(UNCLASSIFIED, 0, UNCLASSIFIED),
		};
		expect(balanceExceptions(parcels)).toEqual([
			{ kind: 'unclassified', areaDm2: 400, parcelNos: [7, 9] },
			{ kind: 'outside', areaDm2: 200, parcelNos: [8] },
			{ kind: 'several', areaDm2: 300, parcelNos: [9] },
		]);
		expect(coverageTotals(parcels, 1)).toEqual({
			parkDm2: [100],
			parkParcels: [1],
			zoneDm2: 600,
			zoneParcels: 3,
		});
	});
});
