import { describe, expect, it } from 'vitest';
import type { Coverage } from '$geo/coverage/coverage.ts';
import { findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { Merge } from '$geo/edit/merge.ts';
import { canMergeParcels, mergeParcels } from '$geo/edit/merge.ts';
import type { Drawing } from '../coverage/drawing.ts';
import { drawing } from '../coverage/drawing.ts';
import { built, done, expectLawful } from './edit-outcome.ts';

/** Merges parcels of a drawn coverage and reads what stands then. */
function merge(d: Drawing, before: Coverage, edit: Merge): Record<number, string> {
	const result = done(mergeParcels(before, edit));
	expectLawful(before, result);
	const heirs = new Set(result.difference.lineage.map(({ to }) => to));
	expect(heirs.size).toBe(1);
	const standing: Record<number, string> = {};
	for (const no of listParcelNos(result.coverage)) {
		const shape = findShape(result.coverage, no);
		if (shape !== null) standing[no] = d.read(shape);
	}
	return standing;
}

describe('mergeParcels', () => {
	it('makes one parcel of neighbours and keeps the vertices where they met', () => {
		const d = drawing(`
			A-----B-----C
			|     |     |
			D-----E-----F
		`);
		const before = built(d.parcels({ 1: 'ABED', 2: 'BCFE' }));
		expect(merge(d, before, { parcelNos: [2, 1] })).toEqual({ 1: 'DEFCBA' });
		expect(merge(d, before, { parcelNos: [1, 2], intoNo: 2 })).toEqual({ 2: 'DEFCBA' });
	});

	it('takes a chain in any order', () => {
		const d = drawing(`
			A---B---C---D
			|   |   |   |
			E---F---G---H
		`);
		const before = built(d.parcels({ 1: 'ABFE', 2: 'BCGF', 3: 'CDHG' }));
		for (const parcelNos of [
			[1, 2, 3],
			[3, 1, 2],
			[1, 3, 2, 3, 1],
		]) {
			expect(merge(d, before, { parcelNos, intoNo: 3 })).toEqual({ 3: 'EFGHDCBA' });
		}
	});

	it('joins along several stretches and round what they enclose', () => {
		const d = drawing(`
			A-----B-----C
			|   E-F-G   |
			|   H-I-J   |
			D-----K-----L
		`);
		const before = built(d.parcels({ 1: 'ABFEHIKD', 2: 'BCLKIJGF', 3: 'EFGJIH' }));
		expect(merge(d, before, { parcelNos: [1, 2] })).toEqual({ 1: 'DKLCBA -HEFGJI', 3: 'HIJGFE' });
	});

	it('lets a parcel take in its island, and an island what encloses it', () => {
		const d = drawing(`
			A-----------B
			|   E---F   |
			|   H---G   |
			D-----------C
		`);
		const before = built(d.parcels({ 1: 'ABCD -EFGH', 2: 'EFGH' }));
		expect(merge(d, before, { parcelNos: [1, 2] })).toEqual({ 1: 'DCBA' });
		expect(merge(d, before, { parcelNos: [1, 2], intoNo: 2 })).toEqual({ 2: 'DCBA' });
	});

	it('takes parcels of several parts that hang together through others', () => {
		const d = drawing(`
			A---B---C---D
			|   |   |   |
			E---F---G---H
		`);
		const before = built(d.parcels({ 1: 'ABFE + CDHG', 2: 'BCGF' }));
		expect(merge(d, before, { parcelNos: [1, 2] })).toEqual({ 1: 'EFGHDCBA' });
	});

	it('leaves a hole that touches the shell at a point', () => {
		const d = drawing(`
			A-----B-----C
			|    / \\    |
			|   D   E   |
			|    \\ /    |
			|     F     |
			G-----H-----I
		`);
		const before = built(d.parcels({ 1: 'ABDFHG', 2: 'BCIHFE', 3: 'BEFD' }));
		expect(merge(d, before, { parcelNos: [1, 2] })).toEqual({ 1: 'GHICBA -DBEF', 3: 'DFEB' });
	});

	describe('refuses', () => {
		const d = drawing(`
			A-----B-----C
			|     |     |
			D-----E-----F
			|     |     |
			G-----H-----I   J-K
			                L-M
		`);
		const before = built(d.parcels({ 1: 'ABED', 2: 'BCFE', 3: 'DEHG', 4: 'EFIH', 5: 'JKML' }));
		const refusalOf = (edit: Merge) => canMergeParcels(before, edit);

		it('merge.too-few', () => {
			for (const parcelNos of [[], [1], [3, 3, 3], [NaN, NaN]]) {
				expect(refusalOf({ parcelNos })?.code).toBe('merge.too-few');
			}
		});

		it('parcel.unknown', () => {
			for (const no of [6, 0, -1, NaN, 2.5, Infinity]) {
				expect(refusalOf({ parcelNos: [1, no] })).toMatchObject({ code: 'parcel.unknown', parcelNos: [no] });
			}
		});

		it('merge.not-among', () => {
			for (const intoNo of [3, 9, NaN, -1]) {
				expect(refusalOf({ parcelNos: [1, 2], intoNo })?.code).toBe('merge.not-among');
			}
		});

		it('merge.apart: at a point, and far away', () => {
			const apart = { code: 'merge.apart', parcelNos: [4], at: d.at('H') };
			expect(refusalOf({ parcelNos: [1, 4] })).toMatchObject(apart);
			expect(refusalOf({ parcelNos: [4, 1] })).toMatchObject(apart);
			expect(refusalOf({ parcelNos: [2, 1, 5] })).toMatchObject({ code: 'merge.apart', parcelNos: [5] });
			expect(refusalOf({ parcelNos: [1, 4, 2] })).toBeNull();
		});
	});
});
