import { CGCS2000_FLATTENING, CGCS2000_RADIUS_M } from '../crs/cgcs2000.ts';
import type { FlatPolygons } from '../flat-polygons.ts';

const ECCENTRICITY2 = CGCS2000_FLATTENING * (2 - CGCS2000_FLATTENING);
const RAD_PER_DEG = Math.PI / 180;
const SCALE_M2 = (CGCS2000_RADIUS_M * (1 - CGCS2000_FLATTENING) * RAD_PER_DEG) ** 2;

/** Taylor centres of the area density stand every 1/64 rad of latitude. */
const BANDS_PER_RAD = 64;
const BAND_RAD = 1 / BANDS_PER_RAD;
const LAST_BAND = Math.ceil((Math.PI / 2) * BANDS_PER_RAD);
const TERMS = 7;
const DENSITY_SERIES = densitySeries();

/** Longest edge, in degrees of latitude, that one three-point quadrature takes. */
const EDGE_MAX_DEG = 0.8;
const GAUSS_OFFSET = Math.sqrt(3 / 20);

/**
 * Area of every feature on the CGCS2000 ellipsoid, its edges straight in longitude and latitude, in square metres.
 *
 * Holes are subtracted, polygons of a feature added; ring orientation is ignored. Edges run straight between the stored
 * numbers: a ring across the antimeridian must be given with longitudes beyond 180. NaN where a latitude is none. Because the edges are the same curve for
 * both neighbours, areas are additive: the parts of a cut sum to the whole (about 1e-15 of it). O(positions), one allocation.
 */
export function ellipsoidalAreasM2(polygons: FlatPolygons): Float64Array {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const areasM2 = new Float64Array(featureOffsets.length - 1);
	for (let f = 0; f < areasM2.length; f++) {
		let areaM2 = 0;
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			const shell = polygonOffsets[p];
			for (let r = shell; r < polygonOffsets[p + 1]; r++) {
				const ringM2 = Math.abs(ellipsoidalRingAreaM2(coordinates, ringOffsets[r], ringOffsets[r + 1]));
				areaM2 += r === shell ? ringM2 : -ringM2;
			}
		}
		areasM2[f] = areaM2;
	}
	return areasM2;
}

/**
 * Signed area in square metres of the open ring at positions [from, to): counter-clockwise is positive.
 *
 * Longitude, latitude pairs in degrees (CGCS2000). The integral ∮ (λ − λ₀) g(φ) dφ with the area density
 * g = b² cos φ / (1 − e² sin² φ)² is taken edge by edge by three Gauss–Legendre points (λ is linear in φ on an edge);
 * λ₀ is the ring's first longitude, so no term is larger than the ring's own box and nothing cancels, and the sum is
 * compensated (Neumaier). |g⁽ᵏ⁾| ≤ 4 b² for k ≤ 6, so the quadrature errs by at most Δφ⁶ (24 Δλ + 4 Δφ |λ − λ₀|) b² / 2 016 000
 * (radians) an edge: 1e-20 m² at 1 km, 1e-8 m² at 20 km, 1e-3 m² at 89 km, where edges are split. O(positions).
 */
export function ellipsoidalRingAreaM2(coordinates: Float64Array, from: number, to: number): number {
	if (to - from < 3) return 0;
	const lonOrigin = coordinates[2 * from];
	let lonStart = coordinates[2 * to - 2] - lonOrigin;
	let latStart = coordinates[2 * to - 1];
	let sum = 0;
	let lost = 0;
	for (let i = 2 * from; i < 2 * to; i += 2) {
		const lonEnd = coordinates[i] - lonOrigin;
		const latEnd = coordinates[i + 1];
		const deltaLat = latEnd - latStart;
		if (deltaLat !== 0) {
			const term =
				deltaLat > EDGE_MAX_DEG || deltaLat < -EDGE_MAX_DEG
					? longEdgeTerm(lonStart, latStart, lonEnd, latEnd)
					: edgeTerm(lonStart, latStart, lonEnd, latEnd);
			const next = sum + term;
			lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
			sum = next;
		}
		lonStart = lonEnd;
		latStart = latEnd;
	}
	return (sum + lost) * SCALE_M2;
}

