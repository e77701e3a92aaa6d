import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { ownerOfEach } from '../arrangement/arrange.ts';
import { boxOf } from '../coverage/shape.ts';
import type { LonLatBox } from '../coverage/shape.ts';
import { placeKey } from '../coverage/vertex.ts';

/** How far, in degrees, a vertex may lie from the other shape's line between two common vertices with so many others between them. */
export type Reach = (nodes: number) => number;

/** A single edit puts a node within a grid step of the line. */
export const IN_ONE_EDIT: Reach = () => GRID_STEP_DEG;

/** A node moves a line by half a grid diagonal at most, and the next node is put on the moved line. */
const NODE_MOVES_DEG = GRID_STEP_DEG * Math.SQRT1_2;
/** Less than a millimetre: whoever moves a boundary moves it farther. */
const MOST_DEG = 64 * GRID_STEP_DEG;

/** Edits one after another may each have put nodes on the line. */
export const IN_MANY_EDITS: Reach = (nodes) =>
	Math.min(MOST_DEG, Math.max(GRID_STEP_DEG, nodes * NODE_MOVES_DEG));

/**
 * Says whether two shapes differ by vertices alone that lie within reach of the other's edges: a grid step, unless it is said otherwise.
 *
 * Rings are matched by the vertices that they share, wherever they start and in whatever order they are, and walked together: between two
 * vertices that both have, every other vertex must lie within reach of the other shape's line there.
 * O(vertices + stretch lengths squared); rings that are mostly the same, in the same order, are only compared where they differ.
 */
