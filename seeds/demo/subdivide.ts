import { between, chance } from './chance.ts';
import { ringAreaM2, ringCentroid } from './curve.ts';
import type { PointM, RingM } from './frame.ts';
import { crossingsOf, cutLane, cutRing, extentAlong, mainDirection } from './ring-cut.ts';
import type { LineM } from './ring-cut.ts';
import { cutStar } from './star.ts';

/** A cut that ends nearer than this to a corner goes through the corner. */
const CORNER_SNAP_M = 4;
const TRIES = 16;
const FAN_LOTS = 5;
/** No lot of a fan is smaller than this share of their mean. */
const LEAST_FAN = 0.4;
/** How far a dead end reaches into its block. */
const DEAD_END_SHARE = 0.6;

/** How a block is cut into lots. */
export interface LotRule {
	/** The size that cuts aim at, in m². */
	readonly targetM2: number;
	/** Chance turns a cut by up to this. */
	readonly skewRad: number;
	/** Width of a lane through the block, 0 for none. */
	readonly laneM: number;
	/** How often the lane is a dead end. */
	readonly deadEnds?: number;
	/** How often a block without a lane is shared out like a fan, five lots round a point. */
	readonly fans?: number;
}

/** The parts of a cut block. */
export interface Lots {
	readonly lots: readonly RingM[];
	readonly lanes: readonly RingM[];
}

/**
 * Cuts a block into lots by chords across its longer side, again and again, until lots are near their target size.
 *
 * Every cut ends on the ring or on an earlier cut (a T-junction). A part that no chord divides well stays whole. O(points · log lots).
 */
export function subdivide(block: RingM, rule: LotRule, seed: number, salt: number): Lots {
	const lanes: RingM[] = [];
	const lots: RingM[] = [];
	const fan = chance(seed, salt, 94) < (rule.fans ?? 0) ? cutFan(block, seed, salt) : null;
	if (fan) return { lots: fan, lanes };
	const pending: { ring: RingM; depth: number }[] = [];
	const lane = rule.laneM > 0 ? cutByLane(block, rule, seed, salt) : null;
	if (lane) lanes.push(...lane.lanes);
	for (const ring of lane?.rest ?? [block]) pending.push({ ring, depth: lane ? 1 : 0 });
	for (let part = pending.pop(); part; part = pending.pop()) {
		const areaM2 = ringAreaM2(part.ring);
		const limitM2 = rule.targetM2 * between(1.15, 1.9, seed, salt, lots.length, part.depth);
		const halves =
			areaM2 > limitM2 && part.depth < 12
				? halve(part.ring, rule, seed, salt, lots.length + 50 * part.depth)
				: null;
		if (!halves) lots.push(part.ring);
		else for (const ring of halves) pending.push({ ring, depth: part.depth + 1 });
	}
	return { lots, lanes };
}

/**
 * Cuts a corner of about `areaM2` off a ring: [the corner, the rest in one or two parts], or null when no cut divides the ring.
 */
export function cutCorner(ring: RingM, areaM2: number, seed: number, salt: number): [RingM, RingM[]] | null {
	const whole = ringAreaM2(ring);
	const share = Math.sqrt(areaM2 / whole);
	const first = cutAcross(ring, share, 0, between(0, 1, seed, salt, 1) < 0.5);
	if (!first) return null;
	const [strip, rest] = first;
	const fromEnd = between(0, 1, seed, salt, 2) < 0.5;
	// A strip as wide as long is cut the same way again: what lies beyond its second part would be cut off from the rest.
	const second = [fromEnd, !fromEnd]
		.map((end) => cutAcross(strip, Math.min(0.8, areaM2 / ringAreaM2(strip)), 0, end))
		.find((cut) => cut?.[1].some((point) => rest.includes(point)));
	return second ? [second[0], [second[1], rest]] : [strip, [rest]];
}

function halve(ring: RingM, rule: LotRule, seed: number, salt: number, k: number): readonly RingM[] | null {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		// Bent blocks that no cut across divides in two may take one lengthwise, or farther from the middle, or into more parts.
		const spread = attempt < 4 ? 0.12 : 0.3;
		const share = between(0.5 - spread, 0.5 + spread, seed, salt + 1, k, attempt);
		const turn = attempt < 4 ? 0 : ((attempt % 4) * Math.PI) / 4;
		const skew = turn + rule.skewRad * between(-1, 1, seed, salt + 2, k, attempt);
		const parts = cutRing(ring, crossLine(ring, share, skew, false), CORNER_SNAP_M);
		if (!parts || (attempt < 8 && parts.left.length + parts.right.length > 2)) continue;
		return [...parts.left, ...parts.right];
	}
	return null;
}

