import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, soleFeature } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { haveSameGround } from '$geo/coverage/same-ground.ts';
import { joinFeatures, pickFeatures, sliceFeature } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { anyCoverage } from './random-polygons.ts';

const parcels = anyCoverage().map(({ set }) => {
	const built = buildCoverage(set);
	if (!built.ok) throw new Error(built.issues[0].code);
	return coverageToParcelSet(built.coverage).polygons;
});

const all = ({ featureOffsets }: FlatPolygons) => [...featureOffsets.keys()].slice(0, -1);

/** Features joined by chance to a few. */
function dissolved(polygons: FlatPolygons, labelOf: (feature: number) => number): FlatPolygons {
	const arrangement = arrange([polygons]);
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face === 0 ? 0 : labelOf(soleFeature(arrangement.covers[0], face)),
	);
	return dissolveFaces(arrangement, labels).polygons;
}

describe('haveSameGround', () => {
	it('says so of parcels in any order, merged to fewer or cut to more', () => {
		fc.assert(
			fc.property(parcels, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1 }), (polygons, labels) => {
				const merged = dissolved(polygons, (feature) => (feature < 0 ? 0 : labels[feature % labels.length]));
				expect(haveSameGround(polygons, pickFeatures(polygons, all(polygons).reverse()))).toBe(true);
				expect(haveSameGround(polygons, merged)).toBe(true);
				expect(haveSameGround(merged, polygons)).toBe(true);
			}),
		);
	});

	it('does not when a parcel is missing, twice there, or has a vertex elsewhere', () => {
		fc.assert(
			fc.property(parcels, fc.nat(), (polygons, pick) => {
				const features = all(polygons);
				const chosen = pick % features.length;
				const without = pickFeatures(
					polygons,
					features.filter((feature) => feature !== chosen),
				);
				const twice = joinFeatures([polygons, sliceFeature(polygons, chosen)]);
				const coordinates = polygons.coordinates.slice();
				coordinates[pick % coordinates.length] += 1e-7;
				for (const other of [without, twice, { ...polygons, coordinates }]) {
					expect(haveSameGround(polygons, other)).toBe(false);
					expect(haveSameGround(other, polygons)).toBe(false);
				}
			}),
		);
	});
});
