import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compensatedSum } from '../../../geo/area/compensated-sum.ts';

describe('the compensated sum', () => {
	it('keeps what plain addition loses', () => {
		expect(compensatedSum(Float64Array.of(1, 1e100, 1, -1e100))).toBe(2);
		expect(compensatedSum(new Float64Array(10).fill(0.1))).toBe(1);
		expect(compensatedSum(Float64Array.of())).toBe(0);
		expect(compensatedSum(Float64Array.of(1e308, 1e308))).toBe(Infinity);
	});

	it('is exact to a unit in the last place for sizes', () => {
		const size = fc.double({ min: 0, max: 1e9, noNaN: true });
		fc.assert(
			fc.property(fc.array(size, { maxLength: 200 }), (sizes) => {
				const scaled = sizes.map((value) => Math.round(value * 2 ** 20));
				const exact = scaled.reduce((sum, value) => sum + BigInt(value), 0n);
				const sum = compensatedSum(Float64Array.from(scaled, (value) => value / 2 ** 20));
				expect(Math.abs(sum * 2 ** 20 - Number(exact))).toBeLessThanOrEqual(Number(exact) * 2 ** -52);
			}),
		);
	});
});
