import { ringAreaM2, ringCentroid } from './curve.ts';
import type { PointM, RingM } from './frame.ts';

/** An endless line, its left side to the left of its direction (a unit vector). */
export interface LineM {
	readonly point: PointM;
	readonly direction: PointM;
}

/** What a line leaves of a ring on either side. */
export interface Halves {
	readonly left: readonly RingM[];
	readonly right: readonly RingM[];
}

/** A line moved to its left. */
export function movedLine({ point: [x, y], direction }: LineM, byM: number): LineM {
	const [dx, dy] = direction;
	return { point: [x - dy * byM, y + dx * byM], direction };
}

/**
 * Cuts a simple counter-clockwise ring by a line, however often they cross; corners within `snapM` of the line are taken as on it.
 *
 * Returns null when the line misses the ring or runs along one of its edges. All parts together have every point of the ring and
 * of the cuts, so that they stay neighbours. O(points · crossings).
 */
export function cutRing(ring: RingM, line: LineM, snapM: number): Halves | null {
	const marked = crossingPoints(ring, line, snapM);
	if (!marked) return null;
	const { points, sides, crossings } = marked;
	let parts: number[][] = [points.map((_, i) => i)];
	for (let k = 0; k + 1 < crossings.length; k += 2) {
		const [a, b] = [crossings[k], crossings[k + 1]];
		parts = parts.flatMap((part) => {
			const [i, j] = [part.indexOf(a), part.indexOf(b)].sort((p, q) => p - q);
			if (i < 0) return [part];
			return [part.slice(i, j + 1), [...part.slice(j), ...part.slice(0, i + 1)]];
		});
	}
	const left: RingM[] = [];
	const right: RingM[] = [];
	for (const part of parts) {
		const side = part.map((i) => sides[i]).find((value) => value !== 0);
		if (part.length > 2 && side !== undefined) (side > 0 ? left : right).push(part.map((i) => points[i]));
	}
	return { left, right };
}

/** The ring's points with those where a line crosses it, and the crossings in order along the line. */
function crossingPoints(ring: RingM, { point, direction: [dx, dy] }: LineM, snapM: number) {
	const away = ring.map(([x, y]) => {
		const side = dx * (y - point[1]) - dy * (x - point[0]);
		return Math.abs(side) < snapM ? 0 : side;
	});
	const points: PointM[] = [];
	const sides: number[] = [];
	const crossings: number[] = [];
	for (let i = 0; i < ring.length; i++) {
		const next = (i + 1) % ring.length;
		if (away[i] === 0) {
			const before = away[(i + ring.length - 1) % ring.length];
			if (before === 0 || away[next] === 0) return null;
			if (before > 0 !== away[next] > 0) crossings.push(points.length);
			points.push(ring[i]);
			sides.push(0);
			continue;
		}
		points.push(ring[i]);
		sides.push(away[i]);
		if (away[i] * away[next] >= 0) continue;
		const t = away[i] / (away[i] - away[next]);
		crossings.push(points.length);
		points.push([
			ring[i][0] + (ring[next][0] - ring[i][0]) * t,
			ring[i][1] + (ring[next][1] - ring[i][1]) * t,
		]);
		sides.push(0);
	}
	if (crossings.length < 2 || crossings.length % 2 === 1) return null;
	const along = (i: number) => points[i][0] * dx + points[i][1] * dy;
	crossings.sort((a, b) => along(a) - along(b));
	return { points, sides, crossings };
}

/** Where a line crosses a ring, in metres along it from its point, ascending. O(points). */
export function crossingsOf(ring: RingM, { point: [px, py], direction: [dx, dy] }: LineM): number[] {
	const found: number[] = [];
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const a = dx * (ring[j][1] - py) - dy * (ring[j][0] - px);
		const b = dx * (ring[i][1] - py) - dy * (ring[i][0] - px);
		if (a > 0 === b > 0) continue;
		const t = a / (a - b);
		const x = ring[j][0] + (ring[i][0] - ring[j][0]) * t;
		const y = ring[j][1] + (ring[i][1] - ring[j][1]) * t;
		found.push((x - px) * dx + (y - py) * dy);
	}
	return found.sort((a, b) => a - b);
}

/** What a street along a line leaves of a ring. */
export interface LaneCut {
	readonly lanes: readonly RingM[];
	readonly rest: readonly RingM[];
}

/** Cuts a street of half width `halfM` along a line out of a ring, or null when a side of it cannot be cut. O(points · crossings). */
export function cutLane(ring: RingM, line: LineM, halfM: number): LaneCut | null {
	const snapM = Math.min(6, halfM / 3);
	const first = cutRing(ring, movedLine(line, halfM), snapM);
	if (!first) return null;
	const lanes: RingM[] = [];
	const rest: RingM[] = [...first.left];
	for (const part of first.right) {
		const second = cutRing(part, movedLine(line, -halfM), snapM);
		// A part beyond a bend of the ring may lie wholly on one side of the street's far edge.
		if (!second) {
			(isLeftOf(part, movedLine(line, -halfM)) ? lanes : rest).push(part);
			continue;
		}
		lanes.push(...second.left);
		rest.push(...second.right);
	}
	return lanes.length > 0 && rest.length > 0 ? { lanes, rest } : null;
}

function isLeftOf(ring: RingM, { point, direction: [dx, dy] }: LineM): boolean {
	const [x, y] = ringCentroid(ring);
	return dx * (y - point[1]) - dy * (x - point[0]) > 0;
}

/** The direction in which the edges of a ring, their angles fourfold, add up the longest: the way a block lies. O(points). */
export function mainDirection(ring: RingM): PointM {
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

/** The least and the greatest of the ring's points along a direction, in metres from the frame's origin. O(points). */
export function extentAlong(ring: RingM, [dx, dy]: PointM): [low: number, high: number] {
	let low = Infinity;
	let high = -Infinity;
	for (const [x, y] of ring) {
		const t = x * dx + y * dy;
		if (t < low) low = t;
		if (t > high) high = t;
	}
	return [low, high];
}

/**
 * Cuts back the convex corners of a ring at which two long sides meet, for sight at junctions: the ring, and the corners cut off.
 *
 * O(points).
 */
export function cutCorners(ring: RingM, backM: number): { ring: RingM; corners: readonly RingM[] } {
	const out: PointM[] = [];
	const corners: RingM[] = [];
	ring.forEach((at, i) => {
		const before = ring[(i + ring.length - 1) % ring.length];
		const after = ring[(i + 1) % ring.length];
		const [ax, ay] = [before[0] - at[0], before[1] - at[1]];
		const [bx, by] = [after[0] - at[0], after[1] - at[1]];
		const [a, b] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
		const sine = (bx * ay - by * ax) / (a * b);
		if (sine < 0.72 || a < 3 * backM || b < 3 * backM) {
			out.push(at);
			return;
		}
		const first: PointM = [at[0] + (ax / a) * backM, at[1] + (ay / a) * backM];
		const second: PointM = [at[0] + (bx / b) * backM, at[1] + (by / b) * backM];
		out.push(first, second);
		corners.push([first, at, second]);
	});
	return ringAreaM2(out) > 0 ? { ring: out, corners } : { ring, corners: [] };
}
