import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import type { Refusal } from '$geo/edit/difference.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { DraftDifference, DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import type { Step } from '$lib/domain/changeset/step.ts';

/** A parcel that a step makes, changes or ends; areas ellipsoidal, m². */
export interface PartOfStep {
	readonly parcelNo: number;
	readonly kind: 'created' | 'reshaped' | 'retired' | 'relabelled';
	/** Null: it is new. */
	readonly beforeM2: number | null;
	/** Null: it is there no more. */
	readonly afterM2: number | null;
	/** Its class after the step, or before it where it ends. */
	readonly landUse: string | null;
	/** The class that it had, where the step gives it another; null: none, or it keeps its own. */
	readonly landUseBefore: string | null;
}

/** What a step would do, or why it would not. */
export type StepEffect =
	| {
			readonly ok: true;
			readonly parts: readonly PartOfStep[];
			readonly difference: DraftDifference;
			readonly state: DraftState;
	  }
	| { readonly ok: false; readonly refusal: Refusal };

/**
 * Tries a step without doing it: the parcels concerned with their areas, for the panel beside the map and the picture on it.
 *
 * The cost is the step's.
 */
export function tryStep(before: DraftState, step: Step): StepEffect {
	const result = runStep(before, step);
	if (!result.ok) return result;
	const { difference, state } = result;
	return { ok: true, parts: listParts(before, state, difference), difference, state };
}

/** Lists what a difference does to parcels, those left out that only get vertices: new ones first, then changed ones, ended ones last. */
export function listParts(before: DraftState, state: DraftState, difference: DraftDifference): PartOfStep[] {
	const parts = difference.shapes
		.filter(({ kind }) => kind !== 'noded')
		.map((change): PartOfStep => {
			const kind = change.kind as 'created' | 'reshaped' | 'retired';
			const after = change.after === null ? before : state;
			return {
				parcelNo: change.parcelNo,
				kind,
				beforeM2: areaOf(change.before),
				afterM2: areaOf(change.after),
				...classesOf(before, after, change.parcelNo),
			};
		});
	const redrawn = new Set(parts.map(({ parcelNo }) => parcelNo));
	const relabelled = [...new Set(difference.facts.map(({ parcelNo }) => parcelNo))]
		.filter((parcelNo) => !redrawn.has(parcelNo))
		.map((parcelNo): PartOfStep => ({
			parcelNo,
			kind: 'relabelled',
			beforeM2: null,
			afterM2: null,
			...classesOf(before, state, parcelNo),
		}));
	return inReadingOrder([...parts, ...relabelled]);
}

function classesOf(before: DraftState, after: DraftState, parcelNo: number) {
	const { landUse } = factsOf(after.facts, parcelNo);
	const was = factsOf(before.facts, parcelNo).landUse;
	return { landUse, landUseBefore: was === landUse ? null : was };
}

/** Ground that gets another class because another parcel takes it up whole; null: none. */
export interface ClassTurn {
	readonly from: string | null;
	readonly to: string | null;
	/** Ellipsoidal. */
	readonly areaM2: number;
}

/** Sums the ground of parcels that end whole in one other parcel of another class, by the class before and after. O(lineage). */
export function listClassTurns(
	before: DraftState,
	state: DraftState,
	difference: DraftDifference,
): ClassTurn[] {
	const ended = new Map(
		difference.shapes.flatMap((change) => (change.after === null ? [[change.parcelNo, change.before]] : [])),
	);
	const heirs = new Map<number, number[]>();
	for (const { from, to } of difference.lineage) heirs.set(from, [...(heirs.get(from) ?? []), to]);
	const turns = new Map<string, ClassTurn>();
	for (const [parcelNo, tos] of heirs) {
		const shape = ended.get(parcelNo) ?? null;
		const from = factsOf(before.facts, parcelNo).landUse;
		const to = factsOf(state.facts, tos[0]).landUse;
		if (shape === null || tos.length > 1 || from === to) continue;
		const areaM2 = (turns.get(`${from} ${to}`)?.areaM2 ?? 0) + ellipsoidalAreasM2(shape)[0];
		turns.set(`${from} ${to}`, { from, to, areaM2 });
	}
	return [...turns.values()];
}

const ORDER = ['created', 'reshaped', 'relabelled', 'retired'] as const;

function inReadingOrder(parts: PartOfStep[]): PartOfStep[] {
	// New parcels are numbered downwards from −1, in the order in which the verb made them.
	return parts.sort(
		(a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || Math.abs(a.parcelNo) - Math.abs(b.parcelNo),
	);
}

function areaOf(shape: FlatPolygons | null): number | null {
	return shape === null ? null : ellipsoidalAreasM2(shape)[0];
}
