import { distanceToRingM, isInside, ringAreaM2 } from './curve.ts';
import type { PointM, RingM } from './frame.ts';

/** An arm with so much more ground than a street of its length and width has taken a bay of the ring with it. */
const MOST_GROUND = 1.4;

/** Streets that end in one point: two are a street with a bend, four an oblique crossing, five a star. */
export interface Star {
	readonly centre: PointM;
	/** The directions of the streets from the centre, counter-clockwise within one turn. */
	readonly anglesRad: readonly number[];
}

/** A ring cut by a star: arm k along its angle k, sector k between arms k and k + 1; all arms meet in the centre. */
export interface StarPieces {
	readonly arms: readonly StarArm[];
	readonly sectors: readonly RingM[];
}

/** One street of a star. */
export interface StarArm {
	readonly ring: RingM;
	/** The middle of its end on the cut ring. */
	readonly end: PointM;
	readonly direction: PointM;
	readonly lengthM: number;
}

/**
 * Cuts a simple counter-clockwise ring by the streets of a star, each as far as the first place where it meets the ring.
 *
 * With a half width of 0 there are no streets, and the sectors meet in the centre. Returns null when the centre lies outside or too
 * near to the ring, or a street would not be as wide as wanted all along. O(points · arms).
 */
export function cutStar(ring: RingM, { centre, anglesRad }: Star, halfM: number): StarPieces | null {
	const count = anglesRad.length;
	const corners = anglesRad.map((from, k): PointM => {
		const opening = k + 1 < count ? anglesRad[k + 1] - from : anglesRad[0] + 2 * Math.PI - from;
		const awayM = halfM / Math.sin(opening / 2);
		const middle = from + opening / 2;
		return [centre[0] + awayM * Math.cos(middle), centre[1] + awayM * Math.sin(middle)];
	});
	const reachM = Math.max(...corners.map(([x, y]) => Math.hypot(x - centre[0], y - centre[1])));
	if (!isInside(ring, centre) || distanceToRingM(ring, centre) <= 2 * reachM) return null;
	const directions = anglesRad.map((angle): PointM => [Math.cos(angle), Math.sin(angle)]);
	const hits = directions.flatMap((direction, k) => [
		firstHit(ring, corners[(k + count - 1) % count], direction),
		firstHit(ring, corners[k], direction),
	]);
	if (!hits.every((hit) => hit !== null)) return null;
	const points: PointM[] = [];
	const at = new Int32Array(hits.length);
	ring.forEach((point, edge) => {
		points.push(point);
		const onEdge = hits.flatMap((hit, h) => (hit.edge === edge ? [{ ...hit, h }] : []));
		for (const { point: met, h } of onEdge.sort((a, b) => a.share - b.share)) at[h] = points.push(met) - 1;
	});
	if (!isOneTurn(at)) return null;
	const between = (from: number, to: number) =>
		from < to ? points.slice(from, to + 1) : [...points.slice(from), ...points.slice(0, to + 1)];
	const sectors = corners.map((corner, k) => [
		corner,
		...between(at[2 * k + 1], at[(2 * k + 2) % at.length]),
	]);
	if (halfM === 0) return { arms: [], sectors };
	const arms = directions.map((direction, k): StarArm => {
		const [right, left] = [hits[2 * k].point, hits[2 * k + 1].point];
		const end: PointM = [(right[0] + left[0]) / 2, (right[1] + left[1]) / 2];
		return {
			ring: [centre, corners[(k + count - 1) % count], ...between(at[2 * k], at[2 * k + 1]), corners[k]],
			end,
			direction,
			lengthM: Math.hypot(end[0] - centre[0], end[1] - centre[1]),
		};
	});
	const isStreet = arms.every((arm) => ringAreaM2(arm.ring) < MOST_GROUND * 2 * halfM * arm.lengthM);
	return isStreet ? { arms, sectors } : null;
}

/** Where a ray first meets a ring: the edge by its first point, and how far along it. */
function firstHit(ring: RingM, [x, y]: PointM, [dx, dy]: PointM) {
	let nearest: { edge: number; share: number; point: PointM } | null = null;
	let least = Infinity;
	for (let edge = 0; edge < ring.length; edge++) {
		const [[ax, ay], [bx, by]] = [ring[edge], ring[(edge + 1) % ring.length]];
		const a = dx * (ay - y) - dy * (ax - x);
		const b = dx * (by - y) - dy * (bx - x);
		if (a > 0 === b > 0) continue;
		const share = a / (a - b);
		const point: PointM = [ax + (bx - ax) * share, ay + (by - ay) * share];
		const farM = (point[0] - x) * dx + (point[1] - y) * dy;
		if (farM <= 0 || farM >= least) continue;
		least = farM;
		nearest = { edge, share, point };
	}
	return nearest;
}

/** Says whether places on a ring follow each other within one turn of it. */
function isOneTurn(at: Int32Array): boolean {
	let falls = 0;
	for (let h = 0; h < at.length; h++) if (at[(h + 1) % at.length] <= at[h]) falls++;
	return falls === 1;
}
