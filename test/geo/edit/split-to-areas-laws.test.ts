import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { SplitToAreas } from '$geo/edit/split-to-areas.ts';
import { canSplitToAreas, splitToAreas } from '$geo/edit/split-to-areas.ts';
import { COLLAPSE_CODES, built, expectLawful, shapeOf } from './edit-outcome.ts';
import { anyCoverage, disguise } from '../coverage/random-polygons.ts';

/** Coverages of 200 m, 1.7 km, 14 km and 0.16 mm. */
const SPREADS = [2 ** 24, 2 ** 27, 2 ** 30, 12];

const anyDivision = fc.constantFrom(...SPREADS).chain((spread) =>
	fc.record({
		spread: fc.constant(spread),
		cover: anyCoverage(spread),
		parcel: fc.nat(),
		bearingDeg: fc.oneof(fc.constantFrom(0, 90, 180, 270), fc.double({ min: -360, max: 360, noNaN: true })),
		weights: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
		equal: fc.boolean(),
		allowApart: fc.boolean(),
		turns: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
	}),
);

describe('splitToAreas on any coverage', () => {
	it('keeps to the areas and to the laws of every edit', () => {
		let count = 0;
		fc.assert(
			fc.property(anyDivision, ({ spread, cover: { set, outline }, parcel, weights, equal, ...rest }) => {
				const before = built(set, outline);
				const parcelNo = set.parcelNos[parcel % set.parcelNos.length];
				const [totalM2] = ellipsoidalAreasM2(shapeOf(before, parcelNo));
				const unitM2 = totalM2 / weights.reduce((sum, weight) => sum + weight, 0);
				const into = equal
					? { equalParts: weights.length }
					: { areasM2: weights.slice(1).map((weight) => weight * unitM2) };
				const { turns, ...options } = rest;
				const split: SplitToAreas = { ...options, parcelNo, into };
				const result = splitToAreas(before, split);
				expect(canSplitToAreas(before, split)).toEqual(result.ok ? null : result.refusal);

				const random = () => turns.next().value;
				const disguised = built({ ...set, polygons: disguise(set.polygons, random) }, outline);
				expect(splitToAreas(disguised, split)).toMatchObject(
					result.ok ? { ok: true, difference: result.difference, areas: result.areas } : result,
				);
				if (!result.ok) {
					const codes = ['split.part-vanishes', 'split.parts-invalid', ...COLLAPSE_CODES];
					// Noding edges of many kilometres moves more ground than the tolerance of a short cut.
					if (spread === 2 ** 30) codes.push('split.area-missed');
					if (!options.allowApart) codes.push('split.part-apart');
					expect(codes).toContain(result.refusal.code);
					return;
				}
				count++;
				for (const area of result.areas) {
					expect(Math.abs(area.achievedM2 - area.wantedM2)).toBeLessThanOrEqual(area.toleranceM2);
				}
				expectLawful(before, result, outline);
			}),
			{ numRuns: 70 },
		);
		expect(count).toBeGreaterThan(5);
	});
});
