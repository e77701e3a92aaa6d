import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '$lib/domain/supply/guard.ts';
import type { GuardContext } from '$lib/domain/supply/guard-context.ts';
import { contextOf, eventsOf, SOUND_PLOT } from '../../support/supply-guard.ts';
import { rulesWith } from '../../support/supply-rules.ts';

describe('the questions before a renewal', () => {
	it('weigh a renewed term by itself, and with what remains from its day on', () => {
		const granted = ['offer', 'award', ['sign', { grantYears: 30 }], 'hand_over'] as const;
		const renewed = (appliedOn: string, grantYears: number | null, before: readonly object[] = []) =>
			QUESTIONS.terms(
				contextOf(
					'grant',
					eventsOf(...granted, ...before.map((facts) => ['renew', facts] as const)),
					'renew',
					...[{ leaseMonths: null, appliedOn, grantYears }],
				),
			).map(({ outcome, code }) => `${outcome} ${code}`);
		const own = 'pass term.grant-within-maximum';
		expect(renewed('2055-05-01', 49)).toEqual([own, 'pass term.renewed-within']);
		expect(renewed('2055-04-30', 49)).toEqual([own, 'fail term.renewed-over']);
		expect(renewed('2055-05-01', 50)).toEqual([own, 'fail term.renewed-over']);
		expect(renewed('2055-05-01', 51)).toEqual(['fail term.grant-over-maximum']);
		expect(renewed('2055-05-01', null)).toEqual(['fail supply.renewal-empty']);
		const first = { appliedOn: '2055-05-01', leaseMonths: null, grantYears: 25 };
		expect(renewed('2055-05-02', 24, [first])).toEqual([own, 'pass term.renewed-within']);
		expect(renewed('2055-05-02', 25, [first])).toEqual([own, 'fail term.renewed-over']);
	});

	it('weigh a renewed lease with what remains by its mode, the law and its use', () => {
		const lease = eventsOf(
			'offer',
			'award',
			['sign_lease', { leaseMonths: 60, grantYears: null }],
			'hand_over',
		);
		const renewed = (leaseMonths: number, changes: Partial<GuardContext> = {}) =>
			QUESTIONS.terms(
				contextOf('lease', lease, 'renew', { appliedOn: '2030-05-01', leaseMonths }, changes),
			).flatMap(({ outcome, code, rule }) =>
				code.startsWith('term.renewed') ? [`${outcome} ${rule?.key}`] : [],
			);
		expect(renewed(228)).toEqual(['pass term.lease-max', 'pass term.max.industrial']);
		expect(renewed(229)).toEqual(['fail term.lease-max', 'pass term.max.industrial']);
		expect(renewed(229, { plot: { ...SOUND_PLOT, use: null } })).toEqual(['fail term.lease-max']);
		const rules = rulesWith('mode.lease.lease-max', { value: '6' });
		expect(renewed(60, { rules })[0]).toBe('pass mode.lease.lease-max');
		expect(renewed(61, { rules })[0]).toBe('fail mode.lease.lease-max');
	});
});
