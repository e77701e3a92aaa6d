import { addDays, addMonths } from '../domain/calendar/day.ts';
import { DUE_KINDS, type DueKind } from '../domain/supply/due.ts';
import { SCAN_LISTS, type ScanList } from '../domain/supply/land-scan.ts';

/** How far ahead due days are listed: those that are late alone, or so many months on. */
export const DUE_RANGES = ['late', 'month', 'quarter', 'year'] as const;
export type DueRange = (typeof DUE_RANGES)[number];
const MONTHS: Readonly<Record<Exclude<DueRange, 'late'>, number>> = { month: 1, quarter: 3, year: 12 };

/** Lines of a page of land that waits, and of one of due things. */
export const LAND_PAGE = 50;
export const DUE_PAGE = 300;

/** What of the due days an address shows. */
export interface DueView {
	readonly range: DueRange;
	readonly park: string | null;
	readonly kind: DueKind | null;
	readonly offset: number;
}

/** Reads the view of due days from an address; what is not understood is left out. */
export function readDueView(query: URLSearchParams): DueView {
	return {
		range: DUE_RANGES.find((one) => one === query.get('range')) ?? 'quarter',
		park: query.get('park')?.slice(0, 40) || null,
		kind: DUE_KINDS.find((one) => one === query.get('kind')) ?? null,
		offset: readOffset(query),
	};
}

/** Last day that a view of due days looks at. */
export function dueUntil(range: DueRange, today: string): string {
	return range === 'late' ? addDays(today, -1) : addMonths(today, MONTHS[range]);
}

/** What of the land that waits an address shows. */
export interface LandView {
	readonly list: ScanList;
	readonly park: string | null;
	readonly offset: number;
}

/** Reads the view of land that waits from an address; batches belong to no park. */
export function readLandView(query: URLSearchParams): LandView {
	const list = SCAN_LISTS.find((one) => one === query.get('list')) ?? 'approved_not_supplied';
	return {
		list,
		park: list === 'approved_not_supplied' ? null : query.get('park')?.slice(0, 40) || null,
		offset: readOffset(query),
	};
}

function readOffset(query: URLSearchParams): number {
	const offset = query.get('offset') ?? '';
	return /^\d{1,7}$/.test(offset) ? Number(offset) : 0;
}

/** Writes what is given as a query with its question mark; empty where nothing is. */
export function queryOf(given: Readonly<Record<string, string | number | null>>): string {
	const pairs = Object.entries(given).flatMap(([name, value]) =>
		value === null ? [] : [[name, String(value)]],
	);
	return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}
