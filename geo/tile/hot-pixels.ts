import type { TileFrame } from './clip.ts';
import { meetsPixel } from './pixel-pass.ts';

/** Pixels along a side of a block; a word of bits to each of its rows. */
const BLOCK = 32;
const BLOCK_SHIFT = 5;
/** Beyond this slope an edge is looked at over its whole length in each of its rows. */
const FLAT = 2 ** 20;
/** More than the rounding error of where an edge crosses a row of pixels. */
const SPARE = 2 ** -16;

/**
 * The pixels of a tile to which vertices round, numbered in the order in which they were added.
 *
 * First all are added, then edges are routed. A map of bits in blocks, of which only those in use take room, tells near an edge what to look at.
 */
export class HotPixels {
	/** Centres by number. */
	xs = new Int32Array(256);
	ys = new Int32Array(256);
	count = 0;
	/** The route last found: pixels between the ends of an edge, in its direction. */
	route = new Int32Array(64);
	/** Coordinates of the pixel in the first row and column of the first block. */
	private readonly min: number;
	/** Open addressing: one more than the pixel's number, 0 for free. */
	private table = new Uint32Array(512);
	/** The same for blocks, by row and column; block b has the words from 32 b. */
	private blockTable = new Uint32Array(64);
	private blockRows = new Int32Array(16);
	private blockColumns = new Int32Array(16);
	private bits = new Int32Array(16 * BLOCK);
	private blockCount = 0;
	/** The block last looked for, 0 for none, as one edge after another asks for the same. */
	private lastRow = -1;
	private lastColumn = -1;
	private lastBlock = 0;
	private isFrozen = false;

	constructor({ min }: TileFrame) {
		this.min = Math.floor(min) - 1;
	}

	/** From now on pixels are numbered but no edge is routed through them. */
	freeze(): void {
		this.isFrozen = true;
	}

	/** The number of the pixel of a position in the frame. */
	add(x: number, y: number): number {
		const cx = Math.floor(x + 0.5);
		const cy = Math.floor(y + 0.5);
		let slot = this.slotOf(cx, cy);
		if (this.table[slot] > 0) return this.table[slot] - 1;
		if (2 * this.count >= this.table.length) {
			this.grow();
			slot = this.slotOf(cx, cy);
		}
		this.xs[this.count] = cx;
		this.ys[this.count] = cy;
		this.table[slot] = ++this.count;
		if (!this.isFrozen) this.mark(cx - this.min, cy - this.min);
		return this.count - 1;
	}

	/**
	 * Finds the pixels that the edge a–b meets between those of its ends, `from` and `to`; leaves them in `route` and returns how many.
	 *
	 * The same for b–a, reversed. O(rows of pixels in used blocks along the edge).
	 */
	findRoute(ax: number, ay: number, bx: number, by: number, from: number, to: number): number {
		if (from === to) return 0;
		const { xs, ys, min, bits } = this;
		const fromRow = ys[from] - min;
		const toRow = ys[to] - min;
		const fromColumn = xs[from] - min;
		const toColumn = xs[to] - min;
		const top = fromRow < toRow ? fromRow : toRow;
		const bottom = fromRow < toRow ? toRow : fromRow;
		const left = fromColumn < toColumn ? fromColumn : toColumn;
		const right = fromColumn < toColumn ? toColumn : fromColumn;
		// Two pixels side by side hold whatever runs between them.
		if (bottom - top + right - left < 2) return 0;
		const slope = (bx - ax) / (by - ay);
		const isFlat = top === bottom || !(Math.abs(slope) < FLAT);
		// Columns of the edge in row r: those of column(r) and column(r + 1), and all between.
		const start = ax - min + (min - 0.5 - ay) * slope + 0.5;
		let found = 0;
		for (let row = top; row <= bottom;) {
			const blockRow = row >> BLOCK_SHIFT;
			const endRow = Math.min(bottom, ((blockRow + 1) << BLOCK_SHIFT) - 1);
			const atTop = isFlat ? left : start + row * slope;
			const atEnd = isFlat ? right : start + (endRow + 1) * slope;
			const west = Math.max(left, Math.floor(Math.min(atTop, atEnd) - SPARE));
			const east = Math.min(right, Math.floor(Math.max(atTop, atEnd) + SPARE));
			for (let blockColumn = west >> BLOCK_SHIFT; blockColumn <= east >> BLOCK_SHIFT; blockColumn++) {
				const block = this.blockAt(blockRow, blockColumn);
				if (block === 0) continue;
				const firstColumn = blockColumn << BLOCK_SHIFT;
				const inBlock = columnMask(west - firstColumn, east - firstColumn);
				const firstWord = ((block - 1) << BLOCK_SHIFT) - (blockRow << BLOCK_SHIFT);
				for (let r = row; r <= endRow; r++) {
					let hits = bits[firstWord + r] & inBlock;
					if (hits === 0) continue;
					// The ends are no part of a route.
					if (r === fromRow && fromColumn >> BLOCK_SHIFT === blockColumn) hits &= ~(1 << fromColumn);
					if (r === toRow && toColumn >> BLOCK_SHIFT === blockColumn) hits &= ~(1 << toColumn);
					if (hits === 0) continue;
					if (!isFlat) {
						const one = start + r * slope;
						const other = one + slope;
						const low = Math.floor((one < other ? one : other) - SPARE) - firstColumn;
						const high = Math.floor((one < other ? other : one) + SPARE) - firstColumn;
						hits &= columnMask(low, high);
					}
					for (; hits !== 0; hits &= hits - 1) {
						const x = firstColumn + 31 - Math.clz32(hits & -hits) + min;
						if (meetsPixel(ax, ay, bx, by, x, r + min))
							this.keep(found++, this.table[this.slotOf(x, r + min)] - 1);
					}
				}
			}
			row = endRow + 1;
		}
		if (found > 1) this.sortRoute(found, bx - ax, by - ay);
		return found;
	}

