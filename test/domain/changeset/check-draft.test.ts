import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { checkControls, controlRuleKey, type ControlGround } from '$lib/domain/changeset/check-control.ts';
import { checkFormerConditions } from '$lib/domain/changeset/check-facts.ts';
import { checkLeastAreas, leastAreaRuleKey } from '$lib/domain/changeset/check-least-area.ts';
import type { Moment } from '$lib/domain/changeset/issue.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { touchedGround } from '$lib/domain/changeset/touched-ground.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { SOME_CONDITION } from '../../support/chance-step.ts';
import { doSteps, FARMLAND, INDUSTRY, TOWN, townDraft } from '../../support/draft-town.ts';

const DAY = '2026-11-22';
const rule = (key: string, value: string | null): RuleValue => ({
	key,
	value,
	unit: 'm2',
	areaKind: 'ellipsoidal',
	comparison: '<=',
	source: '示例',
	status: 'example',
	parkId: null,
	validFrom: null,
	validTo: null,
});
const cut: Step = {
	verb: 'split_by_line',
	params: { line: [TOWN.at('D'), TOWN.at('B')], parcelNos: [1] },
};
const build = (parcelNos: number[]): Step => ({
	verb: 'reclassify',
	params: { parcelNos, landUse: INDUSTRY },
});
const m2 = (rings: string) => ellipsoidalAreasM2(TOWN.polygons(rings))[0];

describe('the ground that a draft touches', () => {
	it('is cut by the parcels before and after it, and adds up to both', () => {
		const draft = doSteps(townDraft(), [cut, build([-1]), { verb: 'merge', params: { parcelNos: [2, 3] } }]);
		const ground = touchedGround(draft.start, draft.end, draft.difference);
		const sum = (which: 'beforeNo' | 'afterNo', no: number) =>
			ground.reduce((all, piece) => all + (piece[which] === no ? piece.areaM2 : 0), 0);
		expect(sum('beforeNo', 1)).toBeCloseTo(m2('ADEB'), 6);
		expect(sum('beforeNo', 2)).toBeCloseTo(m2('DFGE'), 6);
		expect(sum('afterNo', 2)).toBeCloseTo(m2('DFGE') + m2('BEGHC'), 6);
		const built = ground.filter(
			(piece) => piece.landUseBefore === FARMLAND && piece.landUseAfter === INDUSTRY,
		);
		expect(built.map(({ beforeNo, afterNo }) => [beforeNo, afterNo])).toEqual([[1, -1]]);
		expect(built[0].areaM2).toBeCloseTo(m2('ADB'), 2);
	});

	it('is none where only neighbours got vertices or codes changed nothing of the ground', () => {
		const code = { text: 'N-1', status: 'official' } as const;
		const draft = doSteps(townDraft(), [{ verb: 'set_code', params: { codes: [{ parcelNo: 1, code }] } }]);
		const ground = touchedGround(draft.start, draft.end, draft.difference);
		expect(ground.map(({ landUseBefore, landUseAfter }) => landUseBefore === landUseAfter)).toEqual([true]);
	});
});

describe('conditions of a former class', () => {
	const found = (steps: Step[]) => {
		const { end, difference } = doSteps(townDraft('plan', SOME_CONDITION), steps);
		return checkFormerConditions(end, difference, 'publish');
	};
	const set: Step = {
		verb: 'set_conditions',
		params: { parcelNos: [1], condition: { ...SOME_CONDITION, farMax: 3 } },
	};

	it('are named with the parcels and parts that took another class, and weigh as a warning', () => {
		const [issue] = found([cut, build([-1, 2])]);
		expect(issue.code).toBe('condition.of-former-class');
		expect(issue.severity).toBe('warning');
		expect([...issue.parcelNos].sort((a, b) => a - b)).toEqual([-1, 2]);
	});

	it('are none where the class stays, where others are set with it, or there were none', () => {
		expect(found([cut])).toEqual([]);
		expect(found([build([1]), set])).toEqual([]);
		expect(found([set, build([1])])).toEqual([]);
		const bare = doSteps(townDraft(), [build([1])]);
		expect(checkFormerConditions(bare.end, bare.difference, 'publish')).toEqual([]);
		const built = doSteps(townDraft('plan', SOME_CONDITION), [build([1])]);
		const again = (restored: number) =>
			checkFormerConditions(built.end, built.difference, 'publish', new Set([restored]));
		expect([again(1).length, again(2).length]).toEqual([0, 1]);
	});
});

