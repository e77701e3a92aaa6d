import type { RingBuffer } from './ring-buffer.ts';

/** Up to so many edges all pairs are compared. */
const FEW = 24;

/** Looks for edges of a feature's rings that cross, touch or overlap, other than at shared ends; the same buffers for every feature. */
export class TangleCheck {
	/** Edges as pixels, each from its western to its eastern end, and their boxes: west, north, east, south. */
	private west = new Int32Array(256);
	private east = new Int32Array(256);
	private boxes = new Int32Array(4 * 256);

	/** Says whether there are none. Exact. About O(edges) for rings of ordinary shape: edges are compared with those that begin before they end. */
	isUntangled(rings: RingBuffer, xs: Int32Array, ys: Int32Array): boolean {
		const count = this.collect(rings, xs, ys);
		if (count <= 3) return true;
		const { west, east, boxes } = this;
		const order = count > FEW ? this.byWest(count) : null;
		for (let i = 0; i < count; i++) {
			const e = order === null ? i : order[i];
			const minX = boxes[4 * e];
			const minY = boxes[4 * e + 1];
			const maxX = boxes[4 * e + 2];
			const maxY = boxes[4 * e + 3];
			for (let j = i + 1; j < count; j++) {
				const f = order === null ? j : order[j];
				if (boxes[4 * f] > maxX) {
					if (order !== null) break;
					continue;
				}
				if (boxes[4 * f + 1] > maxY || boxes[4 * f + 2] < minX || boxes[4 * f + 3] < minY) continue;
				if (isContact(west[e], east[e], west[f], east[f], xs, ys)) return false;
			}
		}
		return true;
	}

	private collect({ pixels, offsets, count, length }: RingBuffer, xs: Int32Array, ys: Int32Array): number {
		if (this.west.length < length) {
			this.west = new Int32Array(2 * length);
			this.east = new Int32Array(2 * length);
			this.boxes = new Int32Array(8 * length);
		}
		const { west, east, boxes } = this;
		let edges = 0;
		for (let r = 0; r < count; r++) {
			let last = pixels[offsets[r + 1] - 1];
			for (let i = offsets[r]; i < offsets[r + 1]; i++) {
				const pixel = pixels[i];
				const isEast = xs[last] < xs[pixel];
				const isSouth = ys[last] < ys[pixel];
				west[edges] = isEast ? last : pixel;
				east[edges] = isEast ? pixel : last;
				boxes[4 * edges] = isEast ? xs[last] : xs[pixel];
				boxes[4 * edges + 1] = isSouth ? ys[last] : ys[pixel];
				boxes[4 * edges + 2] = isEast ? xs[pixel] : xs[last];
				boxes[4 * edges + 3] = isSouth ? ys[pixel] : ys[last];
				edges++;
				last = pixel;
			}
		}
		return edges;
	}

	private byWest(count: number): Float64Array {
		// Sorted as numbers: the western end, then the edge.
		const keys = new Float64Array(count);
		for (let e = 0; e < count; e++) keys[e] = this.boxes[4 * e] * 2 ** 26 + e;
		keys.sort();
		for (let e = 0; e < count; e++) keys[e] -= Math.floor(keys[e] / 2 ** 26) * 2 ** 26;
		return keys;
	}
}

/** Says whether edges a–b and c–d meet elsewhere than at a shared end. */
function isContact(a: number, b: number, c: number, d: number, xs: Int32Array, ys: Int32Array): boolean {
	const ax = xs[a];
	const ay = ys[a];
	const abX = xs[b] - ax;
	const abY = ys[b] - ay;
	const c1 = abX * (ys[c] - ay) - abY * (xs[c] - ax);
	const d1 = abX * (ys[d] - ay) - abY * (xs[d] - ax);
	if (a === c || a === d || b === c || b === d) {
		// With one end in common they overlap when the others lie in one direction from it.
		if (c1 !== 0 || d1 !== 0) return false;
		const shared = a === c || a === d ? a : b;
		const p = shared === a ? b : a;
		const q = shared === c ? d : c;
		return (xs[p] - xs[shared]) * (xs[q] - xs[shared]) + (ys[p] - ys[shared]) * (ys[q] - ys[shared]) > 0;
	}
	if (c1 > 0 ? d1 > 0 : c1 < 0 && d1 < 0) return false;
	const cdX = xs[d] - xs[c];
	const cdY = ys[d] - ys[c];
	const a1 = cdX * (ay - ys[c]) - cdY * (ax - xs[c]);
	const b1 = cdX * (ys[b] - ys[c]) - cdY * (xs[b] - xs[c]);
	if (a1 > 0 ? b1 > 0 : a1 < 0 && b1 < 0) return false;
	// In one line they meet when their boxes do, and the caller saw that they do.
	return true;
}
