import Flatbush from 'flatbush';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { fromGcj02 } from './gcj02.ts';

/** Shares of the positions that lie on the known boundary, within the tolerance. */
export interface Gcj02Scores {
	/** Taken as they are. */
	readonly asGiven: number;
	/** Taken as GCJ-02 and shifted back. */
	readonly unshifted: number;
	/** Best of the control shifts: as far as GCJ-02 shifts, in other directions. What chance (or a dense net of edges) gives. */
	readonly chance: number;
}

export type Gcj02Verdict = 'as-given' | 'shifted' | 'cannot-tell';

/** What was found, and what it rests on. */
export interface Gcj02Finding {
	readonly verdict: Gcj02Verdict;
	/** Why nothing can be told; null otherwise. */
	readonly reason: 'too-few-positions' | 'nothing-known-near' | 'no-match' | 'not-distinct' | null;
	readonly scores: Gcj02Scores;
	/** Different positions that were compared. */
	readonly positions: number;
}

/** How near is near, in metres (5), and how many different positions are enough (16). */
export interface Gcj02Rule {
	readonly toleranceM?: number;
	readonly positionsMin?: number;
}

const TOLERANCE_M = 5;
const POSITIONS_MIN = 16;
const SAMPLE_MAX = 2000;
/** A match holds most positions, and more than anything else by a quarter of them. */
const SHARE_MIN = 0.6;
const LEAD_MIN = 0.25;

const M_PER_DEG = 111_320;
const SHIFT_MAX_M = 1000;
const CONTROL_DIRECTIONS = 12;

/**
 * Tells whether positions were digitised on a GCJ-02 base map, by matching them against boundaries known to be right.
 *
 * `positions` are longitude, latitude pairs in degrees: vertices that should lie on the edges of `known` (a coverage, an outline), give
 * or take the tolerance. They are compared as given, shifted back from GCJ-02, and moved as far in other directions: only where one of the
 * first two fits clearly better than everything else is there a verdict; no shift shows in coordinates alone, so otherwise it cannot tell.
 * Equal positions count once, those that are no degrees not at all; beyond 2,000 every n-th is taken. O(edges log edges + positions).
 */
export function detectGcj02(
	positions: Float64Array,
	known: FlatPolygons,
	{ toleranceM = TOLERANCE_M, positionsMin = POSITIONS_MIN }: Gcj02Rule = {},
): Gcj02Finding {
	const sample = samplePositions(positions);
	const nothing = { asGiven: 0, unshifted: 0, chance: 0 };
	const cannotTell = (reason: Gcj02Finding['reason'], scores: Gcj02Scores): Gcj02Finding => {
		return { verdict: 'cannot-tell', reason, scores, positions: sample.length };
	};
	if (sample.length === 0 || !(sample.length >= positionsMin))
		return cannotTell('too-few-positions', nothing);

	const plane = planeAbout(sample);
	const given = sample.map(plane);
	const back = sample.map((lonLat) => plane(fromGcj02(lonLat)));
	const edges = edgesNear(known, plane, given);
	if (edges.length === 0) return cannotTell('nothing-known-near', nothing);

	const shareOn = nearnessTo(edges, toleranceM);
	const scores = {
		asGiven: shareOn(given),
		unshifted: shareOn(back),
		chance: Math.max(...controls(given, back).map(shareOn)),
	};
	const [best, other] = [scores.asGiven, scores.unshifted].sort((a, b) => b - a);
	if (best < SHARE_MIN) return cannotTell('no-match', scores);
	if (best - Math.max(other, scores.chance) < LEAD_MIN) return cannotTell('not-distinct', scores);
	const verdict = best === scores.asGiven ? 'as-given' : 'shifted';
	return { verdict, reason: null, scores, positions: sample.length };
}

type Point = readonly [eastM: number, northM: number];
type Plane = (lonLat: LonLat) => Point;

