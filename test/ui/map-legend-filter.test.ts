import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isShown,
	knownOnly,
	readFilter,
	SHOW_ALL,
	SHOW_NONE,
	toggled,
	withShown,
} from '$lib/map/legend-filter.ts';

const token = fc.constantFrom('07', '0701', 'MX', 'none');
const filter = fc.record({
	mode: fc.constantFrom('off', 'only'),
	tokens: fc.uniqueArray(token),
});

describe('the switches of a legend', () => {
	it('draw everything at first, and nothing when all are off', () => {
		fc.assert(
			fc.property(token, (line) => {
				expect([isShown(SHOW_ALL, line), isShown(SHOW_NONE, line)]).toEqual([true, false]);
			}),
		);
	});

	it('switch one line and no other, and back again', () => {
		fc.assert(
			fc.property(filter, token, token, (before, line, other) => {
				const after = toggled(before, line);
				expect(isShown(after, line)).toBe(!isShown(before, line));
				if (other !== line) expect(isShown(after, other)).toBe(isShown(before, other));
				expect(isShown(toggled(after, line), line)).toBe(isShown(before, line));
			}),
		);
	});

	it('switch several lines at once, and no other', () => {
		fc.assert(
			fc.property(filter, fc.uniqueArray(token), fc.boolean(), token, (before, lines, shown, other) => {
				const after = withShown(before, lines, shown);
				expect(lines.every((line) => isShown(after, line) === shown)).toBe(true);
				if (!lines.includes(other)) expect(isShown(after, other)).toBe(isShown(before, other));
			}),
		);
	});

	it('forget names that stand for no line, and show everything when none is left', () => {
		const known = (name: string) => name !== 'zzz';
		expect(knownOnly({ mode: 'only', tokens: ['zzz', '07'] }, known)).toEqual({
			mode: 'only',
			tokens: ['07'],
		});
		expect(knownOnly({ mode: 'only', tokens: ['zzz'] }, known)).toEqual(SHOW_ALL);
		expect(knownOnly(SHOW_NONE, known)).toEqual(SHOW_NONE);
	});

	it('are read from links: only before off, and an empty only draws nothing', () => {
		const read = (query: string) => readFilter(new URLSearchParams(query));
		expect(read('')).toEqual(SHOW_ALL);
		expect(read('off=07,MX')).toEqual({ mode: 'off', tokens: ['07', 'MX'] });
		expect(read('only=07&off=08')).toEqual({ mode: 'only', tokens: ['07'] });
		expect(read('only=')).toEqual(SHOW_NONE);
	});
});
