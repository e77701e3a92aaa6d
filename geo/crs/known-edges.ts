import Flatbush from 'flatbush';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';

/** A place in a local plane, metres. */
export type PlanePoint = readonly [eastM: number, northM: number];

/** Longitude, latitude in degrees to a local plane. */
export type LocalPlane = (lonLat: LonLat) => PlanePoint;

/** What is known of the ground about some points. */
export interface KnownEdges {
	/** How well a point fits the known edges: 1 on one, falling with the distance squared to 0 at the tolerance and beyond. */
	fit(point: PlanePoint): number;
	/** Whether known ground lies at a point, or on two opposite sides of it within 60 m (a street); true to a row of 5 m. */
	isKnown(point: PlanePoint): boolean;
}

const M_PER_DEG = 111_320;
/** A point of a comparison lies no further than this from the points as given. */
const REACH_M = 1000;
const ROW_M = 5;
/** How far ground is looked for on either side, in steps. */
const BESIDE_M = [20, 40, 60];

/** A plane in metres about the mean of some positions, true to 1 % near them. */
export function planeAbout(lonLats: readonly LonLat[]): LocalPlane {
	const mean = (k: 0 | 1) => lonLats.reduce((sum, lonLat) => sum + lonLat[k], 0) / lonLats.length;
	const [lonOrigin, latOrigin] = [mean(0), mean(1)];
	const eastPerDeg = M_PER_DEG * Math.cos((latOrigin * Math.PI) / 180);
	return ([lon, lat]) => [(lon - lonOrigin) * eastPerDeg, (lat - latOrigin) * M_PER_DEG];
}

/**
 * Indexes the edges of `known` within 1 km of `points`, null where there are none.
 *
 * Ground is known where the polygons cover it an odd number of times. O(edges log edges + rows crossed); a question O(log edges).
 */
export function indexKnownEdges(
	known: FlatPolygons,
	plane: LocalPlane,
	points: readonly PlanePoint[],
	toleranceM: number,
): KnownEdges | null {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of points) {
		[west, south] = [Math.min(west, x - REACH_M), Math.min(south, y - REACH_M)];
		[east, north] = [Math.max(east, x + REACH_M), Math.max(north, y + REACH_M)];
	}
	const edges: number[] = [];
	const westward: number[] = [];
	const { coordinates, ringOffsets } = known;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const next = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const [x, y] = plane([coordinates[2 * i], coordinates[2 * i + 1]]);
			const [xNext, yNext] = plane([coordinates[2 * next], coordinates[2 * next + 1]]);
			if (Math.max(y, yNext) < south || Math.min(y, yNext) > north || Math.min(x, xNext) > east) continue;
			(Math.max(x, xNext) < west ? westward : edges).push(x, y, xNext, yNext);
		}
	}
	if (edges.length === 0) return null;
	let rows: Map<number, number[]> | null = null;
	const isGround = (x: number, y: number) => {
		rows ??= crossRows(edges.concat(westward), south, north);
		return countBelow(rows.get(Math.floor(y / ROW_M)) ?? [], x) % 2 === 1;
	};
	const isBeside = (x: number, y: number, dx: number, dy: number) =>
		BESIDE_M.some((reachM) => isGround(x + reachM * dx, y + reachM * dy));
	return {
		fit: fitTo(edges, toleranceM),
		isKnown: ([x, y]) =>
			isGround(x, y) ||
			(isBeside(x, y, -1, 0) && isBeside(x, y, 1, 0)) ||
			(isBeside(x, y, 0, -1) && isBeside(x, y, 0, 1)),
	};
}

/** Where edges cross the middle lines of the rows between two heights, ascending eastward, by row. */
function crossRows(edges: readonly number[], south: number, north: number): Map<number, number[]> {
	const rows = new Map<number, number[]>();
	for (let e = 0; e < edges.length; e += 4) {
		const [x, y, xNext, yNext] = [edges[e], edges[e + 1], edges[e + 2], edges[e + 3]];
		const low = Math.max(Math.min(y, yNext), south);
		const high = Math.min(Math.max(y, yNext), north);
		for (let row = Math.ceil(low / ROW_M - 0.5); (row + 0.5) * ROW_M < high; row++) {
			const crossing = x + (((row + 0.5) * ROW_M - y) / (yNext - y)) * (xNext - x);
			const crossings = rows.get(row);
			if (crossings === undefined) rows.set(row, [crossing]);
			else crossings.push(crossing);
		}
	}
	for (const crossings of rows.values()) crossings.sort((a, b) => a - b);
	return rows;
}

function countBelow(ascending: readonly number[], x: number): number {
	let [low, high] = [0, ascending.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ascending[middle] < x) low = middle + 1;
		else high = middle;
	}
	return low;
}

function fitTo(edges: readonly number[], toleranceM: number): (point: PlanePoint) => number {
	const index = new Flatbush(edges.length / 4);
	for (let e = 0; e < edges.length; e += 4) {
		const [x, y, xNext, yNext] = [edges[e], edges[e + 1], edges[e + 2], edges[e + 3]];
		index.add(Math.min(x, xNext), Math.min(y, yNext), Math.max(x, xNext), Math.max(y, yNext));
	}
	index.finish();
	return ([x, y]) => {
		const near = index.search(x - toleranceM, y - toleranceM, x + toleranceM, y + toleranceM);
		let distanceM = Infinity;
		for (const e of near) distanceM = Math.min(distanceM, distanceToEdge(x, y, edges, 4 * e));
		return distanceM <= toleranceM ? 1 - (distanceM / toleranceM) ** 2 : 0;
	};
}

function distanceToEdge(x: number, y: number, edges: readonly number[], at: number): number {
	const [dx, dy] = [edges[at + 2] - edges[at], edges[at + 3] - edges[at + 1]];
	const along = ((x - edges[at]) * dx + (y - edges[at + 1]) * dy) / (dx * dx + dy * dy || 1);
	const t = Math.min(1, Math.max(0, along));
	return Math.hypot(x - edges[at] - t * dx, y - edges[at + 1] - t * dy);
}
