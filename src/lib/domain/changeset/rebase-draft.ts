import type { Difference, Refusal } from '$geo/edit/difference.ts';
import { rebaseDifference } from '$geo/edit/rebase-difference.ts';
import {
	applyToDraft,
	groundOf,
	type DraftDifference,
	type DraftResult,
	type DraftState,
} from './draft-state.ts';
import {
	FACT_FIELDS,
	factsOf,
	factText,
	withFacts,
	type FactField,
	type ParcelFacts,
	type WorkingFacts,
} from './parcel-facts.ts';

/** What new parcels have of those whose ground they got. */
const INHERITED: readonly FactField[] = ['landUse', 'condition'];

/** A difference on another revision, or the groups of its parcels that stand against it. */
export type DraftRebase =
	| Extract<DraftResult, { readonly ok: true }>
	| {
			readonly ok: false;
			readonly refusal: Refusal;
			readonly conflicts: readonly (readonly number[])[];
	  };

/**
 * Makes a difference apply to a draft on a newer revision; see `rebaseDifference`.
 *
 * `before` are the facts from which the difference was made. A fact that it changes, or that its new parcels have from those whose ground they got, is a
 * conflict where somebody else has changed it since. O(edges of the parcels concerned).
 */
export function rebaseDraft(
	before: WorkingFacts,
	onto: DraftState,
	difference: DraftDifference,
): DraftRebase {
	const fields = fieldsThatMatter(difference);
	const keyOf = (facts: WorkingFacts, parcelNo: number) =>
		keyText(fields.get(parcelNo) ?? [], factsOf(facts, parcelNo));
	const after = withFacts(before, difference.facts);
	const classes = [...fields.keys()].map(
		(parcelNo) =>
			({
				kind: 'reclassified',
				parcelNo,
				before: keyOf(before, parcelNo),
				after: keyOf(after, parcelNo),
			}) as const,
	);
	const ground: Difference = { ...groundOf(difference), classes };
	const rebased = rebaseDifference(onto.coverage, ground, (parcelNo) => keyOf(onto.facts, parcelNo));
	if (!rebased.ok) return rebased;
	const { shapes, lineage } = rebased.difference;
	const applied = applyToDraft(onto, { shapes, lineage, facts: difference.facts });
	if (!applied.ok) throw new Error(`a rebased difference does not apply: ${applied.refusal.code}`);
	return applied;
}

function fieldsThatMatter({ facts, lineage }: DraftDifference): Map<number, readonly FactField[]> {
	const fields = new Map<number, readonly FactField[]>();
	for (const { from } of lineage) fields.set(from, INHERITED);
	for (const { parcelNo, field } of facts) fields.set(parcelNo, [...(fields.get(parcelNo) ?? []), field]);
	return fields;
}

function keyText(fields: readonly FactField[], facts: ParcelFacts): string {
	return FACT_FIELDS.filter((field) => fields.includes(field))
		.map((field) => `${field} ${factText(facts[field])}`)
		.join('\n');
}
