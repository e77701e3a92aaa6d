/** Rounds ring after ring to whole tile units in the same buffer. */
export class RingQuantiser {
	/** x, y pairs of the last ring from index `start` on, open. */
	positions = new Int32Array(1024);
	/** Index of the first number that counts. */
	start = 0;
	/** Twice the signed area of the last ring: positive for an exterior ring of the MVT specification (clockwise, y down). */
	doubledArea = 0;

	/**
	 * Rounds an open ring of `count` x, y pairs; returns how many positions are left, 0 for a degenerate ring.
	 *
	 * Repeated positions and spikes (there and straight back) are dropped, every other vertex stays, so neighbours keep equal
	 * borders. Degenerate: under three positions, no area, or turned inside out by the rounding. O(count).
	 */
	quantise(source: Float64Array, count: number): number {
		if (this.positions.length < 2 * count) this.positions = new Int32Array(4 * count);
		const { positions } = this;
		let end = 0;
		let lastX = 0;
		let lastY = 0;
		for (let i = 0; i < 2 * count; i += 2) {
			const x = Math.floor(source[i] + 0.5) | 0;
			const y = Math.floor(source[i + 1] + 0.5) | 0;
			if (end > 0 && lastX === x && lastY === y) continue;
			if (end > 2 && positions[end - 4] === x && positions[end - 3] === y) end -= 2;
			else {
				positions[end] = x;
				positions[end + 1] = y;
				end += 2;
			}
			lastX = x;
			lastY = y;
		}
		const left = this.closeUp(end);
		if (left === 0) return 0;
		this.doubledArea = doubledIntegerArea(positions, this.start, left);
		return this.doubledArea * doubledArea(source, count) > 0 ? left : 0;
	}

	/** Drops repetitions and spikes across the seam of the ring; returns the number of positions left, 0 under three. */
	private closeUp(length: number): number {
		const { positions } = this;
		let start = 0;
		let end = length;
		while (end - start >= 6) {
			if (isSame(positions, start, end - 2)) end -= 2;
			else if (isSame(positions, start, end - 4)) end -= 4;
			else if (isSame(positions, start + 2, end - 2)) {
				start += 2;
				end -= 2;
			} else break;
		}
		this.start = start;
		return end - start >= 6 ? (end - start) / 2 : 0;
	}
}

function isSame(positions: Int32Array, a: number, b: number): boolean {
	return positions[a] === positions[b] && positions[a + 1] === positions[b + 1];
}

/** Twice the signed area of the open ring of `count` integer x, y pairs from index `start`; positive when clockwise with y down. */
function doubledIntegerArea(positions: Int32Array, start: number, count: number): number {
	const end = start + 2 * count;
	let x = positions[end - 2];
	let y = positions[end - 1];
	let doubled = 0;
	for (let i = start; i < end; i += 2) {
		const nextX = positions[i];
		const nextY = positions[i + 1];
		doubled += x * nextY - nextX * y;
		x = nextX;
		y = nextY;
	}
	return doubled;
}

/** The same of x, y pairs from the start, about the first of them. */
function doubledArea(positions: Float64Array, count: number): number {
	const originX = positions[0];
	const originY = positions[1];
	let x = 0;
	let y = 0;
	let doubled = 0;
	for (let i = 2; i < 2 * count; i += 2) {
		const nextX = positions[i] - originX;
		const nextY = positions[i + 1] - originY;
		doubled += x * nextY - nextX * y;
		x = nextX;
		y = nextY;
	}
	return doubled;
}
