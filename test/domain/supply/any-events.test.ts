import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '$lib/domain/calendar/day.ts';
import { EVENT_DAYS } from '$lib/domain/supply/event-days.ts';
import { foldRecord, follow } from '$lib/domain/supply/fold-record.ts';
import { askGuards } from '$lib/domain/supply/guard.ts';
import { findSupplyTransition, SUPPLY_EVENTS, type SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyEvent, SupplyRecord } from '$lib/domain/supply/record.ts';
import { contextOf } from '../../support/supply-guard.ts';

const MOST_MONTHS = 600;
const TODAY = '2040-01-01';
const FORWARD = [
	'offer',
	'award',
	'sign_lease',
	'hand_over',
	'open_review',
	'pass_review',
	'sign_grant',
] as const;
const TERMED: readonly SupplyEventKind[] = ['offer', 'sign_lease', 'sign_grant', 'extend_lease', 'renew'];

const one = <T>(...values: T[]) => fc.constantFrom(...values);
/** An event by chance, as an officer may send it: its day by how many days it lies after the one before it. */
const chanceEvent = fc.record({
	event: fc.oneof(one(...SUPPLY_EVENTS), { arbitrary: one<SupplyEventKind>(...FORWARD), weight: 3 }),
	gap: fc.oneof({ arbitrary: fc.integer({ min: 0, max: 120 }), weight: 4 }, one(-400, -1, 1000, 9000)),
	leaseMonths: one(36, 36, 36, 12, null),
	grantYears: one(45, 45, 45, 48, null),
	priceFen: one(500_000_00, 500_000_00, 500_000_00, 1, null),
});
type Sent = typeof chanceEvent extends fc.Arbitrary<infer T> ? T : never;

/** What is sent with an event, its days among it. */
function factsOf(record: SupplyRecord, { event, gap, leaseMonths, grantYears, priceFen }: Sent): object {
	const on = addDays(record.days.at(-1)?.on ?? '2026-01-01', gap);
	const own = EVENT_DAYS[event]?.on;
	return {
		...(own === undefined ? {} : { [own]: on }),
		...(event === 'offer' ? { startsOn: addDays(on, 25), endsOn: addDays(on, 40) } : {}),
		...(event.startsWith('sign') ? { handOverBy: null, startBy: null, completeBy: null, priceFen } : {}),
		...(TERMED.includes(event)
			? { leaseMonths: event === 'extend_lease' ? (leaseMonths ?? 1) : leaseMonths, grantYears }
			: {}),
	};
}

describe('a supply of lease, then grant, by any events that are admitted, on any days', () => {
	it('is granted after a passed review only, tendered once, in the order of its days, on the terms and the price that were agreed', () => {
		let granted = 0;
		const run = fc.array(chanceEvent, { minLength: 40, maxLength: 120, size: 'max' });
		fc.assert(
			fc.property(run, (sent) => {
				let record = foldRecord('lease_then_grant', 'who', []);
				let isRenewed = false;
				for (const one of sent) {
					const { event } = one;
					const next = findSupplyTransition('lease_then_grant', record.state, event);
					if (next === null) continue;
					const asked = contextOf('lease_then_grant', [], event, factsOf(record, one), { onDate: TODAY });
					const facts = asked.event.facts as { noticeOn?: string };
					const programmeYear = Number(facts.noticeOn?.slice(0, 4) ?? 2026);
					const context = { ...asked, record, programmeYear };
					if (askGuards(next.guards, context).some(({ outcome }) => outcome === 'fail')) continue;
					const offersAtLease = record.offers;
					const isLeased = record.lease !== null;
					record = follow(record, { ...context.event, eventNo: 0, userId: 'who' } as SupplyEvent);
					const days = record.days.map(({ on }) => on);
					expect(days).toEqual(days.toSorted());
					if (event !== 'offer' && EVENT_DAYS[event] !== null)
						expect((days.at(-1) ?? TODAY) <= TODAY).toBe(true);
					if (isLeased) expect(record.offers).toBe(offersAtLease);
					// A renewal is a contract of its own, whose term alone is weighed.
					isRenewed ||= event === 'renew';
					const months = (record.leaseMonths ?? 0) + (record.grantYears ?? 0) * 12;
					if (!isRenewed) expect(months).toBeLessThanOrEqual(MOST_MONTHS);
					const { lease, offer, contract, reviews } = record;
					if (event === 'sign_lease')
						expect(lease?.leaseMonths).toBe(offer?.leaseMonths ?? lease?.leaseMonths);
					if (event !== 'sign_grant') continue;
					granted++;
					expect(reviews.at(-1)?.outcome).toBe('passed');
					expect(record.grantYears).toBe(offer?.grantYears ?? record.grantYears);
					expect(contract?.priceFen).toBe(lease?.priceFen ?? contract?.priceFen);
					expect(contract?.priceFen).not.toBeNull();
				}
			}),
			{ numRuns: 300 },
		);
		expect(granted).toBeGreaterThan(10);
	});
});
