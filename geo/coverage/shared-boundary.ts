import { metresBetween } from '../arrangement/metres.ts';
import type { LonLat } from '../flat-polygons.ts';
import { findShape, listParcelNosInBox } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { boxOf } from './shape.ts';
import { placeKey, ringsOf } from './vertex.ts';

/** A parcel that has boundary in common with another one. */
export interface SharedBoundary {
	readonly parcelNo: number;
	/** Metres on the ground, by a local scale: to compare, not to state. */
	readonly lengthM: number;
}

/**
 * Lists the parcels that a parcel of a coverage shares boundary with, the longest boundary first, ties by number; none where there is no such parcel.
 *
 * Points alone do not count. O(edges of the parcel and of those that its box meets).
 */
export function listSharedBoundaries(coverage: Coverage, parcelNo: number): SharedBoundary[] {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) return [];
	const edges = new Map<string, number>();
	for (const [a, b] of edgesOf(ringsOf(shape))) edges.set(edgeKey(a, b), metresBetween(...a, ...b));
	return listParcelNosInBox(coverage, boxOf(shape))
		.filter((other) => other !== parcelNo)
		.map((other) => {
			const beside = findShape(coverage, other);
			const lengths = (beside === null ? [] : edgesOf(ringsOf(beside))).map(
				// Neighbours run along a boundary in opposite directions.
				([a, b]) => edges.get(edgeKey(b, a)) ?? 0,
			);
			return { parcelNo: other, lengthM: lengths.reduce((sum, length) => sum + length, 0) };
		})
		.filter(({ lengthM }) => lengthM > 0)
		.sort((a, b) => b.lengthM - a.lengthM || a.parcelNo - b.parcelNo);
}

function edgesOf(rings: readonly LonLat[][]): [LonLat, LonLat][] {
	return rings.flatMap((ring) =>
		ring.map((place, i): [LonLat, LonLat] => [place, ring[(i + 1) % ring.length]]),
	);
}

function edgeKey(a: LonLat, b: LonLat): string {
	return `${placeKey(a)} ${placeKey(b)}`;
}
