import { passesHotPixel } from '../arrangement/hot-pixel.ts';
import type { TileFrame } from './clip.ts';

/**
 * The sides of a tile's frame, snap-rounded with the edges that cross them: where one does is a hot pixel, as the frame's corners are.
 *
 * Whole units, y southwards. First all edges are noted, then routed; one that passes no hot pixel of a vertex but of its ends, and is routed
 * here, comes to cross neither another nor the frame but at pixels' centres.
 *
 * Source: Hobby 1999 (see `snap-round.ts`).
 */
export class FrameSides {
	/** x, y pairs of the route last found: pixels on the sides between the ends of an edge, in its direction. */
	readonly route: number[] = [];
	private found = 0;
	private readonly min: number;
	private readonly max: number;
	/** Where the hot pixels of each side lie along it: west, east (of x), north, south (of y); ascending once sorted. */
	private readonly along: number[][];
	private isSorted = true;

	constructor({ min, max }: TileFrame) {
		this.min = min;
		this.max = max;
		this.along = [0, 1, 2, 3].map(() => [min, max]);
	}

	/** Notes where an edge crosses the sides. */
	note(ax: number, ay: number, bx: number, by: number): void {
		const { min, max } = this;
		if (ax < min !== bx < min) this.noteSide(0, roundedDown(ay, by, min - ax, bx - ax));
		if (ax > max !== bx > max) this.noteSide(1, roundedDown(ay, by, max - ax, bx - ax));
		if (ay < min !== by < min) this.noteSide(2, -roundedDown(-ax, -bx, min - ay, by - ay));
		if (ay > max !== by > max) this.noteSide(3, -roundedDown(-ax, -bx, max - ay, by - ay));
	}

	/**
	 * Finds the hot pixels that an edge passes between its ends; leaves them in `route` and returns how many.
	 *
	 * O(log pixels + those near where it meets a side).
	 */
	findRoute(ax: number, ay: number, bx: number, by: number): number {
		if (!this.isSorted) this.sort();
		const { min, max } = this;
		this.found = 0;
		if (Math.min(ax, bx) <= min && Math.max(ax, bx) >= min) this.routeAcross(0, min, ax, ay, bx, by);
		if (Math.min(ax, bx) <= max && Math.max(ax, bx) >= max) this.routeAcross(1, max, ax, ay, bx, by);
		if (Math.min(ay, by) <= min && Math.max(ay, by) >= min) this.routeAcross(2, min, ax, ay, bx, by);
		if (Math.min(ay, by) <= max && Math.max(ay, by) >= max) this.routeAcross(3, max, ax, ay, bx, by);
		if (this.found > 1) this.sortRoute(bx - ax, by - ay);
		return this.found;
	}

	private noteSide(side: number, along: number): void {
		if (along < this.min || along > this.max) return;
		this.along[side].push(along);
		this.isSorted = false;
	}

	private sort(): void {
		for (let side = 0; side < 4; side++)
			this.along[side] = [...new Set(this.along[side])].sort((a, b) => a - b);
		this.isSorted = true;
	}

	/** Adds the pixels of one side, at `line` of its axis, that the edge passes. */
	private routeAcross(side: number, line: number, ax: number, ay: number, bx: number, by: number): void {
		const isUpright = side < 2;
		const along = this.along[side];
		const [a, b] = isUpright ? [ay, by] : [ax, bx];
		const [low, high] = stretchNear(line, isUpright ? ax : ay, a, isUpright ? bx : by, b);
		for (let i = firstFrom(along, low - 1); i < along.length && along[i] <= high + 1; i++) {
			const x = isUpright ? line : along[i];
			const y = isUpright ? along[i] : line;
			if ((x === ax && y === ay) || (x === bx && y === by)) continue;
			// Pixels are those of the lattice, north up.
			if (!passesHotPixel(ax, -ay, bx, -by, x, -y)) continue;
			this.route[2 * this.found] = x;
			this.route[2 * this.found++ + 1] = y;
		}
	}

	/** Puts the route in the edge's direction; a corner of the frame lies on two sides. */
	private sortRoute(dx: number, dy: number): void {
		const { route } = this;
		const places: [number, number][] = [];
		for (let i = 0; i < 2 * this.found; i += 2) places.push([route[i], route[i + 1]]);
		const signX = dx < 0 ? -1 : 1;
		const signY = dy < 0 ? -1 : 1;
		places.sort((p, q) => signX * (p[0] - q[0]) || signY * (p[1] - q[1]));
		this.found = 0;
		places.forEach(([x, y], k) => {
			if (k > 0 && x === places[k - 1][0] && y === places[k - 1][1]) return;
			route[2 * this.found] = x;
			route[2 * this.found++ + 1] = y;
		});
	}
}

/** The whole number nearest to a + (b − a) · part / whole, the lesser of two; exact, and the same from either end. */
function roundedDown(a: number, b: number, part: number, whole: number): number {
	const sign = whole < 0 ? -1 : 1;
	const denominator = 2 * sign * whole;
	const numerator = sign * (2 * a * whole + 2 * (b - a) * part);
	return Math.ceil((numerator - sign * whole) / denominator);
}

/** Between which values an edge runs where it is within half a unit of a line across. */
function stretchNear(line: number, acrossA: number, a: number, acrossB: number, b: number): [number, number] {
	const [low, high] = a < b ? [a, b] : [b, a];
	if (acrossA === acrossB) return [low, high];
	const slope = (b - a) / (acrossB - acrossA);
	const one = a + (line - 0.5 - acrossA) * slope;
	const other = a + (line + 0.5 - acrossA) * slope;
	return [Math.max(low, Math.min(one, other)), Math.min(high, Math.max(one, other))];
}

/** The first place of an ascending list that holds at least a value. O(log list). */
function firstFrom(list: readonly number[], value: number): number {
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (list[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}
