import { describe, expect, it } from 'vitest';
import type { WireRule } from '$lib/api/plot-register.ts';
import { rowsOfRules } from '$lib/components/supply/rule-rows.ts';

const rule = (
	key: string,
	value: string | null,
	isInForce: boolean,
	parkId: string | null = null,
): WireRule => ({
	...{ key, value, isInForce, parkId, unit: null, areaKind: null, comparison: null, note: null },
	...{ scope: parkId === null ? 'national' : 'park', status: 'unverified', source: `source of ${value}` },
	...{ validFrom: null, validTo: null },
});
const told = (rules: readonly WireRule[]) =>
	rowsOfRules(rules).map(({ rule: { key, value }, others }) => [key, value, others.map((one) => one.value)]);

describe('the rows of the table of rules', () => {
	it('are one for each key and place, in the order in which they come', () => {
		const rules = [rule('b', '1', true), rule('a', '2', true), rule('b', '3', true, 'a-park')];
		expect(told(rules)).toEqual([
			['b', '1', []],
			['a', '2', []],
			['b', '3', []],
		]);
	});

	it('tell the value in force, with those of other times behind it, earlier and later', () => {
		const rules = [rule('a', '1', false), rule('b', '9', true), rule('a', '2', true), rule('a', '3', false)];
		expect(told(rules)).toEqual([
			['a', '2', ['1', '3']],
			['b', '9', []],
		]);
	});

	it('tell the latest where none is in force, an empty one too', () => {
		expect(told([rule('a', '1', false), rule('a', '2', false)])).toEqual([['a', '2', ['1']]]);
		expect(told([rule('a', '1', false), rule('a', null, true)])).toEqual([['a', null, ['1']]]);
	});
});
