/** How many plan parcels there are when blocks are so much longer than by default: measured at seed 1, the first four at two seeds. */
const MEASURED: readonly (readonly [scale: number, parcels: number])[] = [
	[7, 963],
	[5, 1009],
	[3.6, 1163],
	[2.5, 1688],
	[1.6, 3579],
	[1, 8079],
	[0.66, 17_672],
	[0.44, 38_330],
	[0.3, 77_373],
	[0.255, 100_915],
];

/**
 * Lengths of blocks against those of the default, for about `parcelCount` parcels in the plan; avenues and water stay as they are.
 *
 * Straight between measured counts in logarithms; good to ±10 % from 1,000 to 100,000.
 */
export function lengthScale(parcelCount: number): number {
	const after = MEASURED.findIndex(([, parcels]) => parcels >= parcelCount);
	if (after === 0) return MEASURED[0][0];
	const [[a, few], [b, many]] = MEASURED.slice(after < 0 ? -2 : after - 1).slice(0, 2);
	return a * (b / a) ** (Math.log(parcelCount / few) / Math.log(many / few));
}