	private keep(at: number, pixel: number): void {
		if (at === this.route.length) this.route = grown(this.route);
		this.route[at] = pixel;
	}

	/** Pixels that a straight line meets ascend in both directions. */
	private sortRoute(count: number, dx: number, dy: number): void {
		const { xs, ys } = this;
		const signX = dx < 0 ? -1 : 1;
		const signY = dy < 0 ? -1 : 1;
		this.route.subarray(0, count).sort((p, q) => signX * (xs[p] - xs[q]) || signY * (ys[p] - ys[q]));
	}

	private mark(column: number, row: number): void {
		const [blockRow, blockColumn] = [row >> BLOCK_SHIFT, column >> BLOCK_SHIFT];
		const block = this.blockAt(blockRow, blockColumn) || this.addBlock(blockRow, blockColumn);
		this.bits[((block - 1) << BLOCK_SHIFT) + (row & (BLOCK - 1))] |= 1 << (column & (BLOCK - 1));
	}

	/** One more than the number of a block, 0 where none is in use. */
	private blockAt(row: number, column: number): number {
		if (row !== this.lastRow || column !== this.lastColumn) {
			this.lastRow = row;
			this.lastColumn = column;
			this.lastBlock = this.blockTable[this.blockSlot(row, column)];
		}
		return this.lastBlock;
	}

	/** Adds the block last looked for; returns one more than its number. */
	private addBlock(row: number, column: number): number {
		const slot = this.blockSlot(row, column);
		if (this.blockCount === this.blockRows.length) {
			this.blockRows = grown(this.blockRows);
			this.blockColumns = grown(this.blockColumns);
			this.bits = grown(this.bits);
		}
		this.blockRows[this.blockCount] = row;
		this.blockColumns[this.blockCount] = column;
		this.blockTable[slot] = ++this.blockCount;
		if (2 * this.blockCount >= this.blockTable.length) {
			this.blockTable = new Uint32Array(2 * this.blockTable.length);
			for (let b = 0; b < this.blockCount; b++)
				this.blockTable[this.blockSlot(this.blockRows[b], this.blockColumns[b])] = b + 1;
		}
		this.lastBlock = this.blockCount;
		return this.blockCount;
	}

	private blockSlot(row: number, column: number): number {
		const { blockTable, blockRows, blockColumns } = this;
		const mask = blockTable.length - 1;
		const hash = Math.imul(row, 0x9e3779b1) ^ Math.imul(column, 0x85ebca6b);
		let slot = (hash ^ (hash >>> 15)) & mask;
		for (;;) {
			const entry = blockTable[slot];
			if (entry === 0 || (blockRows[entry - 1] === row && blockColumns[entry - 1] === column)) return slot;
			slot = (slot + 1) & mask;
		}
	}

	private slotOf(x: number, y: number): number {
		const { table, xs, ys } = this;
		const mask = table.length - 1;
		const hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
		let slot = (hash ^ (hash >>> 15)) & mask;
		for (;;) {
			const entry = table[slot];
			if (entry === 0 || (xs[entry - 1] === x && ys[entry - 1] === y)) return slot;
			slot = (slot + 1) & mask;
		}
	}

	private grow(): void {
		this.xs = grown(this.xs);
		this.ys = grown(this.ys);
		this.table = new Uint32Array(2 * this.table.length);
		for (let p = 0; p < this.count; p++) this.table[this.slotOf(this.xs[p], this.ys[p])] = p + 1;
	}
}

/** The same numbers in an array twice as long. */
function grown(array: Int32Array): Int32Array<ArrayBuffer> {
	const longer = new Int32Array(2 * array.length);
	longer.set(array);
	return longer;
}

/** The bits of columns low … high of a block; none where they miss it. */
function columnMask(low: number, high: number): number {
	if (high < 0 || low >= BLOCK) return 0;
	return (low > 0 ? -1 << low : -1) & (high < BLOCK - 1 ? (2 << high) - 1 : -1);
}