describe('control lines', () => {
	/** The northern field and the strip east of it lie inside. */
	const farmland: ControlGround = {
		controlLayerId: 'farmland',
		kind: 'permanent_basic_farmland',
		areas: TOWN.polygons('ADEB'),
	};
	const check = (steps: Step[], rules: RuleValue[], moment: Moment = 'publish', layers = [farmland]) => {
		const { start, end, difference } = doSteps(townDraft(), steps);
		return checkControls(touchedGround(start, end, difference), layers, rules, DAY, moment);
	};
	const forbidden = rule(controlRuleKey('permanent_basic_farmland'), '0');

	it('name the changed ground inside them: a warning in a draft, an error at publishing', () => {
		const [issue, ...others] = check([cut, build([-1])], [forbidden]);
		expect(others).toEqual([]);
		expect(issue).toMatchObject({
			code: 'control.touched',
			severity: 'error',
			parcelNos: [-1],
			source: '示例',
			params: { control: 'permanent_basic_farmland', mostM2: 0 },
		});
		expect(issue.params.areaM2).toBeCloseTo(m2('ADB'), 2);
		expect(check([cut, build([-1])], [forbidden], 'draft').map(({ severity }) => severity)).toEqual([
			'warning',
		]);
	});

	it('leave alone what keeps its class, what lies beside the line, and what the rule allows', () => {
		expect(check([cut], [forbidden])).toEqual([]);
		expect(check([build([2])], [forbidden])).toEqual([]);
		const most = rule(controlRuleKey('permanent_basic_farmland'), String(Math.ceil(m2('ADEB'))));
		expect(check([build([1])], [most])).toEqual([]);
	});

	it('are never passed without a rule', () => {
		for (const rules of [[], [rule(controlRuleKey('permanent_basic_farmland'), null)]]) {
			const issues = check([build([1])], rules);
			expect(issues.map(({ code, severity }) => [code, severity])).toEqual([
				['control.rule-unset', 'warning'],
			]);
		}
	});

	it('are held against together, each layer by its own rule', () => {
		const works: ControlGround = {
			controlLayerId: 'works',
			kind: 'industrial_land_line',
			areas: TOWN.polygons('ADEB', 'DFGE'),
		};
		const codes = check([build([1, 2])], [forbidden], 'publish', [farmland, works]).map(
			({ code, parcelNos }) => [code, parcelNos] as const,
		);
		expect(codes).toEqual([
			['control.touched', [1]],
			['control.rule-unset', [1, 2]],
		]);
	});
});

describe('least areas', () => {
	const farmland = (landUse: string) => (landUse === FARMLAND ? 'farmland' : null);
	const least = rule(leastAreaRuleKey('plan', 'farmland'), String(Math.floor(m2('ADB')) + 1));
	const check = (steps: Step[], rules: RuleValue[], kind: 'plan' | 'current' = 'plan') => {
		const { end, difference } = doSteps(townDraft(kind), steps);
		return checkLeastAreas(end, difference, farmland, rules, DAY, 'submit');
	};

	it('are asked of what a draft makes or reclassifies, where a rule sets one', () => {
		const issues = check([cut], [least]);
		expect(issues.map(({ code, severity, parcelNos }) => [code, severity, parcelNos])).toEqual([
			['parcel.below-least-area', 'warning', [-2]],
			['parcel.below-least-area', 'warning', [-1]],
		]);
		expect(issues[0]).toMatchObject({ source: '示例', params: { leastM2: Number(least.value) } });
		expect(check([cut, build([-1])], [least]).map(({ parcelNos }) => parcelNos)).toEqual([[-2]]);
	});

	it('are nothing without a rule, of another coverage, or where the parcel is large enough', () => {
		expect(check([cut], [])).toEqual([]);
		expect(check([cut], [{ ...least, value: null }])).toEqual([]);
		expect(check([cut], [least], 'current')).toEqual([]);
		expect(check([{ verb: 'merge', params: { parcelNos: [1, 2] } }], [least])).toEqual([]);
	});
});
