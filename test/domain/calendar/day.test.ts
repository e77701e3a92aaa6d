import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	addMonths,
	addYears,
	dayIn,
	dayNumber,
	dayOfNumber,
	daysBetween,
	isDay,
	weekdayOf,
	yearOf,
} from '$lib/domain/calendar/day.ts';

const DAY_MS = 86_400_000;
const someDay = () => fc.integer({ min: -719_162, max: 2_932_896 });
/** Days around the ends of months and years, where reckoning goes wrong. */
const edgeDay = () =>
	fc
		.tuple(
			fc.integer({ min: 1896, max: 2408 }),
			fc.integer({ min: 0, max: 11 }),
			fc.integer({ min: -2, max: 2 }),
		)
		.map(([year, month, shift]) => Math.round(Date.UTC(year, month, 1 + shift) / DAY_MS));

describe('a day', () => {
	it('is one of the Gregorian calendar, written whole', () => {
		for (const day of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) expect(isDay(day)).toBe(true);
		for (const text of [
			'2023-02-29',
			'1900-02-29',
			'2200-02-29',
			'2024-13-01',
			'2024-00-10',
			'2024-04-31',
			'2024-1-1',
			'0000-01-01',
			' 2024-01-01',
			'',
		])
			expect(isDay(text), text).toBe(false);
	});

	it('is refused where it is none', () => {
		expect(() => addDays('2023-02-29', 1)).toThrow('not a day: 2023-02-29');
		expect(() => addDays('9999-12-31', 1)).toThrow('year 10000');
		expect(() => addMonths('0001-01-31', -1)).toThrow('year 0');
	});

	it('has the number and the weekday that the platform reckons, from 0001 to 9999', () => {
		fc.assert(
			fc.property(fc.oneof(someDay(), edgeDay()), (number) => {
				const instant = new Date(number * DAY_MS);
				const day = instant.toISOString().slice(0, 10);
				expect(dayOfNumber(number)).toBe(day);
				expect(dayNumber(day)).toBe(number);
				expect(weekdayOf(day) % 7).toBe(instant.getUTCDay());
				expect(yearOf(day)).toBe(instant.getUTCFullYear());
			}),
			{ numRuns: 2000 },
		);
	});

	it('is as far before another as that is after it', () => {
		fc.assert(
			fc.property(edgeDay(), fc.integer({ min: -5000, max: 5000 }), (number, days) => {
				const from = dayOfNumber(number);
				const to = addDays(from, days);
				expect(daysBetween(from, to)).toBe(days);
				expect(daysBetween(to, from) + days).toBe(0);
				expect(addDays(to, -days)).toBe(from);
			}),
		);
	});

	it.each([
		['2024-01-31', 1, '2024-02-29'],
		['2023-01-31', 1, '2023-02-28'],
		['2024-02-29', 12, '2025-02-28'],
		['2024-02-29', 48, '2028-02-29'],
		['2024-03-31', -1, '2024-02-29'],
		['2024-12-31', 2, '2025-02-28'],
		['2024-01-15', -13, '2022-12-15'],
		['2024-11-30', 1, '2024-12-30'],
	])('%s and %i months is %s', (day, months, expected) => {
		expect(addMonths(day, months)).toBe(expected);
	});

	it('of 29 February is the 28th in common years, centuries among them', () => {
		expect(addYears('2096-02-29', 4)).toBe('2100-02-28');
		expect(addYears('1996-02-29', 4)).toBe('2000-02-29');
		expect(addYears('2024-02-29', 50)).toBe('2074-02-28');
	});

	it('keeps its number in the month, or is the last of a shorter one', () => {
		fc.assert(
			fc.property(edgeDay(), fc.integer({ min: -900, max: 900 }), (number, months) => {
				const day = dayOfNumber(number);
				const later = addMonths(day, months);
				const [year, month] = day.split('-').map(Number);
				expect(Number(later.slice(0, 4)) * 12 + Number(later.slice(5, 7))).toBe(year * 12 + month + months);
				if (later.slice(8) !== day.slice(8)) {
					expect(later < `${later.slice(0, 8)}${day.slice(8)}`).toBe(true);
					expect(addDays(later, 1).slice(8)).toBe('01');
				}
			}),
		);
	});

	it('is the one of the zone, not of the machine', () => {
		const instant = new Date('2026-12-31T16:00:00Z');
		expect(dayIn(instant, 'Asia/Shanghai')).toBe('2027-01-01');
		expect(dayIn(new Date(instant.getTime() - 1), 'Asia/Shanghai')).toBe('2026-12-31');
		expect(dayIn(instant, 'America/Los_Angeles')).toBe('2026-12-31');
		expect(dayIn(new Date('0099-03-05T12:00:00Z'), 'UTC')).toBe('0099-03-05');
	});
});
