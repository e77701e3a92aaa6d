import type { Coverage } from '$geo/coverage/coverage.ts';
import { findShape, listParcelNos, listParcelNosAt } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import { draftOf } from '$lib/domain/changeset/draft-state.ts';
import type { FactBase, ParcelFacts, PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { ChanceEdit } from './edit-sequence.ts';

export const CLASSES = ['cn/2023/0701', 'cn/2023/0802', 'cn/2023/1401', 'x/2022/MX'];

export const SOME_CONDITION: PlanningCondition = {
	farMin: 1.2,
	farMax: 2.5,
	buildingCoverageMaxPct: 40,
	heightMaxM: null,
	greenRatioMinPct: null,
	supportShareMaxPct: null,
	publicationGrade: 'office',
	source: '示例',
	status: 'example',
};

/** Facts for parcels of any number: classes by turns, every third with a condition. */
export const SOME_FACTS: FactBase = {
	coverageKind: 'plan',
	factsOf: (no): ParcelFacts | null =>
		no < 0
			? null
			: {
					landUse: no % 5 === 0 ? null : CLASSES[no % 2],
					code: { text: `P${no}`, status: 'provisional' },
					condition: no % 3 === 0 ? SOME_CONDITION : null,
				},
	hasClass: (landUse) => CLASSES.includes(landUse),
};

export function someDraft(coverage: Coverage): DraftState {
	return draftOf(coverage, SOME_FACTS);
}

/** Makes a step of any verb from a chance edit, on a draft whose ground lies in a box at `corner`, `sideDeg` wide and high. */
export function chanceStep(
	{ coverage }: DraftState,
	{ verb, places, pick }: ChanceEdit,
	corner: LonLat,
	sideDeg: number,
	classes: readonly string[] = CLASSES,
): Step {
	const at = ([x, y]: readonly [number, number]): LonLat => [
		corner[0] + x * sideDeg,
		corner[1] + y * sideDeg,
	];
	const line = places.map(at);
	const nos = [...listParcelNos(coverage)];
	const parcelNo = nos[pick % nos.length];
	const parcelNos = [parcelNo, nos[(pick >>> 5) % nos.length]];
	const vertex = (no: number, i: number): LonLat => {
		const { coordinates } = findShape(coverage, no) ?? { coordinates: Float64Array.of(0, 0) };
		const k = i % (coordinates.length / 2);
		return [coordinates[2 * k], coordinates[2 * k + 1]];
	};
	const near = vertex(parcelNo, pick >>> 8);
	const towards = (to: LonLat): LonLat => [near[0] + (to[0] - near[0]) / 8, near[1] + (to[1] - near[1]) / 8];
	const [first, second] = line;
	const landUse = classes[pick % classes.length];
	const steps: readonly Step[] = [
		{ verb: 'split_by_line', params: { line } },
		{ verb: 'split_by_line', params: { line, parcelNos } },
		{
			verb: 'split_to_areas',
			params: { parcelNo, bearingDeg: pick % 360, into: { equalParts: places.length }, allowApart: true },
		},
		{
			verb: 'merge',
			params: {
				parcelNos: [...new Set([parcelNo, ...line.flatMap((place) => listParcelNosAt(coverage, place))])],
			},
		},
		{
			verb: 'reshape',
			params: {
				path: [near, ...line.slice(2).map(towards), vertex(parcelNo, pick >>> 4)],
				reachM: 0.01,
				parcelNo,
			},
		},
		{ verb: 'move_vertices', params: { moves: [{ at: near, to: towards(first) }] } },
		{
			verb: 'insert_vertex',
			params: { at: first, reachM: 50, ...(pick % 2 === 0 ? {} : { to: towards(second) }) },
		},
		{ verb: 'delete_vertex', params: { at: near } },
		{ verb: 'align', params: { parcelNo, line: [first, second], reachM: 20 } },
		{
			verb: 'carve_corridor',
			params: {
				centreLine: line,
				breadth: { widthM: 1 + (pick % 9) },
				...(pick % 2 === 0 ? {} : { landUse }),
			},
		},
		{ verb: 'reclassify', params: { parcelNos, landUse: pick % 7 === 0 ? null : landUse } },
		{
			verb: 'set_code',
			params: { codes: [{ parcelNo, code: { text: `K${pick % 100}`, status: 'official' } }] },
		},
		{
			verb: 'set_conditions',
			params: { parcelNos, condition: { ...SOME_CONDITION, farMax: 3 + (pick % 3) } },
		},
	];
	return steps[verb % steps.length];
}