/** ∫ λ g(φ) dφ / b² along an edge, in square degrees; exactly the negative for the reversed edge. */
function edgeTerm(lonStart: number, latStart: number, lonEnd: number, latEnd: number): number {
	const deltaLat = latEnd - latStart;
	const lonMiddle = 0.5 * (lonStart + lonEnd);
	const latMiddle = 0.5 * (latStart + latEnd);
	const lonOffset = GAUSS_OFFSET * (lonEnd - lonStart);
	const latOffset = GAUSS_OFFSET * deltaLat;
	const outer =
		(lonMiddle - lonOffset) * density(latMiddle - latOffset) +
		(lonMiddle + lonOffset) * density(latMiddle + latOffset);
	return (deltaLat * (5 * outer + 8 * (lonMiddle * density(latMiddle)))) / 18;
}

function longEdgeTerm(lonStart: number, latStart: number, lonEnd: number, latEnd: number): number {
	if (!(Math.abs(latStart) <= 90 && Math.abs(latEnd) <= 90)) return Number.NaN;
	const parts = Math.ceil(Math.abs(latEnd - latStart) / EDGE_MAX_DEG);
	const lonStep = (lonEnd - lonStart) / parts;
	const latStep = (latEnd - latStart) / parts;
	let sum = 0;
	for (let k = 0; k < parts; k++) {
		sum += edgeTerm(
			lonStart + k * lonStep,
			latStart + k * latStep,
			k + 1 === parts ? lonEnd : lonStart + (k + 1) * lonStep,
			k + 1 === parts ? latEnd : latStart + (k + 1) * latStep,
		);
	}
	return sum;
}

/** The area density g / b² at a latitude in degrees, by the Taylor series of its band (relative error below 1e-18 before rounding). */
function density(latDeg: number): number {
	const lat = latDeg * RAD_PER_DEG;
	const band = Math.round(lat * BANDS_PER_RAD);
	const h = lat - band * BAND_RAD;
	const k = (band + LAST_BAND) * TERMS;
	const c = DENSITY_SERIES;
	return (
		c[k] + h * (c[k + 1] + h * (c[k + 2] + h * (c[k + 3] + h * (c[k + 4] + h * (c[k + 5] + h * c[k + 6])))))
	);
}

/** Taylor coefficients of cos φ / (1 − e² sin² φ)² at every band centre from pole to pole. */
function densitySeries(): Float64Array {
	const table = new Float64Array((2 * LAST_BAND + 1) * TERMS);
	for (let band = -LAST_BAND; band <= LAST_BAND; band++) {
		const sin = Math.sin(band * BAND_RAD);
		const cos = Math.cos(band * BAND_RAD);
		const sinSeries = new Float64Array(TERMS);
		const cosSeries = new Float64Array(TERMS);
		let factorial = 1;
		for (let k = 0; k < TERMS; k++) {
			if (k > 0) factorial *= k;
			sinSeries[k] = [sin, cos, -sin, -cos][k % 4] / factorial;
			cosSeries[k] = [cos, -sin, -cos, sin][k % 4] / factorial;
		}
		const curvature = seriesProduct(sinSeries, sinSeries).map((value) => -ECCENTRICITY2 * value);
		curvature[0] += 1;
		const series = seriesQuotient(seriesQuotient(cosSeries, curvature), curvature);
		table.set(series, (band + LAST_BAND) * TERMS);
	}
	return table;
}

function seriesProduct(a: Float64Array, b: Float64Array): Float64Array {
	const product = new Float64Array(TERMS);
	for (let k = 0; k < TERMS; k++) for (let i = 0; i <= k; i++) product[k] += a[i] * b[k - i];
	return product;
}

function seriesQuotient(numerator: Float64Array, denominator: Float64Array): Float64Array {
	const quotient = new Float64Array(TERMS);
	for (let k = 0; k < TERMS; k++) {
		let rest = numerator[k];
		for (let i = 0; i < k; i++) rest -= quotient[i] * denominator[k - i];
		quotient[k] = rest / denominator[0];
	}
	return quotient;
}
