import { latToWorldY, lonToWorldX } from '../crs/web-mercator.ts';
import { featureCount, type FlatPolygons } from '../flat-polygons.ts';
import { straightenForMap } from './straighten.ts';

/**
 * Polygons in Web Mercator world coordinates: x, y pairs from 0 to 1, y growing southwards; features, polygons and rings as in FlatPolygons.
 *
 * `bounds` holds minX, minY, maxX, maxY of each feature (Infinity, −Infinity for one without positions).
 */
export interface WorldPolygons {
	readonly coordinates: Float64Array;
	readonly ringOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	readonly featureOffsets: Uint32Array;
	readonly bounds: Float64Array;
}

/**
 * Projects polygons to world coordinates once, for every tile to read; equal vertices stay equal numbers.
 *
 * Edges that the map would bend get positions between their ends (see `straightenForMap`), as fine as tiles up to `zoom` need. O(positions).
 */
export function projectPolygons(polygons: FlatPolygons, zoom?: number): WorldPolygons {
	const straight = straightenForMap(polygons, zoom);
	const { ringOffsets, polygonOffsets, featureOffsets } = straight;
	const coordinates = projectPositions(straight.coordinates);
	const bounds = new Float64Array(4 * featureCount(straight));
	for (let f = 0; 4 * f < bounds.length; f++) {
		let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
		const from = 2 * ringOffsets[polygonOffsets[featureOffsets[f]]];
		const to = 2 * ringOffsets[polygonOffsets[featureOffsets[f + 1]]];
		for (let i = from; i < to; i += 2) {
			const x = coordinates[i];
			const y = coordinates[i + 1];
			if (x < minX) minX = x;
			if (x > maxX) maxX = x;
			if (y < minY) minY = y;
			if (y > maxY) maxY = y;
		}
		bounds[4 * f] = minX;
		bounds[4 * f + 1] = minY;
		bounds[4 * f + 2] = maxX;
		bounds[4 * f + 3] = maxY;
	}
	return { coordinates, ringOffsets, polygonOffsets, featureOffsets, bounds };
}

/** Projects longitude, latitude pairs in degrees to world x, y pairs. O(positions). */
export function projectPositions(lonLats: Float64Array): Float64Array {
	const world = new Float64Array(lonLats.length);
	for (let i = 0; i < world.length; i += 2) {
		world[i] = lonToWorldX(lonLats[i]);
		world[i + 1] = latToWorldY(lonLats[i + 1]);
	}
	return world;
}
