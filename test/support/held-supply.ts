import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import type { IdleStep } from '$lib/domain/supply/idle-proceeding.ts';
import type { SupplyFact, TransferKind } from '$lib/domain/supply/supply-fact.ts';
import type { PaymentKind, SupervisionContext } from '$lib/domain/supply/supervision.ts';
import { eventsOf } from './supply-guard.ts';

/** Land that is held, with what is recorded of it and paid for it. */
export interface HeldSupply {
	readonly mode: 'grant' | 'lease' | 'long_lease' | 'allocation' | 'lease_then_grant' | 'lease_and_grant';
	readonly facts?: readonly Partial<SupplyFact>[];
	readonly payments?: readonly { readonly kind: PaymentKind; readonly amountFen: number }[];
	readonly idleSteps?: readonly IdleStep[];
	/** What the contract says otherwise. */
	readonly contract?: object;
	readonly isEnded?: boolean;
	/** The grant that follows a lease is signed, on 2028-07-01. */
	readonly isConverted?: boolean;
}
export type TransferExample = HeldSupply & { readonly what: TransferKind; readonly toWhom?: string };

/** A supply that was signed on 2026-04-20, handed over on 2026-05-01 and is supervised on a day: a grant for 100,000 yuan, or a lease for as much a year. */
export function heldSupply(
	{ mode, facts = [], payments = [], idleSteps = [], contract = {}, ...more }: HeldSupply,
	rules: readonly RuleValue[],
	onDate: string,
): SupervisionContext {
	const isLeased = ['lease', 'long_lease', 'lease_then_grant'].includes(mode);
	const rent = { rentPaymentMonths: 12, rentDueAfterDays: 15 };
	const paid = isLeased
		? { ...rent, grantYears: null, ...contract }
		: mode === 'lease_and_grant'
			? { ...rent, leaseMonths: 60, yearlyRentFen: 100_000_00, ...contract }
			: contract;
	const price = mode === 'allocation' ? { priceFen: null, ...paid } : paid;
	const events = eventsOf(
		...(['offer', 'award', [isLeased ? 'sign_lease' : 'sign', price], 'hand_over'] as const),
		...(more.isConverted ? (['open_review', 'pass_review', 'sign_grant'] as const) : []),
		...(more.isEnded ? (['end'] as const) : []),
	);
	return {
		record: foldRecord(mode, 'who', events),
		facts: facts.map(
			(fact, i) =>
				({
					...{ factNo: i + 1, document: 'a document', replacesNo: null, isVoid: false },
					...fact,
				}) as SupplyFact,
		),
		idleSteps,
		payments: payments.map((one, i) => ({
			...one,
			...{ entryNo: i + 1, bookedOn: '2026-05-02', reverses: null },
		})),
		parkId: 'a-park',
		use: 'industrial',
		area: { areaDm2: 1_000_000, areaKind: 'document' },
		rules,
		calendar: makeWorkCalendar([]),
		onDate,
	};
}
