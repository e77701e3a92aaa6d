import type { WireViewLegend } from '../api/parcel.ts';
import type { WireLandUseClass } from '../api/zone.ts';
import { UNCLASSIFIED, WITHHELD, type ClassIndex } from './class-index.ts';
import { NO_STATUS, STOCK_LINES, stockStatusOf, type StockLine } from './stock-status.ts';

/** What a line of the legend stands for. */
export type LegendSubject =
	| { readonly kind: 'class'; readonly landUseClass: WireLandUseClass }
	| { readonly kind: 'unclassified' | 'withheld' }
	| { readonly kind: 'stock'; readonly stock: StockLine };

/** One line of the legend in view. */
export interface LegendRow {
	readonly subject: LegendSubject;
	/** Its name in links. */
	readonly token: string;
	readonly parcels: number;
	readonly areaM2: number;
	/** Of the area in view, 0–1. */
	readonly share: number;
	/** Its place among the lines. */
	readonly rank: number;
}

const LAST = 1e6;

/**
 * Makes legend lines of the areas in view: classes by code, statuses in the order of a parcel's life, the named lines last.
 *
 * Lines that are switched off stay in the list as long as they lie in view, so that they can be switched on again; what
 * only touches the view's edge has no line.
 */
export function legendRows(legend: WireViewLegend, index: ClassIndex): LegendRow[] {
	const byCode = [...index.classes].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
	const rankOf = new Map(byCode.map((entry, rank) => [entry.key, rank]));
	const inView = legend.rows.filter((row) => row.areaM2 > 0);
	const rows = inView.map((row): LegendRow => {
		const { parcels, areaM2 } = row;
		const share = legend.totalM2 > 0 ? areaM2 / legend.totalM2 : 0;
		const figures = { parcels, areaM2, share };
		if (row.withheld) {
			return { ...figures, subject: { kind: 'withheld' }, token: index.tokenOf(WITHHELD), rank: LAST + 1 };
		}
		if (legend.by === 'stock') {
			const stock = stockStatusOf(row.stockStatus) ?? NO_STATUS;
			return {
				...figures,
				subject: { kind: 'stock', stock },
				token: stock,
				rank: STOCK_LINES.indexOf(stock),
			};
		}
		const number = index.indexOf(row.classKey);
		const token = index.tokenOf(number);
		if (number === UNCLASSIFIED) return { ...figures, subject: { kind: 'unclassified' }, token, rank: LAST };
		const landUseClass = index.classes[number];
		const rank = rankOf.get(landUseClass.key) ?? 0;
		return { ...figures, subject: { kind: 'class', landUseClass }, token, rank };
	});
	return rows.sort((a, b) => a.rank - b.rank);
}

/** Lines that stand together under a head: classes of one first level. */
export interface LegendGroup {
	readonly token: string;
	/** The class of the first level; null for lines without a head. */
	readonly head: WireLandUseClass | null;
	readonly rows: readonly LegendRow[];
	/** The places of its lines in the whole list. */
	readonly entries: readonly number[];
}

/** Puts legend lines under heads by the first level of their classes, in their order; a class that is its own first level needs none. */
export function legendGroups(rows: readonly LegendRow[], index: ClassIndex): LegendGroup[] {
	const groups = new Map<string, { first: WireLandUseClass | null; entries: number[] }>();
	for (const [entry, { subject }] of rows.entries()) {
		const first = subject.kind === 'class' ? index.groupOf(index.indexOf(subject.landUseClass.key)) : null;
		const key = first?.key ?? '';
		const group = groups.get(key) ?? { first, entries: [] };
		group.entries.push(entry);
		groups.set(key, group);
	}
	return [...groups.values()].map(({ first, entries }) => ({
		token: first?.code ?? '',
		head: entries.every((entry) => isLineOf(rows[entry], first)) ? null : first,
		rows: entries.map((entry) => rows[entry]),
		entries,
	}));
}

function isLineOf({ subject }: LegendRow, entry: WireLandUseClass | null): boolean {
	return entry === null || (subject.kind === 'class' && subject.landUseClass.key === entry.key);
}

/** Whether a class answers to what is typed: its code from the beginning, its names anywhere. */
export function isNamed({ subject }: LegendRow, typed: string): boolean {
	const wanted = typed.trim().toLowerCase();
	if (subject.kind !== 'class') return wanted === '';
	const { code, nameZh, nameEn } = subject.landUseClass;
	return (
		code.toLowerCase().startsWith(wanted) || nameZh.includes(wanted) || nameEn.toLowerCase().includes(wanted)
	);
}
