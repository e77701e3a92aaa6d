import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
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
 * Null when both have the same vertices. The earlier feature is snapped to the grid first. O(vertices log vertices + differing vertices ·
 * edges).
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
	for (const at of missingFrom(was, is)) farthest = farther(farthest, distanceM(at, after, afterFeature), at);
	for (const at of missingFrom(is, was))
		farthest = farther(farthest, distanceM(at, before, beforeFeature), at);
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

/** The distance of a place from the boundary of a feature; 0 when it has none. */
function distanceM([lon, lat]: LonLat, polygons: FlatPolygons, feature: number): number {
	const { coordinates: c, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const from = polygonOffsets[featureOffsets[feature]];
	const to = polygonOffsets[featureOffsets[feature + 1]];
	let nearest = Infinity;
	for (let r = from; r < to; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const byM = metresFromEdge(lon, lat, c[2 * j], c[2 * j + 1], c[2 * i], c[2 * i + 1]);
			if (byM < nearest) nearest = byM;
		}
	}
	return nearest === Infinity ? 0 : nearest;
}
