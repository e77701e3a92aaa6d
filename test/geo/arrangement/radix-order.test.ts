import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { radixOrder } from '$geo/arrangement/radix-order.ts';

describe('radixOrder', () => {
	it('orders as a stable comparison does, whatever the spread of the keys', () => {
		const key = (count: number) =>
			fc
				.tuple(fc.constantFrom(0, 1, 5, 2000, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 44), fc.maxSafeInteger())
				.chain(([spread, start]) => {
					const least = Math.round(start / 4);
					return fc.array(fc.integer({ min: least, max: least + spread }), {
						minLength: count,
						maxLength: count,
					});
				});
		const records = fc
			.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 3 }))
			.chain(([count, keys]) =>
				fc.tuple(fc.constant(count), fc.array(key(count), { minLength: keys, maxLength: keys })),
			);
		fc.assert(
			fc.property(records, ([count, keys]) => {
				const expected = Array.from({ length: count }, (_, i) => i).sort((a, b) => {
					for (const values of keys) if (values[a] !== values[b]) return values[a] - values[b];
					return a - b;
				});
				expect([...radixOrder(keys, count)]).toEqual(expected);
			}),
			{ numRuns: 300 },
		);
	});
});
