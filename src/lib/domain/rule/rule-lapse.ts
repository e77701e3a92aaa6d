import { addMonths } from '../calendar/day.ts';

/** Until when a rule holds: its own end, and what its document says of itself; days are the first on which it holds no more. */
export interface RuleTerm {
	readonly validTo: string | null;
	readonly lapsesOn: string | null;
	/** Year by whose end the document lapses, where the day was not read. */
	readonly lapsesYear: number | null;
}

/** How long before its end a rule is said to run out. */
const MONTHS_AHEAD = 12;

/**
 * Says whether the days of a rule are over or run out within twelve months.
 *
 * Days 'YYYY-MM-DD'; the earliest end counts, and a year stands for its last day. `open`: no end is known, or it is further off.
 */
export function lapseOf(
	{ validTo, lapsesOn, lapsesYear }: RuleTerm,
	today: string,
): 'over' | 'soon' | 'open' {
	const ends = [validTo, lapsesOn, lapsesYear === null ? null : `${lapsesYear + 1}-01-01`];
	const end = ends.filter((one) => one !== null).sort()[0];
	if (end === undefined) return 'open';
	if (end <= today) return 'over';
	return end <= addMonths(today, MONTHS_AHEAD) ? 'soon' : 'open';
}
