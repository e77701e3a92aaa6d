import type { LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { isUsableLine } from '../arrangement/lines.ts';
import { distanceM, footShare, metresPerDegree, placeBetween } from '../arrangement/metres.ts';
import { moveVertices } from './move-vertex.ts';
import type { VertexMove } from './move-vertex.ts';
import { refusalOf, refuse, refuseLine } from './refusal.ts';
import { placeKey } from '../coverage/vertex.ts';

/** A parcel's boundary to be brought onto a straight line. */
export interface Alignment {
	readonly parcelNo: number;
	/** Two places on the line, degrees (EPSG:4490): say the ends of a neighbour's edge, from `findNearestEdge`. */
	readonly line: readonly [LonLat, LonLat];
	/** Vertices farther from the line, in metres, stay. */
	readonly reachM: number;
}

/**
 * Brings a parcel's boundary onto a line, such as the front line of the parcels beside it.
 *
 * The line is straight in degrees and goes on without end through both places. Every vertex of the parcel (of its holes too) within reach
 * of it moves at a right angle, in metres, onto it and to the nearest grid place there, corners and nodes included, and in every parcel
 * that has it; all other vertices stay, so the edges between turn with their ends. Vertices that come together become one. Refuses
 * `line.invalid`, `parcel.unknown`, `align.nothing-near` (no vertex within reach), `align.already` (those within reach lie within a
 * grid step of the line), and what `moveVertices` refuses. O(edges of the parcels that have the vertices).
 */
export function alignBoundary(coverage: Coverage, { parcelNo, line, reachM }: Alignment): EditResult {
	const path = Float64Array.from(line.flat());
	if (!isUsableLine(path)) return refuseLine(path, [parcelNo]);
	const shape = findShape(coverage, parcelNo);
	if (shape === null) return refuse('parcel.unknown', [parcelNo], line[0]);
	const [from, to] = line;
	const scale = metresPerDegree((from[1] + to[1]) / 2);
	const moves = new Map<string, VertexMove>();
	let near = 0;
	const { coordinates } = shape;
	for (let i = 0; i < coordinates.length; i += 2) {
		const at: LonLat = [coordinates[i], coordinates[i + 1]];
		const foot = placeBetween(from, to, footShare(scale, at, from, to));
		if (!(distanceM(scale, at, foot) <= reachM)) continue;
		near++;
		const isOn = Math.abs(foot[0] - at[0]) <= GRID_STEP_DEG && Math.abs(foot[1] - at[1]) <= GRID_STEP_DEG;
		if (!isOn) moves.set(placeKey(at), { at, to: foot });
	}
	if (near === 0) return refuse('align.nothing-near', [parcelNo], from, { reachM });
	if (moves.size === 0) return refuse('align.already', [parcelNo], from);
	return moveVertices(coverage, [...moves.values()]);
}

/** Says why `alignBoundary` would be refused, null when it would be done. */
export function canAlignBoundary(coverage: Coverage, alignment: Alignment): Refusal | null {
	return refusalOf(alignBoundary(coverage, alignment));
}
