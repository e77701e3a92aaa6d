import { GRID_STEP_DEG } from '../grid.ts';
import { listParcelNosInBox } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import type { Polyline } from '../arrangement/lines.ts';

/** What rounding may move a line or a parcel. */
const ROUNDING_DEG = 2 * GRID_STEP_DEG;
/** A long segment is looked up in boxes of stretches no longer than this, in degrees: some 200 m… */
const STRETCH_DEG = 0.002;
/** …but in no more boxes than this. */
const MOST_STRETCHES = 256;

/**
 * The numbers of the parcels that may lie within a reach of a line, ascending: all that do, and some near it.
 *
 * Degrees (EPSG:4490); the line must be usable. O(stretches (log parcels + patch) + found).
 */
export function listParcelNosAlong(coverage: Coverage, line: Polyline, reachDeg = 0): number[] {
	const found = new Set<number>();
	const reach = reachDeg + ROUNDING_DEG;
	for (let i = 0; i + 2 < line.length; i += 2) {
		const lonRun = line[i + 2] - line[i];
		const latRun = line[i + 3] - line[i + 1];
		const longest = Math.max(Math.abs(lonRun), Math.abs(latRun));
		const count = Math.min(MOST_STRETCHES, Math.max(1, Math.ceil(longest / STRETCH_DEG)));
		for (let k = 0; k < count; k++) {
			const lon = line[i] + (k / count) * lonRun;
			const lat = line[i + 1] + (k / count) * latRun;
			const nextLon = k + 1 === count ? line[i + 2] : line[i] + ((k + 1) / count) * lonRun;
			const nextLat = k + 1 === count ? line[i + 3] : line[i + 1] + ((k + 1) / count) * latRun;
			const box = {
				minLon: Math.min(lon, nextLon) - reach,
				minLat: Math.min(lat, nextLat) - reach,
				maxLon: Math.max(lon, nextLon) + reach,
				maxLat: Math.max(lat, nextLat) + reach,
			};
			for (const parcelNo of listParcelNosInBox(coverage, box)) found.add(parcelNo);
		}
	}
	return [...found].sort((a, b) => a - b);
}
