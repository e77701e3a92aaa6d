import Flatbush from 'flatbush';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG, snapToGrid } from '../grid.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Refusal } from './difference.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import { redrawRings } from './redraw-rings.ts';
import { refusalOf, refuse } from './refusal.ts';
import {
	edgesAtVertices,
	findShapesWithVertices,
	isSamePlace,
	passesPlace,
	placeKey,
} from '../coverage/vertex.ts';
import type { ShapesByNo } from '../coverage/vertex.ts';

/** One vertex and where it goes, degrees (EPSG:4490). */
export interface VertexMove {
	/** The vertex as stored, to the bit. */
	readonly at: LonLat;
	/** Its new place, on the grid or not. */
	readonly to: LonLat;
}

/** Moves the vertex at a place in every parcel that has it: `moveVertices` of one. */
export function moveVertex(coverage: Coverage, move: VertexMove): EditResult {
	return moveVertices(coverage, [move]);
}

/**
 * Moves vertices, each in every parcel that has it, all at once.
 *
 * A vertex may come to lie on the next one, and the edge between them vanishes; a vertex on the outline may slide along its straight
 * edges. Moves that go nowhere count for nothing. Of several moves the one at fault is `move`, counted from 0. Refuses `place.invalid`, `vertex.unknown`, `vertex.moved-twice` (one vertex to two
 * places), `vertex.unmoved` (nothing moves), `vertex.on-outline` (the outline would move), `vertex.taken` (a parcel would come to
 * one vertex twice, or lose its last), `vertex.pinches` (a parcel would fall apart, or close round a hole), and the check's
 * issue where boundaries would cross. O(edges of the parcels that have the vertices).
 */
export function moveVertices(coverage: Coverage, moves: readonly VertexMove[]): EditResult {
	const targets = new Map<string, VertexMove>();
	const shapes = new Map<number, FlatPolygons>();
	const holders = findShapesWithVertices(
		coverage,
		moves.map(({ at }) => at),
	);
	for (const [move, { at, to }] of moves.entries()) {
		const which = moves.length > 1 ? { move } : undefined;
		const there = isUsablePosition(at[0], at[1]) ? at : null;
		if (!isUsablePosition(to[0], to[1])) return refuse('place.invalid', [], there, which);
		const snapped: LonLat = [snapToGrid(to[0]), snapToGrid(to[1])];
		const found = holders.get(placeKey(at));
		if (found === undefined || found.size === 0) return refuse('vertex.unknown', [], there, which);
		const other = targets.get(placeKey(at));
		if (other !== undefined && !isSamePlace(other.to, snapped)) {
			return refuse('vertex.moved-twice', [...found.keys()], at, which);
		}
		targets.set(placeKey(at), { at, to: snapped });
		if (isSamePlace(at, snapped)) continue;
		for (const [parcelNo, shape] of found) shapes.set(parcelNo, shape);
	}
	const [first] = [...targets.values()].filter(({ at, to }) => !isSamePlace(at, to));
	if (first === undefined) return refuse('vertex.unmoved', [], moves[0]?.at ?? null);
	const bent = findBentOutline(shapes, targets);
	if (bent !== null)
		return refuse('vertex.on-outline', [...(holders.get(placeKey(bent))?.keys() ?? [])], bent);
	const vertices = Array.from(targets.values(), ({ at }) => at);
	const route = (at: LonLat) => [targets.get(placeKey(at))?.to ?? at];
	return redrawRings(coverage, shapes, { vertices, route }, first.to);
}

/** Says why `moveVertex` would be refused, null when it would be done. */
export function canMoveVertex(coverage: Coverage, move: VertexMove): Refusal | null {
	return refusalOf(moveVertex(coverage, move));
}

/** Says why `moveVertices` would be refused, null when it would be done. */
export function canMoveVertices(coverage: Coverage, moves: readonly VertexMove[]): Refusal | null {
	return refusalOf(moveVertices(coverage, moves));
}

/** The first moved vertex that takes the outline along by more than half a step, null when there is none. */
function findBentOutline(shapes: ShapesByNo, targets: ReadonlyMap<string, VertexMove>): LonLat | null {
	const after = (place: LonLat) => targets.get(placeKey(place))?.to ?? place;
	const onOutline: VertexMove[] = [];
	const edges: (readonly [LonLat, LonLat])[] = [];
	const moves = [...targets.values()];
	const edgesAt = edgesAtVertices(
		shapes,
		moves.map(({ at }) => at),
	);
	for (const move of moves) {
		const outline = edgesAt.get(placeKey(move.at))?.filter(({ parcelNos }) => parcelNos.length === 1) ?? [];
		if (outline.length > 0) onOutline.push(move);
		for (const { other } of outline) edges.push([move.at, other]);
	}
	const passesBefore = linesPassing(edges);
	const passesAfter = linesPassing(edges.map(([a, b]) => [after(a), after(b)]));
	return onOutline.find(({ at, to }) => !passesBefore(to) || !passesAfter(at))?.at ?? null;
}

/** Says of a place whether any of some lines passes it within half a step. O(log lines) a place. */
function linesPassing(lines: readonly (readonly [LonLat, LonLat])[]): (at: LonLat) => boolean {
	if (lines.length === 0) return () => false;
	const index = new Flatbush(lines.length);
	for (const [[aLon, aLat], [bLon, bLat]] of lines) {
		index.add(
			Math.min(aLon, bLon) - GRID_STEP_DEG,
			Math.min(aLat, bLat) - GRID_STEP_DEG,
			Math.max(aLon, bLon) + GRID_STEP_DEG,
			Math.max(aLat, bLat) + GRID_STEP_DEG,
		);
	}
	index.finish();
	return ([lon, lat]) =>
		index.search(lon, lat, lon, lat, (l) => passesPlace(...lines[l], [lon, lat])).length > 0;
}
