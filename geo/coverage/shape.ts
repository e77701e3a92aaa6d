import type { FlatPolygons } from '../flat-polygons.ts';

/** A box in degrees (EPSG:4490), sides included. */
export interface LonLatBox {
	readonly minLon: number;
	readonly minLat: number;
	readonly maxLon: number;
	readonly maxLat: number;
}

/** The box of all positions; contains nothing when there are none. O(positions). */
export function boxOf({ coordinates }: Pick<FlatPolygons, 'coordinates'>): LonLatBox {
	let minLon = Infinity;
	let minLat = Infinity;
	let maxLon = -Infinity;
	let maxLat = -Infinity;
	for (let i = 0; i < coordinates.length; i += 2) {
		if (coordinates[i] < minLon) minLon = coordinates[i];
		if (coordinates[i] > maxLon) maxLon = coordinates[i];
		if (coordinates[i + 1] < minLat) minLat = coordinates[i + 1];
		if (coordinates[i + 1] > maxLat) maxLat = coordinates[i + 1];
	}
	return { minLon, minLat, maxLon, maxLat };
}

/** Says whether two boxes overlap or touch. */
export function boxesMeet(a: LonLatBox, b: LonLatBox): boolean {
	return a.minLon <= b.maxLon && b.minLon <= a.maxLon && a.minLat <= b.maxLat && b.minLat <= a.maxLat;
}

/** Says whether two sets of polygons are the same numbers in the same order. O(positions). */
export function sameShape(a: FlatPolygons, b: FlatPolygons): boolean {
	return (
		sameNumbers(a.coordinates, b.coordinates) &&
		sameNumbers(a.ringOffsets, b.ringOffsets) &&
		sameNumbers(a.polygonOffsets, b.polygonOffsets) &&
		sameNumbers(a.featureOffsets, b.featureOffsets)
	);
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

/** All polygons of a set as one feature. */
export function asOneFeature(polygons: FlatPolygons): FlatPolygons {
	return { ...polygons, featureOffsets: Uint32Array.of(0, polygons.polygonOffsets.length - 1) };
}
