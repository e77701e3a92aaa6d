import { Geodesic } from 'geographiclib-geodesic';

const CGCS2000 = new Geodesic.Geodesic(6378137, 1 / 298.257222101);

/**
 * Area in square metres of an open ring (longitude, latitude pairs) whose edges are straight in longitude and latitude.
 *
 * Each edge is cut into `parts` geodesics; the error falls with parts², so two runs are extrapolated (Richardson).
 */
export function densifiedAreaM2(ring: readonly number[], parts: number): number {
	const coarse = geodesicAreaM2(ring, parts);
	const fine = geodesicAreaM2(ring, 2 * parts);
	return fine + (fine - coarse) / 3;
}

/** Area in square metres of the polygon whose edges are each cut linearly into `parts` geodesics. */
export function geodesicAreaM2(ring: readonly number[], parts: number): number {
	const polygon = CGCS2000.Polygon(false);
	const size = ring.length;
	for (let i = 0; i < size; i += 2) {
		const j = (i + 2) % size;
		for (let k = 0; k < parts; k++) {
			const t = k / parts;
			polygon.AddPoint(ring[i + 1] + t * (ring[j + 1] - ring[i + 1]), ring[i] + t * (ring[j] - ring[i]));
		}
	}
	return Math.abs(polygon.Compute(false, true).area ?? Number.NaN);
}
