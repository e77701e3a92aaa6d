import type { TileFrame } from './clip.ts';
import type { HotPixels } from './hot-pixels.ts';
import type { RingBuffer } from './ring-buffer.ts';

/** Places beyond a side have this bit or a higher one. */
const BEYOND = 16;

/** Where a place lies against a frame: 0 inside; on its west side 1, east 2, north 4, south 8, added up; beyond them 16, 32, 64, 128. */
export function placeIn({ min, max }: TileFrame, x: number, y: number): number {
	if (x > min && x < max && y > min && y < max) return 0;
	return (
		(x > min ? (x < max ? 0 : x === max ? 2 : 32) : x === min ? 1 : 16) |
		(y > min ? (y < max ? 0 : y === max ? 8 : 128) : y === min ? 4 : 64)
	);
}

/** Says whether two places lie beyond the same side, so that what runs between them does too. */
export function isBeyondOneSide(where: number, other: number): boolean {
	return (where & other) >= BEYOND;
}

/** Where a chain begins or ends on the frame: how far round it, clockwise from the north-west, and which way the chain lies. */
interface ChainEnd {
	readonly chain: number;
	readonly isArrival: boolean;
	readonly round: number;
	readonly dx: number;
	readonly dy: number;
}

/**
 * The stretches of a polygon's boundary inside a frame, from side to side, and the rings that they make with the frame.
 *
 * The ground lies on the right of a chain (y southwards). So it lies along the frame, clockwise, from where one arrives to where the next departs.
 */
export class FrameChains {
	count = 0;
	/** The place reached, and where it is. */
	x = 0;
	y = 0;
	where = 0;
	private readonly frame: TileFrame;
	private readonly hot: HotPixels;
	private readonly pixels: number[] = [];
	private readonly offsets = [0];
	private readonly ends: ChainEnd[] = [];
	private isOpen = false;

	constructor(frame: TileFrame, hot: HotPixels) {
		this.frame = frame;
		this.hot = hot;
	}

	clear(): void {
		this.count = 0;
		this.pixels.length = 0;
		this.offsets.length = 1;
		this.ends.length = 0;
	}

	/** Begins a ring at a place that is not inside; `where` as `placeIn` says. */
	begin(x: number, y: number, where: number): void {
		[this.x, this.y, this.where] = [x, y, where];
	}

	/** Goes on to another place, straight; nothing is kept outside and along the sides. */
	goTo(x: number, y: number, where: number): void {
		const { hot, pixels, ends } = this;
		if (this.where < BEYOND && where < BEYOND && (this.where & where) === 0) {
			if (!this.isOpen) {
				this.isOpen = true;
				pixels.push(hot.add(this.x, this.y));
				ends.push(this.endAt(this.x, this.y, false, x - this.x, y - this.y));
			}
			pixels.push(hot.add(x, y));
			if (where > 0) {
				ends.push(this.endAt(x, y, true, this.x - x, this.y - y));
				this.offsets.push(pixels.length);
				this.count++;
				this.isOpen = false;
			}
		}
		[this.x, this.y, this.where] = [x, y, where];
	}

	/** Writes the rings that the chains make with the frame. O(positions of chains + chains log chains). */
	link(rings: RingBuffer): void {
		const { ends, count, pixels, offsets } = this;
		ends.sort(compareEnds);
		const departures = new Int32Array(count);
		const nextOf = new Int32Array(count).fill(-1);
		const isTaken = new Uint8Array(count);
		ends.forEach(({ chain, isArrival }, k) => {
			if (!isArrival) departures[chain] = k;
		});
		const arrivals = new Int32Array(count);
		ends.forEach(({ chain, isArrival }, k) => {
			if (!isArrival) return;
			arrivals[chain] = k;
			let to = k;
			do to = to + 1 < ends.length ? to + 1 : 0;
			while (ends[to].isArrival || isTaken[ends[to].chain] === 1);
			isTaken[ends[to].chain] = 1;
			nextOf[chain] = ends[to].chain;
		});
		for (let first = 0; first < count; first++) {
			if (nextOf[first] < 0) continue;
			for (let chain = first; nextOf[chain] >= 0;) {
				for (let i = offsets[chain]; i < offsets[chain + 1]; i++) rings.append(pixels[i]);
				const next = nextOf[chain];
				nextOf[chain] = -1;
				this.writeCorners(rings, arrivals[chain], departures[next]);
				chain = next;
			}
			rings.endRing();
		}
	}

	/** Writes the frame itself. */
	writeFrame(rings: RingBuffer): void {
		for (let corner = 0; corner < 4; corner++) rings.append(this.cornerPixel(corner));
		rings.endRing();
	}

	/** Goes along the frame from one end to another, clockwise. */
	private writeCorners(rings: RingBuffer, from: number, to: number): void {
		const side = this.frame.max - this.frame.min;
		const start = this.ends[from].round;
		const end = this.ends[to].round + (to < from ? 4 * side : 0);
		for (let corner = Math.floor(start / side) + 1; corner * side < end; corner++)
			rings.append(this.cornerPixel(corner % 4));
	}

	private cornerPixel(corner: number): number {
		const { min, max } = this.frame;
		return this.hot.add(corner === 1 || corner === 2 ? max : min, corner < 2 ? min : max);
	}

	private endAt(x: number, y: number, isArrival: boolean, dx: number, dy: number): ChainEnd {
		const { min, max } = this.frame;
		const side = max - min;
		const round =
			y === min ? x - min : x === max ? side + y - min : y === max ? 2 * side + max - x : 3 * side + max - y;
		return { chain: this.count, isArrival, round, dx, dy };
	}
}

/** Clockwise round the frame; at one place from back along it to forward, and of one edge run there and back the arrival first. */
function compareEnds(p: ChainEnd, q: ChainEnd): number {
	return p.round - q.round || p.dx * q.dy - p.dy * q.dx || Number(q.isArrival) - Number(p.isArrival);
}
