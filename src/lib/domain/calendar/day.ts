const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_IN_ERA = 146_097;
const DAYS_TO_1970 = 719_468;

interface Parts {
	readonly year: number;
	/** 1 to 12. */
	readonly month: number;
	readonly day: number;
}

/**
 * Says whether a text is a day of the Gregorian calendar, 'YYYY-MM-DD' from 0001-01-01 to 9999-12-31.
 *
 * The calendar is proleptic: its rule holds for all years. O(1).
 */
export function isDay(text: string): boolean {
	return readParts(text) !== null;
}

/** Orders days 'YYYY-MM-DD', the earlier first: negative, 0 or positive as `sort` asks. O(1). */
export function compareDays(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/** Numbers a day by the days since 1970-01-01, exactly; throws where the text is no day. O(1). */
export function dayNumber(day: string): number {
	const { year, month, day: dayOfMonth } = getParts(day);
	// Years that begin in March have their leap day last.
	const shifted = month > 2 ? year : year - 1;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * DAYS_IN_ERA + dayOfEra - DAYS_TO_1970;
}

/** The day with a number of days since 1970-01-01; throws outside the years 1 to 9999. O(1). */
export function dayOfNumber(number: number): string {
	const shifted = number + DAYS_TO_1970;
	const era = Math.floor(shifted / DAYS_IN_ERA);
	const dayOfEra = shifted - era * DAYS_IN_ERA;
	const yearOfEra = Math.floor(
		(dayOfEra -
			Math.floor(dayOfEra / 1460) +
			Math.floor(dayOfEra / 36_524) -
			Math.floor(dayOfEra / 146_096)) /
			365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
	const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
	const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
	return writeDay({ year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day });
}

/** The day that is a whole number of days later, or earlier where it is negative. O(1). */
export function addDays(day: string, days: number): string {
	return dayOfNumber(dayNumber(day) + days);
}

/**
 * The day of the same number in a month that is later, or earlier; where that month has no such day, its last.
 *
 * So 31 January and one month is 28 or 29 February, and 29 February and a year is 28 February: two steps may reach another day than one
 * step of the sum. O(1). Source: 民法典 第202条 (对应日; 没有对应日的, 月末日).
 */
export function addMonths(day: string, months: number): string {
	const { year, month, day: dayOfMonth } = getParts(day);
	const index = year * 12 + (month - 1) + months;
	const toYear = Math.floor(index / 12);
	const toMonth = index - toYear * 12 + 1;
	return writeDay({ year: toYear, month: toMonth, day: Math.min(dayOfMonth, daysInMonth(toYear, toMonth)) });
}

/** The last day that is within a month of a day: the same of the next month, as `addMonths` has it. O(1). */
export function monthFrom(day: string): string {
	return addMonths(day, 1);
}

/** The same day of a year that is later, or earlier; of 29 February in a common year, the 28th. O(1). */
export function addYears(day: string, years: number): string {
	return addMonths(day, years * 12);
}

/** How many days a day lies after another; negative where it lies before. The first is not counted, the last is. O(1). */
export function daysBetween(from: string, to: string): number {
	return dayNumber(to) - dayNumber(from);
}

/** The day of the week by ISO 8601: Monday 1 to Sunday 7. O(1). */
export function weekdayOf(day: string): number {
	return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** The year of a day. */
export function yearOf(day: string): number {
	return getParts(day).year;
}

/** The day that it is in a time zone (IANA name) at an instant. */
export function dayIn(instant: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
	}).formatToParts(instant);
	const part = (type: 'year' | 'month' | 'day') => Number(parts.find((one) => one.type === type)?.value);
	return writeDay({ year: part('year'), month: part('month'), day: part('day') });
}

function daysInMonth(year: number, month: number): number {
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return month === 2 && isLeap ? 29 : DAYS_IN_MONTH[month - 1];
}

/** Lists of plots are full of days: read by character, as a pattern takes several times as long. */
function readParts(text: string): Parts | null {
	if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return null;
	const year = readDigits(text, 0, 4);
	const month = readDigits(text, 5, 7);
	const day = readDigits(text, 8, 10);
	if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return null;
	return { year, month, day };
}

/** A number of digits alone; NaN where another character is among them. */
function readDigits(text: string, from: number, to: number): number {
	let value = 0;
	for (let i = from; i < to; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (digit < 0 || digit > 9) return NaN;
		value = value * 10 + digit;
	}
	return value;
}

function getParts(day: string): Parts {
	const parts = readParts(day);
	if (parts === null) throw new RangeError(`not a day: ${day}`);
	return parts;
}

function writeDay({ year, month, day }: Parts): string {
	if (!(year >= 1 && year <= 9999)) throw new RangeError(`no day of the years 1 to 9999: year ${year}`);
	return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}
