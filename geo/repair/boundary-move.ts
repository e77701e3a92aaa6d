import Flatbush from 'flatbush';
import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import { isUsablePosition, LARGEST_LON_DEG } from '../arrangement/grid-position.ts';
import { metresBetween, metresFromEdge } from '../arrangement/metres.ts';

/** The farthest that something moved and where that is. */
export interface Move {
	readonly byM: number;
	readonly at: LonLat;
}

/** The farthest that snapping to the grid moved a vertex of a feature; null when all lie on it. O(its positions). */
export function snapMove(polygons: FlatPolygons, feature: number): Move | null {
	const { coordinates } = polygons;
	let farthest: Move | null = null;
	for (const i of positionsOf(polygons, feature)) {
		const lon = coordinates[2 * i];
		const lat = coordinates[2 * i + 1];
		if (!isUsablePosition(lon, lat)) continue;
		const [toLon, toLat] = [snapToGrid(lon), snapToGrid(lat)];
		if (toLon === lon && toLat === lat) continue;
		farthest = farther(farthest, metresBetween(lon, lat, toLon, toLat), [toLon, toLat]);
	}
	return farthest;
}

/**
 * How far a boundary moved: the largest distance of a vertex that only one of two features has from the other one's boundary.
 *
 * Null when both have the same vertices. The earlier feature is snapped to the grid first. O(vertices log vertices).
 */
export function boundaryMove(
	before: FlatPolygons,
	beforeFeature: number,
	after: FlatPolygons,
	afterFeature: number,
): Move | null {
	const was = sortedPositions(before, beforeFeature);
	const is = sortedPositions(after, afterFeature);
	let farthest: Move | null = null;
	for (const [missing, polygons, feature] of [
		[missingFrom(was, is), after, afterFeature],
		[missingFrom(is, was), before, beforeFeature],
	] as const) {
		if (missing.length === 0) continue;
		const distanceM = distancesFrom(polygons, feature);
		for (const at of missing) farthest = farther(farthest, distanceM(at), at);
	}
	return farthest;
}

function farther(known: Move | null, byM: number, at: LonLat): Move {
	if (known === null || byM > known.byM) return { byM, at };
	const isSmaller = at[0] < known.at[0] || (at[0] === known.at[0] && at[1] < known.at[1]);
	return byM === known.byM && isSmaller ? { byM, at } : known;
}

function positionsOf(
	{ ringOffsets, polygonOffsets, featureOffsets }: FlatPolygons,
	feature: number,
): number[] {
	const from = ringOffsets[polygonOffsets[featureOffsets[feature]]];
	const to = ringOffsets[polygonOffsets[featureOffsets[feature + 1]]];
	return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** The usable vertices of a feature on the grid, ascending by (lon, lat), each once. */
function sortedPositions(polygons: FlatPolygons, feature: number): LonLat[] {
	const { coordinates } = polygons;
	const sorted = positionsOf(polygons, feature)
		.map((i): LonLat => [snapToGrid(coordinates[2 * i]), snapToGrid(coordinates[2 * i + 1])])
		.filter(([lon, lat]) => isUsablePosition(lon, lat))
		.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
	return sorted.filter((at, i) => i === 0 || at[0] !== sorted[i - 1][0] || at[1] !== sorted[i - 1][1]);
}

/** Those of `some` that are not among `others`; both ascending. */
function missingFrom(some: readonly LonLat[], others: readonly LonLat[]): LonLat[] {
	let i = 0;
	return some.filter(([lon, lat]) => {
		while (i < others.length && (others[i][0] < lon || (others[i][0] === lon && others[i][1] < lat))) i++;
		return i === others.length || others[i][0] !== lon || others[i][1] !== lat;
	});
}

/** Features of fewer edges are looked through one by one. */
const FEW_EDGES = 64;

/** How far round a place its nearest edge is looked for first, in degrees: a centimetre. */
const FIRST_REACH_DEG = 1e-7;

/** Measures distances from the boundary of a feature, 0 when it has none. O(edges), then O(log edges) each for near places. */
function distancesFrom(polygons: FlatPolygons, feature: number): (at: LonLat) => number {
	const { coordinates: c, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const starts: number[] = [];
	const ends: number[] = [];
	for (
		let r = polygonOffsets[featureOffsets[feature]];
		r < polygonOffsets[featureOffsets[feature + 1]];
		r++
	) {
		for (let i = ringOffsets[r], j = ringOffsets[r + 1] - 1; i < ringOffsets[r + 1]; j = i++) {
			starts.push(2 * j);
			ends.push(2 * i);
		}
	}
	const distance = ([lon, lat]: LonLat, edge: number) =>
		metresFromEdge(lon, lat, c[starts[edge]], c[starts[edge] + 1], c[ends[edge]], c[ends[edge] + 1]);
	const leastOf = (at: LonLat, edges: Iterable<number>) => {
		let nearest = Infinity;
		for (const edge of edges) nearest = Math.min(nearest, distance(at, edge));
		return nearest;
	};
	if (starts.length === 0) return () => 0;
	if (starts.length < FEW_EDGES) return (at) => leastOf(at, starts.keys());
	const index = new Flatbush(starts.length);
	for (let e = 0; e < starts.length; e++) {
		const [a, b] = [starts[e], ends[e]];
		index.add(
			Math.min(c[a], c[b]),
			Math.min(c[a + 1], c[b + 1]),
			Math.max(c[a], c[b]),
			Math.max(c[a + 1], c[b + 1]),
		);
	}
	index.finish();
	return (at) => {
		for (let reach = FIRST_REACH_DEG; reach < 2 * LARGEST_LON_DEG; reach *= 8) {
			const [lon, lat] = at;
			const nearest = leastOf(at, index.search(lon - reach, lat - reach, lon + reach, lat + reach));
			// A square of degrees holds a circle of as many metres as its narrower half is long.
			if (nearest <= metresBetween(lon, lat, lon + reach, lat)) return nearest;
		}
		return leastOf(at, starts.keys());
	};
}
