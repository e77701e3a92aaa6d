import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import { Joins, numberPlaces, Places, visitRingEdges } from '../arrangement/place-graph.ts';
import type { LonLatBox } from './shape.ts';

/** What lies within this of an edge may be noded with it. */
const REACH_DEG = 2 * GRID_STEP_DEG;

/**
 * The boxes, two grid steps wider, of the edges that only one of two sets of polygons has.
 *
 * An edge that a set has twice (a boundary between two of its polygons) counts like one that it has once. O(positions).
 */
export function boxesOfChangedEdges(before: FlatPolygons, after: FlatPolygons): LonLatBox[] {
	const room = (before.coordinates.length + after.coordinates.length) / 2;
	const places = new Places(room);
	const [was, is] = [new Joins(room), new Joins(room)];
	join(before, places, was);
	join(after, places, is, was);
	const { x, y, count } = places;
	const boxes: LonLatBox[] = [];
	const boxUnless = (other: Joins) => (a: number, b: number) => {
		if (other.has(a, b)) return;
		boxes.push({
			minLon: fromGridSteps(Math.min(x[a], x[b])) - REACH_DEG,
			maxLon: fromGridSteps(Math.max(x[a], x[b])) + REACH_DEG,
			minLat: fromGridSteps(Math.min(y[a], y[b])) - REACH_DEG,
			maxLat: fromGridSteps(Math.max(y[a], y[b])) + REACH_DEG,
		});
	};
	was.visitEdges(count, boxUnless(is));
	is.visitEdges(count, boxUnless(was));
	return boxes;
}

/** Notes the edges of polygons that have a length, past positions that are unusable. */
function join(polygons: FlatPolygons, places: Places, joins: Joins, guide?: Joins): void {
	const numbers = numberPlaces(polygons, places, guide);
	visitRingEdges(polygons, numbers, (a, b) => joins.add(a, b));
}
