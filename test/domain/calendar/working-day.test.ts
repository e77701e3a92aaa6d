import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOfNumber, dayNumber, isDay, weekdayOf } from '$lib/domain/calendar/day.ts';
import { addWorkingDays, countWorkingDays, isWorkingDay } from '$lib/domain/calendar/working-day.ts';
import { readWorkCalendar } from '../../support/supply-rules.ts';

const { calendar, rows } = await readWorkCalendar();
const known = <T>(value: T) => ({ isKnown: true, value });

describe('the announced days', () => {
	it('are those of the three notices', () => {
		const counts = new Map<string, number>();
		for (const { day, kind, source } of rows) {
			const key = `${day.slice(0, 4)} ${kind} ${source}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
		expect([...counts].sort()).toEqual([
			['2024 off 国办发明电〔2023〕7号', 28],
			['2024 work 国办发明电〔2023〕7号', 8],
			['2025 off 国办发明电〔2024〕12号', 28],
			['2025 work 国办发明电〔2024〕12号', 5],
			['2026 off 国办发明电〔2025〕7号', 33],
			['2026 work 国办发明电〔2025〕7号', 6],
		]);
		expect([...calendar.years]).toEqual([2024, 2025, 2026]);
	});

	it('are each said once, and only weekends are worked instead', () => {
		expect(new Set(rows.map(({ day }) => day)).size).toBe(rows.length);
		expect(rows.filter(({ day }) => !isDay(day))).toEqual([]);
		const instead = rows.filter(({ kind }) => kind === 'work');
		expect(instead.filter(({ day }) => weekdayOf(day) <= 5)).toEqual([]);
	});
});

describe('working days', () => {
	it('are Monday to Friday but for days off, and the weekends that are worked instead', () => {
		expect(isWorkingDay('2026-02-13', calendar)).toEqual(known(true));
		expect(isWorkingDay('2026-02-14', calendar)).toEqual(known(true));
		expect(isWorkingDay('2026-02-16', calendar)).toEqual(known(false));
		expect(isWorkingDay('2026-02-24', calendar)).toEqual(known(true));
		expect(isWorkingDay('2026-03-01', calendar)).toEqual(known(false));
	});

	it('are counted from the day after, over a long holiday', () => {
		expect(addWorkingDays('2026-09-30', 1, calendar)).toEqual(known('2026-10-08'));
		expect(addWorkingDays('2026-09-30', 3, calendar)).toEqual(known('2026-10-10'));
		expect(addWorkingDays('2026-10-08', -1, calendar)).toEqual(known('2026-09-30'));
		expect(addWorkingDays('2026-10-03', 0, calendar)).toEqual(known('2026-10-03'));
		expect(countWorkingDays('2026-09-30', '2026-10-10', calendar)).toEqual(known(3));
		expect(countWorkingDays('2026-10-10', '2026-09-30', calendar)).toEqual(known(-3));
		expect(countWorkingDays('2026-10-03', '2026-10-03', calendar)).toEqual(known(0));
	});

	it('of a year that was not announced are unknown, never guessed', () => {
		expect(isWorkingDay('2027-01-04', calendar)).toEqual({ isKnown: false, year: 2027 });
		expect(addWorkingDays('2026-12-30', 2, calendar)).toEqual({ isKnown: false, year: 2027 });
		expect(addWorkingDays('2024-01-02', -1, calendar)).toEqual({ isKnown: false, year: 2023 });
		expect(countWorkingDays('2026-12-30', '2027-01-05', calendar)).toEqual({ isKnown: false, year: 2027 });
		expect(addWorkingDays('2026-12-30', 1, calendar)).toEqual(known('2026-12-31'));
	});

	it('that are added are counted again', () => {
		const within = fc.integer({ min: dayNumber('2024-06-01'), max: dayNumber('2026-05-31') });
		fc.assert(
			fc.property(within, fc.integer({ min: -90, max: 90 }), (number, count) => {
				const from = dayOfNumber(number);
				const to = addWorkingDays(from, count, calendar);
				if (!to.isKnown) throw new Error(`unknown ${to.year}`);
				if (count > 0) expect(countWorkingDays(from, to.value, calendar)).toEqual(known(count));
				if (count !== 0) expect(isWorkingDay(to.value, calendar)).toEqual(known(true));
				const worked = isWorkingDay(from, calendar);
				const oneDay = countWorkingDays(addDays(from, -1), from, calendar);
				expect(oneDay).toEqual(known(worked.isKnown && worked.value ? 1 : 0));
			}),
		);
	});
});
