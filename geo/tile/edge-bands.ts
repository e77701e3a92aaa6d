import type { RingBuffer } from './ring-buffer.ts';

/** Bands have so many rows at most and at least, as powers of two. */
const TALLEST = 8;
const FLATTEST = 2;
/** Up to so many edges everything is looked at. */
const FEW = 24;

/**
 * The edges of rings by bands of rows, in each from west to east: what lies at a place is found without looking at all.
 *
 * Bands are about as high as edges. The same buffers for every feature. Up to 24 edges are one band, in no order.
 */
export class EdgeBands {
	count = 0;
	/** Ends as pixels, and west, north, east, south of each edge. */
	from = new Int32Array(256);
	to = new Int32Array(256);
	boxes = new Int32Array(4 * 256);
	ringCount = 0;
	private ringOf = new Int32Array(256);
	/** Edges band after band, those of band b from `offsets[b]`; an edge is in every band that it meets. */
	listed = new Int32Array(512);
	offsets = new Int32Array(64);
	bandCount = 0;
	private keys = new Float64Array(0);
	private firstRow = 0;
	private shift = 0;
	private isOdd = new Uint8Array(64);

	/** Whether bands run from west to east. */
	get isSorted(): boolean {
		return this.count > FEW;
	}

	/** Takes the edges of rings in place of those before. O(edges log edges) when they are short. */
	gather({ pixels, offsets, count, length }: RingBuffer, xs: Int32Array, ys: Int32Array): void {
		if (this.from.length < length) {
			this.from = new Int32Array(2 * length);
			this.to = new Int32Array(2 * length);
			this.ringOf = new Int32Array(2 * length);
			this.boxes = new Int32Array(8 * length);
		}
		if (this.isOdd.length < count) this.isOdd = new Uint8Array(2 * count);
		const { from, to, boxes, ringOf } = this;
		let edges = 0;
		for (let r = 0; r < count; r++) {
			let last = pixels[offsets[r + 1] - 1];
			for (let i = offsets[r]; i < offsets[r + 1]; i++) {
				const pixel = pixels[i];
				const [x, y, nextX, nextY] = [xs[last], ys[last], xs[pixel], ys[pixel]];
				from[edges] = last;
				to[edges] = pixel;
				ringOf[edges] = r;
				boxes[4 * edges] = x < nextX ? x : nextX;
				boxes[4 * edges + 1] = y < nextY ? y : nextY;
				boxes[4 * edges + 2] = x < nextX ? nextX : x;
				boxes[4 * edges + 3] = y < nextY ? nextY : y;
				edges++;
				last = pixel;
			}
		}
		this.count = edges;
		this.ringCount = count;
		this.list();
	}

	/** The rings that go round a place given in half pixels, which lies on no edge but of `own`, which is left out. */
	ringsAround(x: number, y: number, own: number, xs: Int32Array, ys: Int32Array): number[] {
		const { from, to, boxes, ringOf, listed, offsets, isOdd } = this;
		const { isSorted } = this;
		const band = isSorted ? (Math.floor(y / 2) - this.firstRow) >> this.shift : 0;
		if (band < 0 || band >= this.bandCount) return [];
		const met: number[] = [];
		for (let i = offsets[band]; i < offsets[band + 1]; i++) {
			const e = listed[i];
			// Those east of the place are not crossed on the way west.
			if (isSorted && 2 * boxes[4 * e] > x) break;
			const ay = 2 * ys[from[e]] - y;
			const by = 2 * ys[to[e]] - y;
			if (ay > 0 === by > 0 || ringOf[e] === own) continue;
			const cross = (2 * xs[from[e]] - x) * by - (2 * xs[to[e]] - x) * ay;
			if (cross > 0 === by > ay) continue;
			isOdd[ringOf[e]] ^= 1;
			met.push(ringOf[e]);
		}
		return met.filter((ring) => {
			const isRound = isOdd[ring] === 1;
			isOdd[ring] = 0;
			return isRound;
		});
	}

	private list(): void {
		const { count, boxes } = this;
		if (count <= FEW) {
			for (let e = 0; e < count; e++) this.listed[e] = e;
			this.bandCount = 1;
			this.offsets[1] = count;
			return;
		}
		let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
		let total = 0;
		let height = 0;
		for (let e = 0; e < count; e++) {
			height += boxes[4 * e + 3] - boxes[4 * e + 1];
			if (boxes[4 * e] < west) west = boxes[4 * e];
			if (boxes[4 * e] > east) east = boxes[4 * e];
			if (boxes[4 * e + 1] < north) north = boxes[4 * e + 1];
			if (boxes[4 * e + 3] > south) south = boxes[4 * e + 3];
		}
		const shift = Math.max(FLATTEST, Math.min(TALLEST, Math.ceil(Math.log2(1 + height / count))));
		const bandOf = (row: number) => (row - north) >> shift;
		for (let e = 0; e < count; e++) total += 1 + bandOf(boxes[4 * e + 3]) - bandOf(boxes[4 * e + 1]);
		this.firstRow = north;
		this.shift = shift;
		this.bandCount = bandOf(south) + 1;
		if (this.keys.length < total) this.keys = new Float64Array(2 * total);
		if (this.listed.length < total) this.listed = new Int32Array(2 * total);
		if (this.offsets.length <= this.bandCount) this.offsets = new Int32Array(2 * this.bandCount);
		const keys = this.keys.subarray(0, total);
		const columns = east - west + 1;
		let k = 0;
		for (let e = 0; e < count; e++) {
			const column = boxes[4 * e] - west;
			for (let band = bandOf(boxes[4 * e + 1]); band <= bandOf(boxes[4 * e + 3]); band++)
				keys[k++] = (band * columns + column) * count + e;
		}
		keys.sort();
		this.offsets.fill(0, 0, this.bandCount + 1);
		for (let i = 0; i < total; i++) {
			const place = Math.floor(keys[i] / count);
			this.offsets[Math.floor(place / columns) + 1]++;
			this.listed[i] = keys[i] - place * count;
		}
		for (let band = 0; band < this.bandCount; band++) this.offsets[band + 1] += this.offsets[band];
	}
}
