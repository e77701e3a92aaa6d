/** Factors on lightness and chroma (OKLCH) by which class colours darken in the dark theme; the hue stays. */
export const DARK_LIGHTNESS = 0.8;
export const DARK_CHROMA = 0.84;

function toLinear(channel: number): number {
	const value = channel / 255;
	return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toChannel(linear: number): number {
	const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * Math.max(linear, 0) ** (1 / 2.4) - 0.055;
	return Math.round(Math.min(Math.max(value, 0), 1) * 255);
}

/**
 * Gives a class colour (#RRGGBB) as the dark theme shows it: same hue, lower luminance.
 *
 * Works in OKLab (B. Ottosson, 2020), so colours of one lightness stay of one lightness; out of sRGB is clipped.
 */
export function darkened(hex: string): string {
	const [r, g, b] = [1, 3, 5].map((at) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16)));
	const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	const lightness = DARK_LIGHTNESS * (0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short);
	const greenRed = DARK_CHROMA * (1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short);
	const blueYellow = DARK_CHROMA * (0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short);
	const l = (lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow) ** 3;
	const m = (lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow) ** 3;
	const s = (lightness - 0.0894841775 * greenRed - 1.291485548 * blueYellow) ** 3;
	const channels = [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
	].map(toChannel);
	return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Least of the channels, and most that they differ by, of a colour that is all but that of paper. */
const PALE_CHANNEL = 0xe8;
const PALE_SPREAD = 8;

/** Says whether a class colour (#RRGGBB) would be taken for unprinted paper. */
export function isPale(hex: string): boolean {
	const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	const least = Math.min(...channels);
	return least >= PALE_CHANNEL && Math.max(...channels) - least <= PALE_SPREAD;
}
