import { areaBelowM2, heightOfAreaM2 } from '../area/below-height.ts';
import { ellipsoidalAreasM2 } from '../area/ellipsoidal.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { asPolygonFeatures, joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { cutPolygons } from './cut.ts';
import { interiorPoint } from '../arrangement/interior-point.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { metresPerDegree } from '../arrangement/metres.ts';
import { asOneFeature, boxOf } from '../coverage/shape.ts';
import { turn } from '../arrangement/turn.ts';

/** How cuts across a direction lie: metres along it and to the right of it, from the middle of a shape. */
export interface CrossCuts {
	readonly shape: FlatPolygons;
	/** Where each position of the shape lies. */
	readonly alongM: Float64Array;
	readonly rightM: Float64Array;
	/** One grid step in metres. */
	readonly stepM: number;
	/** The line from one place to another; what lies less far along than a line to the right is right of it. */
	line(from: AlongRight, to: AlongRight): Polyline;
}

type AlongRight = readonly [alongM: number, rightM: number];

/** Where a cut goes and what it makes. */
export interface CrossCut {
	readonly line: Polyline;
	/** The area between the cut before and this one, in m². */
	readonly partM2: number;
	/** The sum of the lengths that the cut has inside the shape, in metres. */
	readonly lengthM: number;
}

/** Grid steps by which the ends of a cut are moved, least first: mostly one forward and one back, which keeps the area and changes the rounding. */
const END_SHIFTS = endShifts();

/** What a cut may miss its areas by, in m²: half of the smallest stored unit of area. */
const GOAL_M2 = 0.005;

/** How far cuts reach beyond a shape, in metres: more than rounding moves anything. */
const OVERHANG_M = 1;

/** What lies farther from a cut is on one side of it, however it is rounded. */
const CLEAR_DEG = 8 * GRID_STEP_DEG;

/** The length of a cut is the growth of the area within so many metres of it. */
const NEAR_M = 1e-3;

/** Lays cuts across a bearing (degrees clockwise from north) for a shape, square to it in the metric of the shape's middle. O(vertices). */
export function crossCuts(shape: FlatPolygons, bearingDeg: number): CrossCuts {
	const { coordinates } = shape;
	const box = boxOf(shape);
	const lon = (box.minLon + box.maxLon) / 2;
	const lat = (box.minLat + box.maxLat) / 2;
	const { east: eastM, north: northM } = metresPerDegree(lat);
	const sin = Math.sin((bearingDeg * Math.PI) / 180);
	const cos = Math.cos((bearingDeg * Math.PI) / 180);
	const alongM = new Float64Array(coordinates.length / 2);
	const rightM = new Float64Array(coordinates.length / 2);
	for (let i = 0; i < alongM.length; i++) {
		const east = (coordinates[2 * i] - lon) * eastM;
		const north = (coordinates[2 * i + 1] - lat) * northM;
		alongM[i] = east * sin + north * cos;
		rightM[i] = east * cos - north * sin;
	}
	const place = ([along, right]: AlongRight) => [
		lon + (along * sin + right * cos) / eastM,
		lat + (along * cos - right * sin) / northM,
	];
	const line = (from: AlongRight, to: AlongRight) => Float64Array.of(...place(from), ...place(to));
	return { shape, alongM, rightM, stepM: GRID_STEP_DEG * northM, line };
}

/**
 * Places a cut so that the part between the cut before (if any) and this one, and all that lies beyond, have given areas.
 *
 * The cut is drawn where `belowM2` lies before it, and rounded to the grid with its shape, which bends the edges that it ends on. Where
 * the part or the rest misses by more than half the tolerance, max(0.01 m², length × grid step / 2), its ends are tried up to
 * 16 grid steps away, and the best cut is taken. O(vertices log vertices).
 */
