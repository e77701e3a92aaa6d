import { addMonths, dayNumber, dayOfNumber } from '../calendar/day.ts';

/** Why work could not go on: by the government, by force majeure, by works that have to come first, or by the holder. */
export const PAUSE_CAUSES = ['government', 'force_majeure', 'pre_works', 'holder'] as const;
export type PauseCause = (typeof PAUSE_CAUSES)[number];

/** Causes that stop the holder's clock; where they meet, the time is the first one's. Source: 城市房地产管理法 第26条. */
const EXCUSING: readonly PauseCause[] = ['government', 'force_majeure', 'pre_works'];

/** Days on which work could not go on, first and last; null: it goes on. */
export interface Pause {
	readonly fromOn: string;
	readonly toOn: string | null;
	readonly cause: PauseCause;
}

/** Time of the holder's, and time that is not by its cause, in days. */
export interface CountedTime {
	readonly countedDays: number;
	readonly excluded: readonly { readonly cause: PauseCause; readonly days: number }[];
}

type Span = readonly [from: number, to: number];

/**
 * Counts the holder's days after a day up to and with another, apart from pauses that are not the holder's, each day once.
 *
 * Pauses may overlap and reach beyond. None are counted where the second day lies before the first. O(pauses²).
 */
export function countTime(from: string, to: string, pauses: readonly Pause[]): CountedTime {
	const begin = dayNumber(from) + 1;
	const end = dayNumber(to);
	const all = Math.max(0, end - begin + 1);
	const excluded: { cause: PauseCause; days: number }[] = [];
	let covered: readonly Span[] = [];
	let before = 0;
	for (const cause of EXCUSING) {
		const spans = spansOf(pauses, (one) => one === cause, begin, end);
		if (spans.length === 0) continue;
		covered = mergeSpans([...covered, ...spans]);
		const together = covered.reduce((sum, [first, last]) => sum + last - first + 1, 0);
		if (together > before) excluded.push({ cause, days: together - before });
		before = together;
	}
	return { countedDays: all - before, excluded };
}

/**
 * The day on which the holder's time since a day reaches some months: the same day of the month, put off by the days of pauses that are not the
 * holder's; null where such a pause goes on before. O(pauses log pauses).
 */
export function dayReached(from: string, months: number, pauses: readonly Pause[]): string | null {
	const begin = dayNumber(from);
	let left = dayNumber(addMonths(from, months)) - begin;
	let at = begin;
	for (const [first, last] of mergeSpans(spansOf(pauses, isExcusing, begin + 1, Infinity))) {
		const free = first - 1 - at;
		if (free >= left) break;
		left -= free;
		at = last;
		if (at === Infinity) return null;
	}
	return dayOfNumber(at + left);
}

const isExcusing = (cause: PauseCause) => EXCUSING.includes(cause);

function spansOf(
	pauses: readonly Pause[],
	counts: (cause: PauseCause) => boolean,
	begin: number,
	end: number,
): Span[] {
	const spans: Span[] = [];
	for (const { fromOn, toOn, cause } of pauses) {
		if (!counts(cause)) continue;
		const first = Math.max(begin, dayNumber(fromOn));
		const last = Math.min(end, toOn === null ? Infinity : dayNumber(toOn));
		if (first <= last) spans.push([first, last]);
	}
	return spans;
}

/** Spans without the ones that meet: put together, in order. */
function mergeSpans(spans: Span[]): readonly Span[] {
	if (spans.length < 2) return spans;
	const merged: [number, number][] = [];
	for (const [first, last] of spans.sort((a, b) => a[0] - b[0])) {
		const before = merged.at(-1);
		if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
		else merged.push([first, last]);
	}
	return merged;
}
