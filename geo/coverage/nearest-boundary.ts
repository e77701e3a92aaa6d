import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '../grid.ts';
import { findShape, listParcelNosInBox } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { distanceM, footShare, metresPerDegree, placeBetween } from '../arrangement/metres.ts';
import type { LonLatBox } from './shape.ts';

/** A stored edge near a place. */
export interface NearEdge {
	/** Its ends, the lexicographically smaller first. */
	readonly low: LonLat;
	readonly high: LonLat;
	/** The nearest place of the edge, snapped to the grid. */
	readonly foot: LonLat;
	readonly distanceM: number;
}

/**
 * Finds the stored edge nearest to a place, within a reach in metres; null when there is none.
 *
 * `parcelNo` leaves only that parcel's edges. Of edges equally near, the one with the lexicographically smallest ends. Degrees
 * (EPSG:4490), distances flat about the place. O(edges of the parcels whose box is within reach).
 */
export function findNearestEdge(
	coverage: Coverage,
	at: LonLat,
	reachM: number,
	parcelNo?: number,
): NearEdge | null {
	const scale = metresPerDegree(at[1]);
	let nearest: NearEdge | null = null;
	for (const { coordinates, ringOffsets } of shapesNear(coverage, at, reachM, parcelNo)) {
		for (let r = 0; r + 1 < ringOffsets.length; r++) {
			const end = ringOffsets[r + 1];
			for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
				const p: LonLat = [coordinates[2 * j], coordinates[2 * j + 1]];
				const q: LonLat = [coordinates[2 * i], coordinates[2 * i + 1]];
				const [low, high] = comparePlaces(p, q) < 0 ? [p, q] : [q, p];
				const share = Math.max(0, Math.min(1, footShare(scale, at, low, high)));
				const foot = placeBetween(low, high, share);
				const distance = distanceM(scale, at, foot);
				if (!(distance <= reachM)) continue;
				const order =
					nearest === null
						? -1
						: distance - nearest.distanceM ||
							comparePlaces(low, nearest.low) ||
							comparePlaces(high, nearest.high);
				if (order < 0) {
					const snapped: LonLat = [snapToGrid(foot[0]), snapToGrid(foot[1])];
					nearest = { low, high, foot: snapped, distanceM: distance };
				}
			}
		}
	}
	return nearest;
}

/** Finds the stored vertex nearest to a place, as `findNearestEdge` does; the lexicographically smallest of equally near ones. */
export function findNearestVertex(
	coverage: Coverage,
	at: LonLat,
	reachM: number,
	parcelNo?: number,
): LonLat | null {
	const scale = metresPerDegree(at[1]);
	let nearest: LonLat | null = null;
	let least = reachM;
	for (const { coordinates } of shapesNear(coverage, at, reachM, parcelNo)) {
		for (let i = 0; i < coordinates.length; i += 2) {
			const vertex: LonLat = [coordinates[i], coordinates[i + 1]];
			const distance = distanceM(scale, at, vertex);
			if (!(distance <= least)) continue;
			if (nearest !== null && distance === least && comparePlaces(vertex, nearest) >= 0) continue;
			nearest = vertex;
			least = distance;
		}
	}
	return nearest;
}

/** Orders places by longitude, then latitude. */
export function comparePlaces(a: LonLat, b: LonLat): number {
	return a[0] - b[0] || a[1] - b[1];
}

function shapesNear(
	coverage: Coverage,
	[lon, lat]: LonLat,
	reachM: number,
	parcelNo: number | undefined,
): FlatPolygons[] {
	if (!isUsablePosition(lon, lat) || !(reachM >= 0)) return [];
	const scale = metresPerDegree(lat);
	// A step beyond the reach, against rounding.
	const east = reachM / scale.east + GRID_STEP_DEG;
	const north = reachM / scale.north + GRID_STEP_DEG;
	const box: LonLatBox = {
		minLon: lon - east,
		maxLon: lon + east,
		minLat: lat - north,
		maxLat: lat + north,
	};
	const parcelNos = parcelNo === undefined ? listParcelNosInBox(coverage, box) : [parcelNo];
	return parcelNos.map((no) => findShape(coverage, no)).filter((shape) => shape !== null);
}
