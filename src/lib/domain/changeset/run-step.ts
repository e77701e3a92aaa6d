import { alignBoundary } from '$geo/edit/align-boundary.ts';
import { carveCorridor } from '$geo/edit/carve-corridor.ts';
import { deleteVertex } from '$geo/edit/delete-vertex.ts';
import type { EditResult, Refusal } from '$geo/edit/difference.ts';
import { insertVertex } from '$geo/edit/insert-vertex.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { moveVertices } from '$geo/edit/move-vertex.ts';
import { refuse } from '$geo/edit/refusal.ts';
import { reshapeBoundary } from '$geo/edit/reshape-boundary.ts';
import { splitByLine } from '$geo/edit/split-by-line.ts';
import { splitToAreas } from '$geo/edit/split-to-areas.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { findConditionFault } from './check-condition.ts';
import { hasParcel, moved, type DraftResult, type DraftState } from './draft-state.ts';
import {
	factChanges,
	factsOf,
	inheritedFacts,
	sortFacts,
	type FactChange,
	type ParcelFacts,
} from './parcel-facts.ts';
import type { Step, StepParams } from './step.ts';

/**
 * Does one step of a draft: the same to the bit in a browser and on the server, wherever both have the parcels that it concerns.
 *
 * New parcels get the facts that those agree on whose ground they have, and no code. Refuses what the verb of the kernel refuses, and of facts
 * `parcel.unknown`, `class.unknown`, `code.blank`, `code.repeated` (twice in the step), `conditions.plan-only`, `condition.invalid` (with the
 * `field`), `step.changes-nothing`. Whatever numbers it is given, it never throws. The cost is the verb's.
 */
export function runStep(state: DraftState, step: Step): DraftResult {
	switch (step.verb) {
		case 'reclassify':
			return reclassify(state, step.params);
		case 'set_code':
			return setCode(state, step.params);
		case 'set_conditions':
			return setConditions(state, step.params);
		case 'carve_corridor':
			return carve(state, step.params);
		default: {
			const result = redrawGround(state, step);
			return result.ok ? withGround(state, result) : result;
		}
	}
}

/** Says why a step would be refused, null when it would be done. */
export function canRunStep(state: DraftState, step: Step): Refusal | null {
	const result = runStep(state, step);
	return result.ok ? null : result.refusal;
}

type GroundStep = Exclude<
	Step,
	{ readonly verb: 'reclassify' | 'set_code' | 'set_conditions' | 'carve_corridor' }
>;

function redrawGround({ coverage, nextNo }: DraftState, step: GroundStep): EditResult {
	switch (step.verb) {
		case 'split_by_line': {
			const { line, parcelNos } = step.params;
			return splitByLine(coverage, { line: polyline(line), parcelNos, firstNewNo: nextNo });
		}
		case 'split_to_areas':
			return splitToAreas(coverage, { ...step.params, firstNewNo: nextNo });
		case 'merge':
			return mergeParcels(coverage, step.params);
		case 'reshape': {
			const { path, reachM, parcelNo } = step.params;
			return reshapeBoundary(coverage, { path: polyline(path), reachM, parcelNo });
		}
		case 'move_vertices':
			return moveVertices(coverage, step.params.moves);
		case 'insert_vertex':
			return insertVertex(coverage, step.params);
		case 'delete_vertex':
			return deleteVertex(coverage, step.params);
		case 'align':
			return alignBoundary(coverage, step.params);
	}
}

function polyline(places: readonly LonLat[]): Float64Array {
	return Float64Array.from(places.flat());
}

/** Takes a change of ground in; `given` are the facts of some new parcels, before what they would inherit. */
function withGround(
	state: DraftState,
	{ coverage, difference }: Extract<EditResult, { ok: true }>,
	given: ReadonlyMap<number, Partial<ParcelFacts>> = new Map(),
): DraftResult {
	const { shapes, lineage } = difference;
	const facts = shapes
		.filter(({ kind }) => kind === 'created')
		.flatMap(({ parcelNo }) => {
			const parents = lineage
				.filter(({ to }) => to === parcelNo)
				.map(({ from }) => factsOf(state.facts, from));
			return factChanges(parcelNo, null, { ...inheritedFacts(parents), ...given.get(parcelNo) });
		});
	const done = { shapes, lineage, facts: sortFacts(facts) };
	return { ok: true, state: moved(state, coverage, done), difference: done };
}

function withFactsOnly(state: DraftState, facts: FactChange[], parcelNos: readonly number[]): DraftResult {
	if (facts.length === 0) return refuse('step.changes-nothing', parcelNos);
	const difference = { shapes: [], lineage: [], facts: sortFacts(facts) };
	return { ok: true, state: moved(state, state.coverage, difference), difference };
}

function carve(
	state: DraftState,
	{ centreLine, landUse, ...rest }: StepParams['carve_corridor'],
): DraftResult {
	if (isUnknownClass(state, landUse)) return refuse('class.unknown', [], null, { landUse });
	const result = carveCorridor(state.coverage, {
		...rest,
		centreLine: polyline(centreLine),
		firstNewNo: state.nextNo,
	});
	if (!result.ok) return result;
	if (landUse === undefined) return withGround(state, result);
	return withGround(state, result, new Map(result.corridors.map(({ parcelNo }) => [parcelNo, { landUse }])));
}

function reclassify(state: DraftState, { parcelNos, landUse }: StepParams['reclassify']): DraftResult {
	if (isUnknownClass(state, landUse)) return refuse('class.unknown', parcelNos, null, { landUse });
	return setFacts(state, parcelNos, { landUse });
}

function setConditions(
	state: DraftState,
	{ parcelNos, condition }: StepParams['set_conditions'],
): DraftResult {
	if (state.facts.base.coverageKind !== 'plan') return refuse('conditions.plan-only', parcelNos);
	const fault = condition === null ? null : findConditionFault(condition);
	if (fault !== null) {
		const { field, reason, most } = fault;
		const why = { field, ...(reason === null ? {} : { reason }), ...(most === undefined ? {} : { most }) };
		return refuse('condition.invalid', parcelNos, null, why);
	}
	return setFacts(state, parcelNos, { condition });
}

function setFacts(state: DraftState, parcelNos: readonly number[], facts: Partial<ParcelFacts>): DraftResult {
	const subjects = [...new Set(parcelNos)];
	const unknown = subjects.filter((no) => !hasParcel(state, no));
	if (unknown.length > 0) return refuse('parcel.unknown', unknown);
	const changes = subjects.flatMap((no) => factChanges(no, factsOf(state.facts, no), facts));
	return withFactsOnly(state, changes, subjects);
}

function setCode(state: DraftState, { codes }: StepParams['set_code']): DraftResult {
	const byNo = new Map(codes.map(({ parcelNo, code }) => [parcelNo, code]));
	const unknown = [...byNo.keys()].filter((no) => !hasParcel(state, no));
	if (unknown.length > 0) return refuse('parcel.unknown', unknown);
	const texts = new Set<string>();
	for (const { parcelNo, code } of codes) {
		if (code === null) continue;
		if (code.text.trim() === '') return refuse('code.blank', [parcelNo]);
		if (texts.has(code.text)) return refuse('code.repeated', [parcelNo], null, { code: code.text });
		texts.add(code.text);
	}
	const changes = [...byNo].flatMap(([no, code]) => factChanges(no, factsOf(state.facts, no), { code }));
	return withFactsOnly(state, changes, [...byNo.keys()]);
}

function isUnknownClass({ facts }: DraftState, landUse: string | null | undefined): landUse is string {
	return typeof landUse === 'string' && !facts.base.hasClass(landUse);
}