export function placeCut(
	cuts: CrossCuts,
	before: Polyline | null,
	{ belowM2, partM2, restM2 }: { readonly belowM2: number; readonly partM2: number; readonly restM2: number },
): CrossCut {
	const { shape, alongM, stepM } = cuts;
	const atM = heightOfAreaM2(shape, alongM, belowM2);
	const below = (shiftM: number) => areaBelowM2(shape, alongM, atM + shiftM);
	const lengthM = (below(NEAR_M) - below(-NEAR_M)) / (2 * NEAR_M);
	const goalM2 = Math.max(GOAL_M2, (lengthM * stepM) / 4);
	const [leftM, rightM] = reachOf(cuts, atM);
	let best: CrossCut = { line: cuts.line([atM, leftM], [atM, rightM]), partM2: 0, lengthM };
	let leastMissM2 = Infinity;
	for (const [start, end] of END_SHIFTS) {
		const line = cuts.line([atM + start * stepM, leftM], [atM + end * stepM, rightM]);
		const lines = before === null ? [line] : [before, line];
		const [part, rest] = cutAcross(shape, lines).slice(-2).map(areaOfM2);
		const missM2 = Math.max(Math.abs(part - partM2), Math.abs(rest - restM2));
		if (missM2 >= leastMissM2) continue;
		best = { line, partM2: part, lengthM };
		leastMissM2 = missM2;
		if (missM2 <= goalM2) break;
	}
	return best;
}

/** From where to where a cut must reach to the right: across all edges that come near it, and a little more. */
function reachOf({ shape: { ringOffsets }, alongM, rightM }: CrossCuts, atM: number): AlongRight {
	let least = Infinity;
	let most = -Infinity;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r], j = ringOffsets[r + 1] - 1; i < ringOffsets[r + 1]; j = i++) {
			const run = alongM[i] - alongM[j];
			for (const edgeM of [atM - NEAR_M, atM + NEAR_M]) {
				const share = run === 0 ? 0 : Math.min(1, Math.max(0, (edgeM - alongM[j]) / run));
				if (Math.abs(alongM[j] + share * run - atM) > 2 * NEAR_M) continue;
				const right = rightM[j] + share * (rightM[i] - rightM[j]);
				least = Math.min(least, right);
				most = Math.max(most, right);
			}
		}
	}
	return [least - OVERHANG_M, most + OVERHANG_M];
}

/** Cuts a shape along lines across it that follow each other: the parts before, between and after them (one feature each). */
export function cutAcross(shape: FlatPolygons, lines: readonly Polyline[]): FlatPolygons[] {
	const { polygons, sources } = cutPolygons(asPolygonFeatures(shape), lines);
	const parts: FlatPolygons[][] = Array.from({ length: lines.length + 1 }, () => []);
	sources.forEach((_, piece) => parts[partOf(polygons, piece, lines)].push(sliceFeature(polygons, piece)));
	return parts.map((pieces) => asOneFeature(joinFeatures(pieces)));
}

/** How many of the lines a piece lies beyond: as its first vertex does that is not too near to one to tell, or a place inside it. */
function partOf(polygons: FlatPolygons, piece: number, lines: readonly Polyline[]): number {
	const { coordinates, ringOffsets, polygonOffsets } = polygons;
	const end = ringOffsets[polygonOffsets[piece] + 1];
	for (let i = ringOffsets[polygonOffsets[piece]]; i < end; i++) {
		const [lon, lat] = [coordinates[2 * i], coordinates[2 * i + 1]];
		const part = countBefore(lines, lon, lat);
		const isClear = [part - 1, part].every(
			(k) => k < 0 || k === lines.length || distanceDeg(lines[k], lon, lat) > CLEAR_DEG,
		);
		if (isClear) return part;
	}
	return countBefore(lines, ...interiorPoint(polygons, piece));
}

/** How many of the lines lie before a place. */
function countBefore(lines: readonly Polyline[], lon: number, lat: number): number {
	let [low, high] = [0, lines.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		const [startLon, startLat, endLon, endLat] = lines[middle];
		if (turn(startLon, startLat, endLon, endLat, lon, lat) > 0) low = middle + 1;
		else high = middle;
	}
	return low;
}

function distanceDeg([startLon, startLat, endLon, endLat]: Polyline, lon: number, lat: number): number {
	const across = (endLon - startLon) * (lat - startLat) - (endLat - startLat) * (lon - startLon);
	return Math.abs(across) / Math.hypot(endLon - startLon, endLat - startLat);
}

function areaOfM2(shape: FlatPolygons): number {
	return ellipsoidalAreasM2(shape)[0];
}

function endShifts(): (readonly [startSteps: number, endSteps: number])[] {
	const shifts: [number, number][] = [];
	for (let skew = 0; skew <= 16; skew += 0.5) {
		for (const both of [0, -0.25, 0.25, -0.5, 0.5]) {
			shifts.push([both + skew, both - skew]);
			if (skew > 0) shifts.push([both - skew, both + skew]);
		}
	}
	return shifts;
}
