import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { composeDifferences } from '$geo/coverage/compose-differences.ts';
import { applyDifference, invertDifference } from '$geo/coverage/apply-difference.ts';
import type { Difference } from '$geo/coverage/difference.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { expectEditLaws, expectWholeValid } from '$test/support/edit-law.ts';
import { chanceEdit, tryChanceEdit } from '$test/support/edit-sequence.ts';
import { anyCoverage, toLonLat } from './random-polygons.ts';
import type { RandomCoverage } from './random-polygons.ts';

const SPREAD = 2 ** 24;
const CORNER = toLonLat([0, 0]);
const SIDE_DEG = SPREAD * GRID_STEP_DEG;

function built({ set, outline }: RandomCoverage) {
	const build = buildCoverage(set, outline);
	if (!build.ok) throw new Error('not built');
	return build.coverage;
}

describe('edits', () => {
	it('keep the laws of every edit through sequences by chance', () => {
		let done = 0;
		fc.assert(
			fc.property(
				anyCoverage(SPREAD),
				fc.array(chanceEdit, { minLength: 3, maxLength: 8 }),
				(random, edits) => {
					const start = built(random);
					let coverage = start;
					const steps: Difference[] = [];
					for (const edit of edits) {
						const result = tryChanceEdit(coverage, edit, CORNER, SIDE_DEG);
						expectEditLaws(coverage, result);
						if (!result.ok) continue;
						done++;
						coverage = result.coverage;
						steps.push(result.difference);
					}
					expectWholeValid(coverage, random.outline);
					const whole = composeDifferences(steps);
					if (!whole.ok) throw new Error(whole.refusal.code);
					const atOnce = applyDifference(start, whole.difference);
					if (!atOnce.ok) throw new Error(atOnce.refusal.code);
					expect(coverageToParcelSet(atOnce.coverage)).toEqual(coverageToParcelSet(coverage));
					const undone = applyDifference(coverage, invertDifference(whole.difference));
					if (!undone.ok) throw new Error(undone.refusal.code);
					expect(coverageToParcelSet(undone.coverage)).toEqual(coverageToParcelSet(start));
				},
			),
			{ numRuns: 100 },
		);
		expect(done).toBeGreaterThan(150);
	});
});
