import { describe, expect, it } from 'vitest';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { lastDayOf } from '$lib/domain/supply/guard.ts';
import type { Correction, SupplyEvent } from '$lib/domain/supply/record.ts';
import { timelineOf, type DateKind } from '$lib/domain/supply/timeline.ts';
import { eventsOf } from '../../support/supply-guard.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const NO_CALENDAR = makeWorkCalendar([]);
const correction = (eventNo: number, field: string, value: unknown, correctionNo = 1): Correction => ({
	correctionNo,
	eventNo,
	field,
	value,
	reason: 'a reason',
});
const LEASED = eventsOf('offer', 'award', 'sign_lease', 'hand_over');
const timeline = (
	events: readonly SupplyEvent[],
	corrections: readonly Correction[] = [],
	mode = 'lease' as const,
) => timelineOf(foldRecord(mode, 'who', events, corrections), 'a-park', SUPPLY_RULES, NO_CALENDAR);
const dayOf = (kind: DateKind, days: ReturnType<typeof timelineOf>) =>
	days.find((one) => one.kind === kind)?.on;

describe('the record of a supply', () => {
	it('moves every reckoned date with a date that is corrected', () => {
		const before = timeline(LEASED);
		expect([dayOf('lease-ends', before), dayOf('renewal-by', before)]).toEqual(['2029-04-30', '2028-04-30']);
		const after = timeline(LEASED, [correction(4, 'handedOverOn', '2026-05-15')]);
		expect([dayOf('handed-over', after), dayOf('lease-ends', after), dayOf('renewal-by', after)]).toEqual([
			'2026-05-15',
			'2029-05-14',
			'2028-05-14',
		]);
	});

	it('takes the last correction of a field, and leaves the event as it was written', () => {
		const corrections = [
			correction(3, 'leaseMonths', 24),
			correction(3, 'leaseMonths', 48, 2),
			correction(2, 'holder', 'another company', 3),
		];
		const record = foldRecord('lease', 'who', LEASED, corrections);
		expect([record.leaseMonths, record.award?.holder]).toEqual([48, 'another company']);
		expect(LEASED[2].facts).toMatchObject({ leaseMonths: 36 });
	});

	it('reckons leap days', () => {
		const on = (handedOverOn: string, leaseMonths: number) =>
			lastDayOf(
				foldRecord(
					'lease',
					'who',
					eventsOf('offer', 'award', ['sign_lease', { leaseMonths }], ['hand_over', { handedOverOn }]),
				),
			);
		expect(on('2028-02-29', 12)).toBe('2029-02-28');
		expect(on('2028-02-29', 48)).toBe('2032-02-28');
		expect(on('2027-03-01', 12)).toBe('2028-02-29');
	});

	it('adds extensions and renewals, and takes back what an award that is void agreed', () => {
		const extended = eventsOf('offer', 'award', 'sign_lease', 'hand_over', 'open_review', 'extend_lease');
		expect(foldRecord('lease_then_grant', 'who', extended)).toMatchObject({
			state: 'in_lease',
			leaseMonths: 42,
			reviews: [{ outcome: 'extended' }],
		});
		expect(foldRecord('lease', 'who', [...LEASED, ...eventsOf('renew')]).leaseMonths).toBe(48);
		const voided = foldRecord('lease', 'who', eventsOf('offer', 'award', 'void_award'));
		expect([voided.offer, voided.award, voided.offers, voided.state]).toEqual([null, null, 1, 'programmed']);
	});

	it('throws where an event cannot follow', () => {
		expect(() => foldRecord('grant', 'who', eventsOf('offer', 'sign'))).toThrow('sign cannot follow offered');
	});
});
