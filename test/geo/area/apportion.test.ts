import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportionToTotal } from '../../../geo/area/apportion.ts';

const weights = fc
	.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), {
		minLength: 1,
		maxLength: 60,
	})
	.filter((values) => values.some((value) => value > 1e-6))
	.map((values) => Float64Array.from(values));
/** The parts; a refusal fails the test. */
function shared(values: Float64Array, total: number): Float64Array {
	const result = apportionToTotal(values, total);
	if (!result.ok) throw new Error(result.code);
	return result.parts;
}
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('apportionment by largest remainders', () => {
	it('gives whole parts that sum to the total, each within one of its share', () => {
		fc.assert(
			fc.property(weights, fc.nat(1_000_000_000), (values, total) => {
				const parts = shared(values, total);
				const whole = sum(values);
				expect(sum(parts)).toBe(total);
				for (const [i, part] of parts.entries()) {
					expect(Number.isSafeInteger(part)).toBe(true);
					expect(Math.abs(part - (values[i] / whole) * total)).toBeLessThan(1 + 1e-6);
				}
			}),
		);
	});

	it('never gives a smaller weight more', () => {
		fc.assert(
			fc.property(weights, fc.nat(100_000), (values, total) => {
				const sorted = values.slice().sort();
				const parts = shared(sorted, total);
				for (let i = 1; i < parts.length; i++) {
					if (sorted[i] > sorted[i - 1]) expect(parts[i]).toBeGreaterThanOrEqual(parts[i - 1]);
				}
			}),
		);
	});

	it('leaves whole weights alone when the total is their sum', () => {
		const areasDm2 = Float64Array.of(24_300_000_000, 700_000_000, 3_300_000_001, 7_399_999_999);
		expect(shared(areasDm2, 35_700_000_000)).toEqual(areasDm2);
	});

	it('breaks ties by the larger weight, then by the lower index', () => {
		expect([...shared(Float64Array.of(1, 1, 1), 4)]).toEqual([2, 1, 1]);
		expect([...shared(Float64Array.of(0.5, 1.5), 2)]).toEqual([0, 2]);
		expect([...shared(Float64Array.of(0, 3, 1), 0)]).toEqual([0, 0, 0]);
		expect([...shared(Float64Array.of(0, 0, 1), 7)]).toEqual([0, 0, 7]);
	});

	it('refuses what cannot be shared out, and says why', () => {
		const nothing = { ok: false, code: 'weights.none' };
		expect(apportionToTotal(Float64Array.of(0, 0), 1)).toEqual(nothing);
		expect(apportionToTotal(Float64Array.of(), 1)).toEqual(nothing);
		expect(apportionToTotal(Float64Array.of(1e308, 1e308), 1)).toEqual(nothing);
		for (const total of [0.5, -1, Number.NaN, 2 ** 53]) {
			expect(apportionToTotal(Float64Array.of(1), total)).toEqual({ ok: false, code: 'total.invalid' });
		}
		for (const weight of [-1, Number.NaN, Infinity]) {
			const refusal = { ok: false, code: 'weight.invalid', index: 1 };
			expect(apportionToTotal(Float64Array.of(1, weight), 1)).toEqual(refusal);
		}
		expect([...shared(Float64Array.of(), 0)]).toEqual([]);
	});

	it('never throws: any weights and any total give parts that sum to it, or a refusal', () => {
		fc.assert(
			fc.property(fc.float64Array({ maxLength: 12 }), fc.double(), fc.boolean(), (values, total, tame) => {
				const weights = tame ? values.map(Math.abs) : values;
				const whole = tame ? Math.min(Math.round(Math.abs(total)), Number.MAX_SAFE_INTEGER) : total;
				const result = apportionToTotal(weights, whole);
				if (!result.ok) return;
				expect(result.parts.reduce((all, part) => all + BigInt(part), 0n)).toBe(BigInt(whole));
				expect(result.parts.every((part) => part >= 0)).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});
});
