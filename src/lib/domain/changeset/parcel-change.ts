import type { DraftDifference, DraftState } from './draft-state.ts';
import { factsOf, isSameFact, type ParcelCode, type ParcelFacts } from './parcel-facts.ts';

/** What is told of a parcel with its old and its new value: its class, then its planning condition, part by part. */
export const VALUE_FIELDS = [
	'landUse',
	'farMin',
	'farMax',
	'buildingCoverageMaxPct',
	'heightMaxM',
	'greenRatioMinPct',
	'supportShareMaxPct',
	'publicationGrade',
	'source',
	'status',
] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];
/** Ratios as numbers, heights in m, shares in %; classes as `system/version/code`; null: there is none. */
export type FactValue = string | number | null;

/** One value before and after: several where a parcel takes over from several that did not agree, or goes to several. */
export interface ValueChange {
	readonly field: ValueField;
	readonly before: readonly FactValue[];
	readonly after: readonly FactValue[];
}

/** A parcel whose facts are otherwise, as it is listed. */
export interface ChangedParcel {
	readonly parcelNo: number;
	/** Null: it had none, or was not there. */
	readonly codeBefore: ParcelCode | null;
	/** Null: it is there no more, or gets a provisional one when it is published. */
	readonly code: ParcelCode | null;
	/** Of a new parcel those whose ground it has, of one that ended those that have its ground. */
	readonly relatives: readonly { readonly parcelNo: number; readonly code: string | null }[];
}

/** What is otherwise with the facts of parcels, told once for all of which it is the same. */
export interface ChangeGroup {
	readonly kind: 'created' | 'changed' | 'retired';
	readonly values: readonly ValueChange[];
	/** What new parcels have as those had whose ground they are of, or all that they have where nobody tells of those. */
	readonly kept: readonly { readonly field: ValueField; readonly value: string | number }[];
	readonly parcels: readonly ChangedParcel[];
}

/** A parcel before and after; null: it is not there. */
export interface FactPair {
	readonly parcelNo: number;
	readonly before: ParcelFacts | null;
	readonly after: ParcelFacts | null;
	/** As `ChangedParcel` has them, each with its facts on the other side. */
	readonly relatives: readonly { readonly parcelNo: number; readonly facts: ParcelFacts }[];
}

/**
 * Lists what is otherwise with the facts of parcels, each distinct change once with its parcels, in their order.
 *
 * New parcels are compared with those whose ground they have and are always told; parcels that ended are compared with those that have their ground,
 * and told where that makes a difference. Its code and its
 * relatives are a parcel's own: they are told parcel by parcel and make no group. O(pairs × relatives).
 */
export function groupChanges(pairs: readonly FactPair[]): ChangeGroup[] {
	const groups = new Map<string, ChangeGroup & { readonly parcels: ChangedParcel[] }>();
	for (const pair of pairs) {
		const change = changeOf(pair);
		if (change === null) continue;
		const { kind, values, kept, parcel } = change;
		const key = JSON.stringify([kind, values, kept, parcel.relatives.length > 0]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { kind, values, kept, parcels: [parcel] });
		else group.parcels.push(parcel);
	}
	return [...groups.values()];
}

/**
 * Lists what a draft makes otherwise with the facts of parcels of its base, as `groupChanges` tells it: changed ones by number, then new ones as
 * they were made, then those that end. O(shapes + facts + lineage).
 */
