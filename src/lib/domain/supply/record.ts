import type { Charge } from '../tenure/arrears.ts';
import type { Procedure, SupplyMode } from './mode.ts';
import type { SupplyEventKind, SupplyState } from './life-cycle.ts';

/** Firms whose new headquarters the opinion (item 4) supports with land: named with an offer, and no question is answered otherwise for it. */
export const SUPPORTED_HEADQUARTERS = ['gazelle', 'unicorn'] as const;
export type SupportedHeadquarters = (typeof SUPPORTED_HEADQUARTERS)[number];

/** What is recorded of an offer: days 'YYYY-MM-DD', money in fen. */
export interface OfferFacts {
	readonly procedure: Procedure;
	/** Day on which the notice (公告) was published. */
	readonly noticeOn: string;
	/** First and last day on which bids are taken; of an agreement the days of its public notice. */
	readonly startsOn: string;
	readonly endsOn: string;
	/** Start price of the whole plot, or of a year's rent where land is leased; null: none is published. */
	readonly startPriceFen: number | null;
	readonly priceBasis: string | null;
	/** Minutes of the collective decision (集体决策纪要). */
	readonly minutesNumber: string | null;
	readonly leaseMonths: number | null;
	readonly grantYears: number | null;
	/** How many declared that they want the plot; null: not known. */
	readonly intendedUsers: number | null;
	/** Conditions beside planning (供地条件), such as industry or energy. */
	readonly supplyConditions: readonly string[];
	readonly noticeNumber: string | null;
	/** Headquarters of a supported firm (瞪羚、独角兽); null or none: it is not. */
	readonly headquarters?: SupportedHeadquarters | null;
}

export interface AwardFacts {
	readonly awardedOn: string;
	readonly holder: string;
	readonly priceFen: number | null;
	readonly yearlyRentFen: number | null;
	readonly bidders: number | null;
}

/** A condition on which a lease is turned into a grant, agreed when the lease is signed. */
export interface AgreedCondition {
	readonly key: string;
	readonly text: string;
}

/** What is recorded of a contract or a decision. */
export interface ContractFacts {
	readonly number: string;
	readonly signedOn: string;
	/** Office that signs for the state: the city natural-resources authority. */
	readonly principalOfficeId: string | null;
	/** Number of the electronic supervision of land (电子监管号) as it is read; no text that tells its form was read. */
	readonly eSupervisionNumber: string | null;
	readonly handOverBy: string | null;
	readonly startBy: string | null;
	readonly completeBy: string | null;
	readonly leaseMonths: number | null;
	readonly grantYears: number | null;
	readonly priceFen: number | null;
	readonly yearlyRentFen: number | null;
	readonly agreedConditions: readonly AgreedCondition[];
	/** What the contract says of a failed conversion; null: nothing. */
	readonly onFailure: string | null;
	/** Instalments of the price as agreed; none: nothing is agreed of them, the rule asks for the whole. */
	readonly instalments?: readonly Charge[];
	/** How many months a payment of rent is for, and how many days after they begin it is due; null or none: not agreed. */
	readonly rentPaymentMonths?: number | null;
	readonly rentDueAfterDays?: number | null;
}

export interface ReviewResult {
	readonly key: string;
	readonly isMet: boolean;
	/** Document or finding that shows it. */
	readonly evidence: string;
}

/** What each event records. */
export interface EventFacts {
	readonly cancel: { readonly reason: string };
	readonly offer: OfferFacts;
	readonly withdraw_offer: { readonly reason: string };
	readonly close_unsold: { readonly closedOn: string };
	readonly award: AwardFacts;
	readonly void_award: { readonly reason: string };
	readonly sign: ContractFacts;
	readonly sign_lease: ContractFacts;
	readonly hand_over: { readonly handedOverOn: string };
	readonly open_review: { readonly openedOn: string };
	readonly pass_review: { readonly passedOn: string; readonly results: readonly ReviewResult[] };
	readonly fail_review: {
		readonly failedOn: string;
		readonly results: readonly ReviewResult[];
		readonly reason: string;
	};
	readonly extend_lease: {
		readonly decidedOn: string;
		readonly leaseMonths: number;
		readonly reason: string;
	};
	readonly sign_grant: ContractFacts;
	readonly renew: {
		readonly appliedOn: string;
		readonly leaseMonths: number | null;
		readonly grantYears: number | null;
	};
	readonly end: { readonly endedOn: string; readonly cause: EndCause; readonly reason: string };
}

export const END_CAUSES = [
	'expired',
	'surrendered',
	'taken_back',
	'contract_ended',
	'conversion_failed',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** An event as it was recorded. */
export type SupplyEvent = {
	[Kind in SupplyEventKind]: {
		readonly eventNo: number;
		readonly event: Kind;
		readonly facts: EventFacts[Kind];
		readonly userId: string;
	};
}[SupplyEventKind];

/** Says that a recorded value was wrong: the event stays as it was written, what follows from it is reckoned anew. */
export interface Correction {
	readonly correctionNo: number;
	readonly eventNo: number;
	readonly field: string;
	readonly value: unknown;
	readonly reason: string;
}

/** A day that an event recorded, and in which of its fields. */
export interface RecordedDay {
	readonly eventNo: number;
	readonly event: SupplyEventKind;
	readonly field: string;
	readonly on: string;
}

/** What stands recorded of a supply after all its events. */
export interface SupplyRecord {
	readonly mode: SupplyMode;
	readonly state: SupplyState;
	/** How often bids were asked for so far, unsold and withdrawn offers among them. */
	readonly offers: number;
	/** Offer, award and contracts that stand; null: none, or taken back. */
	readonly offer: OfferFacts | null;
	readonly award: AwardFacts | null;
	readonly lease: ContractFacts | null;
	/** Grant contract, allocation decision or contribution. */
	readonly contract: ContractFacts | null;
	readonly handedOverOn: string | null;
	/** Months of lease that stand agreed, with extensions and renewals. */
	readonly leaseMonths: number | null;
	readonly grantYears: number | null;
	readonly reviews: readonly {
		readonly openedOn: string;
		readonly outcome: 'open' | 'passed' | 'failed' | 'extended';
		readonly results: readonly ReviewResult[];
	}[];
	readonly end: EventFacts['end'] | null;
	/** Days of its events in their order: what comes next is compared with the last. */
	readonly days: readonly RecordedDay[];
	readonly lastUserId: string;
}

/** An event with what stood recorded before it. */
export interface RecordStep {
	readonly before: SupplyRecord;
	readonly event: SupplyEvent;
}
