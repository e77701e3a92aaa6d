import fc from 'fast-check';
import { expect } from 'vitest';
import { applyDifference, invertDifference } from '$geo/edit/apply-difference.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { composeDifferences } from '$geo/edit/compose-differences.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import type { Coverage } from '$geo/coverage/coverage.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import type { Difference } from '$geo/edit/difference.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import { settleCoverage } from '$geo/coverage/settle.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import { anyCoverage, toLonLat } from '../geo/coverage/random-polygons.ts';
import { expectBystandersNoded, expectEditLaws, expectLineage, expectWholeValid } from './edit-law.ts';
import { chanceEdit, isOfLineage, tryChanceEdit } from './edit-sequence.ts';
import { isSeparated } from './separation.ts';

/** In a square so wide no edit comes by chance to where a sharp tip is narrower than a few steps. */
const TOWN_STEPS = 2 ** 24;
/** What is wider than this is no sliver that a node, which bends a line by less than a step, could close. */
const SEPARATION_STEPS = 4;

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
				const before = coverage;
				const result = tryChanceEdit(coverage, edit, corner, spread * GRID_STEP_DEG);
				expectEditLaws(coverage, result);
				if (!result.ok) continue;
				done++;
				coverage = result.coverage;
				steps.push(result.difference);
				const isOfTown = () =>
					spread >= TOWN_STEPS &&
					[before, coverage].every((one) => isSeparated(coverageToParcelSet(one).polygons, SEPARATION_STEPS));
				if (isOfLineage(edit) && isOfTown()) expectBystandersNoded(result.difference);
				expectRebasedOnItself(before, result.difference, coverage);
				if (edit.pick % 5 === 0) {
					const undo = invertDifference(result.difference);
					const undone = applyDifference(coverage, undo);
					if (!undone.ok) throw new Error(undone.refusal.code);
					coverage = undone.coverage;
					steps.push(undo);
				}
			}
			expectWholeValid(coverage, outline);
			expect(settleCoverage(coverage)).toEqual(rebuiltBase(coverage));
			const whole = composeDifferences(steps);
			if (!whole.ok) throw new Error(whole.refusal.code);
			expectLineage(whole.difference);
			const atOnce = applyDifference(start.coverage, whole.difference);
			if (!atOnce.ok) throw new Error(atOnce.refusal.code);
			expect(coverageToParcelSet(atOnce.coverage)).toEqual(coverageToParcelSet(coverage));
			const undone = applyDifference(coverage, invertDifference(whole.difference));
			if (!undone.ok) throw new Error(undone.refusal.code);
			expect(coverageToParcelSet(undone.coverage)).toEqual(coverageToParcelSet(start.coverage));
		}),
		// Shrinking sequences takes hours; seed and path bring a failure back.
		{ numRuns: runs, endOnFailure: true },
	);
	return done;
}

/** A difference rebased on what it began from is applying it. */
function expectRebasedOnItself(before: Coverage, difference: Difference, after: Coverage): void {
	const rebased = rebaseDifference(before, difference);
	if (!rebased.ok) throw new Error(`not rebased: ${rebased.refusal.code}`);
	expect(coverageToParcelSet(rebased.coverage)).toEqual(coverageToParcelSet(after));
	expect(rebased.difference).toEqual(difference);
}

function rebuiltBase(coverage: Coverage): CoverageBase {
	const build = buildCoverage(coverageToParcelSet(coverage));
	if (!build.ok) throw new Error(build.issues[0].code);
	return build.coverage.base;
}
