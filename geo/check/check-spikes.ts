import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { metresBetween, metresFromEdge } from '../arrangement/metres.ts';

/** A vertex where a ring goes there and back. */
export interface SharpVertex {
	readonly ring: number;
	readonly at: LonLat;
	readonly angleDeg: number;
	/** How far the end of the shorter leg is from the longer leg, in metres. */
	readonly widthM: number;
	/** Length of the shorter leg, in metres. */
	readonly lengthM: number;
	/** Ellipsoidal area between the two legs, in m². */
	readonly areaM2: number;
}

const DEG_PER_RAD = 180 / Math.PI;

/**
 * Finds vertices whose angle is at most `angleDeg` degrees and whose shorter leg ends within `widthM` metres of the longer.
 *
 * Degrees (EPSG:4490); repeated and unusable positions are passed over; a ring without three vertices has none. Angles are those on the ground,
 * to some hundredths of their size. O(positions).
 */
export function findSharpVertices(
	{ coordinates, ringOffsets }: FlatPolygons,
	angleDeg: number,
	widthM: number,
): SharpVertex[] {
	const found: SharpVertex[] = [];
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
			const sharp = measure(coordinates, previous, i, after);
			if (sharp.angleDeg <= angleDeg && sharp.widthM <= widthM) found.push({ ring, ...sharp });
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

function measure(
	coordinates: Float64Array,
	before: number,
	i: number,
	after: number,
): Omit<SharpVertex, 'ring'> {
	const place = (k: number): [number, number] => [coordinates[2 * k], coordinates[2 * k + 1]];
	const [a, at, b] = [place(before), place(i), place(after)];
	const lengthA = metresBetween(...a, ...at);
	const lengthB = metresBetween(...b, ...at);
	const widthM = lengthA <= lengthB ? metresFromEdge(...a, ...at, ...b) : metresFromEdge(...b, ...at, ...a);
	const east = Math.cos(at[1] / DEG_PER_RAD);
	const [ax, ay, bx, by] = [(a[0] - at[0]) * east, a[1] - at[1], (b[0] - at[0]) * east, b[1] - at[1]];
	return {
		at,
		angleDeg: Math.atan2(Math.abs(ax * by - ay * bx), ax * bx + ay * by) * DEG_PER_RAD,
		widthM,
		lengthM: Math.min(lengthA, lengthB),
		areaM2: Math.abs(ellipsoidalRingAreaM2(Float64Array.of(...a, ...at, ...b), 0, 3)),
	};
}
