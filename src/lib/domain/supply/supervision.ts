import { compareDays, daysBetween } from '../calendar/day.ts';
import type { WorkCalendar } from '../calendar/working-day.ts';
import { explain, type Explained } from '../rule/explained.ts';
import type { RuleValue } from '../rule/rule-value.ts';
import { arrears, checkEntries, type Arrears, type Charge, type PaymentEntry } from '../tenure/arrears.ts';
import { priceCharges, rentCharges, rentPlan, type ChargePlan } from '../tenure/charge-plan.ts';
import { possibleFee, possibleTakeBack, type FeeBase } from '../tenure/idle-consequence.ts';
import { assessIdle, type IdleAnswer, type IdleFacts } from '../tenure/idle.ts';
import { checkPriceFloor, type PricedArea } from '../tenure/price.ts';
import { checkRise, checkYearlyShare, reviewDays } from '../tenure/rent-review.ts';
import { leaseDates, type LandUse } from '../tenure/term.ts';
import { agreedDays } from './agreed-days.ts';
import { indicatorStates, type IndicatorState } from './agreement.ts';
import { checkControls } from './control-indicator.ts';
import type { Finding } from './finding.ts';
import { idleStateOf, type IdleState, type IdleStep } from './idle-proceeding.ts';
import { isOver } from './life-cycle.ts';
import { pathOf } from './mode.ts';
import type { ContractFacts, SupplyRecord } from './record.ts';
import { standingFacts, worksOf, type SupplyFact, type Works } from './supply-fact.ts';

/** What payments are booked for. */
export const PAYMENT_KINDS = ['price', 'rent', 'top_up', 'fee', 'penalty'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];
export type BookedPayment = PaymentEntry & { readonly kind: PaymentKind };

/** What the supervision of a supply is reckoned from. */
export interface SupervisionContext {
	readonly record: SupplyRecord;
	readonly facts: readonly SupplyFact[];
	readonly idleSteps: readonly IdleStep[];
	readonly payments: readonly BookedPayment[];
	readonly parkId: string;
	readonly use: LandUse | null;
	/** Area of the plot on which its price rests, with its kind. */
	readonly area: PricedArea;
	readonly rules: readonly RuleValue[];
	readonly calendar: WorkCalendar;
	/** Day for which it is asked, 'YYYY-MM-DD'. */
	readonly onDate: string;
}

/** What is owed of one kind: the plan, and how much of each charge is paid. */
export interface Account {
	readonly kind: PaymentKind;
	/** Null: nothing of the kind is charged, payments aside. */
	readonly plan: ChargePlan | null;
	/** Null: there is no plan, or the book of payments has a fault. */
	readonly state: Arrears | null;
	/** What is wrong with the book; null: nothing. */
	readonly fault: Finding | null;
}

/** How idle land stands: suspected by figures, or as proceedings say. */
export interface IdleStanding {
	/** `idle` is a recorded finding; `suspected` is 疑似闲置. */
	readonly status: 'unknown' | 'not_idle' | 'suspected' | 'in_proceedings' | 'idle';
	readonly proceedings: IdleState;
	readonly answer: IdleAnswer;
	readonly fee: Explained<number>;
	/** Null: works have begun, or nothing was agreed of their start. */
	readonly takeBackFrom: Explained<string> | null;
}

export interface Supervision {
	readonly works: Works;
	readonly accounts: readonly Account[];
	/** Days from which the rent is set anew; null: no lease runs. */
	readonly reviews: Explained<readonly string[]> | null;
	/** Null: nobody holds the land, or no works are owed yet. */
	readonly idle: IdleStanding | null;
	readonly prices: readonly Finding[];
	/** Of industrial land that is held: what its performance agreement has of the control indicators. */
	readonly controls: readonly Finding[];
	readonly indicators: readonly IndicatorState[];
}

/**
 * Reckons the supervision of a supply on a day: money due and paid, rents to be set anew, idle suspicion with what could follow, prices, the performance agreement.
 *
 * Nothing is found or decided by it. A correction of the record moves all of it. O(rules + payments + facts²).
 */
