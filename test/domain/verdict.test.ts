import { describe, expect, it } from 'vitest';
import { compareWithNominal } from '$lib/domain/balance/verdict.ts';
import { findRuleInForce, type RuleValue } from '$lib/domain/rule/rule-value.ts';

const rule = (over: Partial<RuleValue> = {}): RuleValue => ({
	key: 'balance.park.tolerance',
	value: '0.5',
	unit: 'km2',
	areaKind: 'ellipsoidal',
	comparison: '<=',
	source: 'item 10',
	status: 'unverified',
	parkId: null,
	validFrom: null,
	validTo: null,
	...over,
});
const KM2 = 100_000_000;

describe('comparison with the nominal area', () => {
	it('counts an area exactly at the tolerance as within under <= and as outside under <', () => {
		const area = 243.5 * KM2;
		expect(compareWithNominal(area, 243 * KM2, rule())).toBe('within');
		expect(compareWithNominal(area, 243 * KM2, rule({ comparison: '<' }))).toBe('outside');
	});

	it('sees 0.01 m² beyond the tolerance, on both sides', () => {
		expect(compareWithNominal(243.5 * KM2 + 1, 243 * KM2, rule())).toBe('outside');
		expect(compareWithNominal(242.5 * KM2 - 1, 243 * KM2, rule())).toBe('outside');
		expect(compareWithNominal(242.5 * KM2, 243 * KM2, rule())).toBe('within');
	});

	it('never passes without a rule or a nominal area', () => {
		expect(compareWithNominal(KM2, KM2, null)).toBe('no_rule');
		expect(compareWithNominal(KM2, KM2, rule({ value: null }))).toBe('no_rule');
		expect(compareWithNominal(KM2, KM2, rule({ value: 'half' }))).toBe('no_rule');
		expect(compareWithNominal(KM2, KM2, rule({ unit: 'ha' }))).toBe('no_rule');
		expect(compareWithNominal(KM2, KM2, rule({ comparison: null }))).toBe('no_rule');
		expect(compareWithNominal(KM2, null, rule())).toBe('no_nominal');
	});

	it('reads the tolerance as an exact decimal, not as a double', () => {
		const tenth = rule({ value: '0.1' });
		expect(compareWithNominal(KM2 + 10_000_000, KM2, tenth)).toBe('within');
		expect(compareWithNominal(KM2 + 10_000_001, KM2, tenth)).toBe('outside');
	});
});

describe('the rule in force', () => {
	it("prefers the park's own rule, then the later start", () => {
		const zoneWide = rule();
		const own = rule({ parkId: 'heping', value: '0.2' });
		const later = rule({ validFrom: '2024-01-01', value: '0.3' });
		expect(findRuleInForce([zoneWide, own, later], zoneWide.key, 'heping', '2026-01-01')).toBe(own);
		expect(findRuleInForce([zoneWide, own, later], zoneWide.key, 'dadong', '2026-01-01')).toBe(later);
		expect(findRuleInForce([zoneWide, own, later], zoneWide.key, 'dadong', '2023-12-31')).toBe(zoneWide);
	});

	it('holds from its first day up to, not on, its last', () => {
		const dated = rule({ validFrom: '2022-03-10', validTo: '2027-03-10' });
		const on = (day: string) => findRuleInForce([dated], dated.key, null, day);
		expect(on('2022-03-09')).toBeNull();
		expect(on('2022-03-10')).toBe(dated);
		expect(on('2027-03-09')).toBe(dated);
		expect(on('2027-03-10')).toBeNull();
	});

	it('finds nothing for another key, and leaves other parks alone', () => {
		expect(findRuleInForce([rule()], 'other', null, '2026-01-01')).toBeNull();
		expect(
			findRuleInForce([rule({ parkId: 'heping' })], 'balance.park.tolerance', 'hunnan', '2026-01-01'),
		).toBeNull();
	});
});