/** Five lots that meet in a point near the middle of a ring, or null when that leaves one much smaller. O(points). */
function cutFan(ring: RingM, seed: number, salt: number): readonly RingM[] | null {
	const turn = between(0, 2 * Math.PI, seed, salt, 95);
	const anglesRad = Array.from(
		{ length: FAN_LOTS },
		(_, k) => turn + ((k + between(-0.2, 0.2, seed, salt, 96, k)) / FAN_LOTS) * 2 * Math.PI,
	);
	const sectors = cutStar(ring, { centre: ringCentroid(ring), anglesRad }, 0)?.sectors ?? [];
	const leastM2 = (LEAST_FAN * ringAreaM2(ring)) / FAN_LOTS;
	return sectors.length > 0 && sectors.every((lot) => ringAreaM2(lot) > leastM2) ? sectors : null;
}

/** A lane across the block, or into it from one of its short sides; a dead end lies over the lots beside it. */
function cutByLane(
	block: RingM,
	rule: LotRule,
	seed: number,
	salt: number,
): { lanes: readonly RingM[]; rest: readonly RingM[] } | null {
	const skew = rule.skewRad * between(-0.6, 0.6, seed, salt, 92);
	if (chance(seed, salt, 93) < (rule.deadEnds ?? 0)) return cutDeadEnd(block, rule.laneM, skew);
	const line = crossLine(block, between(0.42, 0.58, seed, salt, 91), skew, false);
	const cut = cutLane(block, line, rule.laneM / 2);
	return cut?.rest.every((ring) => ringAreaM2(ring) > rule.targetM2 / 3) ? cut : null;
}

function cutDeadEnd(block: RingM, laneM: number, skew: number) {
	const line = crossLine(block, 0.5, Math.PI / 2 + skew, false);
	const halves = cutRing(block, line, CORNER_SNAP_M);
	const [from, to] = crossingsOf(block, line);
	if (halves?.left.length !== 1 || halves.right.length !== 1) return null;
	const [dx, dy] = line.direction;
	const at = (along: number, across: number): PointM => [
		line.point[0] + dx * along - dy * across,
		line.point[1] + dy * along + dx * across,
	];
	const end = from + DEAD_END_SHARE * (to - from);
	const half = laneM / 2;
	return {
		lanes: [[at(from - laneM, -half), at(end, -half), at(end, half), at(from - laneM, half)]],
		rest: [halves.left[0], halves.right[0]],
	};
}

/** Cuts a ring across its longer side (or its shorter) where the first part's share of the length is `share`. */
function cutAcross(ring: RingM, share: number, skewRad: number, fromEnd: boolean): [RingM, RingM] | null {
	const parts = cutRing(ring, crossLine(ring, share, skewRad, fromEnd), CORNER_SNAP_M);
	if (!parts || parts.left.length !== 1 || parts.right.length !== 1) return null;
	return fromEnd ? [parts.right[0], parts.left[0]] : [parts.left[0], parts.right[0]];
}

/** The line across a ring's longer side at a share of its length. */
function crossLine(ring: RingM, share: number, skewRad: number, fromEnd: boolean): LineM {
	const [ex, ey] = mainDirection(ring);
	const along = extentAlong(ring, [ex, ey]);
	const across = extentAlong(ring, [-ey, ex]);
	const isLong = along[1] - along[0] >= across[1] - across[0];
	const [ax, ay] = isLong ? [ex, ey] : [-ey, ex];
	const [low, high] = isLong ? along : across;
	const [mx, my] = ringCentroid(ring);
	const offset = low + (high - low) * (fromEnd ? share : 1 - share) - (mx * ax + my * ay);
	const cos = Math.cos(skewRad);
	const sin = Math.sin(skewRad);
	return {
		point: [mx + ax * offset, my + ay * offset],
		direction: [ay * cos + ax * sin, ay * sin - ax * cos],
	};
}
