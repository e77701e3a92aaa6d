import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult } from './difference.ts';
import { redraw } from './redraw.ts';
import { refuse } from './refusal.ts';
import { placeKey } from '../coverage/vertex.ts';
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
	const lons = new Set(Array.from(rerouting.vertices, ([lon]) => lon));
	for (const [parcelNo, shape] of shapes) {
		const { drawn, fresh } = reroute(shape, lons, rerouting.route);
		for (let r = 0; r + 1 < drawn.ringOffsets.length; r++) {
			const twice = findRepeated(drawn, r, fresh);
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

/** The shape with its vertices of some longitudes rerouted, and the places that these came to. */
function reroute(shape: FlatPolygons, lons: ReadonlySet<number>, route: Rerouting['route']) {
	const { coordinates, ringOffsets } = shape;
	const written: number[] = [];
	const fresh: LonLat[] = [];
	const ends = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const start = written.length;
		const put = (lon: number, lat: number) => {
			const { length } = written;
			const isRepeated = length > start && written[length - 2] === lon && written[length - 1] === lat;
			if (!isRepeated) written.push(lon, lat);
		};
		const [from, end] = [ringOffsets[r], ringOffsets[r + 1]];
		for (let i = from; i < end; i++) {
			if (!lons.has(coordinates[2 * i])) {
				put(coordinates[2 * i], coordinates[2 * i + 1]);
				continue;
			}
			const next = i + 1 < end ? i + 1 : from;
			const places = route(
				[coordinates[2 * i], coordinates[2 * i + 1]],
				[coordinates[2 * next], coordinates[2 * next + 1]],
			);
			for (const place of places) put(...place);
			fresh.push(...places);
		}
		const [lon, lat] = written.slice(-2);
		if (written.length > start + 2 && lon === written[start] && lat === written[start + 1])
			written.length -= 2;
		ends[r + 1] = written.length / 2;
	}
	return { drawn: { ...shape, coordinates: Float64Array.from(written), ringOffsets: ends }, fresh };
}

/** The first place that a ring comes to a second time, null when there is none; only fresh places can be such. */
function findRepeated(
	{ coordinates, ringOffsets }: FlatPolygons,
	ring: number,
	fresh: readonly LonLat[],
): LonLat | null {
	const lons = new Set(fresh.map(([lon]) => lon));
	const seen = new Set<string>();
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		if (!lons.has(coordinates[2 * i])) continue;
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