export function superviseSupply(context: SupervisionContext): Supervision {
	const { record, facts } = context;
	return {
		works: worksOf(facts),
		accounts: accountsOf(context),
		reviews: reviewsOf(context),
		idle: idleStandingOf(context),
		prices: checkPrices(context),
		controls: controlsOf(context),
		indicators: indicatorStates(facts, record.handedOverOn),
	};
}

/** The contract by which the land is held: the grant's before the lease's that it follows. */
export function contractOf({ contract, lease }: SupplyRecord): ContractFacts | null {
	return contract ?? lease;
}

/** What an idle fee and the days of payment go by: the right that stands. */
export function feeBaseOf({ mode, contract }: SupplyRecord): FeeBase {
	const path = pathOf(mode);
	if (path === 'allocation' || path === 'contribution' || path === 'grant')
		return path === 'grant' ? 'grant' : path;
	return path === 'lease_then_grant' && contract !== null ? 'grant' : 'lease';
}

/** Whether land is in somebody's hands, or is to be handed over by contract. */
export function isSupplied({ state, contract, lease }: SupplyRecord): boolean {
	return (contract ?? lease) !== null && !isOver(state) && state !== 'programmed' && state !== 'offered';
}

function controlsOf(context: SupervisionContext): readonly Finding[] {
	const { record, facts, use } = context;
	return use === 'industrial' && isSupplied(record) ? checkControls(facts, ...rulesOf(context)) : [];
}

const rulesOf = ({ rules, onDate, parkId }: SupervisionContext) => [rules, onDate, parkId] as const;

function accountsOf(context: SupervisionContext): Account[] {
	const { record, facts, idleSteps, rules, parkId } = context;
	const reviews = standingFacts(facts, 'rent_review').map((one) => one.facts);
	const rent = rentPlan(record, reviews, [rules, parkId]);
	const base = pathOf(record.mode) === 'lease_and_grant' ? 'grant' : feeBaseOf(record);
	const fees = idleSteps.flatMap((one) =>
		one.step === 'decide' &&
		one.facts.measure === 'fee' &&
		one.facts.amountFen !== null &&
		one.facts.payBy !== null
			? [{ dueOn: one.facts.payBy, amountFen: one.facts.amountFen }]
			: [],
	);
	// What is paid for a missed indicator is agreed, not fined: an account of its own.
	const agreed = standingFacts(facts, 'disposal').flatMap(({ facts: { amountFen, payBy } }) =>
		amountFen === null || payBy === null ? [] : [{ dueOn: payBy, amountFen }],
	);
	const plans: Readonly<Record<PaymentKind, ChargePlan | null>> = {
		price: priceCharges(record.contract, base, [rules, parkId]),
		rent: rent === null ? null : rentCharges(rent),
		top_up: topUpCharges(facts),
		fee: chargesOf(fees, 'idle.fee-decided'),
		penalty: chargesOf(agreed, 'agreement.penalty-agreed'),
	};
	return PAYMENT_KINDS.flatMap((kind) => {
		const booked = context.payments.filter((one) => one.kind === kind);
		const plan = plans[kind];
		return plan === null && booked.length === 0 ? [] : [accountOf(kind, plan, booked, context.onDate)];
	});
}

/** What supplements agree to be paid on top; null: nothing. */
function topUpCharges(facts: readonly SupplyFact[]): ChargePlan | null {
	const charges = standingFacts(facts, 'supplement').flatMap(({ facts: { topUpFen, payBy } }) =>
		topUpFen === null || payBy === null ? [] : [{ dueOn: payBy, amountFen: topUpFen }],
	);
	return chargesOf(charges, 'price.top-up-agreed');
}

/** Charges in order of their days; null: there are none. */
function chargesOf(charges: readonly Charge[], reason: string): ChargePlan | null {
	const ordered = charges.toSorted((a, b) => compareDays(a.dueOn, b.dueOn));
	return ordered.length === 0 ? null : explain(ordered, reason, { count: ordered.length });
}

function accountOf(
	kind: PaymentKind,
	plan: ChargePlan | null,
	booked: readonly BookedPayment[],
	onDate: string,
): Account {
	const [fault] = checkEntries(booked);
	if (fault !== undefined) {
		const params = { entryNo: fault.entryNo };
		return { kind, plan, state: null, fault: { outcome: 'unknown', code: fault.code, params, rule: null } };
	}
	const charges = plan === null ? [] : plan.value;
	return { kind, plan, fault: null, state: charges === null ? null : arrears(charges, booked, onDate) };
}

