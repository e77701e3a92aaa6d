import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '$lib/domain/calendar/day.ts';
import { findingsOfCorrection } from '$lib/domain/supply/correction.ts';
import { EVENT_DAYS } from '$lib/domain/supply/event-days.ts';
import { foldRecord, follow, recordSteps } from '$lib/domain/supply/fold-record.ts';
import { askGuards, lastDayOf } from '$lib/domain/supply/guard.ts';
import { findSupplyTransition, SUPPLY_EVENTS, type SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import type { Correction, RecordStep, SupplyEvent, SupplyRecord } from '$lib/domain/supply/record.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import { grantDates, leaseDates } from '$lib/domain/tenure/term.ts';
import { contextOf, eventsOf } from '../../support/supply-guard.ts';

const MOST_MONTHS = 600;
const TODAY = '2040-01-01';
const MODE = 'lease_then_grant';
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

const WITHIN_LEASE: readonly SupplyEventKind[] = ['open_review', 'pass_review', 'extend_lease'];

const one = <T>(...values: T[]) => fc.constantFrom(...values);
const partsOf = (amounts: readonly number[]) =>
	amounts.map((amountFen) => ({ dueOn: '2040-01-01', amountFen }));
const MONTHS = one(36, 36, 36, 3, 3, null);
const YEARS = one(45, 45, 45, 48, null);
const PRICE = one(500_000_00, 500_000_00, 500_000_00, 1, null);
/** An event by chance, as an officer may send it: its day by how many days it lies after the one before it. */
const chanceEvent = fc.record({
	event: fc.oneof(
		one(...SUPPLY_EVENTS),
		{ arbitrary: one<SupplyEventKind>(...FORWARD), weight: 6 },
		{ arbitrary: one<SupplyEventKind>('extend_lease', 'renew'), weight: 2 },
	),
	gap: fc.oneof({ arbitrary: fc.integer({ min: 0, max: 120 }), weight: 20 }, one(-400, -1, 1000, 9000)),
	leaseMonths: MONTHS,
	grantYears: YEARS,
	priceFen: PRICE,
	/** Of a renewal: what is renewed, in years. */
	more: one(1, 3, 10, 45, null),
	/** Instalments of the price in fen; some add up. */
	parts: one<readonly number[]>([], [], [], [200_000_00, 300_000_00], [200_000_00, 300_000_00], [1]),
});
/** A correction by chance of one value or several: of one kind in one event, or in several; a day is moved by days. */
const chanceCorrection = fc.record({
	of: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
	isOfAll: fc.boolean(),
	to: fc.oneof(
		fc.record({ field: fc.constant('leaseMonths'), value: one(24, 120, 590, ...[36, 12, null]) }),
		fc.record({ field: fc.constant('grantYears'), value: one(44, 49, 90, ...[45, 48, null]) }),
		fc.record({ field: one('priceFen', 'yearlyRentFen', 'startPriceFen'), value: one(100_000_00, 2, null) }),
		fc.record({ field: fc.constant('results'), value: fc.constant([]) }),
		fc.record({ field: fc.constant('instalments'), value: one([], [500_000_00], [2]).map(partsOf) }),
		fc.record({ field: fc.constant('on'), value: one(-365, -30, -1, 1, 30, 365, 9000) }),
	),
});
const chance = fc.oneof(
	{ arbitrary: chanceEvent.map((sent) => ({ sent, righted: null })), weight: 10 },
	{ arbitrary: chanceCorrection.map((righted) => ({ sent: null, righted })), weight: 1 },
);
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** What is sent with an event, its days among it. */
function factsOf(
	record: SupplyRecord,
	{ event, gap, leaseMonths, grantYears, priceFen, more, parts }: Drawn<typeof chanceEvent>,
): object {
	const on = addDays(record.days.at(-1)?.on ?? '2026-01-01', gap);
	const own = EVENT_DAYS[event]?.on;
	return {
		...(own === undefined ? {} : { [own]: on }),
		...(event === 'offer' ? { startsOn: addDays(on, 25), endsOn: addDays(on, 40) } : {}),
		...(event.startsWith('sign')
			? { handOverBy: null, startBy: null, completeBy: null, priceFen, instalments: partsOf(parts) }
			: {}),
		...(TERMED.includes(event)
			? { leaseMonths: event === 'extend_lease' ? (leaseMonths ?? 1) : leaseMonths, grantYears }
			: {}),
		...(event === 'renew' ? { leaseMonths: leaseMonths === 3 ? 3 : null, grantYears: more } : {}),
	};
}

/** What a correction by chance says of the events that there are: of those that it picks, or of all that record such a value. */
function correctionsOf(
	{ of, isOfAll, to }: Drawn<typeof chanceCorrection>,
	steps: readonly RecordStep[],
): Correction[] {
	const picked = isOfAll ? steps : steps.filter((_, i) => of.some((at) => at % steps.length === i));
	return picked.flatMap(({ event: { eventNo, event, facts } }) => {
		const days = EVENT_DAYS[event];
		const fields = to.field !== 'on' ? [to.field] : [days?.on ?? '', ...(days?.named ?? [])];
		const said = facts as unknown as Readonly<Record<string, unknown>>;
		return fields.flatMap((field) => {
			if (!Object.hasOwn(said, field) || (to.field === 'on' && said[field] === null)) return [];
			// The schema of the event has no extension by nothing.
			if (event === 'extend_lease' && to.value === null) return [];
			const value = to.field === 'on' ? addDays(String(said[field]), Number(to.value)) : to.value;
			return [{ correctionNo: 0, eventNo, field, value, reason: 'a reason' }];
		});
	});
}

const guardsOf = (record: SupplyRecord, event: SupplyEventKind) =>
	findSupplyTransition(MODE, record.state, event)?.guards ?? [];

function ask({
	before,
	event,
}: Pick<RecordStep, 'before'> & { event: Pick<SupplyEvent, 'event' | 'facts'> }) {
	const { noticeOn } = event.facts as { noticeOn?: string };
	const programmeYear = Number(noticeOn?.slice(0, 4) ?? 2026);
	const asked = contextOf(MODE, [], event.event, event.facts, { onDate: TODAY, programmeYear });
	return askGuards(guardsOf(before, event.event), { ...asked, record: before, event });
}

/** What holds of a lease's end and of renewals, step by step. */
function expectTerms(record: SupplyRecord, steps: readonly RecordStep[]): void {
	let renewedYears = 0;
	for (const { before, event } of steps) {
		const { handedOverOn, leaseMonths } = before;
		const on = before.days.length < record.days.length ? record.days[before.days.length].on : '';
		if (WITHIN_LEASE.includes(event.event) && handedOverOn !== null && leaseMonths !== null) {
			const { lastOn } = leaseDates(handedOverOn, leaseMonths);
			expect(on <= lastOn).toBe(true);
		}
		if (event.event !== 'renew') continue;
		expect(event.facts.grantYears).toBeGreaterThan(0);
		renewedYears += event.facts.grantYears ?? 0;
		const runsUntil = lastDayOf(follow(before, event)) ?? '';
		expect(runsUntil <= grantDates(event.facts.appliedOn, MOST_MONTHS / 12).lastOn).toBe(true);
	}
	const years = (record.grantYears ?? 0) - renewedYears;
	expect((record.leaseMonths ?? 0) + years * 12).toBeLessThanOrEqual(MOST_MONTHS);
}

/** What holds of the record of a supply at any time, and of the steps to it. */
function expectLaws(record: SupplyRecord, steps: readonly RecordStep[]): void {
	const { days, lease, offer, award, contract, reviews } = record;
	const on = days.map((day) => day.on);
	expect(on).toEqual(on.toSorted());
	for (const day of days) if (day.event !== 'offer') expect(day.on <= TODAY).toBe(true);
	expectTerms(record, steps);
	for (const { instalments = [], priceFen } of [lease, contract].filter((one) => one !== null))
		if (instalments.length > 0)
			expect(instalments.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(priceFen);
	if (lease === null) return;
	expect(lease.leaseMonths).toBe(offer?.leaseMonths ?? lease.leaseMonths);
	expect(lease.yearlyRentFen).toBe(award?.yearlyRentFen ?? lease.yearlyRentFen);
	if (lease.priceFen !== null) expect(lease.priceFen).toBe(award?.priceFen ?? lease.priceFen);
	if (contract === null) return;
	expect(reviews.at(-1)?.outcome).toBe('passed');
	expect(reviews.at(-1)?.results.map(({ isMet }) => isMet)).toEqual(lease.agreedConditions.map(() => true));
	expect(contract.priceFen).not.toBeNull();
	expect(contract.priceFen).toBe(lease.priceFen ?? award?.priceFen ?? contract.priceFen);
	const isExtended = reviews.some(({ outcome }) => outcome === 'extended');
	const tendered = offer?.grantYears ?? null;
	const agreed = contract.grantYears ?? lease.grantYears;
	if (tendered === null || agreed === tendered) return;
	expect(isExtended).toBe(true);
	expect(agreed).toBeLessThan(tendered);
}

describe('a supply of lease, then grant, by any events and corrections that are admitted, on any days', () => {
	it('is granted after a passed review only, tendered once, in the order of its days, on the terms and the price that were agreed', () => {
		const reached = { granted: 0, renewed: 0, extended: 0, inParts: 0 };
		const corrected = { one: 0, several: 0, refused: 0, afterGrant: 0 };
		const run = fc.array(chance, { minLength: 60, maxLength: 120, size: 'max' });
		fc.assert(
			fc.property(run, (sent) => {
				const events: SupplyEvent[] = [];
				let corrections: readonly Correction[] = [];
				let record = foldRecord(MODE, 'who', []);
				for (const { sent: by, righted } of sent) {
					if (by !== null) {
						const { event } = by;
						if (findSupplyTransition(MODE, record.state, event) === null) continue;
						const { facts } = contextOf(MODE, [], event, factsOf(record, by)).event;
						const next = { event, facts, eventNo: events.length + 1, userId: 'who' } as SupplyEvent;
						if (ask({ before: record, event: next }).some(({ outcome }) => outcome === 'fail')) continue;
						const [isLeased, offersAtLease] = [record.lease !== null, record.offers];
						record = follow(record, next);
						events.push(next);
						if (isLeased) expect(record.offers).toBe(offersAtLease);
						reached.granted += event === 'sign_grant' ? 1 : 0;
						reached.renewed += event === 'renew' ? 1 : 0;
						reached.extended += event === 'extend_lease' ? 1 : 0;
						reached.inParts += event.startsWith('sign') && by.parts.length > 0 ? 1 : 0;
					} else if (righted !== null && events.length > 0) {
						const before = recordSteps(MODE, 'who', events, corrections);
						const more = correctionsOf(righted, before);
						const after = recordSteps(MODE, 'who', events, [...corrections, ...more]);
						if (more.length === 0) continue;
						const isRefused = findingsOfCorrection(before, after, ask).length > 0;
						corrected[isRefused ? 'refused' : more.length === 1 ? 'one' : 'several']++;
						if (isRefused) continue;
						corrected.afterGrant += record.contract === null ? 0 : 1;
						corrections = [...corrections, ...more];
						record = foldRecord(MODE, 'who', events, corrections);
					} else continue;
					expectLaws(record, recordSteps(MODE, 'who', events, corrections));
				}
			}),
			{ numRuns: 250 },
		);
		expect(Math.min(...Object.values(reached))).toBeGreaterThan(10);
		expect(Math.min(...Object.values(corrected))).toBeGreaterThan(10);
	});
});

describe.each([
	['lease', 20],
	['long_lease', 20],
	['grant', 50],
	['flexible_term_grant', 50],
] as const)('a right that is renewed any number of times: %s', (mode: SupplyMode, mostYears) => {
	const isLease = mode.endsWith('lease');
	const held = eventsOf(
		...(['offer', 'award'] as const),
		[isLease ? 'sign_lease' : 'sign', isLease ? { leaseMonths: 180 } : { grantYears: 30 }],
		'hand_over',
	);

	it('never runs longer from a renewal than its legal maximum', () => {
		let renewed = 0;
		const renewal = fc.record({
			gap: fc.integer({ min: 0, max: 900 }),
			years: one(1, 4, 6, 10, 19, 45, null),
		});
		fc.assert(
			fc.property(fc.array(renewal, { maxLength: 12 }), (renewals) => {
				let record = foldRecord(mode, 'who', held);
				for (const { gap, years } of renewals) {
					const appliedOn = addDays(record.days.at(-1)?.on ?? '', gap);
					const term = isLease
						? { leaseMonths: years === null ? null : years * 12, grantYears: null }
						: { leaseMonths: null, grantYears: years };
					const asked = contextOf(mode, [], 'renew', { appliedOn, ...term }, { onDate: '2090-01-01' });
					const guards = findSupplyTransition(isLease ? 'lease' : 'grant', record.state, 'renew');
					const found = askGuards(guards?.guards ?? [], { ...asked, record });
					if (found.some(({ outcome }) => outcome === 'fail')) continue;
					record = follow(record, { ...asked.event, eventNo: 9, userId: 'who' } as SupplyEvent);
					renewed++;
					expect((lastDayOf(record) ?? '') <= grantDates(appliedOn, mostYears).lastOn).toBe(true);
				}
			}),
		);
		expect(renewed).toBeGreaterThan(10);
	});
});
