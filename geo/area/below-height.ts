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
	return sumBelowM2(slopesOf(polygons, heights), height);
}

/** A ring of which stretches that no height of interest cuts are left out. */
interface Slope {
	readonly isShell: boolean;
	readonly coordinates: Float64Array;
	readonly heights: Float64Array;
	/** The signed area, in m², between the stretches left out and the edges in their place. */
	readonly besideM2: number;
}

function slopesOf(
	{ coordinates, ringOffsets, polygonOffsets }: FlatPolygons,
	heights: Float64Array,
): Slope[] {
	const slopes: Slope[] = [];
	for (let p = 0; p + 1 < polygonOffsets.length; p++) {
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			slopes.push({
				isShell: r === polygonOffsets[p],
				coordinates: coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1]),
				heights: heights.subarray(ringOffsets[r], ringOffsets[r + 1]),
				besideM2: 0,
			});
		}
	}
	return slopes;
}

function sumBelowM2(slopes: readonly Slope[], height: number): number {
	let totalM2 = 0;
	for (const slope of slopes) {
		const clipped = clipRing(slope, height);
		const ringM2 = Math.abs(slope.besideM2 + ellipsoidalRingAreaM2(clipped, 0, clipped.length / 2));
		totalM2 += slope.isShell ? ringM2 : -ringM2;
	}
	return totalM2;
}

/** Leaves out what no height from `low` to below `high` cuts: of stretches that stay below or above all but their ends; nothing where that is little. O(positions). */
function narrow(slope: Slope, low: number, high: number): Slope {
	const { coordinates, heights } = slope;
	const sideOf = (height: number) => (height <= low ? -1 : height > high ? 1 : 0);
	const starts: number[] = [];
	for (let i = 0; i < heights.length; i++) {
		const side = sideOf(heights[i]);
		if (side === 0 || i === 0 || side !== sideOf(heights[i - 1])) starts.push(i);
	}
	if (4 * starts.length > heights.length) return slope;
	let { besideM2 } = slope;
	const kept = starts.flatMap((from, k) => {
		const end = starts[k + 1] ?? heights.length;
		if (sideOf(heights[from]) < 0) besideM2 += ellipsoidalRingAreaM2(coordinates, from, end);
		return end - from > 1 ? [from, end - 1] : [from];
	});
	return {
		...slope,
		coordinates: Float64Array.from(kept.flatMap((i) => [coordinates[2 * i], coordinates[2 * i + 1]])),
		heights: Float64Array.from(kept, (i) => heights[i]),
		besideM2,
	};
}

function clipRing({ coordinates, heights }: Slope, height: number): Float64Array {
	const clipped: number[] = [];
	for (let i = 0, j = heights.length - 1; i < heights.length; j = i++) {
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
	let slopes = slopesOf(polygons, heights);
	let lowMiss = -areaM2;
	let highMiss = sumBelowM2(slopes, high) - areaM2;
	if (lowMiss >= 0) return low;
	if (highMiss <= 0) return high;
	let lastSide = 0;
	for (let step = 0; step < MOST_STEPS && high - low > RESOLUTION; step++) {
		const secant = (low * highMiss - high * lowMiss) / (highMiss - lowMiss);
		const height = step % 3 < 2 && secant > low && secant < high ? secant : (low + high) / 2;
		const miss = sumBelowM2(slopes, height) - areaM2;
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
		slopes = slopes.map((slope) => narrow(slope, low, high));
	}
	return (low + high) / 2;
}
