import { findShape, type Coverage } from '$geo/coverage/coverage.ts';
import { joinLineage } from '$geo/edit/compose-differences.ts';
import type { Lineage } from '$geo/edit/difference.ts';
import { IN_MANY_EDITS } from '$geo/edit/same-up-to-nodes.ts';
import { listShapeChanges } from '$geo/edit/shape-change.ts';
import type { DraftDifference } from './draft-state.ts';
import { factChanges, sortFacts, type FactBase } from './parcel-facts.ts';

/** A revision: its parcels with their shapes, and what they are. */
export interface RestorableState {
	readonly coverage: Coverage;
	readonly facts: FactBase;
}

/**
 * The difference that gives an old revision back, applied to a new one: shapes to the bit, classes, codes and conditions.
 *
 * `touched` are the numbers whose versions are not the same in both; `lineages` those of the revisions after the old one, the newest first. Parcels
 * that had ended come back under new numbers from −1 downwards, with lineage from those that have their ground now: numbers are never used
 * again. O(vertices of the touched parcels + lineage).
 */
export function restoreDifference(
	now: RestorableState,
	then: RestorableState,
	touched: readonly number[],
	lineages: readonly (readonly Lineage[])[],
): DraftDifference {
	const isThere = ({ coverage }: RestorableState, no: number) => findShape(coverage, no) !== null;
	const nos = [...new Set(touched)].sort((a, b) => a - b);
	const ended = nos.filter((no) => isThere(then, no) && !isThere(now, no));
	const draftNos = new Map(ended.map((no, i) => [no, -1 - i]));
	const draftNoOf = (no: number) => draftNos.get(no) ?? no;
	const before = new Map(nos.map((no) => [draftNoOf(no), findShape(now.coverage, no)]));
	const after = new Map(nos.map((no) => [draftNoOf(no), findShape(then.coverage, no)]));
	const changed = new Set(listShapeChanges(before, after, [], IN_MANY_EDITS).map(({ parcelNo }) => parcelNo));
	const backwards = lineages.map((lines) => ({
		lineage: lines.map(({ from, to }) => ({ from: to, to: from })),
	}));
	const lineage = joinLineage(
		backwards,
		(no) => isThere(now, no),
		(no) => isThere(then, no),
	)
		.map(({ from, to }) => ({ from, to: draftNoOf(to) }))
		.filter(({ from, to }) => changed.has(from) && changed.has(to))
		.sort((a, b) => a.from - b.from || a.to - b.to);
	const facts = nos.flatMap((no) => {
		const wanted = then.facts.factsOf(no);
		if (wanted === null) return [];
		return factChanges(draftNoOf(no), now.facts.factsOf(no), wanted);
	});
	return {
		shapes: listShapeChanges(before, after, lineage, IN_MANY_EDITS),
		lineage,
		facts: sortFacts(facts),
	};
}
