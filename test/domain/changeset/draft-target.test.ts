import { describe, expect, it } from 'vitest';
import { checkTargets, draftTargets, targetRuleKey } from '$lib/domain/changeset/draft-target.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';

const rule = (changes: Partial<RuleValue>): RuleValue => ({
	key: targetRuleKey('construction'),
	value: '2',
	unit: 'ha',
	areaKind: 'ellipsoidal',
	comparison: '<=',
	source: '示例',
	status: 'example',
	parkId: null,
	validFrom: null,
	validTo: null,
	...changes,
});
const targets = (...rules: RuleValue[]) =>
	draftTargets(rules, '2026-11-22', ['east'], (_, parkId) =>
		parkId === null
			? { beforeDm2: 1_000_000, afterDm2: 2_000_000 }
			: { beforeDm2: 500_000, afterDm2: 600_000 },
	);

describe('targets beside a draft', () => {
	it('are none where nobody has set one', () => {
		expect(targets()).toEqual([]);
		expect(targets(rule({ validTo: '2026-01-01' }), rule({ key: 'target.other' }))).toEqual([]);
	});

	it('are of the zone or of a park, never one for the other', () => {
		expect(targets(rule({})).map(({ parkId, afterDm2 }) => [parkId, afterDm2])).toEqual([[null, 2_000_000]]);
		expect(targets(rule({ parkId: 'east' })).map(({ parkId, afterDm2 }) => [parkId, afterDm2])).toEqual([
			['east', 600_000],
		]);
	});

	it.each([
		['2', 'ha', '<=', 'met'],
		['2', 'ha', '<', 'missed'],
		['20000', 'm2', '=', 'met'],
		['0.02', 'km2', '>=', 'met'],
		['0.02', 'km2', '>', 'missed'],
		['30', 'mu', '>=', 'no_rule'],
		[null, 'ha', '<=', 'no_rule'],
		['2', 'ha', null, 'no_rule'],
	] as const)('%s %s %s: %s', (value, unit, comparison, verdict) => {
		expect(targets(rule({ value, unit, comparison }))).toMatchObject([
			{ measure: 'construction', beforeDm2: 1_000_000, afterDm2: 2_000_000, verdict },
		]);
	});

	it('warn of what a draft changes and leaves missed, and of nothing else', () => {
		const found = (...rules: RuleValue[]) => checkTargets(targets(...rules), () => '东园', 'publish');
		expect(found(rule({ value: '1' }), rule({ parkId: 'east', value: '1', comparison: '>=' }))).toEqual([
			{
				code: 'balance.target-missed',
				severity: 'warning',
				parcelNos: [],
				at: null,
				params: { measure: 'construction', areaM2: 20_000, mostM2: 10_000 },
				source: '示例',
			},
			{
				code: 'balance.target-missed',
				severity: 'warning',
				parcelNos: [],
				at: null,
				params: { measure: 'construction', areaM2: 6_000, leastM2: 10_000, park: '东园' },
				source: '示例',
			},
		]);
		expect(found(rule({}), rule({ parkId: 'east', value: null }))).toEqual([]);
		const untouched = targets(rule({ value: '1' })).map((one) => ({ ...one, beforeDm2: one.afterDm2 }));
		expect(checkTargets(untouched, () => '', 'draft')).toEqual([]);
	});
});
