const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const WORD = 2 ** 32;
/** Records with the same first key are ordered by insertion up to this many. */
const FEW = 24;

/**
 * Orders records by whole-number keys, the first key foremost; equal records keep their order.
 *
 * Keys are integers whose spread (largest − smallest) is below 2⁵³. Radix sort by the first key, least digit first, then each run of records
 * that agree in it by the keys after: O(records × digits in use), which beats a comparator some ten times at the sizes of a zone. Returns
 * record numbers in ascending order.
 */
export function radixOrder(keys: readonly ArrayLike<number>[], count: number): Uint32Array {
	const order = new Uint32Array(count);
	for (let i = 0; i < count; i++) order[i] = i;
	orderRun(keys, 0, order);
	return order;
}

/** Orders a run of records, by key `k` and those after it, in place. */
function orderRun(keys: readonly ArrayLike<number>[], k: number, order: Uint32Array): void {
	const count = order.length;
	if (count <= FEW) {
		insertInOrder(keys, k, order);
		return;
	}
	const key = keys[k];
	let least = Infinity;
	let largest = -Infinity;
	for (let i = 0; i < count; i++) {
		const value = key[order[i]];
		if (value < least) least = value;
		if (value > largest) largest = value;
	}
	if (largest > least) orderByKey(key, least, largest - least, order);
	if (k + 1 === keys.length) return;
	for (let from = 0; from < count;) {
		const value = key[order[from]];
		let to = from + 1;
		while (to < count && key[order[to]] === value) to++;
		if (to - from > FEW) orderRun(keys, k + 1, order.subarray(from, to));
		else if (to - from > 1) insertInOrder(keys, k + 1, order, from, to);
		from = to;
	}
}

/** Orders records by one key: by the lower 32 bits of its distance from the least, then by those above. */
function orderByKey(key: ArrayLike<number>, least: number, spread: number, order: Uint32Array): void {
	const count = order.length;
	const word = new Uint32Array(count);
	for (let i = 0; i < count; i++) word[i] = key[order[i]] - least;
	orderByWord(word, order, spread >= WORD ? 32 : bitsOf(spread));
	if (spread < WORD) return;
	for (let i = 0; i < count; i++) word[i] = (key[order[i]] - least) / WORD;
	orderByWord(word, order, bitsOf(Math.floor(spread / WORD)));
}

/** Orders records along with their words, of which `bits` are in use. */
function orderByWord(word: Uint32Array, order: Uint32Array, bits: number): void {
	const count = order.length;
	const counts = new Uint32Array(DIGITS);
	let words = word;
	let records = order;
	let spareWords: Uint32Array = new Uint32Array(count);
	let spareRecords: Uint32Array = new Uint32Array(count);
	for (let shift = 0; shift < bits; shift += DIGIT_BITS) {
		counts.fill(0);
		for (let i = 0; i < count; i++) counts[(words[i] >>> shift) & (DIGITS - 1)]++;
		let start = 0;
		for (let d = 0; d < DIGITS; d++) {
			const size = counts[d];
			counts[d] = start;
			start += size;
		}
		for (let i = 0; i < count; i++) {
			const to = counts[(words[i] >>> shift) & (DIGITS - 1)]++;
			spareWords[to] = words[i];
			spareRecords[to] = records[i];
		}
		[words, spareWords] = [spareWords, words];
		[records, spareRecords] = [spareRecords, records];
	}
	if (records !== order) order.set(records);
}

/** Insertion sort of records [from, to) by key `k` and those after it. */
function insertInOrder(
	keys: readonly ArrayLike<number>[],
	k: number,
	order: Uint32Array,
	from = 0,
	to = order.length,
): void {
	for (let i = from + 1; i < to; i++) {
		const record = order[i];
		let j = i;
		for (; j > from && isLater(keys, k, order[j - 1], record); j--) order[j] = order[j - 1];
		order[j] = record;
	}
}

/** Says whether record a comes after b by key `k` and those after it. */
function isLater(keys: readonly ArrayLike<number>[], k: number, a: number, b: number): boolean {
	for (; k < keys.length; k++) if (keys[k][a] !== keys[k][b]) return keys[k][a] > keys[k][b];
	return false;
}

/** How many bits a whole number from 0 to 2³² − 1 needs. */
function bitsOf(value: number): number {
	return 32 - Math.clz32(value);
}
