import type { TileFrame } from './clip.ts';
import { HotPixels } from './hot-pixels.ts';
import { EdgeBands } from './edge-bands.ts';
import { isWellNested } from './nesting.ts';
import { retraceRings } from './retrace.ts';
import { RingBuffer } from './ring-buffer.ts';
import { isConvex, isUntangled } from './tangle.ts';
import { untangle } from './untangle.ts';

/**
 * Rounds the rings of many features to whole tile units together: snap rounding on the tile's grid.
 *
 * Every vertex goes to the centre of its pixel, and every edge runs through the centres of all such pixels that it meets. So where
 * a boundary is shared it stays shared, a feature too narrow for a unit vanishes and its neighbours close up, and nothing comes to
 * cross. First all rings are gathered, then the features are quantised, each once or more.
 *
 * Source: Hobby 1999; Guibas & Marimont 1998.
 */
export class TileQuantiser {
	/** Where the pixels are that the rings number. */
	readonly hot: HotPixels;
	/** The rings of the feature last quantised. */
	readonly rings = new RingBuffer();
	private positions = new Float64Array(4096);
	private pixels = new Uint32Array(2048);
	private readonly ringOffsets = [0];
	private readonly isShell: boolean[] = [];
	private readonly featureOffsets = [0];
	/** The number of the feature that last used a pixel, by pixel. */
	private usedBy = new Int32Array();
	/** The last edge from a pixel that was found to pass no other: the places of its ends among the positions, −1 for none; by pixel. */
	private straightFrom = new Int32Array();
	private straightTo = new Int32Array();
	private isFrozen = false;
	private readonly bands = new EdgeBands();

	constructor(frame: TileFrame) {
		this.hot = new HotPixels(frame);
	}

	/** Gathers an open ring of `count` x, y pairs for the feature that `endFeature` ends. */
	addRing(source: Float64Array, count: number, isShell: boolean): void {
		const start = this.ringOffsets[this.ringOffsets.length - 1];
		this.reserve(start + count);
		this.positions.set(source.subarray(0, 2 * count), 2 * start);
		for (let i = 0; i < count; i++) this.pixels[start + i] = this.hot.add(source[2 * i], source[2 * i + 1]);
		this.ringOffsets.push(start + count);
		this.isShell.push(isShell);
	}

	/** Ends a feature; returns its number. */
	endFeature(): number {
		return this.featureOffsets.push(this.isShell.length) - 2;
	}

	/**
	 * Puts a feature's rings into `rings`: each shell (positive area, y down) followed by its holes (negative).
	 *
	 * They are simple, meet in single points at most and are valid in the OGC sense, whatever was gathered; none when nothing is
	 * left. O(positions), more where rings collapse or touch.
	 */
	quantise(feature: number): void {
		const { hot, rings } = this;
		if (!this.isFrozen) {
			hot.freeze();
			this.usedBy = new Int32Array(hot.count).fill(-1);
			this.straightFrom = new Int32Array(hot.count).fill(-1);
			this.straightTo = new Int32Array(hot.count);
			this.isFrozen = true;
		}
		rings.clear();
		let isSimple = true;
		for (let r = this.featureOffsets[feature]; r < this.featureOffsets[feature + 1]; r++) {
			this.routeRing(r);
			const ring = rings.count;
			if (!rings.endRing()) continue;
			for (let i = rings.offsets[ring]; i < rings.length; i++) {
				const pixel = rings.pixels[i];
				if (this.usedBy[pixel] === feature) isSimple = false;
				this.usedBy[pixel] = feature;
			}
			if (this.sourceArea(r) > 0 !== this.isShell[r]) rings.reverse(ring);
			if (isSimple && rings.doubledArea(ring, hot.xs, hot.ys) > 0 !== this.isShell[r]) isSimple = false;
		}
		if (rings.count === 0 || (isSimple && this.isValid())) return;
		const routed = rings.toRings();
		const traced = isSimple ? null : retraceRings(routed, hot.xs, hot.ys);
		if (traced !== null) rings.replace(traced);
		if (traced === null || (traced.length > 0 && !this.isValid())) rings.replace(untangle(routed, hot));
	}

	private isValid(): boolean {
		const { rings, bands } = this;
		const { xs, ys } = this.hot;
		if (isConvex(rings, xs, ys)) return true;
		bands.gather(rings, xs, ys);
		return isUntangled(bands, xs, ys) && isWellNested(rings, bands, xs, ys);
	}

	/** Appends a ring's pixels along its routes. */
	private routeRing(r: number): void {
		const { pixels, hot, rings } = this;
		const end = this.ringOffsets[r + 1];
		let last = end - 1;
		for (let i = this.ringOffsets[r]; i < end; i++) {
			const count = this.isStraightBack(last, i) ? 0 : this.findRoute(last, i);
			for (let k = 0; k < count; k++) rings.append(hot.route[k]);
			rings.append(pixels[i]);
			last = i;
		}
	}

	/** Says whether the edge between two positions was found to be straight when its other side was run. */
	private isStraightBack(from: number, to: number): boolean {
		const { positions, straightTo } = this;
		const pixel = this.pixels[to];
		const other = this.straightFrom[pixel];
		if (other < 0) return false;
		const otherTo = straightTo[pixel];
		return (
			positions[2 * other] === positions[2 * to] &&
			positions[2 * other + 1] === positions[2 * to + 1] &&
			positions[2 * otherTo] === positions[2 * from] &&
			positions[2 * otherTo + 1] === positions[2 * from + 1]
		);
	}

	/** Routes the edge between two positions; returns the number of pixels of `hot.route`. */
	private findRoute(from: number, to: number): number {
		const { positions, pixels } = this;
		const count = this.hot.findRoute(
			positions[2 * from],
			positions[2 * from + 1],
			positions[2 * to],
			positions[2 * to + 1],
			pixels[from],
			pixels[to],
		);
		if (count === 0) {
			this.straightFrom[pixels[from]] = from;
			this.straightTo[pixels[from]] = to;
		}
		return count;
	}

	/** Twice the signed area of a gathered ring. */
	private sourceArea(r: number): number {
		const { positions } = this;
		const from = 2 * this.ringOffsets[r];
		const to = 2 * this.ringOffsets[r + 1];
		let x = 0;
		let y = 0;
		let doubled = 0;
		for (let i = from + 2; i < to; i += 2) {
			const nextX = positions[i] - positions[from];
			const nextY = positions[i + 1] - positions[from + 1];
			doubled += x * nextY - nextX * y;
			x = nextX;
			y = nextY;
		}
		return doubled;
	}

	private reserve(count: number): void {
		if (this.pixels.length >= count) return;
		const positions = new Float64Array(4 * count);
		const pixels = new Uint32Array(2 * count);
		positions.set(this.positions);
		pixels.set(this.pixels);
		this.positions = positions;
		this.pixels = pixels;
	}
}
