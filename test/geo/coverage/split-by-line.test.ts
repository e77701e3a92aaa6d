import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { applyDifference, invertDifference } from '$geo/coverage/apply-difference.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { checkParcelSet } from '$geo/coverage/check.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { mergeParcels } from '$geo/coverage/merge.ts';
import { splitByLine } from '$geo/coverage/split-by-line.ts';
import { anyCoverage, toLonLat } from './random-polygons.ts';

const SPREAD = 2 ** 24;
const line = fc
	.array(
		fc.tuple(fc.integer({ min: -SPREAD, max: 2 * SPREAD }), fc.integer({ min: -SPREAD, max: 2 * SPREAD })),
		{
			minLength: 2,
			maxLength: 5,
		},
	)
	.map((steps) => Float64Array.from(steps.flatMap(toLonLat)));

describe('splitByLine', () => {
	it('keeps the ground, gives valid coverages, and is undone to the bit', () => {
		let done = 0;
		fc.assert(
			fc.property(anyCoverage(SPREAD), line, ({ set, outline }, cut) => {
				const build = buildCoverage(set, outline);
				if (!build.ok) throw new Error('not built');
				const result = splitByLine(build.coverage, { line: cut });
				if (!result.ok) {
					expect(result.refusal.code).toBe('split.parts-nothing');
					return;
				}
				done++;
				const after = coverageToParcelSet(result.coverage);
				expect(checkParcelSet(after, outline).filter(({ severity }) => severity === 'error')).toEqual([]);
				const rebuilt = buildCoverage(after, outline);
				if (!rebuilt.ok) throw new Error('not rebuilt');
				expect(rebuilt.movedMaxDeg).toBe(0);
				const undone = applyDifference(result.coverage, invertDifference(result.difference));
				if (!undone.ok) throw new Error('not undone');
				expect(coverageToParcelSet(undone.coverage)).toEqual(coverageToParcelSet(build.coverage));
				const sum = (s: typeof set) => ellipsoidalAreasM2(s.polygons).reduce((a, b) => a + b, 0);
				expect(Math.abs(sum(after) - sum(set)) / sum(set)).toBeLessThan(1e-7);
				for (const parcel of result.difference.shapes.filter(({ kind }) => kind === 'retired')) {
					const children = result.difference.lineage
						.filter(({ from }) => from === parcel.parcelNo)
						.map(({ to }) => to);
					const merged = mergeParcels(result.coverage, { parcelNos: children });
					if (!merged.ok && merged.refusal.code !== 'merge.apart') throw new Error(merged.refusal.code);
				}
			}),
			{ numRuns: 300 },
		);
		expect(done).toBeGreaterThan(150);
	});
});
