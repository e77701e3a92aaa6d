import { describe, expect, it } from 'vitest';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { dueItems, firstDueOn, nearDue } from '$lib/domain/supply/due.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { supervisedDates } from '$lib/domain/supply/supervised-date.ts';
import { idleFactsOf } from '$lib/domain/supply/supervision.ts';
import { eventsOf } from '../../support/supply-guard.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const PROGRAMME = { year: 2026, quarter: 1 };
const PAID = { rentPaymentMonths: 6, rentDueAfterDays: 30 };
const contextOf = (events: ReturnType<typeof eventsOf>, onDate: string) => ({
	record: foldRecord('lease_then_grant', 'who', events),
	...{ facts: [], idleSteps: [], payments: [], parkId: 'a-park', use: 'industrial' as const },
	area: { areaDm2: 1_000_000, areaKind: 'document' },
	...{ rules: SUPPLY_RULES, calendar: makeWorkCalendar([]), onDate },
});

describe('what is due of a supply', () => {
	it('is in order of days after its end too, the first of them the oldest that is open', () => {
		const events = eventsOf(
			...(['offer', 'award', ['sign_lease', PAID], 'hand_over', 'open_review', 'pass_review'] as const),
			...(['sign_grant', ['end', { endedOn: '2029-01-31' }]] as const),
		);
		const ended = contextOf(events, '2029-02-01');
		const items = dueItems(ended, PROGRAMME, '2029-02-01');
		expect([...new Set(items.map(({ kind }) => kind))].sort()).toEqual(['price', 'rent']);
		expect(items.map(({ on }) => on)).toEqual(items.map(({ on }) => on).sort());
		expect(firstDueOn(ended, PROGRAMME)).toBe('2026-05-31');
	});

	it('goes by the day of the lease where the grant that follows it agrees none, and names the lease', () => {
		const grant = { startBy: null, completeBy: '2031-01-01', number: 'grant 9' };
		const events = eventsOf(
			...(['offer', 'award', 'sign_lease', 'hand_over', 'open_review', 'pass_review'] as const),
			['sign_grant', grant],
		);
		const context = contextOf(events, '2028-08-01');
		const items = dueItems(context, PROGRAMME, '2028-08-01');
		const agreed = (kind: 'start-by' | 'complete-by') => items.find((one) => one.kind === kind);
		expect(agreed('start-by')).toMatchObject({ on: '2027-06-01', why: { params: { number: 'lease 1' } } });
		expect(agreed('complete-by')).toMatchObject({ on: '2031-01-01', why: { params: { number: 'grant 9' } } });
		const dated = supervisedDates(context).find(({ kind }) => kind === 'start-by');
		expect(dated).toMatchObject({ value: '2027-06-01', isDue: true, params: { number: 'lease 1' } });
		expect(idleFactsOf(context.record, []).agreedStartOn).toBe('2027-06-01');
	});

	it('near to a day is what is late, what comes within twelve months, and the next of each kind', () => {
		const lease = { leaseMonths: 240, rentPaymentMonths: 1, rentDueAfterDays: 0 };
		const context = contextOf(eventsOf('offer', 'award', ['sign_lease', lease], 'hand_over'), '2026-07-15');
		const all = dueItems(context, PROGRAMME, '2026-07-15');
		expect(all.length).toBeGreaterThan(240);
		const near = nearDue(all, '2026-07-15');
		const rents = near.filter(({ kind }) => kind === 'rent').map(({ on }) => on);
		expect([rents[0], rents.at(-1), rents.length]).toEqual(['2026-05-01', '2027-07-01', 15]);
		expect(new Set(near.map(({ kind }) => kind))).toEqual(new Set(all.map(({ kind }) => kind)));
		expect(near.filter(({ kind }) => kind === 'lease-ends')).toHaveLength(1);
	});
});
