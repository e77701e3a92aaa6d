/** The root of an item in a forest of parents; shortens the way for the next call. Amortised near O(1). */
export function rootOf(parents: Int32Array, item: number): number {
	let at = item;
	while (parents[at] !== at) {
		parents[at] = parents[parents[at]];
		at = parents[at];
	}
	return at;
}