/** Different positions that are degrees, evenly thinned. */
function samplePositions(positions: Float64Array): LonLat[] {
	const different = new Map<string, LonLat>();
	for (let i = 0; i + 1 < positions.length; i += 2) {
		const [lon, lat] = [positions[i], positions[i + 1]];
		if (Math.abs(lon) <= 180 && Math.abs(lat) <= 85) different.set(`${lon} ${lat}`, [lon, lat]);
	}
	const all = [...different.values()];
	const stride = Math.ceil(all.length / SAMPLE_MAX);
	return stride <= 1 ? all : all.filter((_, i) => i % stride === 0);
}

/** A plane in metres about the positions' mean, true to 1 % near them. */
function planeAbout(sample: readonly LonLat[]): Plane {
	const mean = (k: 0 | 1) => sample.reduce((sum, lonLat) => sum + lonLat[k], 0) / sample.length;
	const [lonOrigin, latOrigin] = [mean(0), mean(1)];
	const eastPerDeg = M_PER_DEG * Math.cos((latOrigin * Math.PI) / 180);
	return ([lon, lat]) => [(lon - lonOrigin) * eastPerDeg, (lat - latOrigin) * M_PER_DEG];
}

/** Edges of the known boundary as x, y, x, y in the plane, those that no position can reach left out. */
function edgesNear(known: FlatPolygons, plane: Plane, points: readonly Point[]): Float64Array {
	const { coordinates, ringOffsets } = known;
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of points) {
		[west, south] = [Math.min(west, x), Math.min(south, y)];
		[east, north] = [Math.max(east, x), Math.max(north, y)];
	}
	const kept: number[] = [];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const next = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const [x, y] = plane([coordinates[2 * i], coordinates[2 * i + 1]]);
			const [xNext, yNext] = plane([coordinates[2 * next], coordinates[2 * next + 1]]);
			const reached =
				Math.max(x, xNext) >= west - SHIFT_MAX_M &&
				Math.min(x, xNext) <= east + SHIFT_MAX_M &&
				Math.max(y, yNext) >= south - SHIFT_MAX_M &&
				Math.min(y, yNext) <= north + SHIFT_MAX_M;
			if (reached) kept.push(x, y, xNext, yNext);
		}
	}
	return Float64Array.from(kept);
}

/** A function that says which share of points lies within the tolerance of an edge. */
function nearnessTo(edges: Float64Array, toleranceM: number): (points: readonly Point[]) => number {
	const index = new Flatbush(edges.length / 4);
	for (let e = 0; e < edges.length; e += 4) {
		const [x, y, xNext, yNext] = edges.subarray(e, e + 4);
		index.add(Math.min(x, xNext), Math.min(y, yNext), Math.max(x, xNext), Math.max(y, yNext));
	}
	index.finish();
	const isNear = ([x, y]: Point) => {
		const onEdge = (e: number) => distanceM(x, y, edges, 4 * e) <= toleranceM;
		const box = [x - toleranceM, y - toleranceM, x + toleranceM, y + toleranceM] as const;
		return index.search(...box, onEdge).length > 0;
	};
	return (points) => points.filter(isNear).length / points.length;
}

function distanceM(x: number, y: number, edges: Float64Array, at: number): number {
	const [dx, dy] = [edges[at + 2] - edges[at], edges[at + 3] - edges[at + 1]];
	const along = ((x - edges[at]) * dx + (y - edges[at + 1]) * dy) / (dx * dx + dy * dy || 1);
	const t = Math.min(1, Math.max(0, along));
	return Math.hypot(x - edges[at] - t * dx, y - edges[at + 1] - t * dy);
}

/** The points moved as far as un-shifting moves them, turned step by step round the compass, and half as far. */
function controls(given: readonly Point[], back: readonly Point[]): Point[][] {
	const moved: Point[][] = [];
	for (let turn = 1; turn < CONTROL_DIRECTIONS; turn++) {
		const angle = (2 * Math.PI * turn) / CONTROL_DIRECTIONS;
		const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
		for (const reach of [1, 0.5]) {
			moved.push(
				given.map(([x, y], i) => {
					const [dx, dy] = [reach * (back[i][0] - x), reach * (back[i][1] - y)];
					return [x + cos * dx - sin * dy, y + sin * dx + cos * dy];
				}),
			);
		}
	}
	return moved;
}
