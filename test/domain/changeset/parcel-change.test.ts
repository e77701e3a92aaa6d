import { describe, expect, it } from 'vitest';
import { draftChanges, groupChanges, sharedRelatives } from '$lib/domain/changeset/parcel-change.ts';
import type { ParcelFacts, PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { doSteps, FARMLAND, INDUSTRY, townDraft } from '../../support/draft-town.ts';

const condition = (limits: Partial<PlanningCondition>): PlanningCondition => ({
	farMin: null,
	farMax: null,
	buildingCoverageMaxPct: null,
	heightMaxM: null,
	greenRatioMinPct: null,
	supportShareMaxPct: null,
	publicationGrade: 'public',
	source: '控规',
	status: 'verified',
	...limits,
});
const changesOf = (steps: readonly Step[], given: PlanningCondition | null = null) => {
	const { end, difference } = doSteps(townDraft('plan', given), steps);
	return draftChanges(end, difference);
};
const setConditions = (parcelNos: number[], limits: PlanningCondition | null): Step => ({
	verb: 'set_conditions',
	params: { parcelNos, condition: limits },
});
const facts = (landUse: string, far: number | null): ParcelFacts => ({
	landUse,
	code: null,
	condition: far === null ? null : condition({ farMax: far }),
});

describe('what a draft makes otherwise', () => {
	it('is each value that differs, old and new, from none and to none', () => {
		const set = setConditions([1], condition({ farMax: 2.5 }));
		expect(changesOf([set])).toEqual([
			{
				kind: 'changed',
				values: [
					{ field: 'farMax', before: [null], after: [2.5] },
					{ field: 'publicationGrade', before: [null], after: ['public'] },
					{ field: 'source', before: [null], after: ['控规'] },
					{ field: 'status', before: [null], after: ['verified'] },
				],
				kept: [],
				parcels: [
					{
						parcelNo: 1,
						codeBefore: { text: 'F-1', status: 'official' },
						code: { text: 'F-1', status: 'official' },
						relatives: [],
					},
				],
			},
		]);
		const given = condition({ farMax: 3, heightMaxM: 50 });
		const [lowered] = changesOf([setConditions([2], condition({ farMax: 1.2, heightMaxM: 50 }))], given);
		expect(lowered.values).toEqual([{ field: 'farMax', before: [3], after: [1.2] }]);
		const [gone] = changesOf([setConditions([2], null)], given);
		expect(gone.values.slice(0, 2)).toEqual([
			{ field: 'farMax', before: [3], after: [null] },
			{ field: 'heightMaxM', before: [50], after: [null] },
		]);
	});

	it('is told once for all parcels that are changed alike, their codes parcel by parcel', () => {
		const recode: Step = {
			verb: 'set_code',
			params: {
				codes: [
					{ parcelNo: 1, code: { text: 'N-1', status: 'official' } },
					{ parcelNo: 2, code: { text: 'N-2', status: 'provisional' } },
				],
			},
		};
		const [alike, ...others] = changesOf([
			recode,
			{ verb: 'reclassify', params: { parcelNos: [1, 2], landUse: INDUSTRY } },
		]);
		expect(others).toEqual([]);
		expect(alike.values).toEqual([{ field: 'landUse', before: [FARMLAND], after: [INDUSTRY] }]);
		expect(alike.parcels.map(({ codeBefore, code }) => [codeBefore?.text, code?.text])).toEqual([
			['F-1', 'N-1'],
			['F-2', 'N-2'],
		]);
	});

	it('says of parts from which parcel they have what, and what is otherwise', () => {
		const cut: Step = {
			verb: 'split_to_areas',
			params: { parcelNo: 3, bearingDeg: 90, into: { equalParts: 2 } },
		};
		const given = condition({ farMax: 3 });
		const groups = changesOf([cut, setConditions([-2], condition({ farMax: 4 }))], given);
		expect(groups.map(({ kind, parcels }) => [kind, parcels.map(({ parcelNo }) => parcelNo)])).toEqual([
			['created', [-1]],
			['created', [-2]],
		]);
		const [as, otherwise] = groups;
		expect(as.values).toEqual([]);
		expect(as.kept.slice(0, 2)).toEqual([
			{ field: 'landUse', value: INDUSTRY },
			{ field: 'farMax', value: 3 },
		]);
		expect(otherwise.values).toEqual([{ field: 'farMax', before: [3], after: [4] }]);
		expect(otherwise.kept.map(({ field }) => field)).not.toContain('farMax');
		expect(otherwise.parcels[0].relatives).toEqual([{ parcelNo: 3, code: 'W-1' }]);
	});

	it('is told once of equal parts, each with the parcel whose ground it has', () => {
		const [parts, ...others] = changesOf([
			{ verb: 'split_to_areas', params: { parcelNo: 3, bearingDeg: 90, into: { equalParts: 3 } } },
		]);
		expect(others).toEqual([]);
		expect(parts.parcels).toHaveLength(3);
		for (const { relatives } of parts.parcels) expect(relatives).toEqual([{ parcelNo: 3, code: 'W-1' }]);
		expect(sharedRelatives({ ...parts, count: 3 })).toEqual([{ parcelNo: 3, code: 'W-1' }]);
		expect(sharedRelatives({ ...parts, count: 4 })).toBeNull();
	});

	it('tells of ground that goes to several which parcel has whose', () => {
		const ended = (parcelNo: number, ...heirs: number[]) => ({
			parcelNo,
			before: facts(FARMLAND, null),
			after: null,
			relatives: heirs.map((no) => ({ parcelNo: no, facts: facts(INDUSTRY, null) })),
		});
		const heirsOf = (...pairs: ReturnType<typeof ended>[]) => {
			const [group, ...others] = groupChanges(pairs);
			expect(others).toEqual([]);
			const shared = sharedRelatives({ ...group, count: pairs.length });
			return [
				group.parcels.map(({ relatives }) => relatives.map(({ parcelNo }) => parcelNo)),
				shared?.map(({ parcelNo }) => parcelNo) ?? null,
			];
		};
		expect(heirsOf(ended(1, 8), ended(2, 9))).toEqual([[[8], [9]], null]);
		expect(heirsOf(ended(1, 8), ended(2, 8, 9))).toEqual([[[8], [8, 9]], null]);
		expect(heirsOf(ended(1, 10, 9), ended(2, 9, 10))).toEqual([
			[
				[10, 9],
				[9, 10],
			],
			[10, 9],
		]);
	});

	it('says what becomes of ground that goes to another parcel', () => {
		const [ended, ...others] = changesOf([{ verb: 'merge', params: { parcelNos: [1, 3], intoNo: 3 } }]);
		expect(others).toEqual([]);
		expect(ended).toMatchObject({
			kind: 'retired',
			values: [{ field: 'landUse', before: [FARMLAND], after: [INDUSTRY] }],
			parcels: [{ parcelNo: 1, relatives: [{ parcelNo: 3, code: 'W-1' }] }],
		});
		expect(changesOf([{ verb: 'merge', params: { parcelNos: [1, 2], intoNo: 2 } }])).toEqual([]);
	});

	it('names every value of several that did not agree', () => {
		const [made] = groupChanges([
			{
				parcelNo: 9,
				before: null,
				after: facts(FARMLAND, null),
				relatives: [
					{ parcelNo: 1, facts: facts(FARMLAND, 2) },
					{ parcelNo: 2, facts: facts(FARMLAND, 3) },
				],
			},
		]);
		expect(made.values[0]).toEqual({ field: 'farMax', before: [2, 3], after: [null] });
		expect(made.kept).toEqual([{ field: 'landUse', value: FARMLAND }]);
	});

	it('claims nothing of a new parcel whose origins are not told', () => {
		const [made] = groupChanges([{ parcelNo: 9, before: null, after: facts(FARMLAND, 2), relatives: [] }]);
		expect(made.values).toEqual([]);
		expect(made.kept.slice(0, 2)).toEqual([
			{ field: 'landUse', value: FARMLAND },
			{ field: 'farMax', value: 2 },
		]);
	});
});
