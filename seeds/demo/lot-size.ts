/**
 * How large lots of a class are at the default parcel count: of ten lots, about one is smaller than the first size, five than the
 * second, nine than the third. In m²; invented, in the order that such land has.
 */
export const LOT_SIZES_M2: Readonly<Record<string, readonly [p10: number, p50: number, p90: number]>> = {
	'0103': [170_000, 290_000, 460_000],
	'070101': [40_000, 75_000, 125_000],
	'070102': [28_000, 56_000, 100_000],
	'0802': [30_000, 60_000, 110_000],
	'080401': [70_000, 160_000, 320_000],
	'0901': [16_000, 33_000, 64_000],
	'0902': [17_000, 35_000, 66_000],
	'100101': [42_000, 80_000, 145_000],
	'100102': [58_000, 115_000, 215_000],
	'110101': [56_000, 115_000, 210_000],
	'110102': [60_000, 120_000, 220_000],
	'16': [90_000, 190_000, 330_000],
	MX: [28_000, 52_000, 92_000],
};
const USUAL: readonly [number, number, number] = [35_000, 70_000, 130_000];
/** Lots of a block come out about this much smaller than the size it is cut to. */
const CUT_TO = 1.2;

/** The size in m² that the lots of a block are cut to, for a draw in [0, 1): the class's own spread, without its ends. */
export function lotSizeM2(classCode: string, draw: number): number {
	const [p10, p50, p90] = LOT_SIZES_M2[classCode] ?? USUAL;
	const spread = Math.log(draw < 0.5 ? p50 / p10 : p90 / p50);
	return CUT_TO * p50 * Math.exp(spread * 1.2 * (draw - 0.5));
}

/** A lot with less than this share of the smallest usual size is too small for its class. */
const TOO_SMALL = 0.55;

/** Says whether a lot has room for its class where lots have `sizeScale` of their default sizes. */
export function hasRoomFor(classCode: string, areaM2: number, sizeScale: number): boolean {
	const sizes = LOT_SIZES_M2[classCode];
	return !sizes || areaM2 >= TOO_SMALL * sizeScale * sizes[0];
}
