import { covers } from '$geo/arrangement/point-in-polygon.ts';
import { sliceFeature, type LonLat } from '$geo/flat-polygons.ts';
import { shapesFor, type CoverageSnapshot } from '../tile/snapshot.ts';
import type { ServiceContext } from './context.ts';
import { findOpenCoverage, isWithheld } from './current-coverage.ts';
import { publicDecimals } from './public-precision.ts';

/** More than rounding for the public moves a vertex, in degrees. */
const REACH_DEG = 1e-5;

/** Finds the current parcel at a place, as its reader may know it: on a boundary the one of the lower number. Maybe no such coverage. */
export async function findParcelAt(context: ServiceContext, zoneId: string, coverageId: string, at: LonLat) {
	const open = await findOpenCoverage(context, zoneId, coverageId);
	if (open === null) return null;
	const { snapshot } = open;
	const row = rowAt(snapshot, at, publicDecimals(context.actor));
	return {
		coverageId,
		contentId: snapshot.contentId,
		at: [...at] as [number, number],
		parcel: row === undefined ? null : parcelOf(snapshot, row, isWithheld(snapshot, row, context)),
	};
}

/** Asked of exact shapes, places would give their vertices away, one by one. */
function rowAt(snapshot: CoverageSnapshot, at: LonLat, decimals: number | null): number | undefined {
	const polygons = shapesFor(snapshot, decimals);
	const [lon, lat] = at;
	const near = snapshot.index?.search(lon - REACH_DEG, lat - REACH_DEG, lon + REACH_DEG, lat + REACH_DEG);
	return near
		?.sort((a, b) => snapshot.parcelNo[a] - snapshot.parcelNo[b])
		.find((row) => covers(sliceFeature(polygons, row), at));
}

function parcelOf(snapshot: CoverageSnapshot, row: number, withheld: boolean) {
	const landUse = snapshot.landUse[row];
	return {
		parcelNo: snapshot.parcelNo[row],
		withheld,
		code: withheld ? '' : snapshot.code[row],
		classKey: withheld || landUse < 0 ? null : snapshot.classKeys[landUse],
		stockStatus: withheld ? null : snapshot.stockStatus[row],
	};
}
