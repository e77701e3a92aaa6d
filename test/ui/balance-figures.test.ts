import { describe, expect, it } from 'vitest';
import { isZero, signed, trimmed } from '$lib/components/balance/exact-figure.ts';

describe('exact figures', () => {
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
