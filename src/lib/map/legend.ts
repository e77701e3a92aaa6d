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
 * Lines that are switched off stay in the list as long as they lie in view, so that they can be switched on again.
 */
export function legendRows(legend: WireViewLegend, index: ClassIndex): LegendRow[] {
	const byCode = [...index.classes].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
	const rankOf = new Map(byCode.map((entry, rank) => [entry.key, rank]));
	const rows = legend.rows.map((row): LegendRow => {
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
