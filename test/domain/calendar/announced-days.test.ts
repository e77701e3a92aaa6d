import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '$lib/domain/calendar/day.ts';
import { isWorkingDay } from '$lib/domain/calendar/working-day.ts';
import { readWorkCalendar } from '../../support/supply-rules.ts';

/** The days of the independent list as it holds them: its functions read days in the machine's zone. */
const listed = JSON.parse(
	readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
) as Record<'holidays' | 'workdays', Record<string, string>>;
const { calendar } = await readWorkCalendar();

describe('the announced days', () => {
	it.each([...calendar.years])('of %i are worked as an independent list has them, day by day', (year) => {
		const differing: string[] = [];
		let days = 0;
		for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
			const theirs = day in listed.workdays || (weekdayOf(day) <= 5 && !(day in listed.holidays));
			const ours = isWorkingDay(day, calendar);
			if (!ours.isKnown || ours.value !== theirs) differing.push(day);
			days++;
		}
		expect(differing).toEqual([]);
		expect(days).toBe(year % 4 === 0 ? 366 : 365);
	});

	it('are those days off themselves, weekends among them', () => {
		const ours = [...calendar.daysOff].sort();
		const theirs = Object.keys(listed.holidays).filter((day) => calendar.years.has(Number(day.slice(0, 4))));
		expect(ours).toEqual(theirs.sort());
	});
});
