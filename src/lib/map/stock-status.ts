/** What stands on current land, as the survey reports it. */
export const STOCK_STATUSES = [
	'built',
	'under_construction',
	'supplied_not_started',
	'approved_not_supplied',
	'suspected_idle',
	'inefficient',
	'not_developed',
] as const;

export type StockStatus = (typeof STOCK_STATUSES)[number];

/** The line of land that has no stock status, such as roads and water. */
export const NO_STATUS = 'none';

/** A line of the stock legend. */
export type StockLine = StockStatus | typeof NO_STATUS;

/** Every line of the stock legend, in the order of a parcel's life, land without a status last. */
export const STOCK_LINES: readonly StockLine[] = [...STOCK_STATUSES, NO_STATUS];

/** Marks by which statuses are told apart without colour; the two that cover most land are plain. */
export const STOCK_PATTERNS: Readonly<Record<StockLine, string | null>> = {
	built: null,
	under_construction: 'lines-right',
	supplied_not_started: 'cross',
	approved_not_supplied: 'lines-vertical',
	suspected_idle: 'cross-diagonal',
	inefficient: 'lines-horizontal',
	not_developed: 'dots',
	none: null,
};

/** The design token of a line of the stock legend. */
export function stockToken(line: StockLine): string {
	return `--stock-${line.replaceAll('_', '-')}`;
}

/** The status of a name; null for a name that is none. */
export function stockStatusOf(name: string | null | undefined): StockStatus | null {
	return STOCK_STATUSES.find((status) => status === name) ?? null;
}
