import type { LonLat } from '../flat-polygons.ts';
import { CGCS2000_FLATTENING, CGCS2000_RADIUS_M } from './cgcs2000.ts';

/**
 * A position in a projected plane: easting, northing in metres.
 *
 * EPSG lists the axes of these systems as northing (X), easting (Y), and so do survey sheets and exchange files: swapped against this
 * order, in which x is east as in EWKB, GeoJSON and PostGIS. Longitude, latitude likewise stand for EPSG:4490's latitude, longitude.
 */
export type EastNorth = readonly [eastM: number, northM: number];

/** One of the CGCS2000 Gauss–Krüger systems that EPSG lists. */
export interface GaussKrugerZone {
	readonly epsg: number;
	readonly centralMeridianDeg: number;
	/** 500,000 m, and a million metres for each number of the zone prefix. */
	readonly falseEastingM: number;
	/** The zone number that eastings begin with, millions of metres; null where they have none. */
	readonly prefix: number | null;
	readonly widthDeg: 3 | 6;
}

/** A Gauss–Krüger projection of CGCS2000 (scale 1 on the central meridian). */
export interface GaussKruger extends GaussKrugerZone {
	/** Longitude, latitude in degrees (EPSG:4490) → easting, northing in metres. */
	forward(lonLat: LonLat): [eastM: number, northM: number];
	/** Easting, northing in metres → longitude, latitude in degrees (EPSG:4490). */
	inverse(eastNorth: EastNorth): [lon: number, lat: number];
	/** Projects longitude, latitude pairs into easting, northing pairs of the same length, without an object a point. */
	forwardAll(lonLats: Float64Array, eastNorths: Float64Array): void;
}

const RAD_PER_DEG = Math.PI / 180;
const ECCENTRICITY2 = CGCS2000_FLATTENING * (2 - CGCS2000_FLATTENING);
const N = CGCS2000_FLATTENING / (2 - CGCS2000_FLATTENING);
const RECTIFYING_RADIUS_M = (CGCS2000_RADIUS_M / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);

/** α₁…α₆ of Karney 2011, equation (35); row j starts at nʲ. */
const ALPHA = seriesInN([
	[1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800],
	[13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360],
	[61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440],
	[49561 / 161280, -179 / 168, 6601661 / 7257600],
	[34729 / 80640, -3418889 / 1995840],
	[212378941 / 319334400],
]);

/** −β₁…−β₆ of Karney 2011, equation (36). */
const MINUS_BETA = seriesInN([
	[1 / 2, -2 / 3, 37 / 96, -1 / 360, -81 / 512, 96199 / 604800],
	[1 / 48, 1 / 15, -437 / 1440, 46 / 105, -1118711 / 3870720],
	[17 / 480, -37 / 840, -209 / 4480, 5569 / 90720],
	[4397 / 161280, -11 / 504, -830251 / 7257600],
	[4583 / 161280, -108847 / 3991680],
	[20648693 / 638668800],
]).map((value) => -value);

/** All zones, in the order of their codes: 6° with prefix and without, 3° with prefix and without; central meridians from 75°E on. */
export const GAUSS_KRUGER_ZONES: readonly GaussKrugerZone[] = [
	...zones(4491, 11, 6, 13),
	...zones(4502, 11, 6, null),
	...zones(4513, 21, 3, 25),
	...zones(4534, 21, 3, null),
];

function zones(
	firstEpsg: number,
	count: number,
	widthDeg: 3 | 6,
	firstPrefix: number | null,
): GaussKrugerZone[] {
	return Array.from({ length: count }, (_, i) => {
		const prefix = firstPrefix === null ? null : firstPrefix + i;
		const falseEastingM = 500_000 + 1_000_000 * (prefix ?? 0);
		return { epsg: firstEpsg + i, centralMeridianDeg: 75 + i * widthDeg, falseEastingM, prefix, widthDeg };
	});
}

/**
 * Gauss–Krüger projection by EPSG code: any CGCS2000 zone of 4491–4554 (6° and 3°, with and without the zone prefix).
 *
 * Krüger's series to n⁶ as in Karney, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85 (2011):
 * truncation below 1e-8 m within 35° of the central meridian. Throws on another code: `findGaussKruger` answers null. O(1).
 */
export function gaussKruger(epsg: number): GaussKruger {
	const projection = findGaussKruger(epsg);
	if (projection === null) throw new Error(`EPSG:${epsg} is not a CGCS2000 Gauss–Krüger zone`);
	return projection;
}

/** The Gauss–Krüger projection of an EPSG code, null where the code is none of 4491–4554. O(1). */
export function findGaussKruger(epsg: number): GaussKruger | null {
	const zone = GAUSS_KRUGER_ZONES.find((one) => one.epsg === epsg);
	if (zone === undefined) return null;
	const { centralMeridianDeg, falseEastingM } = zone;
	const out = new Float64Array(2);
	return {
		...zone,
		forward([lon, lat]) {
			projectForward(lon - centralMeridianDeg, lat, falseEastingM, out, 0);
			return [out[0], out[1]];
		},
		inverse([eastM, northM]) {
			projectInverse(eastM - falseEastingM, northM, out);
			return [centralMeridianDeg + out[0], out[1]];
		},
		forwardAll(lonLats, eastNorths) {
			for (let i = 0; i < lonLats.length; i += 2) {
				projectForward(lonLats[i] - centralMeridianDeg, lonLats[i + 1], falseEastingM, eastNorths, i);
			}
		},
	};
}

