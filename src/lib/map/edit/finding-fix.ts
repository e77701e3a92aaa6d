import { findNearestVertex } from '$geo/coverage/nearest-boundary.ts';
import { listSharedBoundaries } from '$geo/coverage/shared-boundary.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { hasParcel, type DraftDifference, type DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf, type ParcelCode } from '$lib/domain/changeset/parcel-facts.ts';
import { PAPER_KINDS, type PaperKind } from '$lib/domain/changeset/publishing-papers.ts';
import { hasVertexAt } from '$lib/domain/survey/at-point.ts';
import { readPlaces } from '$lib/domain/survey/check-survey.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { classesAround } from './classes-around.ts';
import type { ToolName } from './tool-name.ts';

/** What mends a finding: a step, a tool with parcels chosen whose step is seen before it is done, or a paper's form. */
export type Fix =
	| { readonly kind: 'reclassify'; readonly step: Step; readonly landUse: string }
	| { readonly kind: 'provisional_code' | 'move_to_point'; readonly step: Step }
	| {
			readonly kind: 'choose_class' | 'conditions';
			readonly tool: ToolName;
			readonly parcelNos: readonly number[];
	  }
	| {
			readonly kind: 'merge';
			readonly tool: ToolName;
			readonly parcelNos: readonly number[];
			readonly intoNo: number;
	  }
	| { readonly kind: 'paper'; readonly paper: PaperKind; readonly field: string | null };

/** A finding as fixes look at it. */
export interface Fixable {
	readonly code: string;
	readonly parcelNos: readonly number[];
	readonly params: Readonly<Record<string, unknown>>;
}

const CLASSES_OFFERED = 2;
/** A vertex that is farther from a boundary point is hardly meant to be it. */
const POINT_REACH_M = 1;

/**
 * Lists what mends a finding of a draft, the likeliest first; empty where it takes thought.
 *
 * Conditions of a former class are set anew; parcels without a class may take one of their neighbours'; a code that is given twice, or taken, is left to the program; a parcel that is too small
 * goes to the neighbour with the longest common boundary; the vertex within a metre of a surveyed boundary point is moved there, the nearest first; a paper is recorded. `isSurface` says of a class that it is of streets or water, which border
 * on everything: what they offer comes last. O(edges near the parcels).
 */
export function listFixes(
	{ code, parcelNos, params }: Fixable,
	state: DraftState,
	difference: DraftDifference,
	isSurface: (landUse: string | null) => boolean,
): Fix[] {
	const there = parcelNos.filter((parcelNo) => hasParcel(state, parcelNo));
	switch (code) {
		case 'parcel.class-missing':
			return there.length === 0 ? [] : classFixes(state, there, isSurface);
		case 'condition.of-former-class':
			return there.length === 0 ? [] : [{ kind: 'conditions', tool: 'set_conditions', parcelNos: there }];
		case 'code.taken':
			return codeFixes(difference, there, params.code);
		case 'parcel.below-least-area':
			return there.flatMap((parcelNo) => mergeFixes(state, parcelNo, isSurface));
		case 'survey.point-off-boundary':
			return pointFixes(state, readPlaces(params.nearPlaces));
		case 'paper.missing':
		case 'paper.incomplete':
			return paperFixes(params.paper, params.field);
		case 'notice.dates-reversed':
		case 'notice.too-short':
		case 'notice.running':
			return paperFixes('public_notice', 'endsOn');
		default:
			return [];
	}
}

type IsSurface = Parameters<typeof listFixes>[3];

function classFixes(state: DraftState, parcelNos: readonly number[], isSurface: IsSurface): Fix[] {
	const offered = classesAround(state, parcelNos)
		.filter((landUse) => !isSurface(landUse))
		.slice(0, CLASSES_OFFERED);
	return [
		...offered.map((landUse): Fix => ({
			kind: 'reclassify',
			step: { verb: 'reclassify', params: { parcelNos, landUse } },
			landUse,
		})),
		{ kind: 'choose_class', tool: 'reclassify', parcelNos },
	];
}

/** A finding names who holds the code; it is the draft's parcel that gives it up. */
function codeFixes({ facts }: DraftDifference, parcelNos: readonly number[], text: unknown): Fix[] {
	const given = facts.flatMap(({ parcelNo, field, after }) =>
		field === 'code' && (after as ParcelCode | null)?.text === text ? [parcelNo] : [],
	);
	const named = given.filter((parcelNo) => parcelNos.includes(parcelNo));
	const codes = (named.length > 0 ? named : given).map((parcelNo) => ({ parcelNo, code: null }));
	return codes.length === 0
		? []
		: [{ kind: 'provisional_code', step: { verb: 'set_code', params: { codes } } }];
}

function mergeFixes({ coverage, facts }: DraftState, parcelNo: number, isSurface: IsSurface): Fix[] {
	const neighbours = listSharedBoundaries(coverage, parcelNo).map((shared) => shared.parcelNo);
	const isWrong = (no: number) =>
		isSurface(factsOf(facts, no).landUse) && !isSurface(factsOf(facts, parcelNo).landUse);
	const intoNo = neighbours.find((no) => !isWrong(no)) ?? neighbours.at(0);
	if (intoNo === undefined) return [];
	return [{ kind: 'merge', tool: 'merge', parcelNos: [intoNo, parcelNo], intoNo }];
}

/** The points are given nearest first; those that have got their vertex since are passed over. */
function pointFixes({ coverage }: DraftState, points: readonly LonLat[]): Fix[] {
	for (const to of points) {
		const at = hasVertexAt(coverage, to) ? null : findNearestVertex(coverage, to, POINT_REACH_M);
		if (at !== null)
			return [{ kind: 'move_to_point', step: { verb: 'move_vertices', params: { moves: [{ at, to }] } } }];
	}
	return [];
}

function paperFixes(paper: unknown, field: unknown): Fix[] {
	const kind = PAPER_KINDS.find((one) => one === paper);
	return kind === undefined
		? []
		: [{ kind: 'paper', paper: kind, field: typeof field === 'string' ? field : null }];
}
