import { describe, expect, it } from 'vitest';
import { indicatorStates } from '$lib/domain/supply/agreement.ts';
import { isLowEfficiency, missedSince, pauseCauseOn } from '$lib/domain/supply/land-scan.ts';
import type { FactKind, SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const fact = (factNo: number, kind: FactKind, facts: object): SupplyFact =>
	({ kind, facts, factNo, document: 'a document', replacesNo: null, isVoid: false }) as SupplyFact;
const indicator = (factNo: number) =>
	fact(factNo, 'indicator', {
		...{ name: `indicator ${factNo}`, unit: 'yuan', comparison: '>=', target: '10', tolerance: null },
		...{ checkPoint: 'date', checkOn: '2026-01-01', monthsAfter: null, owner: 'an office' },
	});
const assessed = (factNo: number, indicatorNo: number, assessedOn: string, value: string) =>
	fact(factNo, 'assessment', { indicatorNo, assessedOn, value });
const statesOf = (...rows: SupplyFact[]) => indicatorStates([indicator(1), indicator(2), ...rows], null);

describe('land at low efficiency', () => {
	it('is so since the assessment from which an indicator is missed, the earliest of them', () => {
		const first = assessed(3, 1, '2026-03-01', '9');
		expect(missedSince(statesOf())).toBeNull();
		expect(missedSince(statesOf(first))).toBe('2026-03-01');
		expect(missedSince(statesOf(first, assessed(4, 1, '2027-03-01', '8')))).toBe('2026-03-01');
		expect(missedSince(statesOf(first, assessed(4, 2, '2025-03-01', '8')))).toBe('2025-03-01');
		const met = assessed(4, 1, '2027-03-01', '10');
		expect(missedSince(statesOf(first, met))).toBeNull();
		expect(missedSince(statesOf(first, met, assessed(5, 1, '2028-03-01', '9')))).toBe('2028-03-01');
	});

	it('is what the rule says, once there is one', () => {
		const states = statesOf(assessed(3, 1, '2026-03-01', '9'));
		const by = (value: string | null) => ({
			...{ rules: rulesWith('low-efficiency.missed-min', { value }), onDate: '2026-11-23', parkId: 'a-park' },
		});
		expect(isLowEfficiency(states, by('1'))).toMatchObject({ value: true, reason: 'scan.low-efficiency' });
		expect(isLowEfficiency(states, by('2'))).toMatchObject({ value: false, reason: 'scan.efficient-enough' });
		expect(isLowEfficiency(states, by(null))).toMatchObject({ value: null, reason: 'rule.none' });
		expect(SUPPLY_RULES.find(({ key }) => key === 'low-efficiency.missed-min')?.value).toBeNull();
	});
});

describe('the cause of a pause', () => {
	it('is told on its days, the first and the last too, of the one recorded last', () => {
		const facts = [
			fact(1, 'pause', { cause: 'government', fromOn: '2026-02-01', toOn: '2026-02-28' }),
			fact(2, 'pause', { cause: 'holder', fromOn: '2026-02-20', toOn: null }),
		];
		const on = (onDate: string) => pauseCauseOn({ facts, onDate });
		expect([on('2026-01-31'), on('2026-02-01'), on('2026-02-19')]).toEqual([
			null,
			'government',
			'government',
		]);
		expect([on('2026-02-20'), on('2030-01-01')]).toEqual(['holder', 'holder']);
		expect(pauseCauseOn({ facts: facts.slice(0, 1), onDate: '2026-02-28' })).toBe('government');
		expect(pauseCauseOn({ facts: facts.slice(0, 1), onDate: '2026-03-01' })).toBeNull();
	});
});
