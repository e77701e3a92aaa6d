import { addDays, weekdayOf, yearOf } from './day.ts';

/** Which days are worked, of the years that were announced; days are 'YYYY-MM-DD'. */
export interface WorkCalendar {
	readonly years: ReadonlySet<number>;
	/** Days off by announcement (放假), weekends among them. */
	readonly daysOff: ReadonlySet<string>;
	/** Saturdays and Sundays that are worked instead (调休上班). */
	readonly workedDays: ReadonlySet<string>;
}

/** A day of an announcement. */
export interface AnnouncedDay {
	readonly day: string;
	readonly kind: 'off' | 'work';
}

/** An answer of a calendar, or the year of which it would have to know. */
export type CalendarAnswer<T> =
	{ readonly isKnown: true; readonly value: T } | { readonly isKnown: false; readonly year: number };

/** Makes a calendar of the days that were announced; a year is known where the announcement has a day of it. O(days). */
export function makeWorkCalendar(announced: readonly AnnouncedDay[]): WorkCalendar {
	const of = (kind: AnnouncedDay['kind']) =>
		new Set(announced.filter((one) => one.kind === kind).map(({ day }) => day));
	return {
		years: new Set(announced.map(({ day }) => yearOf(day))),
		daysOff: of('off'),
		workedDays: of('work'),
	};
}

/** Says whether a day is worked: Monday to Friday but for days off, and the weekends that are worked instead. O(1). */
export function isWorkingDay(day: string, calendar: WorkCalendar): CalendarAnswer<boolean> {
	const year = yearOf(day);
	if (!calendar.years.has(year)) return { isKnown: false, year };
	const isWorked = calendar.workedDays.has(day) || (weekdayOf(day) <= 5 && !calendar.daysOff.has(day));
	return { isKnown: true, value: isWorked };
}

/**
 * The working day that comes `count` working days after a day, or before it where the count is negative; of 0 the day itself.
 *
 * The day itself is not counted, worked or not. Unknown with the year where a day on the way is of a year that was not announced. O(days on
 * the way).
 */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar): CalendarAnswer<string> {
	const step = count < 0 ? -1 : 1;
	let at = day;
	for (let left = Math.abs(count); left > 0;) {
		at = addDays(at, step);
		const worked = isWorkingDay(at, calendar);
		if (!worked.isKnown) return worked;
		if (worked.value) left--;
	}
	return { isKnown: true, value: at };
}

/**
 * Counts the working days after a day up to and with another; negative where that lies before: the first day is not counted, the last is.
 *
 * Unknown with the year where a day between is of a year that was not announced. O(days between).
 */
export function countWorkingDays(from: string, to: string, calendar: WorkCalendar): CalendarAnswer<number> {
	const step = to < from ? -1 : 1;
	let count = 0;
	for (let at = from; at !== to;) {
		at = addDays(at, step);
		const worked = isWorkingDay(at, calendar);
		if (!worked.isKnown) return worked;
		if (worked.value) count += step;
	}
	return { isKnown: true, value: count };
}
