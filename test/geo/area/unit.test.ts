import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	areaStep,
	formatArea,
	formatSteps,
	parseSteps,
	roundToStep,
	type AreaUnit,
} from '../../../geo/area/unit.ts';

const areaDm2 = fc.integer({ min: -40_000_000_000, max: 40_000_000_000 });
const unit = fc.constantFrom<AreaUnit>('m2', 'ha', 'mu', 'km2');

describe('area units', () => {
	it('knows the last shown digit of each unit as an exact fraction of 0.01 m²', () => {
		expect(areaStep('ha', 2)).toEqual({ numerator: 10_000, denominator: 1 });
		expect(areaStep('mu', 2)).toEqual({ numerator: 2000, denominator: 3 });
		expect(areaStep('mu', 0)).toEqual({ numerator: 200_000, denominator: 3 });
		expect(areaStep('m2', 2)).toEqual({ numerator: 1, denominator: 1 });
		expect(areaStep('m2', 3)).toEqual({ numerator: 1, denominator: 10 });
		expect(areaStep('km2', 4)).toEqual({ numerator: 10_000, denominator: 1 });
	});

	it('formats the zone exactly in every unit', () => {
		const zoneDm2 = 35_700_000_000;
		expect(formatArea(zoneDm2, 'm2', 2)).toBe('357000000.00');
		expect(formatArea(zoneDm2, 'ha', 4)).toBe('35700.0000');
		expect(formatArea(zoneDm2, 'mu', 2)).toBe('535500.00');
		expect(formatArea(zoneDm2, 'km2', 2)).toBe('357.00');
	});

	it('rounds half away from zero where floating point would not', () => {
		expect(formatArea(1_005_000, 'ha', 2)).toBe('1.01');
		expect(formatArea(-1_005_000, 'ha', 2)).toBe('-1.01');
		expect(formatArea(1_004_999, 'ha', 2)).toBe('1.00');
		expect(formatArea(-4_999, 'ha', 2)).toBe('0.00');
		expect(formatArea(1000, 'mu', 2)).toBe('0.02');
		expect(formatArea(333, 'mu', 2)).toBe('0.00');
		expect(formatArea(334, 'mu', 2)).toBe('0.01');
	});

	it('sets the decimal point of whole steps', () => {
		expect([formatSteps(-5, 2), formatSteps(0, 3), formatSteps(1234, 0), formatSteps(1234, 4)]).toEqual([
			'-0.05',
			'0.000',
			'1234',
			'0.1234',
		]);
	});

	it('agrees with integer division in BigInt for every unit and decimals', () => {
		fc.assert(
			fc.property(areaDm2, unit, fc.integer({ min: 0, max: 4 }), (value, in_, decimals) => {
				const step = areaStep(in_, decimals);
				const doubled = 2n * BigInt(Math.abs(value)) * BigInt(step.denominator) + BigInt(step.numerator);
				const expected = Number(doubled / (2n * BigInt(step.numerator)));
				expect(Math.abs(roundToStep(value, step))).toBe(expected);
			}),
		);
	});

	it('refuses areas that are not whole or not safe', () => {
		expect(() => formatArea(0.5, 'ha', 2)).toThrow(RangeError);
		expect(() => formatArea(2 ** 52, 'mu', 2)).toThrow(RangeError);
	});

	it('reads what it writes, and nothing else', () => {
		fc.assert(
			fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 8 }), (steps, decimals) => {
				expect(parseSteps(formatSteps(steps, decimals), decimals)).toBe(steps === 0 ? 0 : steps);
			}),
		);
		for (const text of ['1,000', '1.234', '', '-', '.5', '1e3', '90071992547409.92']) {
			expect(() => parseSteps(text, 2)).toThrow(RangeError);
		}
	});
});
