import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, formatYuan, parseYuan, shareFen, sumFen, toFen } from '$lib/domain/tenure/money.ts';

const amount = () => fc.maxSafeInteger();

describe('an amount', () => {
	it.each([
		['1,234.56', 123_456],
		['1234.5', 123_450],
		['-0.05', -5],
		['0', 0],
		['90,071,992,547,409.91', Number.MAX_SAFE_INTEGER],
	])('%s is read', (text, fen) => {
		expect(parseYuan(text)).toBe(fen);
	});

	it.each(['1,23.45', '12,34', '1.234', '.5', '1.', '', '-', '1e3', '１２', '1 000', '90071992547409.92'])(
		'%j is not read',
		(text) => {
			expect(parseYuan(text)).toBeNull();
		},
	);

	it('is written and read back', () => {
		expect(formatYuan(123_456)).toBe('1,234.56');
		expect(formatYuan(-5)).toBe('-0.05');
		expect(formatYuan(Number.MIN_SAFE_INTEGER)).toBe('-90,071,992,547,409.91');
		fc.assert(
			fc.property(amount(), (fen) => {
				expect(parseYuan(formatYuan(fen))).toBe(fen);
			}),
		);
	});

	it('beyond the safe integers is refused', () => {
		expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow('beyond the safe amounts');
		expect(sumFen([Number.MAX_SAFE_INTEGER, 1, -1])).toBe(Number.MAX_SAFE_INTEGER);
		expect(() => toFen(2n ** 53n)).toThrow('beyond');
	});

	it('is rounded with halves away from zero', () => {
		const rounded = [5n, 15n, 14n, -5n, -14n, -15n, 0n].map((dividend) => divideRounded(dividend, 10n));
		expect(rounded).toEqual([1n, 2n, 1n, -1n, -1n, -2n, 0n]);
		expect(() => divideRounded(1n, 0n)).toThrow('divisor');
	});
});

describe('shares', () => {
	it('go by largest remainders, ties to the earlier', () => {
		expect(shareFen(100, [1, 1, 1])).toEqual([34, 33, 33]);
		expect(shareFen(10, [1, 2, 3])).toEqual([2, 3, 5]);
		expect(shareFen(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
		expect(shareFen(0, [0, 3])).toEqual([0, 0]);
	});

	it('add up, and are each the exact part rounded down or up', () => {
		const weights = fc
			.array(fc.nat(1_000_000), { minLength: 1, maxLength: 24 })
			.filter((all) => all.some((weight) => weight > 0));
		fc.assert(
			fc.property(amount(), weights, (total, parts) => {
				const shares = shareFen(total, parts);
				expect(sumFen(shares)).toBe(total);
				const sum = parts.reduce((all, weight) => all + BigInt(weight), 0n);
				shares.forEach((share, i) => {
					const off = BigInt(share) * sum - BigInt(total) * BigInt(parts[i]);
					expect(off < sum && off > -sum).toBe(true);
				});
			}),
		);
	});

	it('need weights', () => {
		for (const weights of [[], [0, 0], [2, -1]]) expect(() => shareFen(1, weights)).toThrow('no weights');
	});
});
