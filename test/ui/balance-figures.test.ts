import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	AREA_UNITS,
	areaInUnit,
	decimalToInteger,
	grouped,
	integerToDecimal,
	isZero,
	signed,
	trimmed,
} from '$lib/components/balance/exact-figure.ts';

const squareMetres = fc
	.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
	.map((hundredths) => integerToDecimal(hundredths, 2));

describe('exact figures', () => {
	it('reads and writes decimals without loss', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.integer({ min: 0, max: 8 }), (value, decimals) => {
				expect(decimalToInteger(integerToDecimal(value, decimals), decimals)).toBe(value);
			}),
		);
	});

	it('refuses what is not a decimal or has digits it would lose', () => {
		expect(() => decimalToInteger('1,000', 2)).toThrow(RangeError);
		expect(() => decimalToInteger('1.234', 2)).toThrow(RangeError);
	});

	it('gives 357 km² in every unit exactly, 535 500 亩 among them', () => {
		const zone = '357000000.00';
		expect(AREA_UNITS.map((unit) => areaInUnit(zone, unit, 2))).toEqual([
			'357000000.00',
			'35700.00',
			'535500.00',
			'357.00',
		]);
	});

	it('is never further from the true value than half of the last decimal', () => {
		fc.assert(
			fc.property(squareMetres, (area) => {
				const exact = decimalToInteger(area, 2);
				const mu = decimalToInteger(areaInUnit(area, 'mu', 4), 4);
				// 1 亩 = 200000/3 hundredths, so 10⁻⁴ 亩 = 20/3 hundredths.
				const misfitThirds = exact * 3n - mu * 20n;
				expect(misfitThirds <= 10n && misfitThirds >= -10n).toBe(true);
			}),
		);
	});

	it('rounds equally on both sides of zero', () => {
		fc.assert(
			fc.property(squareMetres, fc.constantFrom(...AREA_UNITS), (area, unit) => {
				const opposite = integerToDecimal(-decimalToInteger(area, 2), 2);
				const mirrored = decimalToInteger(areaInUnit(opposite, unit, 4), 4);
				expect(mirrored).toBe(-decimalToInteger(areaInUnit(area, unit, 4), 4));
			}),
		);
	});

	it('groups whole digits only', () => {
		expect(grouped('243000000.00')).toBe('243\u202f000\u202f000.00');
		expect(grouped('-1234.56789')).toBe('\u22121\u202f234.56789');
		expect(grouped('-123456')).toBe('\u2212123\u202f456');
		expect(grouped('0.00')).toBe('0.00');
	});

	it('always shows the sign of a difference, ± for exactly nothing', () => {
		expect(signed('8141.00')).toBe('+8\u202f141.00');
		expect(signed('-0.01')).toBe('\u22120.01');
		expect(signed('0.00')).toBe('±0.00');
		expect(signed('-0.00')).toBe('±0.00');
	});

	it('tells zero from the smallest amount', () => {
		expect(isZero('0.000')).toBe(true);
		expect(isZero('-0')).toBe(true);
		expect(isZero('0.001')).toBe(false);
	});

	it('drops only zeros behind the point', () => {
		expect(trimmed('240.00')).toBe('240');
		expect(trimmed('240.50')).toBe('240.5');
		expect(trimmed('240')).toBe('240');
	});
});
