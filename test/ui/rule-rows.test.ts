import { describe, expect, it } from 'vitest';
import type { WireRule } from '$lib/api/rule.ts';
import { groupOfRule } from '$lib/components/supply/rule-groups.ts';
import { rowsAsked, rowsOfRules, type RuleWish } from '$lib/components/supply/rule-rows.ts';
import zone from '$seeds/shenyang/zone.json' with { type: 'json' };
import seeds from '$seeds/supply/rules.json' with { type: 'json' };

const rule = (
	key: string,
	value: string | null,
	isInForce: boolean,
	more: Partial<WireRule> = {},
): WireRule => ({
	...{ key, value, isInForce, parkId: null, unit: null, areaKind: null, comparison: null, note: null },
	...{ scope: 'national', status: 'unverified', source: `source of ${value}`, isAskedOfParks: true },
	...{ validFrom: null, validTo: null, ruleNo: null, lapse: 'open', lapsesOn: null, lapsesYear: null },
	...{ setBy: null, setAt: null, voidedAt: null, voidedBy: null, voidReason: null },
	...more,
});
const told = (rules: readonly WireRule[]) =>
	rowsOfRules(rules).map(({ rule: { key, value }, history }) => [
		key,
		value,
		history.map((one) => one.value),
	]);

describe('the rows of the table of rules', () => {
	it('are one for each key and place, in the order in which they come', () => {
		const rules = [rule('b', '1', true), rule('a', '2', true), rule('b', '3', true, { parkId: 'a-park' })];
		expect(told(rules)).toEqual([
			['b', '1', ['1']],
			['a', '2', ['2']],
			['b', '3', ['3']],
		]);
	});

	it("tell the value in force, the zone's own before national law, with all of other times, the newest first", () => {
		const own = rule('a', '2', true, { scope: 'zone', ruleNo: 1 });
		const rules = [rule('a', '1', true), own, rule('a', '3', false), rule('b', '9', true)];
		expect(told(rules)).toEqual([
			['a', '2', ['3', '2', '1']],
			['b', '9', ['9']],
		]);
	});

	it('tell the latest that stands where none is in force, and never what was voided', () => {
		expect(told([rule('a', '1', false), rule('a', '2', false)])[0][1]).toBe('2');
		expect(told([rule('a', '1', false), rule('a', null, true)])[0][1]).toBeNull();
		const wrong = rule('a', '2', false, { voidedAt: '2026-01-01T00:00:00Z' });
		expect(told([rule('a', '1', true), wrong])[0].slice(1)).toEqual(['1', ['2', '1']]);
	});

	it('say of what kind a value under the key is by national law, where it has the key', () => {
		const own = rule('a', null, true, { scope: 'zone' });
		const [row] = rowsOfRules([rule('a', null, true, { unit: 'pct', comparison: '<=' }), own]);
		expect(row).toMatchObject({ rule: { scope: 'zone' }, definition: { unit: 'pct', comparison: '<=' } });
	});

	it('are those that are asked for', () => {
		const rows = rowsOfRules([
			rule('unset', null, true),
			rule('known', '1', true, { status: 'verified', source: '城乡规划法' }),
			rule('own', '2', true, { setBy: 'somebody', status: 'verified' }),
			rule('old', '3', true, { lapse: 'over', status: 'verified' }),
		]);
		const keys = (shown: RuleWish['shown'], words = '') =>
			rowsAsked(rows, { shown, words, nameOf: (key) => `名 ${key}` }).map(({ rule: { key } }) => key);
		expect(keys('all')).toHaveLength(4);
		expect(keys('unset')).toEqual(['unset']);
		expect(keys('unverified')).toEqual(['unset']);
		expect(keys('own')).toEqual(['own']);
		expect(keys('lapsing')).toEqual(['old']);
		expect(keys('all', '规划法')).toEqual(['known']);
		expect(keys('all', ' 名 OLD ')).toEqual(['old']);
	});

	it('stand each with its subject: no rule of the seeds is left over', () => {
		const left = [...seeds, ...zone.rules].filter(({ key }) => groupOfRule(key) === 'other');
		expect(left).toEqual([]);
		expect(['survey.x', 'target.x', 'nothing.x'].map(groupOfRule)).toEqual(['parcel', 'balance', 'other']);
	});
});
