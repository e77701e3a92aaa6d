import type { FlatPolygons } from '../flat-polygons.ts';
import { ellipsoidalRingAreaM2 } from './ellipsoidal.ts';

/** A height is found to this, in the unit of the heights: far below a grid step when they are metres. */
const RESOLUTION = 1e-8;
const MOST_STEPS = 120;

/**
 * Area of what lies at or below a height, in m².
 *
 * `heights` holds a height for every position; along an edge it changes evenly, so a linear function of longitude and latitude gives half-planes. All
 * features together, ellipsoidal (CGCS2000, edges straight in degrees), holes subtracted. Every ring is clipped by itself: what runs
 * along the height twice cancels. O(positions).
 */
export function areaBelowM2(polygons: FlatPolygons, heights: Float64Array, height: number): number {
	const { ringOffsets, polygonOffsets } = polygons;
	let totalM2 = 0;
	for (let p = 0; p + 1 < polygonOffsets.length; p++) {
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const clipped = clipRing(polygons, heights, height, ringOffsets[r], ringOffsets[r + 1]);
			const ringM2 = Math.abs(ellipsoidalRingAreaM2(clipped, 0, clipped.length / 2));
			totalM2 += r === polygonOffsets[p] ? ringM2 : -ringM2;
		}
	}
	return totalM2;
}

function clipRing(
	{ coordinates }: FlatPolygons,
	heights: Float64Array,
	height: number,
	from: number,
	to: number,
): Float64Array {
	const clipped: number[] = [];
	for (let i = from, j = to - 1; i < to; j = i++) {
		if (heights[i] <= height !== heights[j] <= height) {
			const share = (height - heights[j]) / (heights[i] - heights[j]);
			clipped.push(
				coordinates[2 * j] + share * (coordinates[2 * i] - coordinates[2 * j]),
				coordinates[2 * j + 1] + share * (coordinates[2 * i + 1] - coordinates[2 * j + 1]),
			);
		}
		if (heights[i] <= height) clipped.push(coordinates[2 * i], coordinates[2 * i + 1]);
	}
	return Float64Array.from(clipped);
}

/**
 * The height below which a given area lies, between the lowest and the highest position.
 *
 * The area grows with the height, so its root stays bracketed: false position with the Illinois rule, every third step a bisection.
 * O(positions), some ten evaluations of `areaBelowM2`.
 *
 * Source: Dowell & Jarratt, A modified regula falsi method, BIT 11 (1971).
 */
export function heightOfAreaM2(polygons: FlatPolygons, heights: Float64Array, areaM2: number): number {
	let low = Infinity;
	let high = -Infinity;
	for (const height of heights) {
		low = Math.min(low, height);
		high = Math.max(high, height);
	}
	let lowMiss = -areaM2;
	let highMiss = areaBelowM2(polygons, heights, high) - areaM2;
	if (lowMiss >= 0) return low;
	if (highMiss <= 0) return high;
	let lastSide = 0;
	for (let step = 0; step < MOST_STEPS && high - low > RESOLUTION; step++) {
		const secant = (low * highMiss - high * lowMiss) / (highMiss - lowMiss);
		const height = step % 3 < 2 && secant > low && secant < high ? secant : (low + high) / 2;
		const miss = areaBelowM2(polygons, heights, height) - areaM2;
		if (miss === 0) return height;
		const side = Math.sign(miss);
		if (side < 0) {
			low = height;
			lowMiss = miss;
			if (lastSide === side) highMiss /= 2;
		} else {
			high = height;
			highMiss = miss;
			if (lastSide === side) lowMiss /= 2;
		}
		lastSide = side;
	}
	return (low + high) / 2;
}
