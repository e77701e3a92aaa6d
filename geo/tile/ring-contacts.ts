import type { RingBuffer } from './ring-buffer.ts';

/** Finds which rings of a polygon touch at pixels. */
export class RingContacts {
	/** One more than the ring that last used a pixel, counted on from polygon to polygon; by pixel. */
	private usedBy = new Int32Array(0);
	private counted = 0;

	/**
	 * Says of each ring whether it touches one of the first so many rings, or itself if it is one of them, or a ring that does: 1, else 0.
	 *
	 * Pixels have numbers below `pixelCount`. O(pixels of the rings).
	 */
	touching({ pixels, offsets, count }: RingBuffer, pixelCount: number, first: number): Uint8Array {
		if (this.usedBy.length < pixelCount) {
			const longer = new Int32Array(2 * pixelCount);
			longer.set(this.usedBy);
			this.usedBy = longer;
		}
		const { usedBy, counted } = this;
		const group = Int32Array.from({ length: count }, (_, r) => r);
		const touches = new Uint8Array(count);
		for (let r = 0; r < count; r++) {
			for (let i = offsets[r]; i < offsets[r + 1]; i++) {
				const other = usedBy[pixels[i]] - 1 - counted;
				usedBy[pixels[i]] = r + 1 + counted;
				if (other < 0) continue;
				touches[r] = 1;
				touches[other] = 1;
				// The least of a group stands for it: one of the first, if any is in it.
				const [p, q] = [leastOf(group, r), leastOf(group, other)];
				group[Math.max(p, q)] = Math.min(p, q);
			}
		}
		this.counted += count;
		return touches.map((value, r) => (value === 1 && leastOf(group, r) < first ? 1 : 0));
	}
}

function leastOf(group: Int32Array, ring: number): number {
	while (group[ring] !== ring) ring = group[ring];
	return ring;
}
