import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	decimalToInteger,
	integerToDecimal,
	isZero,
	signed,
	sumDecimals,
	trimmed,
} from '$lib/components/balance/exact-figure.ts';

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

	it('adds without rounding, in any order', () => {
		const decimal = fc.bigInt().map((hundredths) => integerToDecimal(hundredths, 2));
		fc.assert(
			fc.property(fc.array(decimal), (texts) => {
				expect(sumDecimals(texts, 2)).toBe(sumDecimals([...texts].reverse(), 2));
			}),
		);
		expect(sumDecimals(['0.10', '0.20', '90071992547409.91'], 2)).toBe('90071992547410.21');
		expect(sumDecimals([], 2)).toBe('0.00');
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
