/** Polygons that were united, and the numbers that they had: together they may bear any of these. */
export interface Union {
	readonly polygon: number;
	readonly area: number;
	readonly numbers: readonly number[];
}

/** How much area a number shall have, and how much it has too much. */
export interface Balance {
	readonly should: number;
	gain: number;
}

/** Later rounds find little more. */
const ROUNDS = 8;

/**
 * Changes numbers of united polygons so that each number's total comes near to what it shall be.
 *
 * `numberOf` holds the number of each polygon, `balances` what each number has too much: both are changed. One union after another, in the
 * order given, takes that of its numbers which has gained least for what it shall be, where the sum of `unfit` falls by that: what one number
 * has too much comes by way of others to those that lack it. O(unions · their numbers).
 */
export function settleAreas(
	unions: readonly Union[],
	numberOf: Int32Array,
	balances: ReadonlyMap<number, Balance>,
): void {
	const shareOf = (number: number) => shareGained(balances.get(number));
	for (let round = 0; round < ROUNDS; round++) {
		for (const { polygon, area, numbers } of unions) {
			const now = numberOf[polygon];
			const best = numbers.reduce((least, number) => (shareOf(number) < shareOf(least) ? number : least));
			const [loses, wins] = [balances.get(now), balances.get(best)];
			if (loses === undefined || wins === undefined || loses === wins) continue;
			if (!(unfit(loses, -area) + unfit(wins, area) < unfit(loses, 0) + unfit(wins, 0))) continue;
			loses.gain -= area;
			wins.gain += area;
			numberOf[polygon] = best;
		}
	}
}

/** The share of what a number shall have that it has too much. */
export function shareGained(balance: Balance | undefined): number {
	return balance === undefined ? 0 : balance.gain / balance.should;
}

/** How badly a number's area fits if it gains so much more: the square of the share that it then has too much. */
export function unfit({ should, gain }: Balance, more: number): number {
	return ((gain + more) / should) ** 2;
}
