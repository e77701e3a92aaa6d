import fc from 'fast-check';
import { arrange } from '$geo/arrangement/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { basePolygons } from '$geo/coverage/coverage-base.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { polygonsOfSteps } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

/** The base of a set of parcels that is a coverage. */
export function baseOf(set: ParcelSet): CoverageBase {
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(JSON.stringify(build.issues.slice(0, 3)));
	return build.coverage.base;
}

/** All parcels of a base. */
export function setOf(base: CoverageBase): ParcelSet {
	return { parcelNos: base.parcelNos, polygons: basePolygons(base, 0, base.parcelNos.length) };
}

/**
 * Coverages of a square with boundaries of many vertices: ragged blobs that cross, enclose and nearly touch one another.
 *
 * `spread` is the side of the square in grid steps.
 */
export function anyCurvedCoverage(spread = 2 ** 26): fc.Arbitrary<ParcelSet> {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	const blob = fc.record({
		x: share,
		y: share,
		radius: share,
		ripple: fc.array(share, { minLength: 6, maxLength: 40 }),
		raggedness: fc.constantFrom(0.02, 0.2, 0.9),
	});
	const pattern = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 30 });
	return fc.tuple(fc.array(blob, { minLength: 1, maxLength: 6 }), pattern).map(([blobs, labels]) => {
		const inside = (value: number) => Math.round(Math.min(0.999, Math.max(0.001, value)) * spread);
		const square: Steps[] = [
			[0, 0],
			[spread, 0],
			[spread, spread],
			[0, spread],
		];
		const rings = blobs.map(({ x, y, radius, ripple, raggedness }) =>
			ripple.map((value, k): Steps => {
				const angle = (2 * Math.PI * k) / ripple.length;
				const reach = 0.5 * radius * (1 - raggedness * value);
				return [inside(x + reach * Math.cos(angle)), inside(y + reach * Math.sin(angle))];
			}),
		);
		const arrangement = arrange([polygonsOfSteps([[[square]], ...rings.map((ring) => [[ring]])])]);
		const { offsets } = arrangement.covers[0];
		return dissolveFaces(
			arrangement,
			Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
				offsets[face] === offsets[face + 1] ? 0 : labels[face % labels.length],
			),
		);
	});
}
