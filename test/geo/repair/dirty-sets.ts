import fc from 'fast-check';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { joinFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyCoverage, disguise } from '../coverage/random-polygons.ts';

/** A coverage whose parcels were each drawn again by somebody with an unsteady hand. */
export interface DirtySet {
	readonly set: ParcelSet;
	readonly outline: FlatPolygons;
	/** Mean width of the widest slivers that come of it. */
	readonly widthM: number;
}

/** Degrees that are about a metre. */
const METRE_DEG = 1 / 111_195;

/** Coverages of about 200 m (or 3 km) whose vertices were moved by up to half the sliver width, each parcel on its own. */
export function anyDirtySet(): fc.Arbitrary<DirtySet> {
	return fc
		.constantFrom({ spread: 2 ** 24, widthM: 0.01 }, { spread: 2 ** 28, widthM: 0.5 })
		.chain(({ spread, widthM }) =>
			fc.tuple(
				anyCoverage(spread),
				fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 }),
				fc.constantFrom(0, 0.3, 1),
				fc.constant(widthM),
			),
		)
		.map(([{ set, outline }, jitter, share, widthM]) => {
			const reach = (0.4 * widthM * METRE_DEG) / 1000;
			const coordinates = set.polygons.coordinates.map((deg, i) => {
				const byDeg = jitter[i % jitter.length] * reach;
				return (i * 7919) % 100 < share * 100 ? deg + byDeg : deg;
			});
			return { set: { ...set, polygons: { ...set.polygons, coordinates } }, outline, widthM };
		});
}

/** The same set with rings reversed and turned, and the parcels in another order, as told by `values` (in [0, 1)). */
export function disguiseSet({ parcelNos, polygons }: ParcelSet, values: readonly number[]): ParcelSet {
	let drawn = 0;
	const random = () => values[drawn++ % values.length];
	const features = Array.from(parcelNos, (_, f) => f)
		.map((f) => ({ f, key: random() }))
		.sort((a, b) => a.key - b.key || b.f - a.f)
		.map(({ f }) => f);
	const disguised = disguise(polygons, random);
	return {
		parcelNos: Int32Array.from(features, (f) => parcelNos[f]),
		polygons: joinFeatures(features.map((f) => sliceFeature(disguised, f))),
	};
}

/** One grid step in metres, the most that noding leaves between two lines. */
export const STEP_M = GRID_STEP_DEG / METRE_DEG;
