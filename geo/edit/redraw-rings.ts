import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult } from './difference.ts';
import { redraw } from './redraw.ts';
import { refuse } from './refusal.ts';
import { lonsOf, placeKey } from '../coverage/vertex.ts';
import type { ShapesByNo } from '../coverage/vertex.ts';

/** Other vertices for some of a ring. */
export interface Rerouting {
	/** The vertices that have others in their place or after them; all others stay. */
	readonly vertices: Iterable<LonLat>;
	/** What comes in the place of such a vertex, given the next one of the ring. */
	readonly route: (at: LonLat, next: LonLat) => readonly LonLat[];
}

/**
 * Puts parcels with other vertices, but the same rings, into a coverage.
 *
 * Equal vertices in a row become one. Refuses `vertex.taken` where a ring would come to a vertex twice or keep fewer than three,
 * `vertex.pinches` where a parcel would get another number of parts or holes, and whatever `redraw` refuses. `at` is the place to point
 * at when there is no better one. O(edges of the parcels).
 */
export function redrawRings(
	coverage: Coverage,
	shapes: ShapesByNo,
	rerouting: Rerouting,
	at: LonLat,
): EditResult {
	const newShapes = new Map<number, FlatPolygons>();
	const mayBeAt = lonsOf([...rerouting.vertices]);
	for (const [parcelNo, shape] of shapes) {
		const { drawn, fresh } = reroute(shape, mayBeAt, rerouting.route);
		const mayBeFresh = lonsOf(fresh);
		for (let r = 0; r + 1 < drawn.ringOffsets.length; r++) {
			const twice = findRepeated(drawn, r, mayBeFresh);
			if (twice !== null || drawn.ringOffsets[r + 1] - drawn.ringOffsets[r] < 3)
				return refuse('vertex.taken', [parcelNo], twice ?? at);
		}
		newShapes.set(parcelNo, drawn);
	}
	const result = redraw(coverage, newShapes);
	if (!result.ok) return result;
	for (const [parcelNo, shape] of shapes) {
		const after = findShape(result.coverage, parcelNo);
		if (after === null || !hasSameParts(shape, after)) return refuse('vertex.pinches', [parcelNo], at);
	}
	return result;
}

/** The shape with some vertices rerouted, and the places that came in their place. */
function reroute(shape: FlatPolygons, mayBeAt: (lon: number) => boolean, route: Rerouting['route']) {
	const { coordinates, ringOffsets } = shape;
	const place = (i: number): LonLat => [coordinates[2 * i], coordinates[2 * i + 1]];
	const changes: { readonly position: number; readonly places: readonly LonLat[] }[] = [];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			if (!mayBeAt(coordinates[2 * i])) continue;
			changes.push({
				position: i,
				places: route(place(i), place(i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r])),
			});
		}
	}
	const fresh = changes.flatMap(({ places }) => places);
	const written = new Float64Array(coordinates.length + 2 * (fresh.length - changes.length));
	const ends = new Uint32Array(ringOffsets.length);
	let [out, next] = [0, 0];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const start = out;
		const put = ([lon, lat]: LonLat) => {
			if (out > start && written[out - 2] === lon && written[out - 1] === lat) return;
			written[out++] = lon;
			written[out++] = lat;
		};
		const copy = (from: number, end: number) => {
			if (from >= end) return;
			put(place(from));
			written.set(coordinates.subarray(2 * from + 2, 2 * end), out);
			out += 2 * (end - from - 1);
		};
		let from = ringOffsets[r];
		for (; next < changes.length && changes[next].position < ringOffsets[r + 1]; next++) {
			copy(from, changes[next].position);
			changes[next].places.forEach(put);
			from = changes[next].position + 1;
		}
		copy(from, ringOffsets[r + 1]);
		if (out > start + 2 && written[out - 2] === written[start] && written[out - 1] === written[start + 1])
			out -= 2;
		ends[r + 1] = out / 2;
	}
	return { drawn: { ...shape, coordinates: written.slice(0, out), ringOffsets: ends }, fresh };
}

/** The first place that a ring comes to a second time, null when there is none; only fresh places can be such. */
function findRepeated(
	{ coordinates, ringOffsets }: FlatPolygons,
	ring: number,
	mayBeFresh: (lon: number) => boolean,
): LonLat | null {
	const seen = new Set<string>();
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		if (!mayBeFresh(coordinates[2 * i])) continue;
		const place: LonLat = [coordinates[2 * i], coordinates[2 * i + 1]];
		const key = placeKey(place);
		if (seen.has(key)) return place;
		seen.add(key);
	}
	return null;
}

function hasSameParts(a: FlatPolygons, b: FlatPolygons): boolean {
	return a.polygonOffsets.length === b.polygonOffsets.length && a.ringOffsets.length === b.ringOffsets.length;
}
