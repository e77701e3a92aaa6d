/** Limits on a plan parcel, a null one not known; with where they come from and who may see them. */
export interface PlanningCondition {
	readonly farMin: number | null;
	readonly farMax: number | null;
	readonly buildingCoverageMaxPct: number | null;
	readonly heightMaxM: number | null;
	readonly greenRatioMinPct: number | null;
	readonly supportShareMaxPct: number | null;
	readonly publicationGrade: 'public' | 'registered' | 'office';
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
}

/** A parcel's code, and whether the registry issued it or it is provisional (预编). */
export interface ParcelCode {
	readonly text: string;
	readonly status: 'official' | 'provisional';
}

/** What a parcel is, besides its ground. */
export interface ParcelFacts {
	/** `system/version/code`; null: no class. */
	readonly landUse: string | null;
	/** Null: it gets a provisional one when it is published. */
	readonly code: ParcelCode | null;
	readonly condition: PlanningCondition | null;
}

export type FactField = keyof ParcelFacts;
export const FACT_FIELDS = ['landUse', 'code', 'condition'] as const satisfies readonly FactField[];

/** One fact of one parcel that changed. Those of a new parcel begin from null. */
export type FactChange = {
	readonly [Field in FactField]: {
		readonly parcelNo: number;
		readonly field: Field;
		readonly before: ParcelFacts[Field];
		readonly after: ParcelFacts[Field];
	};
}[FactField];

const NO_FACTS: ParcelFacts = { landUse: null, code: null, condition: null };

/** What is known of the parcels of a revision. */
export interface FactBase {
	readonly coverageKind: 'plan' | 'current';
	/** Null: no such parcel, or none that is known here. */
	readonly factsOf: (parcelNo: number) => ParcelFacts | null;
	/** Whether the zone's lists have a class. */
	readonly hasClass: (landUse: string) => boolean;
}

/** The facts of a revision and what a draft changed of them; never changed in place. */
export interface WorkingFacts {
	readonly base: FactBase;
	readonly patch: ReadonlyMap<number, ParcelFacts>;
}

export function factsOf({ base, patch }: WorkingFacts, parcelNo: number): ParcelFacts {
	return patch.get(parcelNo) ?? base.factsOf(parcelNo) ?? NO_FACTS;
}

/** Says whether two values of a fact are the same, whatever the order in which they were written. */
export function isSameFact(a: ParcelFacts[FactField], b: ParcelFacts[FactField]): boolean {
	return factText(a) === factText(b);
}

/** A fact as text, the same for the same fact. */
export function factText(value: ParcelFacts[FactField]): string {
	if (value === null || typeof value === 'string') return JSON.stringify(value);
	return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The changes that give a parcel facts, those left out that it has already. */
export function factChanges(
	parcelNo: number,
	before: ParcelFacts | null,
	after: Partial<ParcelFacts>,
): FactChange[] {
	return FACT_FIELDS.filter((field) => field in after).flatMap((field) => {
		const was = before?.[field] ?? null;
		const is = after[field] ?? null;
		return isSameFact(was, is) ? [] : [{ parcelNo, field, before: was, after: is } as FactChange];
	});
}

/** Puts changes in; nothing is checked. O(patch + changes). */
export function withFacts(facts: WorkingFacts, changes: readonly FactChange[]): WorkingFacts {
	if (changes.length === 0) return facts;
	const patch = new Map(facts.patch);
	for (const { parcelNo, field, after } of changes)
		patch.set(parcelNo, { ...factsOf({ base: facts.base, patch }, parcelNo), [field]: after });
	return { base: facts.base, patch };
}

/** The changes that take changes back. */
export function invertFacts(changes: readonly FactChange[]): FactChange[] {
	return changes.map((change) => ({ ...change, before: change.after, after: change.before }) as FactChange);
}

/** Changes that follow one another as one for each fact, those left out that were changed back. Ascending by parcel and field. */
export function composeFacts(steps: readonly (readonly FactChange[])[]): FactChange[] {
	const spans = new Map<string, FactChange>();
	for (const change of steps.flat()) {
		const key = `${change.parcelNo} ${change.field}`;
		const first = spans.get(key);
		spans.set(key, first === undefined ? change : ({ ...first, after: change.after } as FactChange));
	}
	return sortFacts([...spans.values()].filter(({ before, after }) => !isSameFact(before, after)));
}

/** In order of parcel number, then of field. */
export function sortFacts(changes: FactChange[]): FactChange[] {
	const rank = ({ field }: FactChange) => FACT_FIELDS.indexOf(field);
	return changes.sort((a, b) => a.parcelNo - b.parcelNo || rank(a) - rank(b));
}

/** The facts of several parcels that become one, or of one that becomes several: those that all agree on; a code belongs to one parcel. */
export function inheritedFacts(parents: readonly ParcelFacts[]): ParcelFacts {
	const [first, ...others] = parents;
	if (first === undefined) return NO_FACTS;
	const agreed = <Field extends FactField>(field: Field) =>
		others.every((other) => isSameFact(other[field], first[field])) ? first[field] : null;
	return { landUse: agreed('landUse'), code: null, condition: agreed('condition') };
}
