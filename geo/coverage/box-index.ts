import Flatbush from 'flatbush';
import type { LonLatBox } from './shape.ts';

/**
 * Indexes boxes in degrees (EPSG:4490), sides included.
 *
 * Gives what finds the places in `boxes` of those that contain a place, in order. O(boxes log boxes), then O(log boxes + found log found) each.
 */
export function indexBoxes(boxes: readonly LonLatBox[]): (lon: number, lat: number) => number[] {
	// Flatbush takes no empty index.
	if (boxes.length === 0) return () => [];
	const index = new Flatbush(boxes.length);
	for (const { minLon, minLat, maxLon, maxLat } of boxes) index.add(minLon, minLat, maxLon, maxLat);
	index.finish();
	return (lon, lat) => index.search(lon, lat, lon, lat).sort((a, b) => a - b);
}
