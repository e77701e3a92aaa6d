import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';

/**
 * Says whether two shapes differ by vertices alone that lie within one grid step of the other's edges.
 *
 * Both written as in a coverage (rings from their smallest vertex). Rings are walked together: between two vertices that both have,
 * every other vertex must lie within a grid step of the other shape's line there. O(vertices + stretch lengths squared).
 */
export function sameUpToNodes(a: FlatPolygons, b: FlatPolygons): boolean {
	if (a.featureOffsets.length !== b.featureOffsets.length) return false;
	if (!a.featureOffsets.every((p, f) => p === b.featureOffsets[f])) return false;
	if (a.polygonOffsets.length !== b.polygonOffsets.length) return false;
	if (!a.polygonOffsets.every((r, p) => r === b.polygonOffsets[p])) return false;
	for (let r = 0; r + 1 < a.ringOffsets.length; r++) if (!sameRing(a, b, r)) return false;
	return true;
}

function sameRing(a: FlatPolygons, b: FlatPolygons, ring: number): boolean {
	const p = openRing(a, ring);
	const q = openRing(b, ring);
	const placeInQ = new Map<string, number>();
	q.forEach(([lon, lat], i) => placeInQ.set(`${lon} ${lat}`, i));
	const shared: [number, number][] = [];
	let last = -1;
	for (let i = 0; i < p.length; i++) {
		const place = placeInQ.get(`${p[i][0]} ${p[i][1]}`);
		if (place === undefined) continue;
		if (place < last) return false;
		shared.push([i, place]);
		last = place;
	}
	if (shared.length < 2 || shared[0][0] !== 0 || shared[0][1] !== 0) return false;
	shared.push([p.length, q.length]);
	for (let s = 0; s + 1 < shared.length; s++) {
		const inP = stretch(p, shared[s][0], shared[s + 1][0]);
		const inQ = stretch(q, shared[s][1], shared[s + 1][1]);
		if (!isNear(inP, inQ) || !isNear(inQ, inP)) return false;
	}
	return true;
}

type Position = readonly [number, number];

function openRing({ coordinates, ringOffsets }: FlatPolygons, ring: number): Position[] {
	const positions: Position[] = [];
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		positions.push([coordinates[2 * i], coordinates[2 * i + 1]]);
	}
	return positions;
}

/** Positions from…to of a ring, both included, going round. */
function stretch(ring: readonly Position[], from: number, to: number): Position[] {
	return Array.from({ length: to - from + 1 }, (_, i) => ring[(from + i) % ring.length]);
}

function isNear(positions: readonly Position[], line: readonly Position[]): boolean {
	for (let i = 1; i + 1 < positions.length; i++) {
		if (!line.some((end, k) => k > 0 && isNearEdge(positions[i], line[k - 1], end))) return false;
	}
	return true;
}

/** Says whether a position is within a grid step of an edge, across it and along it. */
function isNearEdge([lon, lat]: Position, [aLon, aLat]: Position, [bLon, bLat]: Position): boolean {
	const dx = bLon - aLon;
	const dy = bLat - aLat;
	const ex = lon - aLon;
	const ey = lat - aLat;
	const length = Math.hypot(dx, dy);
	const across = Math.abs(dx * ey - dy * ex) / length;
	const along = (dx * ex + dy * ey) / length;
	return across <= GRID_STEP_DEG && along >= -GRID_STEP_DEG && along <= length + GRID_STEP_DEG;
}
