import { between } from './chance.ts';
import { ringAreaM2, ringCentroid } from './curve.ts';
import type { PointM, RingM } from './frame.ts';

/** A cut that ends nearer than this to a corner goes through the corner. */
const CORNER_SNAP_M = 6;
const TRIES = 16;

/** How a block is cut into lots. */
export interface LotRule {
	/** The size that cuts aim at, in m². */
	readonly targetM2: number;
	/** Chance turns a cut by up to this. */
	readonly skewRad: number;
	/** Width of the first cut as a lane, 0 for none. */
	readonly laneM: number;
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
	const pending: { ring: RingM; depth: number }[] = [];
	const lane = rule.laneM > 0 ? cutLane(block, rule, seed, salt) : null;
	if (lane) {
		lanes.push(lane.lane);
		pending.push({ ring: lane.first, depth: 1 }, { ring: lane.second, depth: 1 });
	} else pending.push({ ring: block, depth: 0 });
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
	const second = cutAcross(
		strip,
		Math.min(0.8, areaM2 / ringAreaM2(strip)),
		0,
		between(0, 1, seed, salt, 2) < 0.5,
	);
	return second ? [second[0], [second[1], rest]] : [strip, [rest]];
}

function halve(ring: RingM, rule: LotRule, seed: number, salt: number, k: number): [RingM, RingM] | null {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		// Bent blocks that no cut across divides once may take one lengthwise, or farther from the middle.
		const spread = attempt < 4 ? 0.12 : 0.3;
		const share = between(0.5 - spread, 0.5 + spread, seed, salt + 1, k, attempt);
		const turn = attempt < 4 ? 0 : ((attempt % 4) * Math.PI) / 4;
		const skew = turn + rule.skewRad * between(-1, 1, seed, salt + 2, k, attempt);
		const parts = cutAcross(ring, share, skew, false);
		if (parts) return parts;
	}
	return null;
}

function cutLane(
	ring: RingM,
	rule: LotRule,
	seed: number,
	salt: number,
): { lane: RingM; first: RingM; second: RingM } | null {
	const share = between(0.42, 0.58, seed, salt, 91);
	const skew = rule.skewRad * between(-0.6, 0.6, seed, salt, 92);
	const line = crossLine(ring, share, skew, false);
	const sides = cutByLine(ring, line.point, line.direction);
	if (!sides) return null;
	const [dx, dy] = line.direction;
	const moved: PointM = [line.point[0] - dy * rule.laneM, line.point[1] + dx * rule.laneM];
	const parts = cutByLine(sides[0], moved, line.direction);
	if (!parts || ringAreaM2(parts[0]) < rule.targetM2 / 3) return null;
	return { lane: parts[1], first: parts[0], second: sides[1] };
}

/** Cuts a ring across its longer side (or its shorter) where the first part's share of the length is `share`. */
function cutAcross(ring: RingM, share: number, skewRad: number, fromEnd: boolean): [RingM, RingM] | null {
	const { point, direction } = crossLine(ring, share, skewRad, fromEnd);
	const parts = cutByLine(ring, point, direction);
	return parts && fromEnd ? [parts[1], parts[0]] : parts;
}

function crossLine(
	ring: RingM,
	share: number,
	skewRad: number,
	fromEnd: boolean,
): { point: PointM; direction: PointM } {
	const [ex, ey] = longestDirection(ring);
	const centre = ringCentroid(ring);
	const along = extent(ring, centre, ex, ey);
	const across = extent(ring, centre, -ey, ex);
	const [ax, ay, range] = along[1] - along[0] >= across[1] - across[0] ? [ex, ey, along] : [-ey, ex, across];
	const offset = range[0] + (range[1] - range[0]) * (fromEnd ? share : 1 - share);
	const cos = Math.cos(skewRad);
	const sin = Math.sin(skewRad);
	return {
		point: [centre[0] + ax * offset, centre[1] + ay * offset],
		direction: [ay * cos + ax * sin, ay * sin - ax * cos],
	};
}

/** The direction in which the edges of a ring, their angles fourfold, add up the longest: the way a block lies. */
function longestDirection(ring: RingM): PointM {
	let x = 0;
	let y = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const dx = ring[i][0] - ring[j][0];
		const dy = ring[i][1] - ring[j][1];
		const length = Math.hypot(dx, dy);
		const angle = 4 * Math.atan2(dy, dx);
		x += length * Math.cos(angle);
		y += length * Math.sin(angle);
	}
	const angle = Math.atan2(y, x) / 4;
	return [Math.cos(angle), Math.sin(angle)];
}

function extent(ring: RingM, [cx, cy]: PointM, dx: number, dy: number): [number, number] {
	let low = Infinity;
	let high = -Infinity;
	for (const [x, y] of ring) {
		const t = (x - cx) * dx + (y - cy) * dy;
		if (t < low) low = t;
		if (t > high) high = t;
	}
	return [low, high];
}

/** Cuts a simple ring by a line that crosses it exactly twice: [left part, right part], or null. Ends snap to near corners. */
function cutByLine(ring: RingM, point: PointM, [dx, dy]: PointM): [RingM, RingM] | null {
	const sides = ring.map(([x, y]) => dx * (y - point[1]) - dy * (x - point[0]));
	for (let i = 0; i < sides.length; i++) if (Math.abs(sides[i]) < CORNER_SNAP_M) sides[i] = 0;
	const left: PointM[] = [];
	const right: PointM[] = [];
	let crossings = 0;
	for (let i = 0; i < ring.length; i++) {
		const j = (i + 1) % ring.length;
		const before = sides[(i + ring.length - 1) % ring.length];
		if (sides[i] === 0) {
			if (before === 0 || sides[j] === 0) return null;
			left.push(ring[i]);
			right.push(ring[i]);
			if (before > 0 !== sides[j] > 0) crossings++;
			else return null;
			continue;
		}
		(sides[i] > 0 ? left : right).push(ring[i]);
		if (sides[i] * sides[j] >= 0) continue;
		const t = sides[i] / (sides[i] - sides[j]);
		const cut: PointM = [
			ring[i][0] + (ring[j][0] - ring[i][0]) * t,
			ring[i][1] + (ring[j][1] - ring[i][1]) * t,
		];
		left.push(cut);
		right.push(cut);
		crossings++;
	}
	return crossings === 2 ? [left, right] : null;
}
