import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canReshapeBoundary, reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import type { BoundaryReshape } from '$geo/edit/reshape-boundary.ts';
import { ringsOf } from '$geo/coverage/vertex.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { anyNumber, builtOtherwise } from './edit-input.ts';
import { built, expectLawfulBoundary } from './edit-outcome.ts';
import { anyCoverage } from '../coverage/random-polygons.ts';
import type { RandomCoverage } from '../coverage/random-polygons.ts';

const SPREAD = 2 ** 24;
const share = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000);

/** A path by chance: which ring, from which to which vertex of it, and how far its inner vertices stand off the old course. */
const chance = fc.record({
	ring: fc.nat(),
	start: fc.nat(),
	run: fc.integer({ min: 1, max: 4 }),
	offsets: fc.array(fc.tuple(share, share), { maxLength: 3 }),
	size: fc.integer({ min: 0, max: 3 }).map((k) => (SPREAD / 4) * GRID_STEP_DEG * 8 ** -k),
	isTold: fc.boolean(),
});
type Chance = typeof chance extends fc.Arbitrary<infer T> ? T : never;

function reshapeByChance(
	{ set }: RandomCoverage,
	{ ring, start, run, offsets, size, isTold }: Chance,
): BoundaryReshape {
	const rings = set.parcelNos.length === 0 ? [] : ringsOf(set.polygons);
	const places = rings[ring % rings.length];
	const at = (i: number) => places[i % places.length];
	const inner = offsets.map(([x, y], k): LonLat => {
		const [lon, lat] = at(start + Math.round(((k + 1) / (offsets.length + 1)) * run));
		return [lon + x * size, lat + y * size];
	});
	const path = Float64Array.from([at(start), ...inner, at(start + run)].flat());
	const parcelNo = set.parcelNos[parcelOfRing(set.polygons, ring % rings.length)];
	return { path, reachM: 0.01, ...(isTold ? { parcelNo } : {}) };
}

function parcelOfRing(
	{ featureOffsets, polygonOffsets }: RandomCoverage['set']['polygons'],
	ring: number,
): number {
	let feature = 0;
	while (polygonOffsets[featureOffsets[feature + 1]] <= ring) feature++;
	return feature;
}

describe('reshapeBoundary by chance', () => {
	it('keeps the laws, and does not depend on how rings are written or which way the path runs', () => {
		let reshaped = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), chance, fc.nat(), (random, picks, seed) => {
				const coverage = built(random.set, random.outline);
				const reshape = reshapeByChance(random, picks);
				const result = reshapeBoundary(coverage, reshape);
				expectLawfulBoundary(coverage, result, random.outline);
				const reversed = ringsOf({
					...random.set.polygons,
					coordinates: reshape.path,
					ringOffsets: Uint32Array.of(0, reshape.path.length / 2),
				})[0].reverse();
				for (const other of [
					reshapeBoundary(builtOtherwise(random, seed), reshape),
					reshapeBoundary(coverage, { ...reshape, path: Float64Array.from(reversed.flat()) }),
				]) {
					expect(other.ok).toBe(result.ok);
					if (other.ok && result.ok) expect(other.difference).toEqual(result.difference);
				}
				if (result.ok) reshaped++;
			}),
			{ numRuns: 250 },
		);
		expect(reshaped).toBeGreaterThan(25);
	});

	it('throws on nothing', () => {
		fc.assert(
			fc.property(
				anyCoverage(300),
				fc.array(anyNumber, { maxLength: 12 }),
				chance,
				anyNumber,
				fc.option(fc.integer({ min: -2, max: 12 }), { nil: undefined }),
				(random, numbers, picks, reachM, parcelNo) => {
					const coverage = built(random.set, random.outline);
					const told = parcelNo === undefined ? {} : { parcelNo };
					canReshapeBoundary(coverage, { path: Float64Array.from(numbers), reachM, ...told });
					const { path } = reshapeByChance(random, picks);
					const between = Float64Array.of(...path.slice(0, 2), ...numbers, ...path.slice(-2));
					canReshapeBoundary(coverage, { path: between, reachM, ...told });
				},
			),
		);
	});
});
