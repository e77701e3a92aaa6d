import fc from 'fast-check';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import { disguise } from '../coverage/random-polygons.ts';
import type { RandomCoverage } from '../coverage/random-polygons.ts';
import { built } from './edit-outcome.ts';

/** All ring edges as written, start to end. */
export function edgesOf({ coordinates, ringOffsets }: FlatPolygons): [LonLat, LonLat][] {
	const edges: [LonLat, LonLat][] = [];
	const at = (i: number): LonLat => [coordinates[2 * i], coordinates[2 * i + 1]];
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const end = ringOffsets[r + 1];
		for (let i = ringOffsets[r], j = end - 1; i < end; j = i++) edges.push([at(j), at(i)]);
	}
	return edges;
}

/** The same coverage built from rings that start and run otherwise. */
export function builtOtherwise({ set, outline }: RandomCoverage, seed: number): Coverage {
	let state = seed;
	const random = () => (state = (state * 48271 + 11) % 2147483647) / 2147483647;
	return built({ ...set, polygons: disguise(set.polygons, random) }, outline);
}

/** A vertex of a coverage by chance. */
export function vertexOf(coverage: Coverage, pick: number): LonLat {
	const { coordinates } = coverageToParcelSet(coverage).polygons;
	const i = 2 * (pick % (coordinates.length / 2));
	return [coordinates[i], coordinates[i + 1]];
}

/** Any number that may be given as a coordinate or a reach. */
export const anyNumber = fc.oneof(
	fc.double(),
	fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 123.375, 41.75, 90, -90, 180, -180, 1e308, 5e-324),
);

/** Any place that the types allow. */
export const anyPlace = fc.tuple(anyNumber, anyNumber);
