import type { FlatPolygons } from '../flat-polygons.ts';
import { ellipsoidalRingAreaM2 } from './ellipsoidal.ts';

/** West, south, east, north in degrees. */
export type LonLatBox = readonly [west: number, south: number, east: number, north: number];

/** Area of the part of one feature that lies inside a box of longitude and latitude, in m².
 *
 * Ellipsoidal (CGCS2000, edges straight in degrees), holes subtracted. Every edge is cut where it crosses a line of the box and
 * its points are pushed onto the box: a point inside the box is wound by the pushed ring just as by the ring itself, so the
 * pushed ring's area is that of the part inside. Boxes that tile the plane share a feature out without gain or loss, to 1e-6 m².
 * O(positions of the feature).
 */
export function areaInBoxM2(polygons: FlatPolygons, feature: number, box: LonLatBox): number {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	let total = 0;
	for (let p = featureOffsets[feature]; p < featureOffsets[feature + 1]; p++) {
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const pushed = pushedRing(coordinates, ringOffsets[r], ringOffsets[r + 1], box);
			const area = Math.abs(ellipsoidalRingAreaM2(pushed, 0, pushed.length / 2));
			total += r === polygonOffsets[p] ? area : -area;
		}
	}
	return total;
}

function pushedRing(
	coordinates: Float64Array,
	from: number,
	to: number,
	[west, south, east, north]: LonLatBox,
): Float64Array {
	const pushed: number[] = [];
	const push = (lon: number, lat: number) => {
		pushed.push(Math.min(Math.max(lon, west), east), Math.min(Math.max(lat, south), north));
	};
	for (let i = from; i < to; i++) {
		const next = i + 1 < to ? i + 1 : from;
		const [lon, lat] = [coordinates[2 * i], coordinates[2 * i + 1]];
		const [dLon, dLat] = [coordinates[2 * next] - lon, coordinates[2 * next + 1] - lat];
		push(lon, lat);
		const shares = [(west - lon) / dLon, (east - lon) / dLon, (south - lat) / dLat, (north - lat) / dLat];
		for (const share of shares.filter((t) => t > 0 && t < 1).sort((a, b) => a - b)) {
			push(lon + share * dLon, lat + share * dLat);
		}
	}
	return Float64Array.from(pushed);
}
