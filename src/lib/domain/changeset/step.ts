import type { LonLat } from '$geo/flat-polygons.ts';
import type { ParcelCode, PlanningCondition } from './parcel-facts.ts';

/**
 * The verbs of a draft and what each is told; what they do and refuse is said where the kernel does it (`geo/edit`).
 *
 * Places are degrees (EPSG:4490), lengths metres, areas m². Numbers of new parcels are given by the draft.
 */
export interface StepParams {
	split_by_line: { readonly line: readonly LonLat[]; readonly parcelNos?: readonly number[] };
	split_to_areas: {
		readonly parcelNo: number;
		readonly bearingDeg: number;
		readonly into: { readonly areasM2: readonly number[] } | { readonly equalParts: number };
		readonly allowApart?: boolean;
	};
	merge: { readonly parcelNos: readonly number[]; readonly intoNo?: number };
	reshape: { readonly path: readonly LonLat[]; readonly reachM: number; readonly parcelNo?: number };
	move_vertices: { readonly moves: readonly { readonly at: LonLat; readonly to: LonLat }[] };
	insert_vertex: {
		readonly at: LonLat;
		readonly reachM: number;
		readonly to?: LonLat;
		readonly parcelNo?: number;
	};
	delete_vertex: { readonly at: LonLat };
	align: { readonly parcelNo: number; readonly line: readonly [LonLat, LonLat]; readonly reachM: number };
	carve_corridor: {
		readonly centreLine: readonly LonLat[];
		readonly breadth: { readonly widthM: number } | { readonly leftM: number; readonly rightM: number };
		readonly endCap?: 'flat' | 'square';
		readonly parcelNos?: readonly number[];
		/** The class of the corridor; left out: that of the parcels that gave its ground, where they agree. */
		readonly landUse?: string | null;
	};
	reclassify: { readonly parcelNos: readonly number[]; readonly landUse: string | null };
	/** A null code: a provisional one is given when the changeset is published. */
	set_code: { readonly codes: readonly { readonly parcelNo: number; readonly code: ParcelCode | null }[] };
	set_conditions: {
		readonly parcelNos: readonly number[];
		/** Null: they have none. */
		readonly condition: PlanningCondition | null;
	};
}

export type StepVerb = keyof StepParams;

/** One edit of a draft. */
export type Step = {
	readonly [Verb in StepVerb]: { readonly verb: Verb; readonly params: StepParams[Verb] };
}[StepVerb];

/** Gives the state of a revision back; its difference is the server's alone, which knows what was, so that it is neither sent nor done again. */
export interface RestoreStep {
	readonly verb: 'restore';
	readonly params: { readonly revision: number };
}

/** A step as it is recorded. */
export type RecordedStep = Step | RestoreStep;
