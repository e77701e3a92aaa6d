import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import type { GuardContext, StatementItem, SuppliedPlot } from '$lib/domain/supply/guard-context.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { ContractFacts, EventFacts, OfferFacts, SupplyEvent } from '$lib/domain/supply/record.ts';
import { SUPPLY_RULES } from './supply-rules.ts';

const CLEAR: readonly StatementItem[] = [
	'rights_clear',
	'compensation_paid',
	'no_dispute',
	'ready_for_work',
	'industry_plan',
];

/** An industrial plot of two parcels against which nothing stands. */
export const SOUND_PLOT: SuppliedPlot = {
	parkId: 'liaodongwan',
	classCode: '100101',
	isLocalClass: false,
	use: 'industrial',
	area: { areaDm2: 2_000_000, areaKind: 'document' },
	statements: new Map(
		CLEAR.map((item) => [item, { outcome: 'pass', statedOn: '2026-01-01', document: 'a document' }]),
	),
	heldUntil: null,
	parcels: 2,
	parcelsWithConditions: 2,
	agreesWithPlan: true,
	mx: [],
};

/** Questions of every offer that no rule answers. */
export const NO_RESERVE_RULE = ['soil', 'archaeology'].map((item) => `rule.none reserve.${item}-required`);

/** A listing against which nothing stands. */
export const SOUND_OFFER: OfferFacts = {
	procedure: 'listing',
	noticeOn: '2026-03-01',
	startsOn: '2026-03-23',
	endsOn: '2026-04-07',
	startPriceFen: 100_000_00,
	priceBasis: 'an estimate',
	minutesNumber: 'minutes 1',
	leaseMonths: null,
	grantYears: 30,
	intendedUsers: null,
	supplyConditions: [],
	noticeNumber: 'notice 1',
};

/** A contract against which nothing stands. */
export const SOUND_CONTRACT: ContractFacts = {
	number: 'contract 1',
	signedOn: '2026-04-20',
	principalOfficeId: 'bureau',
	eSupervisionNumber: null,
	handOverBy: '2026-06-01',
	startBy: '2027-06-01',
	completeBy: '2029-06-01',
	leaseMonths: null,
	grantYears: 30,
	priceFen: 100_000_00,
	yearlyRentFen: null,
	agreedConditions: [],
	onFailure: null,
};

/** A lease with the conditions of its conversion. */
export const SOUND_LEASE: ContractFacts = {
	...SOUND_CONTRACT,
	number: 'lease 1',
	leaseMonths: 36,
	grantYears: 40,
	priceFen: null,
	yearlyRentFen: 100_000_00,
	agreedConditions: [{ key: 'tax', text: 'tax of the third year' }],
	onFailure: 'the land is given back',
};

export const RESULTS = [{ key: 'tax', isMet: true, evidence: 'a certificate' }];

/** Facts of every event against which nothing stands, of a supply that leases first. */
export const SOUND_FACTS: EventFacts = {
	cancel: { reason: 'a reason' },
	offer: { ...SOUND_OFFER, leaseMonths: 36, grantYears: 40 },
	withdraw_offer: { reason: 'a reason' },
	close_unsold: { closedOn: '2026-04-08' },
	award: {
		awardedOn: '2026-04-08',
		holder: 'a company',
		priceFen: null,
		yearlyRentFen: 100_000_00,
		bidders: 3,
	},
	void_award: { reason: 'a reason' },
	sign: SOUND_CONTRACT,
	sign_lease: SOUND_LEASE,
	hand_over: { handedOverOn: '2026-05-01' },
	open_review: { openedOn: '2028-05-01' },
	pass_review: { passedOn: '2028-06-01', results: RESULTS },
	fail_review: { failedOn: '2028-06-01', results: [], reason: 'a reason' },
	extend_lease: { decidedOn: '2028-06-01', leaseMonths: 6, reason: 'a reason' },
	sign_grant: { ...SOUND_CONTRACT, signedOn: '2028-07-01', grantYears: 40, priceFen: 500_000_00 },
	renew: { appliedOn: '2028-01-01', leaseMonths: 12, grantYears: null },
	end: { endedOn: '2026-12-31', cause: 'surrendered', reason: '' },
};

/** Events one after another with sound facts, or others, by somebody each. */
export function eventsOf(
	...kinds: readonly (keyof EventFacts | readonly [keyof EventFacts, object])[]
): SupplyEvent[] {
	return kinds.map((one, index) => {
		const [event, changes] = typeof one === 'string' ? [one, {}] : one;
		const facts = { ...SOUND_FACTS[event], ...changes };
		return { eventNo: index + 1, event, facts, userId: `person ${index}` } as SupplyEvent;
	});
}

/** What an event is asked against: a supply that went through events, on a day, with parts of it changed. */
export function contextOf(
	mode: SupplyMode,
	before: readonly SupplyEvent[],
	event: keyof EventFacts,
	facts: object = {},
	changes: Partial<Omit<GuardContext, 'record' | 'event'>> = {},
): GuardContext {
	return {
		record: foldRecord(mode, 'who entered', before),
		event: { event, facts: { ...SOUND_FACTS[event], ...facts } as EventFacts[typeof event] },
		plot: SOUND_PLOT,
		programmeYear: 2026,
		rules: SUPPLY_RULES,
		calendar: makeWorkCalendar([]),
		officeKinds: new Map([
			['bureau', 'municipal_bureau'],
			['committee', 'management_committee'],
		]),
		reservePriceFen: null,
		onDate: '2026-12-31',
		...changes,
	};
}
