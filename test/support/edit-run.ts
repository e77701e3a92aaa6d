import fc from 'fast-check';
import { expect } from 'vitest';
import { applyDifference, invertDifference } from '$geo/coverage/apply-difference.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { composeDifferences } from '$geo/coverage/compose-differences.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { Difference } from '$geo/coverage/difference.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyCoverage, toLonLat } from '../geo/coverage/random-polygons.ts';
import { expectEditLaws, expectWholeValid } from './edit-law.ts';
import { chanceEdit, tryChanceEdit } from './edit-sequence.ts';

/**
 * Asserts the laws of edits over random coverages of a square `spread` grid steps wide, each through a sequence by chance; returns how many
 * edits were done.
 */
export function expectLawsOfSequences(runs: number, longest: number, spread: number): number {
	const corner = toLonLat([0, 0]);
	let done = 0;
	const edits = fc.array(chanceEdit, { minLength: 3, maxLength: longest });
	fc.assert(
		fc.property(anyCoverage(spread), edits, ({ set, outline }, sequence) => {
			const start = buildCoverage(set, outline);
			if (!start.ok) throw new Error('not built');
			let { coverage } = start;
			const steps: Difference[] = [];
			for (const edit of sequence) {
				const result = tryChanceEdit(coverage, edit, corner, spread * GRID_STEP_DEG);
				expectEditLaws(coverage, result);
				if (!result.ok) continue;
				done++;
				coverage = result.coverage;
				steps.push(result.difference);
			}
			expectWholeValid(coverage, outline);
			const whole = composeDifferences(steps);
			if (!whole.ok) throw new Error(whole.refusal.code);
			const atOnce = applyDifference(start.coverage, whole.difference);
			if (!atOnce.ok) throw new Error(atOnce.refusal.code);
			expect(coverageToParcelSet(atOnce.coverage)).toEqual(coverageToParcelSet(coverage));
			const undone = applyDifference(coverage, invertDifference(whole.difference));
			if (!undone.ok) throw new Error(undone.refusal.code);
			expect(coverageToParcelSet(undone.coverage)).toEqual(coverageToParcelSet(start.coverage));
		}),
		{ numRuns: runs },
	);
	return done;
}
