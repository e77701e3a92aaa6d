/** Polygons that were united, and the numbers that they had: together they may bear any of these. */
export interface Union {
	readonly polygon: number;
	readonly area: number;
	readonly numbers: readonly number[];
}

/** Later rounds find little more. */
const ROUNDS = 8;

/**
 * Changes numbers of united polygons so that each number's total comes near to what it shall be.
 *
 * `numberOf` holds the number of each polygon, `gains` how much area each number has too much: both are changed. One union after another, in the
 * order given, takes that of its numbers which has gained least, if it has gained less than the present one by more than the union's area: the
 * sum of the gains' squares falls, and what one number has too much comes by way of others to those that lack it. O(unions · their numbers).
 */
export function settleAreas(
	unions: readonly Union[],
	numberOf: Int32Array,
	gains: Map<number, number>,
): void {
	const gainOf = (number: number) => gains.get(number) ?? 0;
	for (let round = 0; round < ROUNDS; round++) {
		for (const { polygon, area, numbers } of unions) {
			const now = numberOf[polygon];
			const best = numbers.reduce((least, number) => (gainOf(number) < gainOf(least) ? number : least));
			if (!(gainOf(now) - gainOf(best) > area)) continue;
			gains.set(now, gainOf(now) - area);
			gains.set(best, gainOf(best) + area);
			numberOf[polygon] = best;
		}
	}
}
