import type { ProtobufWriter } from './protobuf.ts';
import type { RingBuffer } from './ring-buffer.ts';

const MOVE_TO_ONE = 9;
const LINE_TO = 2;
const CLOSE_PATH = 15;
/** Bytes that a position takes at most, and what a ring takes besides. */
const POSITION_BYTES = 10;
const RING_BYTES = 12;

/** Writes rings as geometry commands of a feature after another. */
export class RingCommands {
	private readonly writer: ProtobufWriter;
	private cursorX = 0;
	private cursorY = 0;

	constructor(writer: ProtobufWriter) {
		this.writer = writer;
	}

	beginFeature(): void {
		this.cursorX = 0;
		this.cursorY = 0;
	}

	/** Writes a ring of pixels that lie where `xs` and `ys` say. O(pixels). */
	writePixels({ pixels, offsets }: RingBuffer, ring: number, xs: Int32Array, ys: Int32Array): void {
		const { writer } = this;
		const [from, to] = [offsets[ring], offsets[ring + 1]];
		let [x, y] = [this.cursorX, this.cursorY];
		this.reserve(to - from);
		for (let i = from; i < to; i++) {
			if (i <= from + 1) this.writeHead(i - from, to - from);
			const nextX = xs[pixels[i]];
			const nextY = ys[pixels[i]];
			writer.zigzagPair(nextX - x, nextY - y);
			x = nextX;
			y = nextY;
		}
		writer.varint32(CLOSE_PATH);
		[this.cursorX, this.cursorY] = [x, y];
	}

	/** Writes the ring of x, y pairs [from, to), counted from an origin. O(positions). */
	writePositions(positions: Int32Array, from: number, to: number, originX: number, originY: number): void {
		const { writer } = this;
		let x = this.cursorX + originX;
		let y = this.cursorY + originY;
		this.reserve(to - from);
		for (let i = from; i < to; i++) {
			if (i <= from + 1) this.writeHead(i - from, to - from);
			const nextX = positions[2 * i];
			const nextY = positions[2 * i + 1];
			writer.zigzagPair(nextX - x, nextY - y);
			x = nextX;
			y = nextY;
		}
		writer.varint32(CLOSE_PATH);
		this.cursorX = x - originX;
		this.cursorY = y - originY;
	}

	private reserve(count: number): void {
		this.writer.reserve(POSITION_BYTES * count + RING_BYTES);
	}

	/** Writes the command before the first or second position of so many. */
	private writeHead(position: number, count: number): void {
		this.writer.varint32(position === 0 ? MOVE_TO_ONE : ((count - 1) << 3) | LINE_TO);
	}
}
