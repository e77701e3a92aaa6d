import { covers } from '$geo/arrangement/point-in-polygon.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { gradeIn } from '../access/actor.ts';
import { shapeAt, type TableRow } from '../tile/parcel-table.ts';
import { eachRow, rowsIn, type CoverageSnapshot } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { findOpenCoverage, isWithheld } from './current-coverage.ts';
import type { StateChoice } from './past-state.ts';
import { publicDecimals } from './public-precision.ts';

/** More than rounding for the public moves a vertex, in degrees. */
const REACH_DEG = 1e-5;

/** Finds the parcel at a place, as its reader may know it: on a boundary the one of the lower number. Maybe no such coverage. */
export async function findParcelAt(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	at: LonLat,
	choice: StateChoice = {},
) {
	const open = await findOpenCoverage(context, zoneId, coverageId, choice);
	if (open === null) return null;
	const { snapshot } = open;
	const found = findRowAt(snapshot, at, publicDecimals(context.actor, zoneId));
	return {
		coverageId,
		contentId: snapshot.contentId,
		at: [...at] as [number, number],
		parcel: found === undefined ? null : parcelOf(found, isWithheld(found, gradeIn(context.actor, zoneId))),
	};
}

/** Asked of exact shapes, places would give their vertices away, one by one. */
function findRowAt(snapshot: CoverageSnapshot, at: LonLat, decimals: number | null): TableRow | undefined {
	const [lon, lat] = at;
	const near = [lon - REACH_DEG, lat - REACH_DEG, lon + REACH_DEG, lat + REACH_DEG] as const;
	return eachRow(rowsIn(snapshot, near)).find((parcel) => covers(shapeAt(parcel, decimals), at));
}

function parcelOf({ table, row }: TableRow, withheld: boolean) {
	const landUse = table.landUse[row];
	return {
		parcelNo: table.parcelNo[row],
		withheld,
		code: withheld ? '' : table.code[row],
		classKey: withheld || landUse < 0 ? null : table.classes.keys[landUse],
		stockStatus: withheld ? null : table.stockStatus[row],
	};
}
