/** How many plan parcels there are when blocks are so much longer than by default: means of five seeds, of one for the last three. */
const MEASURED: readonly (readonly [scale: number, parcels: number])[] = [
	[7, 977],
	[5, 1024],
	[3.6, 1172],
	[2.5, 1691],
	[1.6, 3505],
	[1, 8183],
	[0.66, 18_257],
	[0.44, 41_267],
	[0.3, 88_379],
	[0.255, 120_952],
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
