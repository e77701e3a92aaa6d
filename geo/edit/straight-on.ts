import { SLIVER_WIDTH_M } from '../check/check-limits.ts';
import type { CutOffRing } from './cut-off.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import { metresPerDegree } from '../arrangement/metres.ts';
import { lengthM, snapOnto, stepsOf } from '../arrangement/steps.ts';
import type { Steps } from '../arrangement/steps.ts';
import type { SweptGround } from './swept-ground.ts';
import { turn } from '../arrangement/turn.ts';

/** A boundary that has to follow: where two neighbours met on the old stretch, and where it shall meet the path. */
export interface Follower {
	readonly from: Steps;
	readonly to: Steps;
}

/** The direction of a boundary is taken over at least this length of it. */
export const DIRECTION_LENGTH_M = 1;

/** The boundary straight on from vertex i of a ring to the path, null where it would not meet that first. */
export function goStraightOn(
	ground: SweptGround,
	rings: readonly CutOffRing[],
	ring: CutOffRing,
	i: number,
): Follower | null {
	const node = ring.nodes[i];
	const start = findDirectionStart(ground, node);
	if (start === null) return null;
	const from = stepsOf(ground.arrangement, node);
	const [dx, dy] = [from[0] - start[0], from[1] - start[1]];
	const count = ring.nodes.length;
	const next = stepsOf(ground.arrangement, ring.nodes[(i + 1) % count]);
	const previous = stepsOf(ground.arrangement, ring.nodes[(i + count - 1) % count]);
	if (!isWithin(from, next, previous, [from[0] + dx, from[1] + dy])) return null;
	let nearest = Infinity;
	let hit: Follower | null = null;
	for (const { nodes, beyond } of rings) {
		for (let k = 0; k < nodes.length; k++) {
			const [p, q] = [nodes[k], nodes[(k + 1) % nodes.length]];
			if (p === node || q === node) continue;
			const [a, b] = [stepsOf(ground.arrangement, p), stepsOf(ground.arrangement, q)];
			const [ax, ay] = [a[0] - from[0], a[1] - from[1]];
			const [ex, ey] = [b[0] - a[0], b[1] - a[1]];
			const cross = dx * ey - dy * ex;
			const along = (ax * ey - ay * ex) / cross;
			const share = (ax * dy - ay * dx) / cross;
			if (!(along > 0 && along < nearest && share >= 0 && share <= 1)) continue;
			nearest = along;
			const vertex = vertexNear(ground, { nodes, beyond }, k, share);
			const to = vertex ?? (beyond[k] === 'path' ? snapOnto(a, b, share) : null);
			hit = to === null ? null : { from, to };
		}
	}
	return hit;
}

/** The vertex of the path, its ends included, that is no farther than a sliver is wide from a place on edge k; null when there is none. */
function vertexNear(
	ground: SweptGround,
	{ nodes, beyond }: CutOffRing,
	k: number,
	share: number,
): Steps | null {
	const count = nodes.length;
	const [a, b] = [stepsOf(ground.arrangement, nodes[k]), stepsOf(ground.arrangement, nodes[(k + 1) % count])];
	const length = lengthM(metresPerDegree(fromGridSteps(a[1])), a, b);
	const isOfPath = (at: number) =>
		beyond[at % count] === 'path' || beyond[(at + count - 1) % count] === 'path';
	if (share * length <= SLIVER_WIDTH_M && isOfPath(k)) return a;
	return (1 - share) * length <= SLIVER_WIDTH_M && isOfPath(k + 1) ? b : null;
}

/**
 * Where the boundary that comes to a node from outside the parcel comes from; null unless there is exactly one.
 *
 * At least DIRECTION_LENGTH_M back, unless it has a node before that: a vertex that noding put close by says nothing of its direction.
 */
function findDirectionStart(ground: SweptGround, node: number): Steps | null {
	const { arrangement, owner, isInner } = ground;
	const { leaving, nodeOffsets, origin } = arrangement.halfEdges;
	const { faceOf } = arrangement;
	const outward = [...leaving.subarray(nodeOffsets[node], nodeOffsets[node + 1])].filter(
		(half) =>
			isInner[faceOf[half]] === 0 &&
			isInner[faceOf[half ^ 1]] === 0 &&
			owner[faceOf[half]] !== owner[faceOf[half ^ 1]],
	);
	if (outward.length !== 1) return null;
	let [half] = outward;
	const from = stepsOf(ground.arrangement, node);
	const scale = metresPerDegree(fromGridSteps(from[1]));
	for (;;) {
		const end = origin[half ^ 1];
		const place = stepsOf(ground.arrangement, end);
		if (lengthM(scale, from, place) >= DIRECTION_LENGTH_M || end === node) return place;
		const [first, second, third] = leaving.subarray(nodeOffsets[end], nodeOffsets[end + 1]);
		if (second === undefined || third !== undefined) return place;
		half = first === (half ^ 1) ? second : first;
	}
}

/** Says whether a direction from a corner lies strictly between its arms, counter-clockwise from the first. */
function isWithin(corner: Steps, first: Steps, last: Steps, at: Steps): boolean {
	const side = (p: Steps, q: Steps) => turn(corner[0], corner[1], p[0], p[1], q[0], q[1]);
	return side(first, last) > 0
		? side(first, at) > 0 && side(at, last) > 0
		: side(first, at) > 0 || side(at, last) > 0;
}
