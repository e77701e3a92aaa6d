import { findShape } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { DraftDifference, DraftState } from './draft-state.ts';

/** West, south, east, north in degrees (EPSG:4490). */
export type ChangedBox = readonly [west: number, south: number, east: number, north: number];

/**
 * The box of what a draft changes, before and after, neighbours that only get vertices left out; null where it changes nothing.
 *
 * `state` is the draft's end. O(positions of the changed parcels).
 */
export function changedBox({ coverage }: DraftState, { shapes, facts }: DraftDifference): ChangedBox | null {
	const changed: (FlatPolygons | null)[] = [
		...shapes.flatMap(({ kind, before, after }) => (kind === 'noded' ? [] : [before, after])),
		...facts.map(({ parcelNo }) => findShape(coverage, parcelNo)),
	];
	let box: ChangedBox | null = null;
	for (const shape of changed) {
		if (shape === null) continue;
		const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
		box =
			box === null
				? [minLon, minLat, maxLon, maxLat]
				: [
						Math.min(box[0], minLon),
						Math.min(box[1], minLat),
						Math.max(box[2], maxLon),
						Math.max(box[3], maxLat),
					];
	}
	return box;
}
