import { describe, expect, it } from 'vitest';
import type { LonLat } from '$geo/flat-polygons.ts';
import { snapToGrid } from '$geo/grid.ts';
import { metresFromVertex } from '$lib/domain/survey/at-point.ts';
import { checkSurveyPoints } from '$lib/domain/survey/check-survey.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { classesAround } from '$lib/map/edit/classes-around.ts';
import { listFixes } from '$lib/map/edit/finding-fix.ts';
import { doSteps, FARMLAND, INDUSTRY, TOWN, townDraft } from '../../support/draft-town.ts';
import { pointAt, surveyOf } from '../../support/survey-town.ts';

const after = (...steps: Step[]) => doSteps(townDraft(), steps);
const fixesOf = (
	{ end, difference }: ReturnType<typeof after>,
	code: string,
	parcelNos: number[],
	params = {},
	isSurface: (landUse: string | null) => boolean = () => false,
) => listFixes({ code, parcelNos, params }, end, difference, isSurface);
const blank: Step = { verb: 'reclassify', params: { parcelNos: [1], landUse: null } };

describe('what mends a finding', () => {
	it('is a class of the neighbours, nearest first, or any', () => {
		const draft = after(blank);
		const fixes = fixesOf(draft, 'parcel.class-missing', [1, 99]);
		expect(classesAround(draft.end, [1])).toEqual([FARMLAND, INDUSTRY]);
		expect(fixes.map(({ kind }) => kind)).toEqual(['reclassify', 'reclassify', 'choose_class']);
		const [first] = fixes;
		if (first.kind !== 'reclassify') throw new Error('no class');
		const mended = runStep(draft.end, first.step);
		expect(mended.ok && factsOf(mended.state.facts, 1).landUse).toBe(FARMLAND);
		const streets = fixesOf(draft, 'parcel.class-missing', [1], {}, (landUse) => landUse === FARMLAND);
		expect(streets).toMatchObject([{ landUse: INDUSTRY }, { kind: 'choose_class', parcelNos: [1] }]);
	});

	it('is a code of the program, for the parcel that the draft gave the taken one', () => {
		const draft = after({
			verb: 'set_code',
			params: { codes: [{ parcelNo: 2, code: { text: 'X-1', status: 'official' } }] },
		});
		const [fix] = fixesOf(draft, 'code.taken', [3], { code: 'X-1' });
		expect(fix).toEqual({
			kind: 'provisional_code',
			step: { verb: 'set_code', params: { codes: [{ parcelNo: 2, code: null }] } },
		});
		expect(fixesOf(draft, 'code.taken', [3], { code: 'X-2' })).toEqual([]);
	});

	it('is a merge into the neighbour with the longest boundary, a street last', () => {
		const draft = after(blank);
		expect(fixesOf(draft, 'parcel.below-least-area', [1])).toEqual([
			{ kind: 'merge', tool: 'merge', parcelNos: [2, 1], intoNo: 2 },
		]);
		const byStreet = fixesOf(draft, 'parcel.below-least-area', [1], {}, (landUse) => landUse === FARMLAND);
		expect(byStreet).toMatchObject([{ intoNo: 3 }]);
	});

	it.each([
		['paper.missing', { paper: 'approval' }, { paper: 'approval', field: null }],
		['paper.incomplete', { paper: 'approval', field: 'office' }, { paper: 'approval', field: 'office' }],
		['notice.too-short', { days: 29 }, { paper: 'public_notice', field: 'endsOn' }],
	])('is the form of a paper: %s', (code, params, form) => {
		expect(fixesOf(after(blank), code, [], params)).toEqual([{ kind: 'paper', ...form }]);
	});

	it('is a vertex moved to a surveyed point near it, the nearest first, however far others are', () => {
		const near = (letter: Parameters<typeof TOWN.at>[0], offDeg: number): LonLat => {
			const [lon, lat] = TOWN.at(letter);
			return [snapToGrid(lon + offDeg), lat];
		};
		const [nearest, nearer, far] = [near('E', 1e-6), near('D', 3e-6), near('A', 1e-4)];
		const draft = after(blank);
		const fixes = (state: DraftState, places: readonly LonLat[]) => {
			const survey = surveyOf(places.map((at, i) => pointAt(`J${i}`, at)));
			const [{ code, params }] = checkSurveyPoints(state.coverage, survey, 'draft');
			return listFixes({ code, parcelNos: [], params }, state, draft.difference, () => false);
		};
		const [fix] = fixes(draft.end, [nearer, far, nearest]);
		if (fix.kind !== 'move_to_point') throw new Error(fix.kind);
		const mended = runStep(draft.end, fix.step);
		if (!mended.ok) throw new Error('not mended');
		expect(metresFromVertex(mended.state.coverage, nearest)).toBe(0);
		const next = { verb: 'move_vertices', params: { moves: [{ at: TOWN.at('D'), to: nearer }] } };
		expect(fixes(mended.state, [nearer, far, nearest])).toEqual([{ kind: 'move_to_point', step: next }]);
		expect(fixes(draft.end, [far])).toEqual([]);
	});

	it('is left to the planner where it takes thought', () => {
		expect(fixesOf(after(blank), 'control.touched', [1])).toEqual([]);
	});
});