function reviewsOf(context: SupervisionContext): Supervision['reviews'] {
	const { record } = context;
	const { handedOverOn, leaseMonths } = record;
	const isLeased = record.lease !== null && record.contract === null && !isOver(record.state);
	if (!isLeased || handedOverOn === null || leaseMonths === null) return null;
	return reviewDays(leaseDates(handedOverOn, leaseMonths), ...rulesOf(context));
}

/** What is known of works for the question whether land lies idle. A start that nobody recorded counts as none: it is suspected, not found. */
export function idleFactsOf(record: SupplyRecord, facts: readonly SupplyFact[]): IdleFacts {
	const works = worksOf(facts);
	const figures = standingFacts(facts, 'figures').at(-1)?.facts;
	return {
		agreedStartOn: agreedDays(record).startBy?.on ?? null,
		works: works.startedOn === null ? 'not_started' : 'started',
		completedOn: works.completedOn,
		stop: works.stoppedOn === null ? 'working' : { stoppedOn: works.stoppedOn },
		developedDm2: figures?.developedDm2 ?? null,
		toDevelopDm2: figures?.toDevelopDm2 ?? null,
		investedFen: figures?.investedFen ?? null,
		totalInvestmentFen: figures?.totalInvestmentFen ?? null,
		pauses: standingFacts(facts, 'pause').map((one) => one.facts),
	};
}

/** Says how land stands as to idleness; null where nobody holds it and no proceedings run. */
export function idleStandingOf(context: SupervisionContext): IdleStanding | null {
	const { record, facts, idleSteps } = context;
	const proceedings = idleStateOf(idleSteps);
	if (!isSupplied(record) && proceedings === 'none') return null;
	const known = idleFactsOf(record, facts);
	const answer = assessIdle(known, ...rulesOf(context));
	const base = feeBaseOf(record);
	const priceFen = record.contract?.priceFen ?? null;
	const { agreedStartOn, pauses } = known;
	const isOpen = known.works === 'not_started' && known.completedOn === null && agreedStartOn !== null;
	return {
		status: statusOf(proceedings, answer),
		proceedings,
		answer,
		fee: possibleFee({ base, priceFen }, ...rulesOf(context)),
		takeBackFrom: isOpen ? possibleTakeBack({ agreedStartOn, pauses }, ...rulesOf(context)) : null,
	};
}

function statusOf(proceedings: IdleState, { value }: IdleAnswer): IdleStanding['status'] {
	if (proceedings === 'found_idle' || proceedings === 'decided') return 'idle';
	if (proceedings !== 'none') return 'in_proceedings';
	return value ?? 'unknown';
}

/** Prices against the national floor, rents against the price of the land and the rent before; nothing is asked where a figure is missing. */
function checkPrices(context: SupervisionContext): Finding[] {
	const { record, facts, use, area } = context;
	const found: Finding[] = [];
	const totalFen = record.contract?.priceFen ?? record.award?.priceFen ?? null;
	if (totalFen !== null && use !== null)
		found.push(...checkPriceFloor({ use, totalFen, ...area }, ...rulesOf(context)));
	const yearlyRentFen = record.lease?.yearlyRentFen ?? record.award?.yearlyRentFen ?? null;
	const prices = standingFacts(facts, 'price');
	const reference = prices.findLast((one) => one.facts.what === 'appraisal') ?? prices.at(-1);
	if (yearlyRentFen !== null && reference !== undefined)
		found.push(checkYearlyShare({ yearlyRentFen, priceFen: reference.facts.totalFen }, ...rulesOf(context)));
	let beforeFen = yearlyRentFen;
	const reviews = standingFacts(facts, 'rent_review').sort((a, b) => a.facts.fromYear - b.facts.fromYear);
	for (const { facts: review } of reviews) {
		if (beforeFen !== null)
			found.push(checkRise({ beforeFen, afterFen: review.yearlyRentFen }, ...rulesOf(context)));
		beforeFen = review.yearlyRentFen;
	}
	return found;
}

/** Days since a day that is past; 0 where it is not. */
export function lateDays(on: string, onDate: string): number {
	return on < onDate ? daysBetween(on, onDate) : 0;
}
