/** The square that a tile keeps, in tile units: min ≤ x, y ≤ max. */
export interface TileFrame {
	readonly scale: number;
	readonly originX: number;
	readonly originY: number;
	readonly min: number;
	readonly max: number;
}

/** A tile of the XYZ scheme, y counted from the north. */
export interface TileAddress {
	readonly z: number;
	readonly x: number;
	readonly y: number;
}

/** The frame of a tile: world · scale − origin gives tile units (0 … extent), kept with a margin of `buffer` units. */
export function tileFrame({ z, x, y }: TileAddress, extent: number, buffer: number): TileFrame {
	return {
		scale: 2 ** z * extent,
		originX: x * extent,
		originY: y * extent,
		min: -buffer,
		max: extent + buffer,
	};
}

/**
 * Brings rings into a tile's units and clips them to its frame, ring after ring in the same two buffers.
 *
 * Sutherland–Hodgman, one side after another, only the sides that a ring crosses. A cut point is computed from the lower end of its edge
 * whichever way the ring runs, so neighbours get the same point. Where a ring leaves and comes back, its parts stay joined along the
 * frame's side by edges that enclose nothing.
 */
export class RingClipper {
	/** x, y pairs of the last clipped ring, open; only the first `2 · count` numbers count. */
	positions = new Float64Array(1024);
	private spare = new Float64Array(1024);

	/** Clips the open ring at positions [from, to) of world coordinates; returns how many positions are left (0: nothing). */
	clip(world: Float64Array, from: number, to: number, frame: TileFrame): number {
		const { min, max } = frame;
		const box = this.transform(world, from, to, frame);
		if (box.maxX < min || box.minX > max || box.maxY < min || box.minY > max) return 0;
		let count = to - from;
		if (box.minX < min) count = this.clipSide(count, 0, 1, min);
		if (box.maxX > max) count = this.clipSide(count, 0, -1, max);
		if (box.minY < min) count = this.clipSide(count, 1, 1, min);
		if (box.maxY > max) count = this.clipSide(count, 1, -1, max);
		return count;
	}

	/** Brings a ring that lies inside the frame into tile units; returns its number of positions. */
	place(world: Float64Array, from: number, to: number, { scale, originX, originY }: TileFrame): number {
		this.reserve(to - from);
		const { positions } = this;
		for (let i = 2 * from, k = 0; i < 2 * to; i += 2, k += 2) {
			positions[k] = world[i] * scale - originX;
			positions[k + 1] = world[i + 1] * scale - originY;
		}
		return to - from;
	}

	private transform(world: Float64Array, from: number, to: number, frame: TileFrame) {
		const count = this.place(world, from, to, frame);
		const { positions } = this;
		const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
		for (let k = 0; k < 2 * count; k += 2) {
			if (positions[k] < box.minX) box.minX = positions[k];
			if (positions[k] > box.maxX) box.maxX = positions[k];
			if (positions[k + 1] < box.minY) box.minY = positions[k + 1];
			if (positions[k + 1] > box.maxY) box.maxY = positions[k + 1];
		}
		return box;
	}

	/** Keeps the part of the ring with sign · value ≥ sign · limit on an axis (0: x, 1: y); returns its number of positions. */
	private clipSide(count: number, axis: 0 | 1, sign: 1 | -1, limit: number): number {
		if (count === 0) return 0;
		if (this.spare.length < 4 * count) this.spare = new Float64Array(8 * count);
		const source = this.positions;
		const target = this.spare;
		const other = 1 - axis;
		let length = 0;
		let previous = 2 * (count - 1);
		let isPreviousInside = sign * (source[previous + axis] - limit) >= 0;
		for (let current = 0; current < 2 * count; current += 2) {
			const isInside = sign * (source[current + axis] - limit) >= 0;
			if (isInside !== isPreviousInside) {
				const isForward = source[previous + axis] < source[current + axis];
				const low = isForward ? previous : current;
				const high = isForward ? current : previous;
				const share = (limit - source[low + axis]) / (source[high + axis] - source[low + axis]);
				target[length + axis] = limit;
				target[length + other] = source[low + other] + share * (source[high + other] - source[low + other]);
				length += 2;
			}
			if (isInside) {
				target[length] = source[current];
				target[length + 1] = source[current + 1];
				length += 2;
			}
			previous = current;
			isPreviousInside = isInside;
		}
		this.positions = target;
		this.spare = source;
		return length / 2;
	}

	private reserve(count: number): void {
		if (this.positions.length < 2 * count) this.positions = new Float64Array(4 * count);
	}
}
