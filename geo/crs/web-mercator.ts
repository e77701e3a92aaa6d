/** Latitude in degrees where the square Web Mercator world ends. */
export const WORLD_LAT_MAX_DEG = 85.0511287798066;

/** A box in degrees of longitude and latitude. */
export interface LonLatBounds {
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

const RAD_PER_DEG = Math.PI / 180;

/** World x, 0 (180°W) to 1 (180°E), of a longitude in degrees. */
export function lonToWorldX(lon: number): number {
	return lon / 360 + 0.5;
}

/** World y, 0 (north end) to 1 (south end) growing southwards, of a latitude in degrees (spherical formula, EPSG:3857). */
export function latToWorldY(lat: number): number {
	return 0.5 - Math.asinh(Math.tan(lat * RAD_PER_DEG)) / (2 * Math.PI);
}

/** Longitude in degrees of a world x. */
export function worldXToLon(x: number): number {
	return (x - 0.5) * 360;
}

/** Latitude in degrees of a world y. */
export function worldYToLat(y: number): number {
	return Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) / RAD_PER_DEG;
}

/** Bounds in degrees of the tile (z, x, y), y counted from the north (XYZ). */
export function tileBounds(z: number, x: number, y: number): LonLatBounds {
	const size = 2 ** -z;
	return {
		west: worldXToLon(x * size),
		south: worldYToLat((y + 1) * size),
		east: worldXToLon((x + 1) * size),
		north: worldYToLat(y * size),
	};
}
