/** Rings of pixel numbers one after another in a growing array; ring r is `pixels[offsets[r]] … pixels[offsets[r + 1] − 1]`, open. */
export class RingBuffer {
	pixels = new Int32Array(1024);
	offsets = new Int32Array(64);
	count = 0;
	/** End of the pixels in use, those of the ring being written included. */
	length = 0;

	clear(): void {
		this.count = 0;
		this.length = 0;
	}

	/** Appends a pixel to the open ring, unless it repeats the last or goes back to the one before, which ends a spike. */
	append(pixel: number): void {
		const start = this.offsets[this.count];
		const { length } = this;
		if (length > start) {
			if (this.pixels[length - 1] === pixel) return;
			if (length > start + 1 && this.pixels[length - 2] === pixel) {
				this.length--;
				return;
			}
		}
		if (length === this.pixels.length) {
			const grown = new Int32Array(2 * length);
			grown.set(this.pixels);
			this.pixels = grown;
		}
		this.pixels[this.length++] = pixel;
	}

	/** Ends the open ring, repetitions and spikes across its seam dropped; one of fewer than three pixels is dropped whole. */
	endRing(): boolean {
		const { pixels } = this;
		const first = this.offsets[this.count];
		let start = first;
		let end = this.length;
		while (end - start >= 3) {
			if (pixels[start] === pixels[end - 1] || pixels[start] === pixels[end - 2]) end--;
			else if (pixels[start + 1] === pixels[end - 1]) start++;
			else break;
		}
		if (end - start < 3) {
			this.length = first;
			return false;
		}
		if (start > first) pixels.copyWithin(first, start, end);
		this.length = first + end - start;
		if (this.count + 2 > this.offsets.length) {
			const grown = new Int32Array(2 * this.offsets.length);
			grown.set(this.offsets);
			this.offsets = grown;
		}
		this.offsets[++this.count] = this.length;
		return true;
	}

	/** Turns a ring round. */
	reverse(ring: number): void {
		this.pixels.subarray(this.offsets[ring], this.offsets[ring + 1]).reverse();
	}

	/** Twice the signed area of a ring; positive when clockwise with y down. O(its pixels). */
	doubledArea(ring: number, xs: Int32Array, ys: Int32Array): number {
		const { pixels } = this;
		const end = this.offsets[ring + 1];
		let doubled = 0;
		let x = xs[pixels[end - 1]];
		let y = ys[pixels[end - 1]];
		for (let i = this.offsets[ring]; i < end; i++) {
			const nextX = xs[pixels[i]];
			const nextY = ys[pixels[i]];
			doubled += x * nextY - nextX * y;
			x = nextX;
			y = nextY;
		}
		return doubled;
	}

	/** The rings that are wanted as arrays of their own. */
	toRings(isWanted: (ring: number) => boolean = () => true): number[][] {
		const found: number[][] = [];
		for (let r = 0; r < this.count; r++)
			if (isWanted(r)) found.push(Array.from(this.pixels.subarray(this.offsets[r], this.offsets[r + 1])));
		return found;
	}

	/** Puts some rings of another buffer in place of what is there. */
	copy({ pixels, offsets }: RingBuffer, rings: readonly number[]): void {
		this.clear();
		for (const r of rings) {
			for (let i = offsets[r]; i < offsets[r + 1]; i++) this.append(pixels[i]);
			this.endRing();
		}
	}

	/** Puts other rings, simple ones, in place of what is there. */
	replace(rings: readonly (readonly number[])[]): void {
		this.clear();
		for (const ring of rings) {
			for (const pixel of ring) this.append(pixel);
			this.endRing();
		}
	}
}
