import type { RingBuffer } from './ring-buffer.ts';

/**
 * Says whether rings that neither cross nor share an edge lie in one another as polygons do: each shell (positive area) outside all or in a
 * hole, each hole in the shell before it with nothing between.
 *
 * O(rings²) boxes, O(positions) for each ring within another's box; nothing for a single shell.
 */
export function isWellNested(rings: RingBuffer, xs: Int32Array, ys: Int32Array): boolean {
	const { count } = rings;
	const isShell = (ring: number) => rings.doubledArea(ring, xs, ys) > 0;
	if (count === 1) return isShell(0);
	const boxes = boxesOf(rings, xs, ys);
	const depths = new Uint32Array(count);
	const surrounds = (outer: number, inner: number) => {
		for (const axis of [0, 1]) {
			if (boxes[4 * outer + axis] > boxes[4 * inner + axis]) return false;
			if (boxes[4 * outer + 2 + axis] < boxes[4 * inner + 2 + axis]) return false;
		}
		return goesRound(rings, outer, inner, xs, ys);
	};
	for (let inner = 0; inner < count; inner++) {
		for (let outer = 0; outer < count; outer++)
			if (outer !== inner && surrounds(outer, inner)) depths[inner]++;
	}
	let shell = -1;
	for (let ring = 0; ring < count; ring++) {
		if (isShell(ring)) {
			if (depths[ring] % 2 === 1) return false;
			shell = ring;
		} else if (shell < 0 || depths[ring] !== depths[shell] + 1 || !surrounds(shell, ring)) return false;
	}
	return true;
}

/** Least x and y, largest x and y of each ring. */
function boxesOf({ pixels, offsets, count }: RingBuffer, xs: Int32Array, ys: Int32Array): Float64Array {
	const boxes = new Float64Array(4 * count);
	for (let r = 0; r < count; r++) {
		let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
		for (let i = offsets[r]; i < offsets[r + 1]; i++) {
			minX = Math.min(minX, xs[pixels[i]]);
			minY = Math.min(minY, ys[pixels[i]]);
			maxX = Math.max(maxX, xs[pixels[i]]);
			maxY = Math.max(maxY, ys[pixels[i]]);
		}
		boxes.set([minX, minY, maxX, maxY], 4 * r);
	}
	return boxes;
}

/** Says whether a ring goes round another, asked half way along the other's first edge, which lies on no other ring. */
function goesRound(
	{ pixels, offsets }: RingBuffer,
	outer: number,
	inner: number,
	xs: Int32Array,
	ys: Int32Array,
): boolean {
	const [first, second] = [pixels[offsets[inner]], pixels[offsets[inner] + 1]];
	const x = xs[first] + xs[second];
	const y = ys[first] + ys[second];
	let isInside = false;
	let last = pixels[offsets[outer + 1] - 1];
	for (let i = offsets[outer]; i < offsets[outer + 1]; i++) {
		const pixel = pixels[i];
		const ay = 2 * ys[last] - y;
		const by = 2 * ys[pixel] - y;
		if (ay > 0 !== by > 0) {
			const cross = (2 * xs[last] - x) * by - (2 * xs[pixel] - x) * ay;
			if (cross > 0 === by > ay) isInside = !isInside;
		}
		last = pixel;
	}
	return isInside;
}
