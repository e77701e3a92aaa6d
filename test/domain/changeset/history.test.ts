import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import {
	historyOf,
	stateOf,
	wholeDifference,
	withDifference,
	withHead,
	withStep,
	type DraftHistory,
} from '$lib/domain/changeset/draft-history.ts';
import { applyToDraft, type DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { chanceStep, someDraft } from '$test/support/chance-step.ts';
import { chanceEdit } from '$test/support/edit-sequence.ts';
import { anyCoverage, toLonLat } from '../../geo/coverage/random-polygons.ts';
import { built, done } from '../../geo/edit/edit-outcome.ts';

const SPREAD = 2 ** 24;
const CORNER = toLonLat([0, 0]);
const SIDE_DEG = SPREAD * GRID_STEP_DEG;

function contentOf(state: DraftState) {
	const { parcelNos, polygons } = coverageToParcelSet(state.coverage);
	return { parcelNos, polygons, facts: Array.from(parcelNos, (no) => factsOf(state.facts, no)) };
}

/** What a planner may do next: a step, or going to any place of the history. */
const act = fc.oneof(
	{ weight: 3, arbitrary: chanceEdit.map((edit) => ({ edit, share: null })) },
	{
		weight: 2,
		arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => ({ edit: null, share })),
	},
);
const session = fc.tuple(anyCoverage(SPREAD), fc.array(act, { minLength: 3, maxLength: 12 }));

function played([{ set, outline }, acts]: typeof session extends fc.Arbitrary<infer Value> ? Value : never) {
	let history = historyOf(someDraft(built(set, outline)));
	const seen: DraftHistory[] = [history];
	for (const [i, { edit, share }] of acts.entries()) {
		if (edit !== null) {
			const result = withStep(history, `step-${i}`, chanceStep(stateOf(history), edit, CORNER, SIDE_DEG));
			if (result.ok) history = result.history;
		} else {
			history = withHead(history, Math.round((share ?? 0) * history.steps.length));
		}
		seen.push(history);
	}
	return { history, seen };
}

describe('the history of a draft', () => {
	it('stands at any head as its steps up to there make it, to the bit, and a step after an undo ends what was undone', () => {
		fc.assert(
			fc.property(session, (made) => {
				const { history, seen } = played(made);
				for (const one of seen) {
					const [base] = one.states;
					expect(one.states).toHaveLength(one.steps.length + 1);
					const applied = done(applyToDraft(base, wholeDifference(one)));
					expect(contentOf(applied.state)).toEqual(contentOf(stateOf(one)));
				}
				expect(stateOf(withHead(history, 0))).toBe(history.states[0]);
				expect(withHead(withHead(history, -5), 99).head).toBe(history.steps.length);
			}),
			{ numRuns: 40 },
		);
	});

	it('takes a difference from elsewhere and does the later steps again on it', () => {
		fc.assert(
			fc.property(session, (made) => {
				const { history } = played(made);
				for (const [i, { difference }] of history.steps.entries()) {
					const result = withDifference(history, i + 1, difference);
					if (!result.ok) throw new Error(result.refusal.code);
					expect(contentOf(stateOf(result.history))).toEqual(contentOf(stateOf(history)));
					expect(result.history.head).toBe(history.head);
				}
				if (history.steps.length === 0) return;
				const foreign = { shapes: [], lineage: [], facts: [] };
				const result = withDifference(history, 1, foreign);
				// Later steps stand on what the first did: they are done without it, or the first that cannot be is named.
				if (result.ok) expect(result.history.steps).toHaveLength(history.steps.length);
				else expect(result.stepNo).toBeGreaterThan(1);
			}),
			{ numRuns: 40 },
		);
	});
});
