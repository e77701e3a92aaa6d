import type { FlatPolygons } from '../flat-polygons.ts';
import { findShape, listParcelNosInBox } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { sideOf } from '../arrangement/point-in-polygon.ts';
import { boxesMeet, boxOf } from './shape.ts';
import type { LonLatBox } from './shape.ts';

/** Shapes by parcel number; null where there is no such parcel. */
export type Shapes = ReadonlyMap<number, FlatPolygons | null>;

/**
 * Finds the parcels of a coverage that an edge in one of the boxes may touch, and that are not `known`.
 *
 * Those with an edge whose box meets one of the boxes, or that hold one of the boxes inside. O(log parcels + edges looked at × boxes near).
 */
export function listNeighbourhood(
	coverage: Coverage,
	boxes: readonly LonLatBox[],
	known: Shapes,
): Map<number, FlatPolygons> {
	const candidates = new Set<number>();
	for (const box of boxes) {
		for (const parcelNo of listParcelNosInBox(coverage, box)) {
			if (!known.has(parcelNo)) candidates.add(parcelNo);
		}
	}
	const found = new Map<number, FlatPolygons>();
	for (const parcelNo of candidates) {
		const shape = findShape(coverage, parcelNo);
		if (shape !== null && comesNear(shape, boxes)) found.set(parcelNo, shape);
	}
	return found;
}

/** Says whether a shape has an edge whose box meets one of the boxes, or holds one of them inside. O(edges × boxes near). */
export function comesNear(shape: FlatPolygons, boxes: readonly LonLatBox[]): boolean {
	const around = boxOf(shape);
	const near = boxes.filter((box) => boxesMeet(around, box));
	const { coordinates, ringOffsets } = shape;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) {
			const minLon = Math.min(coordinates[2 * i], coordinates[2 * j]);
			const maxLon = Math.max(coordinates[2 * i], coordinates[2 * j]);
			const minLat = Math.min(coordinates[2 * i + 1], coordinates[2 * j + 1]);
			const maxLat = Math.max(coordinates[2 * i + 1], coordinates[2 * j + 1]);
			for (const box of near) {
				const apart =
					minLon > box.maxLon || maxLon < box.minLon || minLat > box.maxLat || maxLat < box.minLat;
				if (!apart) return true;
			}
		}
	}
	// No edge is near, so each box is inside or outside as a whole.
	return near.some(({ minLon, minLat }) => sideOf(shape, [minLon, minLat]) > 0);
}
