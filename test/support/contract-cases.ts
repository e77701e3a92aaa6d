import type { GuardContext } from '$lib/domain/supply/guard-context.ts';
import type { Guard } from '$lib/domain/supply/life-cycle.ts';
import { contextOf, eventsOf, SOUND_PLOT } from './supply-guard.ts';
import { rulesWith } from './supply-rules.ts';

type Case = readonly [context: GuardContext, ...answers: string[]];

const FIRST = ['offer', 'award', 'sign_lease'] as const;
const offer = (facts: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf('lease_then_grant', [], 'offer', facts, changes);
const award = (facts: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf('lease_then_grant', eventsOf('offer'), 'award', facts, changes);
const lease = (facts: object = {}) =>
	contextOf('lease_then_grant', eventsOf('offer', 'award'), 'sign_lease', facts);
const LATER = { onDate: '2030-01-01' };
const floor = (value: string) => ({ rules: rulesWith('price.floor.industrial', { value }) });
const handOver = (handedOverOn: string) =>
	contextOf('lease', eventsOf(...FIRST), 'hand_over', { handedOverOn });
/** A grant that is signed as it was tendered and won. */
export const sold = (facts: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf(
		'grant',
		eventsOf(['offer', { leaseMonths: null }], ['award', { priceFen: 100_000_00, yearlyRentFen: null }]),
		'sign',
		{ grantYears: 40, ...facts },
		changes,
	);
/** A grant that follows a lease, for the price that the lease agreed. */
const turned = (facts: object = {}, agreed: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf(
		'lease_then_grant',
		eventsOf(
			...(['offer', 'award', ['sign_lease', { priceFen: 500_000_00, ...agreed }]] as const),
			...(['hand_over', 'open_review', 'pass_review'] as const),
		),
		'sign_grant',
		facts,
		changes,
	);

const inParts = (...amounts: number[]) => ({
	instalments: amounts.map((amountFen, i) => ({ dueOn: `2027-0${i + 1}-01`, amountFen })),
});

/** The same after an extension of the lease. */
const extended = (facts: object) =>
	contextOf(
		'lease_then_grant',
		eventsOf(
			...(['offer', 'award', 'sign_lease', 'hand_over', 'open_review', 'extend_lease'] as const),
			...(['open_review', 'pass_review'] as const),
		),
		'sign_grant',
		facts,
	);

/** What the questions about days, terms and prices of contracts answer. */
export const CONTRACT_CASES = {
	'contract-price': [
		[lease()],
		[lease({ yearlyRentFen: 100_000_01 }), 'fail supply.contract-price-differs'],
		[lease({ yearlyRentFen: null }), 'fail supply.contract-price-missing'],
		[
			lease({ yearlyRentFen: null, priceFen: 1 }),
			'unknown supply.price-not-tendered',
			'fail supply.contract-price-missing',
		],
		[sold({ priceFen: null }), 'fail supply.contract-price-missing'],
		[sold({ priceFen: 99 }), 'fail supply.contract-price-differs'],
		[sold()],
		[turned()],
		[turned({ priceFen: null }), 'fail supply.contract-price-missing'],
		[turned({ priceFen: 1 }), 'fail supply.contract-price-differs'],
		[turned({}, { priceFen: null }), 'unknown supply.price-not-tendered'],
		[sold(inParts(40_000_00, 60_000_00)), 'pass supply.instalments-complete'],
		[sold(inParts(100_00)), 'fail supply.instalments-differ'],
		[sold(inParts(40_000_00, 60_000_01)), 'fail supply.instalments-differ'],
		[turned(inParts(500_000_00, 1)), 'fail supply.instalments-differ'],
		[lease(inParts(1)), 'fail supply.instalments-unpriced'],
		[
			contextOf('allocation', eventsOf('offer', 'award'), 'sign', inParts(1)),
			'fail supply.instalments-differ',
		],
		[contextOf('allocation', eventsOf('offer', 'award'), 'sign', { priceFen: null })],
	],
	'as-tendered': [
		[lease(), 'pass supply.terms-as-tendered'],
		[lease({ grantYears: null }), 'pass supply.terms-as-tendered'],
		[lease({ leaseMonths: 12 }), 'fail supply.term-differs'],
		[lease({ leaseMonths: null }), 'fail supply.term-missing'],
		[lease({ leaseMonths: 35, grantYears: 41 }), 'fail supply.term-differs', 'fail supply.term-differs'],
		[turned(), 'pass supply.terms-as-tendered'],
		[turned({ grantYears: 45 }), 'fail supply.term-differs'],
		[turned({ grantYears: null }), 'pass supply.terms-as-tendered'],
		[extended({ grantYears: 39 }), 'unknown supply.term-after-extension'],
		[extended({ grantYears: 41 }), 'fail supply.term-differs'],
		[sold({ grantYears: null }), 'fail supply.term-missing'],
		[
			contextOf('grant', eventsOf(['offer', { leaseMonths: null, grantYears: null }], 'award'), 'sign'),
			'unknown supply.term-not-tendered',
		],
		[contextOf('allocation', eventsOf('offer', 'award'), 'sign')],
	],
	'price-floor': [
		[contextOf('grant', [], 'offer'), 'unknown rule.none'],
		[contextOf('grant', [], 'offer', {}, floor('5')), 'pass price.reaches-floor'],
		[contextOf('grant', [], 'offer', {}, floor('5.01')), 'fail price.below-floor'],
		[contextOf('grant', [], 'offer', { startPriceFen: null }, floor('5'))],
		[contextOf('grant', [], 'offer', {}, { plot: { ...SOUND_PLOT, use: 'commercial' } })],
		[
			contextOf('grant', [], 'offer', {}, { ...floor('5'), plot: { ...SOUND_PLOT, isLocalClass: true } }),
			'pass price.reaches-floor',
			'unknown rule.none',
		],
		[
			contextOf(
				'grant',
				[],
				'offer',
				{},
				{
					rules: rulesWith('mx.price-min', { value: '5.01' }),
					plot: { ...SOUND_PLOT, use: null, isLocalClass: true },
				},
			),
			'fail price.below-floor',
		],
		[sold({}, floor('5.01')), 'fail price.below-floor'],
		[turned({}, {}, floor('25')), 'pass price.reaches-floor'],
		[turned({}, {}, floor('26')), 'fail price.below-floor'],
		[offer({}, floor('26'))],
		[contextOf('lease', eventsOf('offer', 'award'), 'sign_lease', { priceFen: 1 }, floor('26'))],
	],
	'event-days': [
		[offer()],
		[offer({ noticeOn: '2027-01-01', startsOn: '2027-02-01', endsOn: '2027-03-01' })],
		[offer({ endsOn: '2026-03-22' }), 'fail supply.day-early'],
		[award({ awardedOn: '2026-04-06' }), 'fail supply.day-early'],
		[award({ awardedOn: '2026-04-07' })],
		[award({}, { onDate: '2026-04-07' }), 'fail supply.day-ahead'],
		[lease()],
		[lease({ signedOn: '2026-04-07' }), 'fail supply.day-early'],
		[lease({ handOverBy: '2026-04-19' }), 'fail supply.day-early'],
		[lease({ startBy: '2026-05-31', completeBy: '2029-01-01' }), 'fail supply.day-early'],
		[lease({ startBy: null, completeBy: '2026-05-31' }), 'fail supply.day-early'],
		[handOver('2026-04-20')],
		[handOver('2026-04-19'), 'fail supply.day-early'],
		[handOver('2027-01-01'), 'fail supply.day-ahead'],
		[turned({}, {}, LATER)],
		[turned({ signedOn: '2028-05-31' }, {}, LATER), 'fail supply.day-early'],
		[turned({ startBy: '2026-04-19' }, {}, LATER), 'fail supply.day-early'],
	],
} satisfies Partial<Record<Guard, readonly Case[]>>;
