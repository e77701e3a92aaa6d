import type { EdgeBands } from './edge-bands.ts';
import type { RingBuffer } from './ring-buffer.ts';

/** Says whether no edges of a feature's rings cross, touch or overlap, other than at shared ends. Exact. About O(edges) when they are short. */
export function isUntangled(bands: EdgeBands, xs: Int32Array, ys: Int32Array): boolean {
	if (bands.count <= 3) return true;
	const { from, to, boxes, listed, offsets, bandCount, isSorted } = bands;
	for (let band = 0; band < bandCount; band++) {
		const end = offsets[band + 1];
		for (let i = offsets[band]; i < end; i++) {
			const e = listed[i];
			const minX = boxes[4 * e];
			const minY = boxes[4 * e + 1];
			const maxX = boxes[4 * e + 2];
			const maxY = boxes[4 * e + 3];
			for (let j = i + 1; j < end; j++) {
				const f = listed[j];
				if (boxes[4 * f] > maxX) {
					if (isSorted) break;
					continue;
				}
				if (boxes[4 * f + 1] > maxY || boxes[4 * f + 2] < minX || boxes[4 * f + 3] < minY) continue;
				if (isContact(from[e], to[e], from[f], to[f], xs, ys)) return false;
			}
		}
	}
	return true;
}

/** Says whether rings are one that turns to one side only, once round: it is then simple. The pixels of a ring are distinct. O(pixels). */
export function isConvex({ pixels, count, length }: RingBuffer, xs: Int32Array, ys: Int32Array): boolean {
	if (count !== 1) return false;
	let turnsBack = 0;
	let dx = xs[pixels[0]] - xs[pixels[length - 1]];
	let dy = ys[pixels[0]] - ys[pixels[length - 1]];
	for (let i = 0; i < length; i++) {
		const next = i + 1 < length ? i + 1 : 0;
		const nextX = xs[pixels[next]] - xs[pixels[i]];
		const nextY = ys[pixels[next]] - ys[pixels[i]];
		const cross = dx * nextY - dy * nextX;
		if (cross < 0 || (cross === 0 && dx * nextX + dy * nextY < 0)) return false;
		// Half planes of directions: once round leaves each once.
		if ((dy > 0 || (dy === 0 && dx > 0)) !== (nextY > 0 || (nextY === 0 && nextX > 0))) turnsBack++;
		dx = nextX;
		dy = nextY;
	}
	return turnsBack === 2;
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
