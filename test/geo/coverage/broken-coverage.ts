import fc from 'fast-check';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { flattenMultiPolygons, nestFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';

/** One thing done to a coverage; `by` is in grid steps. */
export interface Break {
	readonly at: number;
	readonly kind: 'move' | 'drop' | 'double' | 'drop parcel' | 'move everywhere';
	readonly by: readonly [east: number, north: number];
}

const step = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -2000, max: 2000 }));

/** Some breaks: within a few steps or some centimetres. */
export function anyBreaks(most: number): fc.Arbitrary<Break[]> {
	const kind = fc.constantFrom('move', 'drop', 'double', 'drop parcel', 'move everywhere');
	return fc.array(fc.record({ at: fc.nat(), kind, by: fc.tuple(step, step) }), {
		minLength: 1,
		maxLength: most,
	});
}

/** Moves, drops or doubles one vertex of one ring, moves it in all rings that have it, or takes a parcel away. */
export function breakCoverage(set: ParcelSet, breaks: readonly Break[]): ParcelSet {
	return breaks.reduce(broken, set);
}

function broken(set: ParcelSet, { at, kind, by }: Break): ParcelSet {
	const { coordinates } = set.polygons;
	const features = Array.from(set.parcelNos, (_, f) => nestFeature(set.polygons, f).map(openRings));
	const chosen = (2 * at) % coordinates.length;
	let position = 0;
	const next = features.map((polygons) =>
		polygons.map((rings) =>
			rings.map((ring) =>
				ring.flatMap((place): (readonly [number, number])[] => {
					const isChosen = 2 * position++ === chosen;
					const isThere = place[0] === coordinates[chosen] && place[1] === coordinates[chosen + 1];
					const moved = [place[0] + by[0] * GRID_STEP_DEG, place[1] + by[1] * GRID_STEP_DEG] as const;
					if (kind === 'move everywhere') return [isThere ? moved : place];
					if (!isChosen || kind === 'drop parcel') return [place];
					return kind === 'move' ? [moved] : kind === 'drop' ? [] : [place, moved];
				}),
			),
		),
	);
	const left = kind === 'drop parcel' ? (_: unknown, f: number) => f !== at % next.length : () => true;
	return { parcelNos: set.parcelNos.filter(left), polygons: flattenMultiPolygons(next.filter(left)) };
}

function openRings(rings: [number, number][][]): [number, number][][] {
	return rings.map((ring) => ring.slice(0, -1));
}
