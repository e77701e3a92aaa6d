import type { AnnouncedDay } from '$lib/domain/calendar/working-day.ts';
import type { Sql } from './connect.ts';

/** Lists the days of a calendar that were announced, in order. */
export async function listAnnouncedDays(sql: Sql, calendar: string): Promise<AnnouncedDay[]> {
	return sql<AnnouncedDay[]>`
		select on_day as day, kind from calendar_day where calendar = ${calendar} order by on_day`;
}

/** A day of an announcement with where it is written. */
export interface CalendarDayRow extends AnnouncedDay {
	readonly source: string;
	readonly status: string;
}

/** Brings a calendar to what is given. */
export async function putWorkCalendar(
	sql: Sql,
	calendar: string,
	days: readonly CalendarDayRow[],
): Promise<void> {
	await sql`delete from calendar_day where calendar = ${calendar}`;
	await sql`delete from calendar_year where calendar = ${calendar}`;
	const years = new Map(days.map(({ day, source, status }) => [Number(day.slice(0, 4)), { source, status }]));
	for (const [year, { source, status }] of years)
		await sql`insert into calendar_year (calendar, year, source, status) values (${calendar}, ${year}, ${source}, ${status})`;
	await sql`
		insert into calendar_day (calendar, year, on_day, kind)
		select ${calendar}, extract(year from d.on_day)::integer, d.on_day, d.kind
		from unnest(${days.map(({ day }) => day)}::date[], ${days.map(({ kind }) => kind)}::text[]) as d (on_day, kind)`;
}
