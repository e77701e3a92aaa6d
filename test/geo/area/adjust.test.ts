import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustToControl, type AdjustmentResult, type AreaAdjustment } from '../../../geo/area/adjust.ts';

const ANY = { limit: { m2: Infinity } };
const areaM2 = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }));
const partsM2 = fc
	.array(areaM2, { minLength: 1, maxLength: 60 })
	.filter((values) => values.some((value) => value > 1e-6))
	.map((values) => Float64Array.from(values));

function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}

function adjusted(result: AdjustmentResult): AreaAdjustment {
	if (!result.ok) throw new Error(result.refusal.code);
	return result;
}

function refusal(result: AdjustmentResult) {
	if (result.ok) throw new Error('was adjusted');
	return result.refusal;
}

describe('adjustment of parts to a control area', () => {
	it('sums to the control area in whole units, each part within 1.5 units of its share', () => {
		fc.assert(
			fc.property(partsM2, fc.nat(1_000_000_000), (parts, control) => {
				const result = adjusted(adjustToControl(parts, control, ANY));
				const whole = sum(parts);
				expect(sum(result.parts)).toBe(control);
				for (const [i, part] of result.parts.entries()) {
					expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
					expect(Math.abs(part - (parts[i] / whole) * control)).toBeLessThanOrEqual(1.5 + 1e-6);
				}
			}),
		);
	});

	it('reports every correction: rounded parts and corrections are the adjusted parts', () => {
		fc.assert(
			fc.property(partsM2, fc.nat(1_000_000_000), (parts, control) => {
				const { parts: units, corrections, misfitM2 } = adjusted(adjustToControl(parts, control, ANY));
				for (const [i, correction] of corrections.entries())
					expect(Math.round(parts[i] / 0.01) + correction).toBe(units[i]);
				expect(Math.abs(misfitM2 - (control * 0.01 - sum(parts)))).toBeLessThan(1e-6);
			}),
		);
	});

	it('gives the residual to the largest parts first, ties to the lower index', () => {
		const thirds = adjusted(adjustToControl(Float64Array.of(1, 1, 1), 100, ANY));
		expect([...thirds.parts]).toEqual([34, 33, 33]);
		expect(thirds.residualUnits).toBe(1);
		const taken = adjusted(adjustToControl(Float64Array.of(0.005, 0.005, 0.015, 0.015), 4, ANY));
		expect([...taken.parts]).toEqual([1, 1, 1, 1]);
		expect(taken.residualUnits).toBe(-2);
		const largest = adjusted(adjustToControl(Float64Array.of(0.334, 0.333, 5), 567, ANY));
		expect([...largest.parts]).toEqual([33, 33, 501]);
	});

	it('leaves the residual rule visible: at most one unit a part, the largest ones', () => {
		fc.assert(
			fc.property(partsM2, fc.nat(100_000), (parts, control) => {
				const { parts: units, residualUnits } = adjusted(adjustToControl(parts, control, ANY));
				const whole = sum(parts);
				const given = units.map((part, i) => part - Math.round((parts[i] / whole) * control));
				// A share within rounding of a half may fall either way here and there.
				if (parts.some((part) => Math.abs((((part / whole) * control) % 1) - 0.5) < 1e-9)) return;
				expect(sum(given)).toBe(residualUnits);
				const order = [...parts.keys()].sort((a, b) => parts[b] - parts[a] || a - b);
				const expected = new Float64Array(parts.length);
				for (const part of order.slice(0, Math.abs(residualUnits))) expected[part] = Math.sign(residualUnits);
				expect(given.map((value) => value + 0)).toEqual(expected);
			}),
		);
	});

	it('does not depend on the order of parts of different size', () => {
		const different = fc
			.uniqueArray(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 })
			.filter((values) => sum(values) > 1e-6);
		fc.assert(
			fc.property(different, fc.nat(1_000_000), (values, control) => {
				const forward = adjusted(adjustToControl(Float64Array.from(values), control, ANY));
				const back = adjusted(adjustToControl(Float64Array.from(values).reverse(), control, ANY));
				expect(back.parts.reverse()).toEqual(forward.parts);
				expect(back.misfitM2).toBe(forward.misfitM2);
			}),
		);
	});

	it('is done once: adjusted parts stay themselves', () => {
		fc.assert(
			fc.property(partsM2, fc.integer({ min: 1, max: 1_000_000_000 }), (parts, control) => {
				const once = adjusted(adjustToControl(parts, control, ANY));
				const areas = once.parts.map((units) => units / 100);
				const again = adjusted(adjustToControl(areas, control, { limit: { m2: 1e-6, relative: 1e-9 } }));
				expect(again.parts).toEqual(once.parts);
				expect(again.corrections.every((correction) => correction === 0)).toBe(true);
				expect(again.residualUnits).toBe(0);
			}),
		);
	});

	it('works in the unit that it is given', () => {
		const parts = Float64Array.of(70_123_456.78, 33_000_000.5, 11.2);
		const hectares = adjusted(adjustToControl(parts, 1_031_235, { limit: { relative: 1e-4 }, unitM2: 100 }));
		expect(sum(hectares.parts)).toBe(1_031_235);
		expect([...hectares.parts]).toEqual([701_235, 330_000, 0]);
	});

	it('adds up a million parcels of a county', () => {
		const parts = Float64Array.from({ length: 1_000_000 }, (_, i) => 100 + ((i * 7919) % 10_007) + i * 1e-7);
		const control = Math.round(sum(parts) * 100) + 12_345;
		const result = adjusted(adjustToControl(parts, control, { limit: { relative: 1e-6 } }));
		expect(sum(result.parts)).toBe(control);
		expect(sum(result.corrections)).toBe(control - sum(parts.map((part) => Math.round(part / 0.01))));
	});
});

