import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet, findShape } from '$geo/coverage/coverage.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { isOnGrid } from '$geo/grid.ts';
import { streetCoverage, type StreetCoverage } from '../../support/street-coverage.ts';

function built({ set, outline }: StreetCoverage) {
	const result = buildCoverage(set, outline);
	if (!result.ok) throw new Error(JSON.stringify(result.issues.slice(0, 3)));
	return result;
}

/** How many nodes have each number of arcs. */
function nodesByDegree({ nodeOffsets }: CoverageBase): Map<number, number> {
	const counts = new Map<number, number>();
	for (let n = 0; n + 1 < nodeOffsets.length; n++) {
		const degree = nodeOffsets[n + 1] - nodeOffsets[n];
		counts.set(degree, (counts.get(degree) ?? 0) + 1);
	}
	return counts;
}

describe('streetCoverage', () => {
	it('is clean: it builds without a warning, nothing moves, and it comes back to the bit', () => {
		fc.assert(
			fc.property(fc.integer({ min: 30, max: 900 }), fc.nat(), (parcelCount, seed) => {
				const made = streetCoverage(parcelCount, { seed, riverVertices: 200 });
				expect(made.set.parcelNos.length).toBe(parcelCount);
				expect(made.set.polygons.coordinates.every(isOnGrid)).toBe(true);
				const { coverage, movedMaxDeg, nodesInserted, warnings } = built(made);
				expect([movedMaxDeg, nodesInserted, warnings]).toEqual([0, 0, []]);
				expect(coverageToParcelSet(coverage)).toEqual(made.set);
			}),
			{ numRuns: 60 },
		);
	});

	it('has 3-, 4- and 5-way nodes, streets, parcels with holes and a river of 10,000 vertices', () => {
		const made = streetCoverage(5000);
		const { coverage } = built(made);
		const degrees = nodesByDegree(coverage.base);
		for (const degree of [3, 4, 5]) expect(degrees.get(degree)).toBeGreaterThan(10);
		expect(made.streetNos.length).toBeGreaterThan(1000);
		expect(made.holedNos.length).toBeGreaterThan(30);
		const { polygonOffsets, ringOffsets } = made.set.polygons;
		const [river] = made.riverNos;
		expect(ringOffsets[polygonOffsets[river]] - ringOffsets[polygonOffsets[river - 1]]).toBeGreaterThan(
			10_000,
		);
	});

	it('has streets that merge to one parcel round a hundred blocks', () => {
		const made = streetCoverage(5000);
		const merged = mergeParcels(built(made).coverage, { parcelNos: made.networkNos[0] });
		if (!merged.ok) throw new Error(merged.refusal.code);
		const network = findShape(merged.coverage, made.networkNos[0][0]);
		expect(network?.ringOffsets.length).toBe(1 + 1 + 100);
	});

	it('is the same for the same seed, and several zones beyond 100,000 parcels', () => {
		expect(streetCoverage(300, { seed: 7 })).toEqual(streetCoverage(300, { seed: 7 }));
		const { set, outline, riverNos } = streetCoverage(200_001);
		expect(set.parcelNos.length).toBe(200_001);
		expect([riverNos.length, outline.polygonOffsets.length - 1]).toEqual([3, 3]);
	});
});
