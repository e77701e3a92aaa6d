import type { WireViewLegend } from '../api/parcel.ts';
import type { WireLandUseClass } from '../api/zone.ts';
import { UNCLASSIFIED, WITHHELD, type ClassIndex } from './class-index.ts';

/** One line of the legend in view. */
export interface LegendRow {
	/** Number of the class in tiles; `UNCLASSIFIED` and `WITHHELD` for the named lines. */
	readonly index: number;
	readonly token: string;
	/** Null on the named lines. */
	readonly landUseClass: WireLandUseClass | null;
	readonly parcels: number;
	readonly areaM2: number;
	/** Of the area in view, 0–1. */
	readonly share: number;
}

/**
 * Makes legend lines of the areas in view, ordered by code, the named lines last.
 *
 * Classes that are switched off stay in the list as long as they lie in view, so that they can be switched on again.
 */
export function legendRows(legend: WireViewLegend, index: ClassIndex): LegendRow[] {
	const rows = legend.rows.map((row) => {
		const number = row.withheld ? WITHHELD : index.indexOf(row.classKey);
		return {
			index: number,
			token: index.tokenOf(number),
			landUseClass: index.classes[number] ?? null,
			parcels: row.parcels,
			areaM2: row.areaM2,
			share: legend.totalM2 > 0 ? row.areaM2 / legend.totalM2 : 0,
		};
	});
	return rows.sort(inOrder);
}

function inOrder(a: LegendRow, b: LegendRow): number {
	if (a.landUseClass === null || b.landUseClass === null) return rank(a.index) - rank(b.index);
	return a.landUseClass.code < b.landUseClass.code ? -1 : a.landUseClass.code > b.landUseClass.code ? 1 : 0;
}

function rank(index: number): number {
	if (index === UNCLASSIFIED) return 1;
	return index === WITHHELD ? 2 : 0;
}