export function draftChanges(state: DraftState, { shapes, facts, lineage }: DraftDifference): ChangeGroup[] {
	const start = { base: state.facts.base, patch: new Map() };
	const created = new Set(shapes.flatMap(({ kind, parcelNo }) => (kind === 'created' ? [parcelNo] : [])));
	const retired = new Set(shapes.flatMap(({ kind, parcelNo }) => (kind === 'retired' ? [parcelNo] : [])));
	const origins = new Map<number, number[]>();
	const heirs = new Map<number, number[]>();
	for (const { from, to } of lineage) {
		if (created.has(to)) origins.set(to, [...(origins.get(to) ?? []), from]);
		else if (retired.has(from)) heirs.set(from, [...(heirs.get(from) ?? []), to]);
	}
	const changed = new Set(facts.map(({ parcelNo }) => parcelNo));
	const kept = [...changed].filter((no) => !created.has(no) && !retired.has(no));
	const before = (parcelNo: number) => factsOf(start, parcelNo);
	const after = (parcelNo: number) => factsOf(state.facts, parcelNo);
	const nearest = (a: number, b: number) => Math.abs(a) - Math.abs(b);
	return groupChanges([
		...kept
			.sort(nearest)
			.map((parcelNo) => ({ parcelNo, before: before(parcelNo), after: after(parcelNo), relatives: [] })),
		...[...created].sort(nearest).map((parcelNo) => ({
			parcelNo,
			before: null,
			after: after(parcelNo),
			relatives: (origins.get(parcelNo) ?? []).map((no) => ({ parcelNo: no, facts: before(no) })),
		})),
		...[...retired].sort(nearest).map((parcelNo) => ({
			parcelNo,
			before: before(parcelNo),
			after: null,
			relatives: (heirs.get(parcelNo) ?? []).map((no) => ({ parcelNo: no, facts: after(no) })),
		})),
	]);
}

/**
 * Gives the relatives that all parcels of a group have, each the same ones in any order; none where parcels have none.
 *
 * Null: parcels differ in them, or fewer are listed than the group has. O(parcels × relatives).
 */
export function sharedRelatives({
	count,
	parcels,
}: Pick<ChangeGroup, 'parcels'> & { readonly count: number }): ChangedParcel['relatives'] | null {
	const keyOf = ({ relatives }: ChangedParcel) =>
		relatives
			.map(({ parcelNo }) => parcelNo)
			.sort((a, b) => a - b)
			.join();
	const [first] = parcels;
	const key = keyOf(first);
	return parcels.length === count && parcels.every((parcel) => keyOf(parcel) === key)
		? first.relatives
		: null;
}

type Change = Omit<ChangeGroup, 'parcels'> & { readonly parcel: ChangedParcel };

function changeOf({ parcelNo, before, after, relatives }: FactPair): Change | null {
	const codeBefore = before?.code ?? null;
	const code = after?.code ?? null;
	const named = relatives.map(({ parcelNo: no, facts }) => ({
		parcelNo: no,
		code: facts.code?.text ?? null,
	}));
	const parcel = { parcelNo, codeBefore, code, relatives: named };
	const others = relatives.map(({ facts }) => facts);
	if (before !== null && after !== null) {
		const values = valueChanges([before], [after]);
		if (values.length === 0 && isSameFact(codeBefore, code)) return null;
		return { kind: 'changed', values, kept: [], parcel };
	}
	if (after !== null) {
		const values = others.length === 0 ? [] : valueChanges(others, [after]);
		return { kind: 'created', values, kept: keptOf(after, values), parcel };
	}
	if (before === null || others.length === 0) return null;
	const values = valueChanges([before], others);
	return values.length === 0 ? null : { kind: 'retired', values, kept: [], parcel };
}

function valueChanges(befores: readonly ParcelFacts[], afters: readonly ParcelFacts[]): ValueChange[] {
	return VALUE_FIELDS.map((field) => ({
		field,
		before: distinct(befores, field),
		after: distinct(afters, field),
	})).filter(({ before, after }) => before.length > 1 || after.length > 1 || before[0] !== after[0]);
}

/** What is not among the changes, and is. */
function keptOf(facts: ParcelFacts, changes: readonly ValueChange[]): ChangeGroup['kept'] {
	return VALUE_FIELDS.flatMap((field) => {
		const value = valueOf(facts, field);
		return value === null || changes.some((change) => change.field === field) ? [] : [{ field, value }];
	});
}

function distinct(all: readonly ParcelFacts[], field: ValueField): FactValue[] {
	return [...new Set(all.map((facts) => valueOf(facts, field)))];
}

function valueOf({ landUse, condition }: ParcelFacts, field: ValueField): FactValue {
	return field === 'landUse' ? landUse : (condition?.[field] ?? null);
}
