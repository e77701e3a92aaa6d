import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageFromFaces } from '$geo/coverage/arc.ts';
import { soleFeature } from '$geo/arrangement/arrange.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { arrangeSet, checkArranged } from '$geo/check/check.ts';
import { proveClean } from '$geo/check/check-clean.ts';
import { flattenMultiPolygons, nestFeature, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { streetCoverage } from '../../support/street-coverage.ts';
import { anyBreaks, breakCoverage } from '../coverage/broken-coverage.ts';
import { anyCoverage, anyPolygons, disguise } from '../coverage/random-polygons.ts';

/** What the arrangement says: the issues, and one 'moved' for each edge of a parcel that it leads through another vertex. */
function found(set: ParcelSet, outline?: FlatPolygons): string[] {
	const arrangement = arrangeSet(set, outline);
	const words: string[] = checkArranged(arrangement, set.parcelNos).map(({ code }) => code);
	const { soup, rounded } = arrangement;
	for (let e = 0; e < soup.edgeLow.length; e++) {
		const isParcels = soup.useRings[soup.useOffsets[e]] < soup.layerRings[1];
		if (isParcels && rounded.routes.offsets[e + 1] - rounded.routes.offsets[e] > 2) words.push('moved');
	}
	return words;
}

/** Spreads at which nearly everything is within a step of something, up to where nothing is. */
const anySpread = fc.constantFrom(4, 6, 9, 14, 30, 80, 300, 5000, 2 ** 24);

const random = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

/** Rings turned and reversed, holes, polygons and parcels in another order. */
function disguiseAll(set: ParcelSet, chance: () => number): ParcelSet {
	const polygons = disguise(set.polygons, chance);
	const shuffled = <T>(items: readonly T[]): T[] =>
		items
			.map((item) => ({ item, rank: chance() }))
			.sort((a, b) => a.rank - b.rank)
			.map(({ item }) => item);
	const features = shuffled([...set.parcelNos.keys()]);
	return {
		parcelNos: Int32Array.from(features, (f) => set.parcelNos[f]),
		polygons: flattenMultiPolygons(
			features.map((f) =>
				shuffled(nestFeature(polygons, f)).map(([shell, ...holes]) => [shell, ...shuffled(holes)]),
			),
		),
	};
}

describe('proveClean', () => {
	it('says clean of what the arrangement finds nothing in and of nothing else: coverages whose vertices nearly coincide', () => {
		let proven = 0;
		fc.assert(
			fc.property(
				anySpread.chain((spread) => anyCoverage(spread)),
				fc.boolean(),
				({ set, outline }, hasOutline) => {
					const given = hasOutline ? outline : undefined;
					const isProven = proveClean(set, given) !== null;
					expect(isProven).toBe(found(set, given).length === 0);
					if (isProven) proven++;
				},
			),
			{ numRuns: 1500 },
		);
		expect(proven).toBeGreaterThan(300);
	});

	it('says clean only of what the arrangement finds nothing in: coverages with a vertex moved, dropped or doubled', () => {
		let proven = 0;
		fc.assert(
			fc.property(
				anySpread.chain((spread) => anyCoverage(spread)),
				anyBreaks(3),
				fc.boolean(),
				({ set, outline }, changes, hasOutline) => {
					const given = hasOutline ? outline : undefined;
					const broken = breakCoverage(set, changes);
					if (proveClean(broken, given) === null) return;
					proven++;
					expect(found(broken, given)).toEqual([]);
				},
			),
			{ numRuns: 4000 },
		);
		expect(proven).toBeGreaterThan(50);
	});

	it('says clean only of what the arrangement finds nothing in: any polygons', () => {
		let proven = 0;
		fc.assert(
			fc.property(anyPolygons(), fc.option(anyPolygons(1), { nil: undefined }), (polygons, outline) => {
				const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
				if (proveClean({ parcelNos, polygons }, outline) === null) return;
				proven++;
				expect(found({ parcelNos, polygons }, outline)).toEqual([]);
			}),
			{ numRuns: 3000 },
		);
		expect(proven).toBeGreaterThan(0);
	});

	it('lets build, to the bit and with the same figures, what arranging builds', () => {
		fc.assert(
			fc.property(
				anySpread.chain((spread) => anyCoverage(spread)),
				fc.boolean(),
				random,
				({ set, outline }, hasOutline, stream) => {
					const given = hasOutline ? outline : undefined;
					if (proveClean(set, given) === null) return;
					const built = buildCoverage(
						disguiseAll(set, () => stream.next().value ?? 0),
						given,
					);
					if (!built.ok) throw new Error('refused');
					const arrangement = arrangeSet(set, given);
					const parcels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
						soleFeature(arrangement.covers[0], face),
					);
					expect(built.coverage.base).toEqual(coverageFromFaces(arrangement, parcels, set.parcelNos));
					const { routes } = arrangement.rounded;
					expect(built.nodesInserted).toBe(routes.nodes.length - 2 * (routes.offsets.length - 1));
					expect(built.movedMaxDeg).toBe(0);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('proves made-up towns clean, whatever the direction and start of their rings', () => {
		fc.assert(
			fc.property(fc.integer({ min: 30, max: 400 }), fc.nat(), random, (count, seed, stream) => {
				const { set, outline } = streetCoverage(count, { seed, riverVertices: 60 });
				const disguised = { ...set, polygons: disguise(set.polygons, () => stream.next().value ?? 0) };
				expect(proveClean(set, outline)).not.toBeNull();
				expect(proveClean(disguised)).not.toBeNull();
				const outlineToo = disguise(outline, () => stream.next().value ?? 0);
				expect(proveClean(disguised, outlineToo)).not.toBeNull();
			}),
			{ numRuns: 30 },
		);
	});
});
