import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { ownerOfEach } from '../arrangement/arrange.ts';
import { placeKey } from '../coverage/vertex.ts';

/**
 * Says whether two shapes differ by vertices alone that lie within one grid step of the other's edges.
 *
 * Rings are matched by the vertices that they share, wherever they start and in whatever order they are, and walked together: between two
 * vertices that both have, every other vertex must lie within a grid step of the other shape's line there.
 * O(vertices + stretch lengths squared).
 */
export function sameUpToNodes(a: FlatPolygons, b: FlatPolygons): boolean {
	if (a.ringOffsets.length !== b.ringOffsets.length) return false;
	if (a.polygonOffsets.length !== b.polygonOffsets.length) return false;
	const rings = matchRings(a, b);
	if (rings === null) return false;
	const polygonOf = ownerOfEach(b.polygonOffsets, b.ringOffsets.length - 1);
	for (let p = 0; p + 1 < a.polygonOffsets.length; p++) {
		const shell = rings[a.polygonOffsets[p]];
		const other = polygonOf[shell];
		if (shell !== b.polygonOffsets[other]) return false;
		if (a.polygonOffsets[p + 1] - a.polygonOffsets[p] !== b.polygonOffsets[other + 1] - shell) return false;
		for (let r = a.polygonOffsets[p]; r < a.polygonOffsets[p + 1]; r++) {
			if (polygonOf[rings[r]] !== other || !sameRing(openRing(a, r), openRing(b, rings[r]))) return false;
		}
	}
	return true;
}

/** For each ring of a the ring of b that shares most vertices with it, each taken once; null when there is none. */
function matchRings(a: FlatPolygons, b: FlatPolygons): number[] | null {
	const ringsAt = new Map<string, number[]>();
	for (let r = 0; r + 1 < b.ringOffsets.length; r++) {
		for (const at of openRing(b, r)) {
			const key = placeKey(at);
			const known = ringsAt.get(key);
			if (known === undefined) ringsAt.set(key, [r]);
			else known.push(r);
		}
	}
	const taken = new Set<number>();
	const matched: number[] = [];
	for (let r = 0; r + 1 < a.ringOffsets.length; r++) {
		const shares = new Map<number, number>();
		for (const at of openRing(a, r)) {
			for (const ring of ringsAt.get(placeKey(at)) ?? []) shares.set(ring, (shares.get(ring) ?? 0) + 1);
		}
		const [best] = [...shares]
			.filter(([ring]) => !taken.has(ring))
			.sort((x, y) => y[1] - x[1] || x[0] - y[0]);
		if (best === undefined) return null;
		taken.add(best[0]);
		matched.push(best[0]);
	}
	return matched;
}

function sameRing(p: readonly Position[], q: readonly Position[]): boolean {
	const placeInQ = new Map(q.map((at, i) => [placeKey(at), i]));
	const shared: [inP: number, inQ: number][] = [];
	for (let i = 0; i < p.length; i++) {
		const place = placeInQ.get(placeKey(p[i]));
		if (place === undefined) continue;
		const [first] = shared;
		// Places in q count on from the first one shared, so that they go round once.
		const along = first === undefined || place >= first[1] ? place : place + q.length;
		if (first !== undefined && along <= shared[shared.length - 1][1]) return false;
		shared.push([i, along]);
	}
	if (shared.length < 2) return false;
	shared.push([shared[0][0] + p.length, shared[0][1] + q.length]);
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
