import type { CutOffPiece, CutOffRing } from './cut-off.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import type { Polyline } from '../arrangement/lines.ts';
import { metresPerDegree } from '../arrangement/metres.ts';
import { lengthM, lineOfSteps, snapOnto, stepsOf } from '../arrangement/steps.ts';
import type { Steps } from '../arrangement/steps.ts';
import { goStraightOn } from './straight-on.ts';
import type { Follower } from './straight-on.ts';
import type { SweptGround } from './swept-ground.ts';
import { turn } from '../arrangement/turn.ts';

/**
 * The lines by which the boundaries between neighbours follow from the old stretch to the path, through one piece of cut-off ground.
 *
 * Every such boundary goes straight on, to a vertex of the path if it comes within SLIVER_WIDTH_M of one. Where one cannot (several
 * boundaries come to its node, or it would not meet the path first), or two would meet, all of the piece go instead to the same share
 * of the path's length as they had of the old stretch's, in metres. Null where that is not possible either, because the path touches the
 * old stretch in between. Whether a line leaves the piece is for the caller to see. O(followers × edges of the piece).
 */
export function followBoundaries(
	ground: SweptGround,
	{ rings, neighbourNos }: CutOffPiece,
): Polyline[] | null {
	if (neighbourNos.size < 2) return [];
	const places = rings.flatMap((ring) => ring.nodes.map((_, i) => ({ ring, i }))).filter(isMeeting);
	const straight = places.map(({ ring, i }) => goStraightOn(ground, rings, ring, i));
	const isDone = straight.every((follower) => follower !== null);
	const followers =
		isDone && !doMeet(straight) ? straight : places.map(({ ring, i }) => keepShare(ground, ring, i));
	if (!followers.every((follower) => follower !== null)) return null;
	return followers.map(({ from, to }) => lineOfSteps(from, to));
}

/** Says whether two neighbours meet at a vertex of a ring. */
function isMeeting({ ring: { beyond }, i }: { readonly ring: CutOffRing; readonly i: number }): boolean {
	const before = beyond[(i + beyond.length - 1) % beyond.length];
	return typeof before === 'number' && typeof beyond[i] === 'number' && before !== beyond[i];
}

/** The same share of the path's edges as vertex i has of the rest of the ring; null where the path's edges are not in one run. */
function keepShare(ground: SweptGround, { nodes, beyond }: CutOffRing, i: number): Follower | null {
	const count = nodes.length;
	const scale = metresPerDegree(fromGridSteps(stepsOf(ground.arrangement, nodes[i])[1]));
	const edge = (k: number) =>
		[
			stepsOf(ground.arrangement, nodes[k % count]),
			stepsOf(ground.arrangement, nodes[(k + 1) % count]),
		] as const;
	const isStart = (k: number) => beyond[k] === 'path' && beyond[(k + count - 1) % count] !== 'path';
	const starts = nodes.map((_, k) => k).filter(isStart);
	if (starts.length !== 1) return null;
	const [start] = starts;
	let end = start;
	let pathM = 0;
	for (; beyond[end % count] === 'path'; end++) pathM += lengthM(scale, ...edge(end));
	let restM = 0;
	let doneM = 0;
	for (let k = end; k < start + count; k++) {
		if (k % count === i) doneM = restM;
		restM += lengthM(scale, ...edge(k));
	}
	// The ring comes back along the path.
	let leftM = (1 - doneM / restM) * pathM;
	for (let k = start; k < end; k++) {
		const [a, b] = edge(k);
		const length = lengthM(scale, a, b);
		if (leftM <= length || k + 1 === end) {
			const to = snapOnto(a, b, Math.min(1, leftM / length));
			return to === null ? null : { from: stepsOf(ground.arrangement, nodes[i]), to };
		}
		leftM -= length;
	}
	return null;
}

/** Says whether any two followers have a point in common other than where they meet the path. */
function doMeet(followers: readonly (Follower | null)[]): boolean {
	return followers.some((one, i) =>
		followers.slice(i + 1).some((other) => one !== null && other !== null && meet(one, other)),
	);
}

function meet(one: Follower, other: Follower): boolean {
	if (one.to[0] === other.to[0] && one.to[1] === other.to[1]) return false;
	const side = (line: Follower, at: Steps) =>
		Math.sign(turn(line.from[0], line.from[1], line.to[0], line.to[1], at[0], at[1]));
	return side(one, other.from) * side(one, other.to) <= 0 && side(other, one.from) * side(other, one.to) <= 0;
}
