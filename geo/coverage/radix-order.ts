const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const WORD = 2 ** 32;

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
	const word = new Uint32Array(count);
	/** Orders by the 32-bit words, of which `bits` are in use. */
	const orderByWord = (bits: number) => {
		for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
			counts.fill(0);
			for (let i = 0; i < count; i++) counts[(word[i] >>> shift) & (DIGITS - 1)]++;
			let start = 0;
			for (let d = 0; d < DIGITS; d++) {
				const size = counts[d];
				counts[d] = start;
				start += size;
			}
			for (let i = 0; i < count; i++) {
				const record = order[i];
				spare[counts[(word[record] >>> shift) & (DIGITS - 1)]++] = record;
			}
			[order, spare] = [spare, order];
		}
	};
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
		for (let i = 0; i < count; i++) word[i] = key[i] - least;
		orderByWord(spread >= WORD ? 32 : bitsOf(spread));
		if (spread < WORD) continue;
		for (let i = 0; i < count; i++) word[i] = (key[i] - least) / WORD;
		orderByWord(bitsOf(Math.floor(spread / WORD)));
	}
	return order;
}

/** How many bits a whole number from 0 to 2³² − 1 needs. */
function bitsOf(value: number): number {
	return 32 - Math.clz32(value);
}