function projectForward(
	lonFromMeridianDeg: number,
	latDeg: number,
	eastM: number,
	out: Float64Array,
	at: number,
) {
	const lambda = lonFromMeridianDeg * RAD_PER_DEG;
	const tau = Math.tan(latDeg * RAD_PER_DEG);
	const tauConformal = conformalTangent(tau);
	const cosLambda = Math.cos(lambda);
	const radius2 = tauConformal * tauConformal + cosLambda * cosLambda;
	const xi = Math.atan2(tauConformal, cosLambda);
	const sinhEta = Math.sin(lambda) / Math.sqrt(radius2);
	const eta = Math.asinh(sinhEta);
	const sin = (2 * tauConformal * cosLambda) / radius2;
	const cos = (cosLambda * cosLambda - tauConformal * tauConformal) / radius2;
	const sinh = 2 * sinhEta * Math.sqrt(1 + sinhEta * sinhEta);
	addSineSeries(ALPHA, xi, eta, sin, cos, sinh, 1 + 2 * sinhEta * sinhEta, out, at);
	const north = RECTIFYING_RADIUS_M * out[at];
	out[at] = eastM + RECTIFYING_RADIUS_M * out[at + 1];
	out[at + 1] = north;
}

function projectInverse(eastFromMeridianM: number, northM: number, out: Float64Array): void {
	const mu = northM / RECTIFYING_RADIUS_M;
	const nu = eastFromMeridianM / RECTIFYING_RADIUS_M;
	const [sin, cos, sinh, cosh] = [Math.sin(2 * mu), Math.cos(2 * mu), Math.sinh(2 * nu), Math.cosh(2 * nu)];
	addSineSeries(MINUS_BETA, mu, nu, sin, cos, sinh, cosh, out, 0);
	const [xi, eta] = out;
	const sinhEta = Math.sinh(eta);
	const cosXi = Math.cos(xi);
	out[0] = Math.atan2(sinhEta, cosXi) / RAD_PER_DEG;
	out[1] =
		Math.atan(geodeticTangent(Math.sin(xi) / Math.sqrt(sinhEta * sinhEta + cosXi * cosXi))) / RAD_PER_DEG;
}

/**
 * Tangent of the conformal latitude from that of the geodetic latitude (Karney 2011, equations 7–9).
 *
 * σ = sinh(e artanh(e sin φ)) by the series of both, whose first term left out is below 1e-16 of the sum: e² is 0.0067.
 */
function conformalTangent(tau: number): number {
	const secant = Math.sqrt(1 + tau * tau);
	const sin = tau / secant;
	const z2 = ECCENTRICITY2 * sin * sin;
	const artanh =
		1 + z2 * (1 / 3 + z2 * (1 / 5 + z2 * (1 / 7 + z2 * (1 / 9 + z2 * (1 / 11 + z2 * (1 / 13))))));
	const x = ECCENTRICITY2 * sin * artanh;
	const sigma = x * (1 + ((x * x) / 6) * (1 + ((x * x) / 20) * (1 + (x * x) / 42)));
	return tau * Math.sqrt(1 + sigma * sigma) - sigma * secant;
}

/** Inverse of conformalTangent by Newton's method (Karney 2011, equations 19–21); three steps reach the last bit. */
function geodeticTangent(tauConformal: number): number {
	let tau = tauConformal / (1 - ECCENTRICITY2);
	for (let step = 0; step < 5; step++) {
		const reached = conformalTangent(tau);
		const slope =
			((1 - ECCENTRICITY2) * Math.sqrt(1 + reached * reached) * Math.sqrt(1 + tau * tau)) /
			(1 + (1 - ECCENTRICITY2) * tau * tau);
		const delta = (tauConformal - reached) / slope;
		tau += delta;
		if (Math.abs(delta) <= 1e-16 * Math.max(1, Math.abs(tau))) break;
	}
	return tau;
}

/**
 * Writes ζ + Σ cⱼ sin 2jζ for complex ζ = ξ + iη to out[at], out[at + 1] (Clenshaw summation).
 *
 * sin, cos are of 2ξ, sinh, cosh of 2η: going forward they follow from what is known by roots alone.
 */
function addSineSeries(
	c: readonly number[],
	xi: number,
	eta: number,
	sin: number,
	cos: number,
	sinh: number,
	cosh: number,
	out: Float64Array,
	at: number,
): void {
	const re = 2 * cos * cosh;
	const im = -2 * sin * sinh;
	let firstRe = 0;
	let firstIm = 0;
	let secondRe = 0;
	let secondIm = 0;
	for (let j = c.length - 1; j >= 0; j--) {
		const nextRe = re * firstRe - im * firstIm - secondRe + c[j];
		const nextIm = re * firstIm + im * firstRe - secondIm;
		secondRe = firstRe;
		secondIm = firstIm;
		firstRe = nextRe;
		firstIm = nextIm;
	}
	out[at] = xi + sin * cosh * firstRe - cos * sinh * firstIm;
	out[at + 1] = eta + sin * cosh * firstIm + cos * sinh * firstRe;
}

function seriesInN(rows: readonly (readonly number[])[]): number[] {
	return rows.map((row, j) => row.reduceRight((sum, value) => sum * N + value, 0) * N ** (j + 1));
}
