const EQUATOR_M = 2 * Math.PI * 6378137;
/** MapLibre's zoom counts from a world of 512 CSS pixels. */
const WORLD_PX = 512;
/** A CSS pixel is 1/96 inch. */
const CSS_PIXEL_M = 0.0254 / 96;

/** Ground metres per CSS pixel at a latitude, in Web Mercator. */
export function metresPerPixel(zoom: number, latDeg: number): number {
	return (EQUATOR_M * Math.cos((latDeg * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom);
}

/** The denominator of the scale (1 : n), to two significant digits: on screen, or where a pixel has another size. */
export function scaleDenominator(metresPerPx: number, pixelM = CSS_PIXEL_M): number {
	const exact = metresPerPx / pixelM;
	const step = 10 ** (Math.floor(Math.log10(exact)) - 1);
	return Math.round(exact / step) * step;
}

/** A scale bar: a round length (1, 2 or 5 times a power of ten) of at most `maxPx`. */
export function scaleBar(metresPerPx: number, maxPx: number): { lengthM: number; widthPx: number } {
	const longest = metresPerPx * maxPx;
	const power = 10 ** Math.floor(Math.log10(longest));
	const lengthM = power * (longest >= 5 * power ? 5 : longest >= 2 * power ? 2 : 1);
	return { lengthM, widthPx: lengthM / metresPerPx };
}

/** Writes the length of a scale bar: metres below 1 km, else kilometres. */
export function formatLength(lengthM: number): string {
	return lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM} m`;
}
