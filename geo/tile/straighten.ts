import type { FlatPolygons } from '../flat-polygons.ts';

/** The largest zoom that tiles are made for. */
const DEEPEST_ZOOM = 18;
const EXTENT = 4096;
/** Tile units by which the map may bend an edge. */
const BEND_UNITS = 1 / 16;
const MOST_PIECES = 1024;
const RAD_PER_DEG = Math.PI / 180;

/**
 * Puts positions on edges that are straight in longitude/latitude but would bend on the Web Mercator map.
 *
 * A map draws the chord: an edge of a kilometre lies up to 17 mm beside it at 42° N, enough for a neighbour's vertex to come out on the wrong
 * side. With the positions the chords lie within a sixteenth of a tile unit at the zoom; the two sides of a shared edge get the
 * same ones. Degrees; the polygons themselves where nothing bends. O(positions).
 */
export function straightenForMap(polygons: FlatPolygons, zoom = DEEPEST_ZOOM): FlatPolygons {
	const limit = BEND_UNITS / (EXTENT * 2 ** zoom);
	const { coordinates, ringOffsets } = polygons;
	const straight: number[] = [];
	const offsets = new Uint32Array(ringOffsets.length);
	let done = 0;
	let added = 0;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const j = i + 1 < ringOffsets[r + 1] ? i + 1 : ringOffsets[r];
			const pieces = piecesOf(coordinates, i, j, limit);
			if (pieces === 1) continue;
			for (; done <= i; done++) straight.push(coordinates[2 * done], coordinates[2 * done + 1]);
			// Counted from one end whichever way the edge is run.
			const isForward =
				coordinates[2 * i] < coordinates[2 * j] ||
				(coordinates[2 * i] === coordinates[2 * j] && coordinates[2 * i + 1] < coordinates[2 * j + 1]);
			const [low, high] = isForward ? [i, j] : [j, i];
			for (let k = 1; k < pieces; k++) {
				const share = (isForward ? k : pieces - k) / pieces;
				for (const axis of [0, 1]) {
					const start = coordinates[2 * low + axis];
					straight.push(start + share * (coordinates[2 * high + axis] - start));
				}
			}
			added += pieces - 1;
		}
		offsets[r + 1] = ringOffsets[r + 1] + added;
	}
	if (added === 0) return polygons;
	for (; 2 * done < coordinates.length; done++)
		straight.push(coordinates[2 * done], coordinates[2 * done + 1]);
	return { ...polygons, coordinates: Float64Array.from(straight), ringOffsets: offsets };
}

/** Into how many pieces an edge goes so that none bends sideways by more than a limit in world units; the same from both ends. */
function piecesOf(coordinates: Float64Array, i: number, j: number, limit: number): number {
	const rise = (coordinates[2 * j + 1] - coordinates[2 * i + 1]) * RAD_PER_DEG;
	const run = (coordinates[2 * j] - coordinates[2 * i]) * RAD_PER_DEG;
	// Y″ = tan φ · sec φ / 2π of the map's y by latitude; a chord lies up to Δφ² · Y″ / 8 from its curve.
	if (!(rise * rise > 0.01 * limit) || run === 0) return 1;
	const lat = Math.max(Math.abs(coordinates[2 * i + 1]), Math.abs(coordinates[2 * j + 1])) * RAD_PER_DEG;
	const secant = 1 / Math.cos(lat);
	const bend = (rise * rise * Math.tan(lat) * secant) / (16 * Math.PI);
	const sideways = Math.abs(run) / Math.hypot(run, rise * secant);
	return bend * sideways > limit ? Math.min(MOST_PIECES, Math.ceil(Math.sqrt((bend * sideways) / limit))) : 1;
}