describe('refusals of the adjustment', () => {
	const parts = Float64Array.of(60, 40);

	it('misfit.beyond-limit: relative, absolute or both, named; a misfit at the limit passes', () => {
		expect(adjustToControl(parts, 10_001, { limit: { m2: 0.01 } }).ok).toBe(true);
		expect(adjustToControl(parts, 9_900, { limit: { m2: 1 } }).ok).toBe(true);
		expect(adjustToControl(parts, 12_500, { limit: { relative: 0.2 } }).ok).toBe(true);
		const beyond = [{ m2: 0.99 }, { relative: 0.0098 }, { m2: 2, relative: 1e-3 }, { m2: 0, relative: 1 }];
		for (const limit of beyond) {
			const found = refusal(adjustToControl(parts, 10_100, { limit }));
			expect(found).toEqual({
				code: 'misfit.beyond-limit',
				misfitM2: 1,
				misfitRelative: expect.closeTo(1 / 101, 12) as number,
				limitM2: Math.min(limit.m2 ?? Infinity, (limit.relative ?? Infinity) * 101),
			});
		}
		const empty = refusal(adjustToControl(parts, 0, { limit: { relative: 0.5 } }));
		expect(empty).toEqual({
			code: 'misfit.beyond-limit',
			misfitM2: -100,
			misfitRelative: -Infinity,
			limitM2: 0,
		});
	});

	it('part.invalid: the first part that is no area', () => {
		for (const bad of [-0.01, Number.NaN, Infinity]) {
			const found = refusal(adjustToControl(Float64Array.of(1, bad, -1), 100, ANY));
			expect(found).toEqual({ code: 'part.invalid', part: 1 });
		}
	});

	it('control.invalid: a control area that is no whole number of units', () => {
		for (const control of [-1, 0.5, Number.NaN, Infinity, 2 ** 53])
			expect(refusal(adjustToControl(parts, control, ANY)).code).toBe('control.invalid');
	});

	it('parts.none: nothing to share a control area out to', () => {
		expect(refusal(adjustToControl(Float64Array.of(), 1, ANY)).code).toBe('parts.none');
		expect(refusal(adjustToControl(Float64Array.of(0, 0), 1, ANY)).code).toBe('parts.none');
		expect(adjusted(adjustToControl(Float64Array.of(), 0, ANY)).parts).toHaveLength(0);
		expect([...adjusted(adjustToControl(Float64Array.of(0, 3), 0, ANY)).parts]).toEqual([0, 0]);
	});

	it('parts.too-large: beyond safe whole units', () => {
		const found = refusal(adjustToControl(Float64Array.of(1e15, 1), 1, ANY));
		expect(found.code).toBe('parts.too-large');
		expect(refusal(adjustToControl(Float64Array.of(1e308, 1e308), 1, ANY)).code).toBe('parts.too-large');
	});

	it('is exact where rounded parts pass 2^53', () => {
		const near = Float64Array.of(6.044, 33.984, 80.649, 3e12);
		for (let less = 0; less < 50; less++) {
			const control = Number.MAX_SAFE_INTEGER - less;
			const { parts: units } = adjusted(adjustToControl(near, control, ANY));
			expect(units.reduce((all, part) => all + BigInt(part), 0n)).toBe(BigInt(control));
		}
	});

	it('limit.invalid and unit.invalid: a rule that is none', () => {
		for (const limit of [{ m2: -1 }, { relative: Number.NaN }, { m2: 1, relative: -1 }])
			expect(refusal(adjustToControl(parts, 1, { limit })).code).toBe('limit.invalid');
		for (const unitM2 of [0, -1, Number.NaN, Infinity])
			expect(refusal(adjustToControl(parts, 1, { ...ANY, unitM2 })).code).toBe('unit.invalid');
	});

	it('never throws: any numbers are adjusted exactly or refused', () => {
		const anyLimit = fc.oneof(
			fc.record({ m2: fc.double() }),
			fc.record({ relative: fc.double() }),
			fc.record({ m2: fc.double(), relative: fc.double() }),
			fc.constant(ANY.limit),
		);
		const anyNumber = fc.oneof(fc.double(), fc.maxSafeNat(), fc.nat(1000));
		fc.assert(
			fc.property(
				fc.oneof(fc.float64Array({ maxLength: 12 }), partsM2),
				anyNumber,
				anyLimit,
				fc.option(anyNumber, { nil: undefined }),
				(values, control, limit, unitM2) => {
					const rule = unitM2 === undefined ? { limit } : { limit, unitM2 };
					const result = adjustToControl(values, control, rule);
					if (!result.ok) return;
					expect(result.parts.reduce((all, part) => all + BigInt(part), 0n)).toBe(BigInt(control));
					expect(result.parts.every((part) => part >= 0)).toBe(true);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
