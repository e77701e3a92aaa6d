import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { ellipsoidalRingAreaM2 } from '../area/ellipsoidal.ts';
import { snapToGrid } from '../grid.ts';
import { arrange } from '../arrangement/arrange.ts';
import { stretchOf } from './boundary-stretch.ts';
import type { Polyline } from '../arrangement/lines.ts';
import type { ReshapeSubject } from './reshape-subject.ts';
import { isSamePlace } from '../coverage/vertex.ts';

/** The vertices of a line, snapped to the grid. */
export function verticesOf(path: Polyline): LonLat[] {
	return Array.from({ length: path.length / 2 }, (_, i): LonLat => [
		snapToGrid(path[2 * i]),
		snapToGrid(path[2 * i + 1]),
	]);
}

/** The path from `ring.from` to `ring.to`, without repeated vertices. */
export function courseOf({ ring, isReversed }: ReshapeSubject, vertices: readonly LonLat[]): LonLat[] {
	const inner = vertices.slice(1, -1);
	if (isReversed) inner.reverse();
	const course = [ring.places[ring.from], ...inner, ring.places[ring.to]];
	return course.filter((place, i) => i === 0 || !isSamePlace(place, course[i - 1]));
}

/** The first place where a path comes to itself, null when it does not. */
export function findSelfCrossing(course: readonly LonLat[]): LonLat | null {
	const { halfEdges, coordinates } = arrange([], [coordinatesOf(course)]);
	const ends = [course[0], course[course.length - 1]];
	for (let node = 0; node + 1 < halfEdges.nodeOffsets.length; node++) {
		const at: LonLat = [coordinates[2 * node], coordinates[2 * node + 1]];
		const degree = halfEdges.nodeOffsets[node + 1] - halfEdges.nodeOffsets[node];
		const expected = ends.some((end) => isSamePlace(end, at)) ? 1 : 2;
		if (degree > 0 && degree !== expected) return at;
	}
	return null;
}

/** The ring of the ground between a path and the stretch that it replaces. */
export function sweptLoop(
	{ ring: { places, from, to }, isForward }: ReshapeSubject,
	course: readonly LonLat[],
): LonLat[] {
	const inner = course.slice(1, -1);
	const forward = [...stretchOf(places, from, to), ...inner.slice().reverse()];
	const backward = [...stretchOf(places, to, from), ...inner];
	if (isForward !== null) return isForward ? forward : backward;
	return ringAreaM2(forward) <= ringAreaM2(backward) ? forward : backward;
}

function ringAreaM2(ring: readonly LonLat[]): number {
	return Math.abs(ellipsoidalRingAreaM2(coordinatesOf(ring), 0, ring.length));
}

function coordinatesOf(places: readonly LonLat[]): Float64Array {
	const coordinates = new Float64Array(2 * places.length);
	places.forEach((place, i) => coordinates.set(place, 2 * i));
	return coordinates;
}

/** A ring as one feature of one polygon. */
export function polygonOf(ring: readonly LonLat[]): FlatPolygons {
	return {
		coordinates: coordinatesOf(ring),
		ringOffsets: Uint32Array.of(0, ring.length),
		polygonOffsets: Uint32Array.of(0, 1),
		featureOffsets: Uint32Array.of(0, 1),
	};
}
