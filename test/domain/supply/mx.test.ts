import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fraction } from '$lib/domain/rule/measure.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { checkMx, type MxFacts } from '$lib/domain/supply/mx.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
/** 20,000 m² of land with 60,000 m² of floor, 18,000 of it support. */
const FACTS: MxFacts = {
	plotDm2: 2_000_000,
	areaKind: 'document',
	industryFloorDm2: 4_200_000,
	supportFloorDm2: 1_800_000,
	livingFloorDm2: 900_000,
	leastUnitDm2: 50_000,
	splitFloorDm2: 3_000_000,
	selfHeldFloorDm2: 3_000_000,
	suppliedInYearDm2: 20_000_000,
	planned: null,
};
const VALUES: Readonly<Record<string, string>> = {
	'mx.far-min': '3.0',
	'mx.far-max': '3',
	'mx.support-share-max': '30',
	'mx.living-share-max': '15',
	'mx.unit-min': '500',
	'mx.split-allowed': '1',
	'mx.split-share-max': '50',
	'mx.self-hold-share-min': '50',
	'mx.yearly-cap': '200000',
	'mx.admission-required': '0',
};
const filled = (change: Readonly<Record<string, string | null>> = {}): RuleValue[] =>
	SUPPLY_RULES.map((rule) => ({ ...rule, value: { ...VALUES, ...change }[rule.key] ?? null }));
const ask = (change: Partial<MxFacts> = {}, rules: readonly RuleValue[] = filled()) =>
	checkMx({ ...FACTS, ...change }, rules, ON);
const failed = (...asked: Parameters<typeof ask>) =>
	ask(...asked).flatMap(({ outcome, code }) => (outcome === 'pass' ? [] : [`${outcome} ${code}`]));

describe('what is built on MX land', () => {
	it('has no rule of its own: every question is open', () => {
		const found = ask({}, SUPPLY_RULES);
		expect(new Set(found.map(({ outcome, code }) => `${outcome} ${code}`))).toEqual(
			new Set(['unknown rule.none']),
		);
		expect(found.map(({ rule }) => rule?.key).sort()).toEqual(Object.keys(VALUES).sort());
		expect(found.every(({ rule }) => rule?.status === 'unverified')).toBe(true);
		expect(ask({}, []).map(({ code, rule }) => [code, rule])).toEqual(found.map(() => ['rule.none', null]));
	});

	it('keeps every rule exactly at its limit', () => {
		const found = ask();
		expect(found.map(({ outcome }) => outcome)).toEqual(found.map(() => 'pass'));
		expect(found[1]).toEqual({
			outcome: 'pass',
			code: 'mx.ratio-high-enough',
			params: { measured: '3', unit: '', limit: '3.0' },
			rule: {
				key: 'mx.far-min',
				value: '3.0',
				unit: null,
				areaKind: 'document',
				comparison: '>=',
				source: '未查到沈阳市MX用地规则',
				status: 'unverified',
			},
		});
	});

	it.each<[string, Partial<MxFacts>]>([
		['fail mx.ratio-too-low', { plotDm2: 2_000_001 }],
		['fail mx.ratio-too-high', { plotDm2: 1_999_999 }],
		['fail mx.support-over', { supportFloorDm2: 1_800_001, industryFloorDm2: 4_199_999 }],
		['fail mx.living-over', { livingFloorDm2: 900_001 }],
		['fail mx.unit-too-small', { leastUnitDm2: 49_999 }],
		['fail mx.split-over', { splitFloorDm2: 3_000_001 }],
		['fail mx.self-held-too-little', { selfHeldFloorDm2: 2_999_999 }],
		['fail mx.year-over', { suppliedInYearDm2: 20_000_001 }],
		['unknown mx.figure-missing', { suppliedInYearDm2: null }],
	])('%s beyond its limit by 0.01 m²', (expected, change) => {
		expect(failed(change)).toEqual([expected]);
	});

	it('asks of splitting where it is split', () => {
		expect(failed({}, filled({ 'mx.split-allowed': '0' }))).toEqual(['fail mx.split-forbidden']);
		const whole = ask({ leastUnitDm2: 'none', splitFloorDm2: null }, filled({ 'mx.split-allowed': '0' }));
		expect(whole.filter(({ rule }) => /split|unit/.test(rule?.key ?? ''))).toEqual([]);
		expect(failed({ leastUnitDm2: null, splitFloorDm2: null })).toEqual([
			'unknown mx.figure-missing',
			'unknown mx.figure-missing',
		]);
	});

	it('passes nothing on missing figures, other areas or units', () => {
		expect(failed({ plotDm2: null })).toEqual(['unknown mx.figure-missing', 'unknown mx.figure-missing']);
		expect(failed({ areaKind: 'planar' })).toEqual([
			'unknown mx.area-kind-differs',
			'unknown mx.area-kind-differs',
			'unknown mx.area-kind-differs',
		]);
		const mu = filled().map((rule) => (rule.key === 'mx.unit-min' ? { ...rule, unit: 'mu' } : rule));
		expect(failed({}, mu)).toEqual(['unknown rule.unreadable']);
		const bare = { industryFloorDm2: 0, supportFloorDm2: 0, livingFloorDm2: 0 };
		expect(failed(bare)).toContain('unknown mx.figure-missing');
	});

	it('never passes a question whose rule is empty', () => {
		fc.assert(
			fc.property(fc.subarray(Object.keys(VALUES)), (empty) => {
				const found = ask({}, filled(Object.fromEntries(empty.map((key) => [key, null]))));
				for (const { outcome, rule } of found)
					expect(outcome === 'unknown').toBe(empty.includes(rule?.key ?? ''));
			}),
		);
	});

	it('wants an admission review shown where its rule says so, and has no rule as long as none is set', () => {
		const admission = (rules: Parameters<typeof failed>[1]) =>
			failed({}, rules).filter((found) => found.includes('admission') || found.includes('rule.none'));
		expect(admission(filled({ 'mx.admission-required': '1' }))).toEqual(['unknown mx.admission-to-be-shown']);
		expect(admission(filled({ 'mx.admission-required': '2' }))).toEqual([]);
		expect(failed({}, filled({ 'mx.admission-required': '2' }))).toEqual(['unknown rule.unreadable']);
	});

	it('is asked by the ratios that planning conditions admit where nothing is built, whatever kind the area is of', () => {
		const planned = (least: number | null, most: number | null) => ({
			planned: {
				least: least === null ? null : fraction(least, 10),
				most: most === null ? null : fraction(most, 10),
			},
			areaKind: 'planar',
		});
		const ratios = (change: Partial<MxFacts>) =>
			ask(change)
				.filter(({ rule }) => rule?.key.startsWith('mx.far-') === true)
				.map(({ outcome, code }) => `${outcome} ${code}`);
		expect(ratios(planned(30, 30))).toEqual(['pass mx.ratio-high-enough', 'pass mx.ratio-low-enough']);
		expect(ratios(planned(29, 31))).toEqual(['fail mx.ratio-too-low', 'fail mx.ratio-too-high']);
		expect(ratios(planned(null, null))).toEqual(['unknown mx.figure-missing', 'unknown mx.figure-missing']);
	});
});
