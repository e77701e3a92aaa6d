import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import { SPIKE_SLENDERNESS } from './check-limits.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { metresBetween, metresFromEdge } from '../arrangement/metres.ts';

/** How a ring folds back at a vertex. */
export interface Fold {
	/** How far the end of the shorter leg is from the longer leg, in metres. */
	readonly widthM: number;
	/** Length of the shorter leg, in metres. */
	readonly lengthM: number;
}

/** A vertex where a ring goes there and back. */
export interface Spike extends Fold {
	readonly ring: number;
	readonly at: LonLat;
	readonly angleDeg: number;
	/** Ellipsoidal area between the two legs, in m². */
	readonly areaM2: number;
}

const DEG_PER_RAD = 180 / Math.PI;

/**
 * Finds the spikes of rings: vertices where the ring folds back, the shorter leg ends within `widthM` metres of the longer, and is
 * `SPIKE_SLENDERNESS` times as long as that.
 *
 * The one definition of a spike, for checking and cleaning. Degrees (EPSG:4490); repeated and unusable positions are passed over; a ring without three
 * vertices has none. Angles are those on the ground, to some hundredths of their size. O(positions).
 */
export function findSpikes({ coordinates, ringOffsets }: FlatPolygons, widthM: number): Spike[] {
	const found: Spike[] = [];
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		const end = ringOffsets[ring + 1];
		const start = ringOffsets[ring];
		if (end - start < 3) continue;
		const scale = Math.cos(coordinates[2 * start + 1] / DEG_PER_RAD) ** 2;
		let before = neighbourOf(coordinates, start, end, start, -1);
		for (let i = start; i < end; i++) {
			const lon = coordinates[2 * i];
			const lat = coordinates[2 * i + 1];
			if (lon === coordinates[2 * before] && lat === coordinates[2 * before + 1]) continue;
			if (!isUsablePosition(lon, lat)) continue;
			const after = neighbourOf(coordinates, start, end, i, 1);
			const ax = coordinates[2 * before] - lon;
			const ay = coordinates[2 * before + 1] - lat;
			const bx = coordinates[2 * after] - lon;
			const by = coordinates[2 * after + 1] - lat;
			const previous = before;
			before = i;
			if (!(scale * ax * bx + ay * by > 0) || (bx === 0 && by === 0)) continue;
			const [a, at, b] = [previous, i, after].map((k): LonLat => [
				coordinates[2 * k],
				coordinates[2 * k + 1],
			]);
			const fold = measureFold(a, at, b);
			if (isSpike(fold, widthM)) found.push({ ring, at, ...fold, ...measureTip(a, at, b) });
		}
	}
	return found;
}

/** The next usable position of the ring that is another place, in a direction; `i` itself where there is none. */
function neighbourOf(coordinates: Float64Array, start: number, end: number, i: number, step: 1 | -1): number {
	const count = end - start;
	for (let k = 1; k < count; k++) {
		const j = start + ((i - start + step * k + count * k) % count);
		const isSame =
			coordinates[2 * j] === coordinates[2 * i] && coordinates[2 * j + 1] === coordinates[2 * i + 1];
		if (!isSame && isUsablePosition(coordinates[2 * j], coordinates[2 * j + 1])) return j;
	}
	return i;
}

/** Measures the fold at a vertex between its neighbours; null where the ring does not turn back. O(1). */
export function foldAt(before: LonLat, at: LonLat, after: LonLat): Fold | null {
	const scale = Math.cos(at[1] / DEG_PER_RAD) ** 2;
	const along = (before[0] - at[0]) * (after[0] - at[0]) * scale + (before[1] - at[1]) * (after[1] - at[1]);
	return along > 0 ? measureFold(before, at, after) : null;
}

/** Says whether a fold is narrow and slender. */
export function isSpike(fold: Fold, limitM: number): boolean {
	return fold.widthM <= limitM && fold.widthM * SPIKE_SLENDERNESS <= fold.lengthM;
}

function measureFold(before: LonLat, at: LonLat, after: LonLat): Fold {
	const lengthA = metresBetween(...before, ...at);
	const lengthB = metresBetween(...after, ...at);
	const [end, far, lengthM] = lengthA <= lengthB ? [before, after, lengthA] : [after, before, lengthB];
	return { widthM: metresFromEdge(...end, ...at, ...far), lengthM };
}

function measureTip(a: LonLat, at: LonLat, b: LonLat): Pick<Spike, 'angleDeg' | 'areaM2'> {
	const east = Math.cos(at[1] / DEG_PER_RAD);
	const [ax, ay, bx, by] = [(a[0] - at[0]) * east, a[1] - at[1], (b[0] - at[0]) * east, b[1] - at[1]];
	return {
		angleDeg: Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * DEG_PER_RAD,
		areaM2: Math.abs(ellipsoidalRingAreaM2(Float64Array.of(...a, ...at, ...b), 0, 3)),
	};
}
