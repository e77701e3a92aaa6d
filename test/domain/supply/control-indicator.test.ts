import { describe, expect, it } from 'vitest';
import { checkControls } from '$lib/domain/supply/control-indicator.ts';
import { CONTROL_INDICATORS, type FactShapes, type SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const KEY = 'indicator.investment-min';
const RULES = rulesWith(KEY, { value: '300', unit: '万元/亩' });
const agreed = (changes: Partial<FactShapes['indicator']> = {}): SupplyFact => ({
	...{ factNo: 1, kind: 'indicator', document: 'an agreement', replacesNo: null, isVoid: false },
	facts: {
		...{ name: 'investment', control: 'investment-min', unit: '万元/亩', comparison: '>=', target: '300' },
		...{ tolerance: null, checkPoint: 'completed', checkOn: null, monthsAfter: 12, owner: 'an office' },
		...changes,
	},
});
const ask = (rows: readonly SupplyFact[], rules = RULES) =>
	checkControls(rows, rules, '2026-11-23')
		.filter(({ params, rule }) => (rule?.key ?? params.key) === KEY)
		.map(({ outcome, code }) => `${outcome} ${code}`);

describe('control indicators of industrial land', () => {
	it('have no rule set as long as no value was read, and are none of them a pass', () => {
		const found = checkControls([agreed()], SUPPLY_RULES, '2026-11-23');
		expect(found.map(({ code }) => code)).toEqual(CONTROL_INDICATORS.map(() => 'rule.none'));
		expect(found.map(({ outcome }) => outcome)).not.toContain('pass');
	});

	it.each<[string, Partial<FactShapes['indicator']>]>([
		['pass control.kept', {}],
		['fail control.not-kept', { target: '299.999999' }],
		['fail control.turned', { comparison: '<=' }],
		['unknown control.unit-differs', { unit: '万元/公顷' }],
		['unknown control.not-agreed', { control: null }],
		['unknown control.not-agreed', { control: 'tax-min' }],
	])('answer %s to what is agreed', (answer, changes) => {
		expect(ask([agreed(changes)])).toEqual([answer]);
	});

	it.each<[string | null, string, boolean]>([
		['pct', '%', true],
		['pct', 'pct', true],
		['pct', '万元', false],
		[null, '无', true],
		[null, '1', true],
		[null, '%', false],
	])('compare what is in %s with what was agreed in %s: %s', (unit, agreedUnit, isCompared) => {
		const answer = isCompared ? 'pass control.kept' : 'unknown control.unit-differs';
		expect(ask([agreed({ unit: agreedUnit })], rulesWith(KEY, { value: '30', unit }))).toEqual([answer]);
	});

	it('are asked of what stands: not of what was taken back, and of what was recorded without a control', () => {
		const { control: _, ...older } = agreed().facts as FactShapes['indicator'];
		expect(ask([{ ...agreed(), facts: older } as SupplyFact])).toEqual(['unknown control.not-agreed']);
		const back = { ...agreed(), factNo: 2, replacesNo: 1, isVoid: true } as SupplyFact;
		expect(ask([agreed(), back])).toEqual(['unknown control.not-agreed']);
	});
});
