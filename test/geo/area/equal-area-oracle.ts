import proj4 from 'proj4';

/**
 * Area in square metres of an open ring (longitude, latitude pairs) whose edges are straight in longitude and latitude, densified.
 *
 * Each edge is cut linearly in degrees into `parts`, every vertex projected by proj4's cylindrical equal-area projection of the CGCS2000
 * ellipsoid, in which areas are those of the ellipsoid, and the plane polygon measured about its first vertex. The error falls with
 * parts², so two runs are extrapolated (Richardson). Vertices round at some nm, not at 1e-5 m² an edge as geodesic areas do.
 */
export function equalAreaM2(ring: readonly number[], parts: number): number {
	const coarse = planeAreaM2(ring, parts);
	const fine = planeAreaM2(ring, 2 * parts);
	return fine + (fine - coarse) / 3;
}

function planeAreaM2(ring: readonly number[], parts: number): number {
	const size = ring.length;
	const projection = proj4(
		`+proj=cea +lat_ts=0 +lon_0=${ring[0]} +x_0=0 +y_0=0 +ellps=GRS80 +rf=298.257222101 +units=m`,
	);
	const points: [number, number][] = [];
	for (let i = 0; i < size; i += 2) {
		const j = (i + 2) % size;
		for (let k = 0; k < parts; k++) {
			const t = k / parts;
			const lonLat = [ring[i] + t * (ring[j] - ring[i]), ring[i + 1] + t * (ring[j + 1] - ring[i + 1])];
			points.push(projection.forward(lonLat) as [number, number]);
		}
	}
	const [xOrigin, yOrigin] = points[0];
	let doubled = 0;
	for (const [i, [x, y]] of points.entries()) {
		const [xNext, yNext] = points[(i + 1) % points.length];
		doubled += (x - xOrigin) * (yNext - yOrigin) - (xNext - xOrigin) * (y - yOrigin);
	}
	return Math.abs(doubled / 2);
}
