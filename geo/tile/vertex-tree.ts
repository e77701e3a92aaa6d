import { radixOrder } from '../arrangement/radix-order.ts';

const FANOUT = 8;
const CELLS = 2 ** 16;

/**
 * A static index of points from which points can be taken out; searches pass over what is empty.
 *
 * Points lie in the order of a Z-curve, eight to a leaf, eight leaves to a node, and so on; every node has a box and a count.
 */
export class VertexTree {
	private readonly points: Uint32Array;
	private readonly placeOf: Uint32Array;
	private readonly xs: Float64Array;
	private readonly ys: Float64Array;
	private readonly isGone: Uint8Array;
	/** First node of each level, the leaves' first; the last level is the root. */
	private readonly levels: number[] = [0];
	private readonly boxes: Float64Array;
	private readonly counts: Uint32Array;

	/** Indexes points by number. O(points). */
	constructor(xs: Float64Array, ys: Float64Array) {
		const count = xs.length;
		this.xs = xs;
		this.ys = ys;
		this.isGone = new Uint8Array(count);
		this.points = radixOrder([curveKeys(xs, ys)], count);
		this.placeOf = new Uint32Array(count);
		for (let i = 0; i < count; i++) this.placeOf[this.points[i]] = i;
		for (let size = count; size > 1;) {
			size = Math.ceil(size / FANOUT);
			this.levels.push(this.levels[this.levels.length - 1] + size);
		}
		if (count === 1) this.levels.push(1);
		const nodes = this.levels[this.levels.length - 1];
		this.boxes = new Float64Array(4 * nodes);
		this.counts = new Uint32Array(nodes);
		for (let n = 0; n < nodes; n++) this.boxes.set([Infinity, Infinity, -Infinity, -Infinity], 4 * n);
		for (let i = 0; i < count; i++) {
			const x = xs[this.points[i]];
			const y = ys[this.points[i]];
			this.enclose(Math.floor(i / FANOUT), x, y, x, y, 1);
		}
		for (let level = 1; level + 1 < this.levels.length; level++) {
			for (let n = this.levels[level - 1]; n < this.levels[level]; n++) {
				const [minX, minY, maxX, maxY] = this.boxes.subarray(4 * n, 4 * n + 4);
				this.enclose(this.parent(n, level), minX, minY, maxX, maxY, this.counts[n]);
			}
		}
	}

	/** Takes a point out. O(log points). */
	remove(point: number): void {
		this.isGone[point] = 1;
		let node = Math.floor(this.placeOf[point] / FANOUT);
		for (let level = 1; level < this.levels.length; level++) {
			this.counts[node]--;
			node = this.parent(node, level);
		}
	}

	/** A point left in a box, sides included, of which `test` holds; −1 for none. Which of several depends on the points alone. */
	find(minX: number, minY: number, maxX: number, maxY: number, test: (point: number) => boolean): number {
		const top = this.levels.length - 2;
		return top < 0 ? -1 : this.search(this.levels[top], top, minX, minY, maxX, maxY, test);
	}

	private search(
		node: number,
		level: number,
		minX: number,
		minY: number,
		maxX: number,
		maxY: number,
		test: (point: number) => boolean,
	): number {
		const { boxes, xs, ys } = this;
		const b = 4 * node;
		if (this.counts[node] === 0) return -1;
		if (boxes[b] > maxX || boxes[b + 2] < minX || boxes[b + 1] > maxY || boxes[b + 3] < minY) return -1;
		const from = FANOUT * (node - this.levels[level]);
		if (level > 0) {
			const below = this.levels[level - 1];
			const to = Math.min(from + FANOUT, this.levels[level] - below);
			for (let i = from; i < to; i++) {
				const found = this.search(below + i, level - 1, minX, minY, maxX, maxY, test);
				if (found >= 0) return found;
			}
			return -1;
		}
		const to = Math.min(from + FANOUT, this.points.length);
		for (let i = from; i < to; i++) {
			const p = this.points[i];
			if (this.isGone[p] === 1 || xs[p] < minX || xs[p] > maxX || ys[p] < minY || ys[p] > maxY) continue;
			if (test(p)) return p;
		}
		return -1;
	}

	/** The node above one of level − 1. */
	private parent(node: number, level: number): number {
		return this.levels[level] + Math.floor((node - this.levels[level - 1]) / FANOUT);
	}

	private enclose(node: number, minX: number, minY: number, maxX: number, maxY: number, count: number): void {
		const { boxes } = this;
		const b = 4 * node;
		if (minX < boxes[b]) boxes[b] = minX;
		if (minY < boxes[b + 1]) boxes[b + 1] = minY;
		if (maxX > boxes[b + 2]) boxes[b + 2] = maxX;
		if (maxY > boxes[b + 3]) boxes[b + 3] = maxY;
		this.counts[node] += count;
	}
}

/** Places along a Z-curve through a square around the points. */
function curveKeys(xs: Float64Array, ys: Float64Array): Uint32Array {
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	for (let i = 0; i < xs.length; i++) {
		if (xs[i] < minX) minX = xs[i];
		if (xs[i] > maxX) maxX = xs[i];
		if (ys[i] < minY) minY = ys[i];
		if (ys[i] > maxY) maxY = ys[i];
	}
	const perCell = Math.max(maxX - minX, maxY - minY, 1) / (CELLS - 1);
	return Uint32Array.from(
		xs,
		(x, i) => (spaced((x - minX) / perCell) | (spaced((ys[i] - minY) / perCell) << 1)) >>> 0,
	);
}

/** Sixteen bits with a gap after each. */
function spaced(value: number): number {
	let bits = value & 0xffff;
	bits = (bits | (bits << 8)) & 0x00ff00ff;
	bits = (bits | (bits << 4)) & 0x0f0f0f0f;
	bits = (bits | (bits << 2)) & 0x33333333;
	return (bits | (bits << 1)) & 0x55555555;
}
