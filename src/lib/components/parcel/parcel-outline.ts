import type { WireParcel } from '$lib/api/parcel.ts';

/** A parcel's shape drawn in local metres, ready for SVG: x east, y south, origin at the middle of the frame. */
export interface ParcelOutline {
	/** One path of all rings, for fill-rule evenodd. */
	readonly path: string;
	/** Half the frame's width and height in metres, margin included. */
	readonly halfWidthM: number;
	readonly halfHeightM: number;
	/** A round length for the scale bar, at most a third of the frame. */
	readonly scaleBarM: number;
}

/** CGCS2000 ellipsoid (EPSG:1024). */
const SEMI_MAJOR_M = 6_378_137;
const ECCENTRICITY_SQUARED = 0.006_694_380_022_900_788;

/**
 * Draws a geometry in metres around its middle, north up.
 *
 * Degrees become metres with the two radii of curvature of CGCS2000 at the middle latitude: within 1e-4 of true shape on a
 * few kilometres, far below a pixel. `aspect` is width over height of the frame; the shape fills it up to `margin` of its size.
 */
export function parcelOutline(
	geometry: WireParcel['geometry'],
	bbox: WireParcel['bbox'],
	aspect: number,
	margin = 0.12,
): ParcelOutline {
	const [west, south, east, north] = bbox;
	const middleLon = (west + east) / 2;
	const middleLat = (south + north) / 2;
	const { perLonDegree, perLatDegree } = metresPerDegree(middleLat);
	const decimals = 2;
	const path = geometry.coordinates
		.flat()
		.map((ring) => {
			const positions = ring
				.slice(0, -1)
				.map(([lon, lat]) => [(lon - middleLon) * perLonDegree, (middleLat - lat) * perLatDegree])
				.map(([x, y]) => `${x.toFixed(decimals)} ${y.toFixed(decimals)}`);
			return `M${positions.join('L')}Z`;
		})
		.join('');

	const widthM = (east - west) * perLonDegree * (1 + 2 * margin);
	const heightM = (north - south) * perLatDegree * (1 + 2 * margin);
	const halfHeightM = Math.max(heightM, widthM / aspect, 1) / 2;
	const halfWidthM = halfHeightM * aspect;
	return { path, halfWidthM, halfHeightM, scaleBarM: roundLength((2 * halfWidthM) / 3) };
}

/** Metres in one degree of longitude and of latitude at a latitude, on the CGCS2000 ellipsoid. */
export function metresPerDegree(latitudeDeg: number): { perLonDegree: number; perLatDegree: number } {
	const latitude = (latitudeDeg * Math.PI) / 180;
	const w = Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2);
	const primeVerticalM = SEMI_MAJOR_M / w;
	const meridionalM = (SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / w ** 3;
	return {
		perLonDegree: (primeVerticalM * Math.cos(latitude) * Math.PI) / 180,
		perLatDegree: (meridionalM * Math.PI) / 180,
	};
}

/** The largest of 1, 2, 5 × 10ⁿ that is not above a length. */
export function roundLength(lengthM: number): number {
	const power = 10 ** Math.floor(Math.log10(lengthM));
	const factor = [5, 2, 1].find((candidate) => candidate * power <= lengthM * (1 + 1e-9)) ?? 1;
	return factor * power;
}
