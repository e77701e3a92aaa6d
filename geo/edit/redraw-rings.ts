import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult } from './difference.ts';
import { toGridSteps } from '../arrangement/grid-position.ts';
import { redraw } from './redraw.ts';
import { refuse } from './refusal.ts';
import { Places } from '../arrangement/place-graph.ts';
import { isSamePlace, ringsOf, withRings } from '../coverage/vertex.ts';
import type { ShapesByNo } from '../coverage/vertex.ts';

/**
 * Puts parcels with other vertices, but the same rings, into a coverage.
 *
 * `reroute` is given each ring and gives its new vertices; equal ones in a row become one. Refuses `vertex.taken` where a ring would
 * come to a vertex twice or keep fewer than three, `vertex.pinches` where a parcel would get another number of parts or holes, and
 * whatever `redraw` refuses. `at` is the place to point at when there is no better one. O(edges of the parcels).
 */
export function redrawRings(
	coverage: Coverage,
	shapes: ShapesByNo,
	reroute: (ring: readonly LonLat[]) => LonLat[],
	at: LonLat,
): EditResult {
	const newShapes = new Map<number, FlatPolygons>();
	for (const [parcelNo, shape] of shapes) {
		const rings = ringsOf(shape).map((ring) => withoutRepeats(reroute(ring)));
		for (const ring of rings) {
			const twice = findRepeated(ring);
			if (twice !== null || ring.length < 3) return refuse('vertex.taken', [parcelNo], twice ?? at);
		}
		newShapes.set(parcelNo, withRings(shape, rings));
	}
	const result = redraw(coverage, newShapes);
	if (!result.ok) return result;
	for (const [parcelNo, shape] of shapes) {
		const after = findShape(result.coverage, parcelNo);
		if (after === null || !hasSameParts(shape, after)) return refuse('vertex.pinches', [parcelNo], at);
	}
	return result;
}

function withoutRepeats(ring: readonly LonLat[]): LonLat[] {
	return ring.filter((place, i) => !isSamePlace(place, ring[(i + 1) % ring.length]));
}

function findRepeated(ring: readonly LonLat[]): LonLat | null {
	const places = new Places(ring.length);
	for (const place of ring) {
		const seen = places.count;
		if (places.number(toGridSteps(place[0]), toGridSteps(place[1])) < seen) return place;
	}
	return null;
}

function hasSameParts(a: FlatPolygons, b: FlatPolygons): boolean {
	return a.polygonOffsets.length === b.polygonOffsets.length && a.ringOffsets.length === b.ringOffsets.length;
}
