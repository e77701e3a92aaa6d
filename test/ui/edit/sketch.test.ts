import { describe, expect, it } from 'vitest';
import {
	EMPTY_SKETCH,
	isEmpty,
	lineSoFar,
	withCursor,
	withoutLast,
	withParcels,
	withParcelToggled,
	withPlace,
} from '$lib/map/edit/sketch.ts';

describe('a sketch', () => {
	it('takes places in order, a repeated one once, and gives them back one by one, then parcels', () => {
		const drawn = [
			[123, 41],
			[123.1, 41],
			[123.1, 41],
			[123.2, 41.1],
		].reduce((sketch, [lon, lat]) => withPlace(sketch, [lon, lat]), withParcels(EMPTY_SKETCH, [7, 9, 7]));
		expect(drawn).toEqual({
			parcelNos: [7, 9],
			places: [
				[123, 41],
				[123.1, 41],
				[123.2, 41.1],
			],
			cursor: null,
		});
		let left = drawn;
		for (const [places, parcels] of [
			[2, 2],
			[1, 2],
			[0, 2],
			[0, 1],
			[0, 0],
			[0, 0],
		]) {
			left = withoutLast(left);
			expect([left.places.length, left.parcelNos.length]).toEqual([places, parcels]);
		}
		expect(isEmpty(left)).toBe(true);
	});

	it('chooses a parcel and lets go of it', () => {
		const chosen = withParcelToggled(withParcelToggled(EMPTY_SKETCH, 4), 5);
		expect(chosen.parcelNos).toEqual([4, 5]);
		expect(withParcelToggled(chosen, 4).parcelNos).toEqual([5]);
	});

	it('shows the line as it would be if it ended at the cursor', () => {
		const begun = withPlace(EMPTY_SKETCH, [123, 41]);
		expect(lineSoFar(begun)).toEqual([[123, 41]]);
		expect(lineSoFar(withCursor(begun, [124, 41]))).toEqual([
			[123, 41],
			[124, 41],
		]);
		expect(lineSoFar(withCursor(begun, [123, 41]))).toEqual([[123, 41]]);
	});
});
