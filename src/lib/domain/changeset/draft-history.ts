import {
	applyToDraft,
	composeDraftDifferences,
	type DraftDifference,
	type DraftState,
} from './draft-state.ts';
import type { Refusal } from '$geo/edit/difference.ts';
import { runStep } from './run-step.ts';
import type { Step } from './step.ts';

/** A step of a draft under the id that its writer gave it, and what it did. */
export interface HistoryStep {
	readonly clientId: string;
	readonly step: Step;
	readonly difference: DraftDifference;
}

/** A draft with all its steps, as far as they are done and beyond: undo without limit. Never changed in place. */
export interface DraftHistory {
	readonly steps: readonly HistoryStep[];
	/** How many of the steps are done; those after it can be redone. */
	readonly head: number;
	/** The draft after each number of steps; the first is the base revision. */
	readonly states: readonly DraftState[];
}

/** The outcome of a change of history. What was given stays as it is. */
export type HistoryResult =
	| { readonly ok: true; readonly history: DraftHistory }
	| {
			readonly ok: false;
			readonly refusal: Refusal;
			readonly stepNo: number;
			/** The draft up to the step before, where that stands. */
			readonly history?: DraftHistory;
	  };

/** A draft at its beginning. */
export function historyOf(start: DraftState): DraftHistory {
	return { steps: [], head: 0, states: [start] };
}

/**
 * A draft with steps that were done before, by what they did.
 *
 * Refuses, naming the step, where one does not follow: its parcels are not there as it found them.
 */
export function historyWith(start: DraftState, steps: readonly HistoryStep[], head: number): HistoryResult {
	const states = [start];
	for (const [i, { difference }] of steps.entries()) {
		const applied = applyToDraft(states[i], difference);
		if (!applied.ok) return { ...applied, stepNo: i + 1 };
		states.push(applied.state);
	}
	return { ok: true, history: { steps, head: Math.max(0, Math.min(steps.length, head)), states } };
}

/** The draft as it stands. */
export function stateOf({ states, head }: DraftHistory): DraftState {
	return states[head];
}

/** Does a step; those that were undone before it are gone. Refuses what `runStep` refuses. */
export function withStep(history: DraftHistory, clientId: string, step: Step): HistoryResult {
	const { head, steps, states } = history;
	const result = runStep(states[head], step);
	if (!result.ok) return { ...result, stepNo: head + 1 };
	return {
		ok: true,
		history: {
			steps: [...steps.slice(0, head), { clientId, step, difference: result.difference }],
			head: head + 1,
			states: [...states.slice(0, head + 1), result.state],
		},
	};
}

/** Forgets the steps after so many, done or undone. */
export function withoutStepsAfter({ steps, head, states }: DraftHistory, count: number): DraftHistory {
	return {
		steps: steps.slice(0, count),
		head: Math.min(head, count),
		states: states.slice(0, count + 1),
	};
}

/** Undoes or redoes so that so many steps are done, at least none and at most all. */
export function withHead(history: DraftHistory, head: number): DraftHistory {
	return { ...history, head: Math.max(0, Math.min(history.steps.length, head)) };
}

/**
 * Puts what somebody else computed in the place of what a step (counted from 1) did here, and does the later ones again.
 *
 * For the server's differences: it has all parcels, a browser those of a working area. Refuses, naming the step, where one can no longer be done;
 * the steps before it stand, and are given where they differ from what was here.
 */
export function withDifference(
	history: DraftHistory,
	stepNo: number,
	difference: DraftDifference,
): HistoryResult {
	const { steps, head } = history;
	const applied = applyToDraft(history.states[stepNo - 1], difference);
	if (!applied.ok) return { ...applied, stepNo };
	let redone: DraftHistory = {
		steps: [...steps.slice(0, stepNo - 1), { ...steps[stepNo - 1], difference }],
		head: stepNo,
		states: [...history.states.slice(0, stepNo), applied.state],
	};
	for (const { clientId, step } of steps.slice(stepNo)) {
		const result = withStep(redone, clientId, step);
		if (!result.ok) return { ...result, history: withHead(redone, head) };
		redone = result.history;
	}
	return { ok: true, history: withHead(redone, head) };
}

/** All that the draft does to its base, as one difference. O(changes of its steps). */
export function wholeDifference({ steps, head }: DraftHistory): DraftDifference {
	const composed = composeDraftDifferences(steps.slice(0, head).map(({ difference }) => difference));
	if (!composed.ok) throw new Error(`steps of a draft do not follow each other: ${composed.refusal.code}`);
	return composed.difference;
}
