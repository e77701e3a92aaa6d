import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '$lib/domain/calendar/day.ts';
import type { EventFacts } from '$lib/domain/supply/record.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { arrears } from '$lib/domain/tenure/arrears.ts';
import { priceCharges, rentCharges, rentPlan } from '$lib/domain/tenure/charge-plan.ts';
import { eventsOf, SOUND_CONTRACT, SOUND_LEASE } from '../../support/supply-guard.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const LAW = [SUPPLY_RULES, null] as const;
const LEASED = ['offer', 'award', 'sign_lease', 'hand_over'] as const;
const PAID = { rentPaymentMonths: 6, rentDueAfterDays: 30 } as const;
type Recorded = keyof EventFacts | readonly [keyof EventFacts, object];
const leased = (lease: object, ...more: Recorded[]) =>
	foldRecord(
		'lease_then_grant',
		'who',
		eventsOf('offer', 'award', ['sign_lease', lease], 'hand_over', ...more),
	);

describe('the charges of a price', () => {
	it('are the whole within the days of the rule, and none where there is no price', () => {
		expect(priceCharges(SOUND_CONTRACT, 'grant', LAW)).toMatchObject({
			value: [{ dueOn: '2026-06-19', amountFen: 100_000_00 }],
			reason: 'price.due-after',
		});
		expect(priceCharges(SOUND_LEASE, 'lease', LAW)).toBeNull();
		for (const base of ['allocation', 'contribution', 'lease'] as const)
			expect(priceCharges(SOUND_CONTRACT, base, LAW)).toMatchObject({ value: null, reason: 'rule.none' });
	});

	it('are by the rule of the day of signing, whatever is in force since', () => {
		const [rule] = rulesWith('price.pay-days.grant', {}).filter(({ key }) => key === 'price.pay-days.grant');
		const later = { ...rule, value: '90', validFrom: '2026-04-21' };
		const dueOn = (...rules: (typeof rule)[]) =>
			priceCharges(SOUND_CONTRACT, 'grant', [rules, null])?.value?.map((charge) => charge.dueOn);
		expect(dueOn(rule, later)).toEqual(['2026-06-19']);
		expect(dueOn({ ...rule, validTo: '2026-04-21' })).toEqual(['2026-06-19']);
		expect(dueOn(later)).toBeUndefined();
	});

	it('are the instalments that a contract agrees, where they add up to it', () => {
		const instalments = [
			{ dueOn: '2026-05-01', amountFen: 60_000_00 },
			{ dueOn: '2027-05-01', amountFen: 40_000_00 },
		];
		expect(priceCharges({ ...SOUND_CONTRACT, instalments }, 'grant', LAW)?.value).toEqual(instalments);
		const fewer = { ...SOUND_CONTRACT, instalments: instalments.slice(1) };
		expect(priceCharges(fewer, 'grant', LAW)).toMatchObject({
			value: null,
			reason: 'price.instalments-differ',
		});
	});
});

describe('the rents of a lease', () => {
	it('run from the hand-over, and wait for it', () => {
		const plan = rentPlan(leased(PAID), [], LAW);
		expect(plan?.value?.instalments.map(({ dueOn }) => dueOn)).toEqual([
			...['2026-05-31', '2026-12-01', '2027-05-31', '2027-12-01', '2028-05-31', '2028-12-01'],
		]);
		expect(plan?.value?.totalFen).toBe(300_000_00);
		const waiting = foldRecord('lease_then_grant', 'who', eventsOf('offer', 'award', ['sign_lease', PAID]));
		expect(rentPlan(waiting, [], LAW)).toMatchObject({ value: null, reason: 'rent.not-begun' });
	});

	it('are not known where neither contract nor rule says how they are paid', () => {
		expect(rentPlan(leased({}), [], LAW)).toMatchObject({ value: null, reason: 'rule.none' });
		const rules = rulesWith('rent.payment-months', { value: '12' }).map((rule) =>
			rule.key === 'rent.due-after-days' ? { ...rule, value: '0' } : rule,
		);
		expect(rentPlan(leased({}), [], [rules, null])?.value?.instalments).toHaveLength(3);
	});

	it('are paid by the rules of the day of signing', () => {
		const rules = SUPPLY_RULES.flatMap((rule) =>
			rule.key === 'rent.payment-months'
				? [
						{ ...rule, value: '12' },
						{ ...rule, value: '1', validFrom: '2026-04-21' },
					]
				: [rule.key === 'rent.due-after-days' ? { ...rule, value: '0' } : rule],
		);
		expect(rentPlan(leased({}), [], [rules, null])?.value?.instalments).toHaveLength(3);
	});

	it('end on the eve of the grant that follows, and with what ended before its term', () => {
		const reviewed = ['open_review', 'pass_review', ['sign_grant', { signedOn: '2028-07-01' }]] as const;
		const granted = rentPlan(leased(PAID, ...reviewed), [], LAW);
		expect(granted?.value?.instalments.at(-1)?.toOn).toBe('2028-06-30');
		const ended = rentPlan(leased(PAID, ['end', { endedOn: '2027-05-01' }]), [], LAW);
		expect(ended?.value?.totalFen).toBe(100_000_00);
	});

	it('neither lose nor make money by a corrected hand-over, whatever is paid', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 10_000_000_000 }),
				fc.integer({ min: 0, max: 800 }),
				fc.array(fc.integer({ min: 1, max: 5_000_000_000 }), { maxLength: 6 }),
				fc.constantFrom(1, 2, 3, 4, 6, 12),
				(yearlyRentFen, later, amounts, rentPaymentMonths) => {
					const lease = { yearlyRentFen, rentPaymentMonths, rentDueAfterDays: 0 };
					const events = eventsOf(...LEASED.slice(0, 2), ['sign_lease', lease], 'hand_over');
					const value = addDays('2026-05-01', later);
					const correction = { correctionNo: 1, eventNo: 4, field: 'handedOverOn', value, reason: '' };
					const record = foldRecord('lease_then_grant', 'who', events, [correction]);
					const plan = rentPlan(record, [], LAW);
					expect(plan?.value?.totalFen).toBe(yearlyRentFen * 3);
					const charges = plan === null ? [] : (rentCharges(plan).value ?? []);
					const booked = amounts.map((amountFen, i) => ({
						...{ entryNo: i + 1, bookedOn: '2027-01-01', amountFen, reverses: null },
					}));
					const state = arrears(charges, booked, '2027-06-01');
					const went = state.charges.reduce((sum, { paidFen }) => sum + paidFen, state.creditFen);
					expect(went).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
					expect(state.charges.reduce((sum, { paidFen, openFen }) => sum + paidFen + openFen, 0)).toBe(
						yearlyRentFen * 3,
					);
				},
			),
		);
	});
});