export function sameUpToNodes(a: FlatPolygons, b: FlatPolygons, reach: Reach = IN_ONE_EDIT): boolean {
	if (a.ringOffsets.length !== b.ringOffsets.length) return false;
	if (a.polygonOffsets.length !== b.polygonOffsets.length) return false;
	if (!areBoxesNear(boxOf(a), boxOf(b), 2 * reach((a.coordinates.length + b.coordinates.length) / 2)))
		return false;
	const inStep = stretchesInStep(a, b);
	if (inStep !== null) return inStep.every(([p, q]) => sameStretch(p, q, reach));
	const rings = matchRings(a, b);
	if (rings === null) return false;
	const polygonOf = ownerOfEach(b.polygonOffsets, b.ringOffsets.length - 1);
	for (let p = 0; p + 1 < a.polygonOffsets.length; p++) {
		const shell = rings[a.polygonOffsets[p]];
		const other = polygonOf[shell];
		if (shell !== b.polygonOffsets[other]) return false;
		if (a.polygonOffsets[p + 1] - a.polygonOffsets[p] !== b.polygonOffsets[other + 1] - shell) return false;
		for (let r = a.polygonOffsets[p]; r < a.polygonOffsets[p + 1]; r++) {
			if (polygonOf[rings[r]] !== other) return false;
			if (!sameRing(openRing(a, r), openRing(b, rings[r]), reach)) return false;
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

function areBoxesNear(a: LonLatBox, b: LonLatBox, mostDeg: number): boolean {
	return (['minLon', 'minLat', 'maxLon', 'maxLat'] as const).every(
		(side) => !(Math.abs(a[side] - b[side]) > mostDeg),
	);
}

/**
 * The stretches, from one common vertex to the next, between which rings of the same order differ; null where it is not plain that they are
 * each other's: those of which less than half is the same from the first vertex on and back from it.
 */
function stretchesInStep(a: FlatPolygons, b: FlatPolygons): [p: Position[], q: Position[]][] | null {
	if (!a.polygonOffsets.every((ring, p) => ring === b.polygonOffsets[p])) return null;
	const stretches: [Position[], Position[]][] = [];
	for (let r = 0; r + 1 < a.ringOffsets.length; r++) {
		const [p, q] = [a.ringOffsets[r], b.ringOffsets[r]];
		const [m, n] = [a.ringOffsets[r + 1] - p, b.ringOffsets[r + 1] - q];
		const isSame = (i: number, j: number) =>
			a.coordinates[2 * (p + i)] === b.coordinates[2 * (q + j)] &&
			a.coordinates[2 * (p + i) + 1] === b.coordinates[2 * (q + j) + 1];
		let head = 0;
		while (head < Math.min(m, n) && isSame(head, head)) head++;
		let tail = 0;
		while (head + tail < Math.min(m, n) && isSame(m - 1 - tail, n - 1 - tail)) tail++;
		if (head === 0 || 2 * (head + tail) <= Math.max(m, n)) return null;
		if (m === n && head === m) continue;
		stretches.push([stretchOf(a, r, head - 1, m - tail), stretchOf(b, r, head - 1, n - tail)]);
	}
	return stretches;
}

function sameRing(p: readonly Position[], q: readonly Position[], reach: Reach): boolean {
	const placeInQ = new Map(q.map((at, i) => [placeKey(at), i]));
	const first = p.findIndex((at) => placeInQ.has(placeKey(at)));
	const place = first < 0 ? undefined : placeInQ.get(placeKey(p[first]));
	if (place === undefined) return false;
	const round = (ring: readonly Position[], from: number) => [
		...ring.slice(from),
		...ring.slice(0, from + 1),
	];
	return sameStretch(round(p, first), round(q, place), reach, 1);
}

/** Says whether two lines from one common vertex to another are the same up to nodes and have at least so many vertices between in common. */
function sameStretch(p: readonly Position[], q: readonly Position[], reach: Reach, least = 0): boolean {
	const placeInQ = new Map<string, number>();
	for (let i = 1; i + 1 < q.length; i++) placeInQ.set(placeKey(q[i]), i);
	const shared: [inP: number, inQ: number][] = [[0, 0]];
	for (let i = 1; i + 1 < p.length; i++) {
		const place = placeInQ.get(placeKey(p[i]));
		if (place === undefined) continue;
		if (place <= shared[shared.length - 1][1]) return false;
		shared.push([i, place]);
	}
	if (shared.length <= least) return false;
	shared.push([p.length - 1, q.length - 1]);
	for (let s = 0; s + 1 < shared.length; s++) {
		const inP = p.slice(shared[s][0], shared[s + 1][0] + 1);
		const inQ = q.slice(shared[s][1], shared[s + 1][1] + 1);
		const mostDeg = reach(inP.length + inQ.length - 4);
		if (!isNear(inP, inQ, mostDeg) || !isNear(inQ, inP, mostDeg)) return false;
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

/** Positions from…to of a ring, both included; the first again where `to` is the length of the ring. */
function stretchOf(
	{ coordinates, ringOffsets }: FlatPolygons,
	ring: number,
	from: number,
	to: number,
): Position[] {
	const [start, end] = [ringOffsets[ring], ringOffsets[ring + 1]];
	return Array.from({ length: to - from + 1 }, (_, k) => {
		const i = start + from + k < end ? start + from + k : start;
		return [coordinates[2 * i], coordinates[2 * i + 1]] as const;
	});
}

function isNear(positions: readonly Position[], line: readonly Position[], mostDeg: number): boolean {
	for (let i = 1; i + 1 < positions.length; i++) {
		if (!line.some((end, k) => k > 0 && edgeOffsetDeg(positions[i], line[k - 1], end) <= mostDeg))
			return false;
	}
	return true;
}

/** How far a position lies from an edge, across it or beyond an end, whichever is more; degrees. */
export function edgeOffsetDeg([lon, lat]: Position, [aLon, aLat]: Position, [bLon, bLat]: Position): number {
	const dx = bLon - aLon;
	const dy = bLat - aLat;
	const ex = lon - aLon;
	const ey = lat - aLat;
	const length = Math.hypot(dx, dy);
	const across = Math.abs(dx * ey - dy * ex) / length;
	const along = (dx * ex + dy * ey) / length;
	return Math.max(across, -along, along - length);
}
