import { applyDifference, invertDifference } from '$geo/edit/apply-difference.ts';
import { composeDifferences } from '$geo/edit/compose-differences.ts';
import type { Difference, Lineage, Refusal, ShapeChange } from '$geo/edit/difference.ts';
import { refuse } from '$geo/edit/refusal.ts';
import { findShape, type Coverage } from '$geo/coverage/coverage.ts';
import {
	composeFacts,
	factsOf,
	invertFacts,
	isSameFact,
	withFacts,
	type FactChange,
	type WorkingFacts,
} from './parcel-facts.ts';

/** What a step did: to shapes, with their lineage, and to facts. Enough to apply and to undo it to the bit. */
export interface DraftDifference {
	readonly shapes: readonly ShapeChange[];
	readonly lineage: readonly Lineage[];
	/** Ascending by parcel and field, at most one of each. */
	readonly facts: readonly FactChange[];
}

/** A revision as a draft has it so far; never changed in place. */
export interface DraftState {
	readonly coverage: Coverage;
	readonly facts: WorkingFacts;
	/** The number of the next new parcel: negative, below all that the draft's steps have used. */
	readonly nextNo: number;
}

/** The outcome of a step or of a difference. The state that was given stays as it is. */
export type DraftResult =
	| { readonly ok: true; readonly state: DraftState; readonly difference: DraftDifference }
	| { readonly ok: false; readonly refusal: Refusal };

/** A draft without steps. */
export function draftOf(coverage: Coverage, base: WorkingFacts['base']): DraftState {
	return { coverage, facts: { base, patch: new Map() }, nextNo: -1 };
}

/**
 * Applies a difference to a draft in which its parcels are what they were when it was made, to the bit.
 *
 * Refuses `difference.stale` with the parcels that are not, and what `applyDifference` refuses. O(patch + changes).
 */
export function applyToDraft(state: DraftState, difference: DraftDifference): DraftResult {
	const stale = difference.facts.filter(
		({ parcelNo, field, before }) => !isSameFact(factsOf(state.facts, parcelNo)[field], before),
	);
	if (stale.length > 0)
		return refuse(
			'difference.stale',
			stale.map(({ parcelNo }) => parcelNo),
		);
	const applied = applyDifference(state.coverage, groundOf(difference));
	return applied.ok ? { ok: true, state: moved(state, applied.coverage, difference), difference } : applied;
}

/** The state after a difference that the coverage has taken. */
export function moved(state: DraftState, coverage: Coverage, { shapes, facts }: DraftDifference): DraftState {
	const lowest = shapes.reduce(
		(no, { kind, parcelNo }) => (kind === 'created' ? Math.min(no, parcelNo) : no),
		0,
	);
	return {
		coverage,
		facts: withFacts(state.facts, facts),
		nextNo: Math.min(state.nextNo, lowest - 1),
	};
}

/** The part of a difference that the kernel knows. */
export function groundOf({ shapes, lineage }: DraftDifference): Difference {
	return { shapes, classes: [], lineage };
}

/** The difference that takes a difference back. */
export function invertDraftDifference(difference: DraftDifference): DraftDifference {
	const { shapes, lineage } = invertDifference(groundOf(difference));
	return { shapes, lineage, facts: invertFacts(difference.facts) };
}

/**
 * Puts differences that follow one another into one; facts of parcels that are not there at the end are left out.
 *
 * Refuses `difference.stale` where a parcel does not begin as the step before left it. O(changes).
 */
export function composeDraftDifferences(
	steps: readonly DraftDifference[],
):
	| { readonly ok: true; readonly difference: DraftDifference }
	| { readonly ok: false; readonly refusal: Refusal } {
	const composed = composeDifferences(steps.map(groundOf));
	if (!composed.ok) return composed;
	const { shapes, lineage } = composed.difference;
	const isThere = new Map<number, boolean>();
	for (const { shapes: changes } of steps)
		for (const { parcelNo, after } of changes) isThere.set(parcelNo, after !== null);
	const facts = composeFacts(steps.map((step) => step.facts)).filter(
		({ parcelNo }) => isThere.get(parcelNo) !== false,
	);
	return { ok: true, difference: { shapes, lineage, facts } };
}

/** Says whether a draft has a parcel. */
export function hasParcel({ coverage }: DraftState, parcelNo: number): boolean {
	return findShape(coverage, parcelNo) !== null;
}
