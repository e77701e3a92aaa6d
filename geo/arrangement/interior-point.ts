import type { FlatPolygons, LonLat } from '../flat-polygons.ts';

/**
 * A point inside a polygon, to double precision: the middle of its widest stretch along one parallel.
 *
 * The parallel runs half way between the two successive vertex latitudes that are farthest apart, so it meets no vertex. Degrees
 * (EPSG:4490). `polygon` is a polygon number of a valid set; it must have an area. O(n log n) in its vertices.
 */
export function interiorPoint(polygons: FlatPolygons, polygon: number): LonLat {
	const { coordinates, ringOffsets, polygonOffsets } = polygons;
	const from = ringOffsets[polygonOffsets[polygon]];
	const to = ringOffsets[polygonOffsets[polygon + 1]];
	const originLon = coordinates[2 * from];
	const originLat = coordinates[2 * from + 1];
	const lats = new Float64Array(to - from);
	for (let i = from; i < to; i++) lats[i - from] = coordinates[2 * i + 1] - originLat;
	lats.sort();
	let widest = 0;
	let lat = 0;
	for (let i = 1; i < lats.length; i++) {
		if (lats[i] - lats[i - 1] <= widest) continue;
		widest = lats[i] - lats[i - 1];
		lat = lats[i - 1] + widest / 2;
	}
	const crossings: number[] = [];
	for (let r = polygonOffsets[polygon]; r < polygonOffsets[polygon + 1]; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const y0 = coordinates[2 * j + 1] - originLat;
			const y1 = coordinates[2 * i + 1] - originLat;
			if (y0 > lat === y1 > lat) continue;
			const x0 = coordinates[2 * j] - originLon;
			const x1 = coordinates[2 * i] - originLon;
			crossings.push(x0 + ((lat - y0) / (y1 - y0)) * (x1 - x0));
		}
	}
	crossings.sort((a, b) => a - b);
	let width = -1;
	let lon = 0;
	for (let i = 0; i + 1 < crossings.length; i += 2) {
		if (crossings[i + 1] - crossings[i] <= width) continue;
		width = crossings[i + 1] - crossings[i];
		lon = crossings[i] + width / 2;
	}
	return [originLon + lon, originLat + lat];
}
