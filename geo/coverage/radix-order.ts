const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Orders records by whole-number keys, the first key foremost; equal records keep their order.
 *
 * Keys are integers whose spread (largest − smallest) is below 2⁵³. Least-significant-digit radix sort: O(records × digits
 * in use), which beats a comparator some ten times at the sizes of a zone. Returns record numbers in ascending order.
 */
export function radixOrder(keys: readonly ArrayLike<number>[], count: number): Uint32Array {
	let order = new Uint32Array(count);
	let spare = new Uint32Array(count);
	for (let i = 0; i < count; i++) order[i] = i;
	const counts = new Uint32Array(DIGITS);
	for (let k = keys.length - 1; k >= 0; k--) {
		const key = keys[k];
		let least = Infinity;
		let largest = -Infinity;
		for (let i = 0; i < count; i++) {
			const value = key[i];
			if (value < least) least = value;
			if (value > largest) largest = value;
		}
		const spread = largest - least;
		for (let unit = 1; unit <= spread; unit *= DIGITS) {
			counts.fill(0);
			for (let i = 0; i < count; i++) counts[Math.floor((key[i] - least) / unit) % DIGITS]++;
			let start = 0;
			for (let d = 0; d < DIGITS; d++) {
				const size = counts[d];
				counts[d] = start;
				start += size;
			}
			for (let i = 0; i < count; i++) {
				const record = order[i];
				spare[counts[Math.floor((key[record] - least) / unit) % DIGITS]++] = record;
			}
			[order, spare] = [spare, order];
		}
	}
	return order;
}
