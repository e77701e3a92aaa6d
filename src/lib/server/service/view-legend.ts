import { areaInBoxM2, type LonLatBox } from '$geo/area/box-area.ts';
import { gradeIn } from '../access/actor.ts';
import { shapeAt, type TableRow } from '../tile/parcel-table.ts';
import { rowsIn } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { findOpenCoverage, isWithheld } from './current-coverage.ts';
import type { StateChoice } from './past-state.ts';
import { publicDecimals } from './public-precision.ts';

/** What the lines of a legend stand for. */
export type LegendLines = 'class' | 'stock';

interface LegendRow {
	readonly classKey: string | null;
	readonly stockStatus: string | null;
	readonly withheld: boolean;
	parcels: number;
	areaM2: number;
}

const DM2_PER_M2 = 100;

/** Sums the land of a coverage inside a box by class or stock status, each parcel cut at the box; largest first. Maybe no such coverage. */
export async function findViewLegend(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	bbox: LonLatBox,
	by: LegendLines = 'class',
	choice: StateChoice = {},
) {
	const open = await findOpenCoverage(context, zoneId, coverageId, choice);
	if (open === null) return null;
	const { snapshot } = open;
	// A part cut out of exact shapes would give their vertices away, box by box.
	const grade = gradeIn(context.actor, zoneId);
	const decimals = publicDecimals(context.actor, zoneId);
	const rows = new Map<string, LegendRow>();
	for (const { table, rows: found } of rowsIn(snapshot, bbox)) {
		for (const row of found) {
			const parcel = { table, row };
			const areaM2 = areaInView(parcel, decimals, bbox);
			if (areaM2 <= 0) continue;
			const withheld = isWithheld(parcel, grade);
			const landUse = table.landUse[row];
			const classKey = by !== 'class' || withheld || landUse < 0 ? null : table.classes.keys[landUse];
			const stockStatus = by !== 'stock' || withheld ? null : table.stockStatus[row];
			const id = `${withheld}/${classKey ?? stockStatus}`;
			const line = rows.get(id) ?? { classKey, stockStatus, withheld, parcels: 0, areaM2: 0 };
			line.parcels += 1;
			line.areaM2 += areaM2;
			rows.set(id, line);
		}
	}
	for (const line of rows.values()) line.areaM2 = toCentimal(line.areaM2);
	const sorted = [...rows.values()].sort((a, b) => b.areaM2 - a.areaM2);
	return {
		by,
		coverageId,
		contentId: snapshot.contentId,
		bbox: [...bbox] as [number, number, number, number],
		totalM2: toCentimal(sorted.reduce((sum, line) => sum + line.areaM2, 0)),
		rows: sorted,
	};
}

/** Rounded to 0.01 m², the unit of stored areas. */
function toCentimal(areaM2: number): number {
	return Math.round(areaM2 * DM2_PER_M2) / DM2_PER_M2;
}

/** The stored area of a parcel wholly in view, else the area of its part there. */
function areaInView(parcel: TableRow, decimals: number | null, bbox: LonLatBox): number {
	const { table, row } = parcel;
	const [west, south, east, north] = table.boxes.subarray(4 * row, 4 * row + 4);
	if (west >= bbox[0] && south >= bbox[1] && east <= bbox[2] && north <= bbox[3]) {
		return table.areaDm2[row] / DM2_PER_M2;
	}
	return areaInBoxM2(shapeAt(parcel, decimals), 0, bbox);
}
