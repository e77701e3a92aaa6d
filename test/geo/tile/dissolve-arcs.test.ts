import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange, soleFeature } from '$geo/arrangement/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { basePolygons } from '$geo/coverage/coverage-base.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { nestFeature } from '$geo/flat-polygons.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { drawing } from '../coverage/drawing.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';

function baseOf(set: ParcelSet): CoverageBase {
	const build = buildCoverage(set);
	if (!build.ok) throw new Error(JSON.stringify(build.issues.slice(0, 3)));
	return build.coverage.base;
}

function setOf(base: CoverageBase): ParcelSet {
	return { parcelNos: base.parcelNos, polygons: basePolygons(base, 0, base.parcelNos.length) };
}

const labels = (least: number) =>
	fc.array(fc.integer({ min: least, max: 4 }), { minLength: 1, maxLength: 12 });
const spread = (base: CoverageBase, pattern: readonly number[]) =>
	base.parcelNos.map((_, parcel) => pattern[parcel % pattern.length]);

describe('dissolveArcs', () => {
	it('gives what dissolving the arrangement gives, to the bit', () => {
		fc.assert(
			fc.property(anyCoverage(), labels(-2), ({ set }, pattern) => {
				const base = baseOf(set);
				const labelOfParcel = spread(base, pattern);
				const arrangement = arrange([basePolygons(base, 0, base.parcelNos.length)]);
				const labelOfFace = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
					const parcel = soleFeature(arrangement.covers[0], face);
					return parcel < 0 ? 0 : labelOfParcel[parcel];
				});
				expect(setOf(dissolveArcs(base, labelOfParcel))).toEqual(dissolveFaces(arrangement, labelOfFace));
			}),
			{ numRuns: 300 },
		);
	});

	it('gives a coverage as building one gives it, arcs run on through nodes that are none any more', () => {
		fc.assert(
			fc.property(anyCoverage(), labels(1), ({ set }, pattern) => {
				const base = baseOf(set);
				const dissolved = dissolveArcs(base, spread(base, pattern));
				expect(dissolved).toEqual(baseOf(setOf(dissolved)));
			}),
			{ numRuns: 150 },
		);
	});

	it('is the same coverage when every parcel keeps its number', () => {
		fc.assert(
			fc.property(anyCoverage(), ({ set }) => {
				const base = baseOf(set);
				expect(dissolveArcs(base, base.parcelNos)).toEqual(base);
			}),
			{ numRuns: 50 },
		);
	});

	it('opens holes, fills them and leaves label 0 out', () => {
		const { parcels } = drawing(`
			A-------B---C
			| E---F |   |
			| | 2 | | 3 |
			| G---H |   |
			D-------I---J
		`);
		const base = baseOf(parcels({ 1: 'ABID -EFHG', 2: 'EFHG', 3: 'BCJI' }));
		const rings = (...of: number[]) => {
			const { parcelNos, polygons } = setOf(dissolveArcs(base, Int32Array.from(of)));
			return Array.from(parcelNos, (no, f) => [
				no,
				...nestFeature(polygons, f).map((polygon) => polygon.map((ring) => ring.length - 1)),
			]);
		};
		expect(rings(7, 7, 7)).toEqual([[7, [6]]]);
		expect(rings(7, 9, 7)).toEqual([
			[7, [6, 4]],
			[9, [4]],
		]);
		expect(rings(7, 0, 7)).toEqual([[7, [6, 4]]]);
		expect(rings(0, 9, 9)).toEqual([[9, [4], [4]]]);
		expect(rings(0, 0, 0)).toEqual([]);
	});
});
