import type { Locale } from './locale.ts';

/**
 * Writes a day: 2026年11月21日 in Chinese, 2026-11-21 in English.
 *
 * `value` is a date string (YYYY-MM-DD, taken as it is) or an instant (ISO 8601), which falls on the day of `timeZone`.
 */
export function formatDate(value: string, locale: Locale, timeZone = 'Asia/Shanghai'): string {
	const day = value.length > 10 ? dayIn(value, timeZone) : value;
	if (locale === 'en') return day;
	const [year, month, date] = day.split('-');
	return `${year}年${Number(month)}月${Number(date)}日`;
}

/** Writes an instant (ISO 8601) as day, hours and minutes by the clock of a time zone. */
export function formatMoment(instant: string, locale: Locale, timeZone = 'Asia/Shanghai'): string {
	const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
	return `${formatDate(instant, locale, timeZone)} ${time.format(new Date(instant))}`;
}

/** The day ('YYYY-MM-DD') on which an instant (ISO 8601) falls by the clock of a time zone. */
export function dayIn(instant: string, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-CA', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	});
	return parts.format(new Date(instant));
}
