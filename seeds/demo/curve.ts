import type { PointM, RingM } from './frame.ts';

/** Points of the smooth curve (Catmull–Rom) through `controls`, about `stepM` apart; closed or open. O(points). */
export function smoothCurve(controls: readonly PointM[], stepM: number, closed: boolean): PointM[] {
	const count = controls.length;
	const at = (i: number): PointM =>
		controls[closed ? (i + count) % count : Math.min(count - 1, Math.max(0, i))];
	const points: PointM[] = [];
	const spans = closed ? count : count - 1;
	for (let i = 0; i < spans; i++) {
		const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
		const steps = Math.max(1, Math.round(Math.hypot(c[0] - b[0], c[1] - b[1]) / stepM));
		for (let k = 0; k < steps; k++) {
			const t = k / steps;
			points.push([hermite(a[0], b[0], c[0], d[0], t), hermite(a[1], b[1], c[1], d[1], t)]);
		}
	}
	if (!closed) points.push(controls[count - 1]);
	return points;
}

function hermite(a: number, b: number, c: number, d: number, t: number): number {
	const t2 = t * t;
	const t3 = t2 * t;
	return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t2 + (3 * b - a - 3 * c + d) * t3);
}

/**
 * The points of an open line moved sideways by `offsetM(k)` metres at its point k; positive is to the left.
 *
 * The line must bend more gently than the offset, as roads and rivers do. O(points).
 */
export function offsetLine(line: readonly PointM[], offsetM: (k: number) => number): PointM[] {
	return line.map((point, k) => {
		const before = line[Math.max(0, k - 1)];
		const after = line[Math.min(line.length - 1, k + 1)];
		const east = after[0] - before[0];
		const north = after[1] - before[1];
		const scale = offsetM(k) / Math.hypot(east, north);
		return [point[0] - north * scale, point[1] + east * scale];
	});
}

/**
 * A counter-clockwise ring with each corner moved outward by `byM` metres, across the line between its neighbours.
 *
 * The ring must bend more gently than the move, as outlines do. O(points).
 */
export function widenedRing(ring: RingM, byM: number): PointM[] {
	const count = ring.length;
	return offsetLine([ring[count - 1], ...ring, ring[0]], () => -byM).slice(1, -1);
}

/** Signed area in m² of an open ring in metres; counter-clockwise is positive. For sizing only. O(points). */
export function ringAreaM2(ring: RingM): number {
	let twice = 0;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		twice += (ring[j][0] - ring[0][0]) * (ring[i][1] - ring[0][1]);
		twice -= (ring[i][0] - ring[0][0]) * (ring[j][1] - ring[0][1]);
	}
	return twice / 2;
}

/** The centroid of a ring of non-zero area. O(points). */
export function ringCentroid(ring: RingM): PointM {
	let area = 0;
	let east = 0;
	let north = 0;
	const [x0, y0] = ring[0];
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const ax = ring[j][0] - x0;
		const ay = ring[j][1] - y0;
		const bx = ring[i][0] - x0;
		const by = ring[i][1] - y0;
		const cross = ax * by - bx * ay;
		area += cross;
		east += (ax + bx) * cross;
		north += (ay + by) * cross;
	}
	return [x0 + east / (3 * area), y0 + north / (3 * area)];
}

/** Says whether a point lies inside a ring (even-odd). O(points). */
export function isInside(ring: RingM, [east, north]: PointM): boolean {
	let inside = false;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const [ax, ay] = ring[i];
		const [bx, by] = ring[j];
		if (ay > north !== by > north && east < ((bx - ax) * (north - ay)) / (by - ay) + ax) inside = !inside;
	}
	return inside;
}

/** The least distance in metres from a point to a ring's edges. O(points). */
export function distanceToRingM(ring: RingM, point: PointM): number {
	let least = Infinity;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
		least = Math.min(least, squaredDistance(ring[j], ring[i], point));
	return Math.sqrt(least);
}

/** The least distance in metres from a point to an open line; infinite when it has no edge. O(points). */
export function distanceToLineM(line: readonly PointM[], point: PointM): number {
	let least = Infinity;
	for (let i = 1; i < line.length; i++) least = Math.min(least, squaredDistance(line[i - 1], line[i], point));
	return Math.sqrt(least);
}

function squaredDistance([ax, ay]: PointM, [bx, by]: PointM, [x, y]: PointM): number {
	const [dx, dy] = [bx - ax, by - ay];
	const [px, py] = [x - ax, y - ay];
	const length2 = dx * dx + dy * dy;
	const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
	return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}
