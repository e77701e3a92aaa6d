import { describe, expect, it } from 'vitest';
import { batchState, type Batch } from '$lib/domain/supply/batch.ts';
import { requiresCompetition } from '$lib/domain/supply/competition.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const BATCH: Batch = {
	number: '2024-01',
	approvedOn: '2024-02-29',
	approvedDm2: 10_000_001,
	supplies: [
		{ suppliedOn: '2024-06-01', areaDm2: 4_000_000 },
		{ suppliedOn: '2025-06-01', areaDm2: 6_000_000 },
	],
	cause: null,
};

describe('a batch', () => {
	it('says what is supplied and what remains, on the day', () => {
		expect(batchState(BATCH, SUPPLY_RULES, '2025-05-31')).toMatchObject({
			suppliedDm2: 4_000_000,
			remainingDm2: 6_000_001,
			state: 'remaining',
			ageDays: 457,
		});
		expect(batchState(BATCH, SUPPLY_RULES, '2025-06-01')).toMatchObject({
			remainingDm2: 1,
			state: 'remaining',
		});
		const whole = { ...BATCH, approvedDm2: 10_000_000 };
		expect(batchState(whole, SUPPLY_RULES, '2025-06-01').state).toBe('supplied');
		expect(batchState({ ...whole, approvedDm2: 9_999_999 }, SUPPLY_RULES, '2025-06-01')).toMatchObject({
			remainingDm2: -1,
			state: 'over_supplied',
		});
	});

	it('lapses unused after two years, by a rule that is not verified', () => {
		const unused = { ...BATCH, supplies: [] };
		const on = (day: string) => batchState(unused, SUPPLY_RULES, day);
		expect(on('2026-02-28')).toMatchObject({
			isPastLapse: false,
			lapse: { value: '2026-02-28', reason: 'batch.lapses-on', rule: { status: 'unverified' } },
		});
		expect(on('2026-03-01').isPastLapse).toBe(true);
		expect(batchState(BATCH, SUPPLY_RULES, '2026-03-01').isPastLapse).toBe(false);
		expect(batchState(unused, rulesWith('batch.lapse', { value: null }), '2030-01-01')).toMatchObject({
			isPastLapse: null,
			lapse: { value: null, reason: 'rule.none' },
		});
	});
});

describe('competition', () => {
	it('is asked for by the use, where a rule says so', () => {
		for (const use of ['industrial', 'commercial', 'residential'] as const)
			expect(requiresCompetition(use, SUPPLY_RULES, '2026-11-23')).toMatchObject({
				value: true,
				rule: { source: '民法典 第347条', status: 'verified' },
			});
		expect(requiresCompetition('civic', SUPPLY_RULES, '2026-11-23')).toMatchObject({
			value: null,
			reason: 'rule.none',
		});
		const free = rulesWith('supply.competitive.industrial', { value: '0' });
		expect(requiresCompetition('industrial', free, '2026-11-23').value).toBe(false);
	});
});
