import type { LonLat } from '../flat-polygons.ts';

/** The Krasovsky 1940 ellipsoid, whose figures the published formula uses. */
const RADIUS_M = 6378245;
const ECCENTRICITY2 = 0.006693421622965943;
const RAD_PER_DEG = Math.PI / 180;

/** The inverse stops when a step is shorter than this, in degrees (10⁻⁷ m); it takes five steps or so. */
const STEP_END_DEG = 1e-12;
const STEPS_MAX = 60;

/**
 * Shifts longitude, latitude in degrees (EPSG:4490; WGS 84 is the same to decimetres) to GCJ-02, the offset of Chinese web maps.
 *
 * The offset is 100 m to 800 m and smooth. The formula is the one that became public by reverse engineering, not an official one; services
 * are reported to lie metres from it. Applied everywhere: the services leave places outside China (roughly 72–137.8°E, 0.8–55.8°N) as they
 * are, which is the caller's to know. Not finite in, not finite out. O(1).
 * Source: the code circulated as "wgtochina_lb"; published in googollee/eviltransform and Artoria2e5/PRCoords.
 */
export function toGcj02([lon, lat]: LonLat): [lon: number, lat: number] {
	const [shiftLon, shiftLat] = shiftAt(lon, lat);
	return [lon + shiftLon, lat + shiftLat];
}

/**
 * Takes GCJ-02 longitude, latitude in degrees back to EPSG:4490: the place that toGcj02 shifts here, within 1e-11° in China.
 *
 * Fixed-point iteration: the shift changes by less than 1 % of the way moved, so every step gains two digits. Not finite in, not
 * finite out. O(1).
 */
export function fromGcj02([lon, lat]: LonLat): [lon: number, lat: number] {
	let [lonBack, latBack] = [lon, lat];
	for (let step = 0; step < STEPS_MAX; step++) {
		const [shiftLon, shiftLat] = shiftAt(lonBack, latBack);
		const [lonNext, latNext] = [lon - shiftLon, lat - shiftLat];
		const moved = Math.max(Math.abs(lonNext - lonBack), Math.abs(latNext - latBack));
		[lonBack, latBack] = [lonNext, latNext];
		if (!(moved > STEP_END_DEG)) break;
	}
	return [lonBack, latBack];
}

/** The offset at a place, in degrees of longitude and latitude: polynomials and sines in metres about 105°E 35°N. */
function shiftAt(lon: number, lat: number): [lon: number, lat: number] {
	const x = lon - 105;
	const y = lat - 35;
	const wave = (amplitudeM: number, deg: number, period: number) =>
		amplitudeM * Math.sin((deg * Math.PI) / period);
	const root = Math.sqrt(Math.abs(x));
	const both = wave(20, x, 1 / 6) + wave(20, x, 1 / 2);
	const wavesEast = both + wave(20, x, 1) + wave(40, x, 3) + wave(150, x, 12) + wave(300, x, 30);
	const wavesNorth = both + wave(20, y, 1) + wave(40, y, 3) + wave(160, y, 12) + wave(320, y, 30);
	const eastM = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + (2 / 3) * wavesEast;
	const northM = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + (2 / 3) * wavesNorth;

	const sin = Math.sin(lat * RAD_PER_DEG);
	const curvature2 = 1 - ECCENTRICITY2 * sin * sin;
	const primeVerticalM = RADIUS_M / Math.sqrt(curvature2);
	const meridianM = (primeVerticalM * (1 - ECCENTRICITY2)) / curvature2;
	return [
		eastM / (primeVerticalM * Math.cos(lat * RAD_PER_DEG) * RAD_PER_DEG),
		northM / (meridianM * RAD_PER_DEG),
	];
}
