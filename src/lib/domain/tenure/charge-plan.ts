import { addDays } from '../calendar/day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import type { ContractFacts, SupplyRecord } from '../supply/record.ts';
import type { Charge } from './arrears.ts';
import type { FeeBase } from './idle-consequence.ts';
import { sumFen } from './money.ts';
import { rentSchedule, type RentReview, type RentSchedule, type RentTerms } from './rent.ts';
import { leaseDates } from './term.ts';

/** What somebody has to pay and when, with why it is so; no value: it cannot be told. */
export type ChargePlan = Explained<readonly Charge[]>;

/** Rules are those of the day of signing: what was owed by a contract stays when a rule changes. */
type Rules = readonly [rules: readonly RuleValue[], parkId: string | null];

/**
 * The charges of a price: as the contract agrees its instalments, otherwise the whole within the days of the rule `price.pay-days.<base>` after signing.
 *
 * Null where no price is agreed. Instalments that do not add up to the price are no plan (`price.instalments-differ`). O(instalments + rules).
 * Source: 城镇国有土地使用权出让和转让暂行条例 第14条 (sixty days, of grants); instalments go before, as contracts have them.
 */
export function priceCharges(
	contract: ContractFacts | null,
	base: FeeBase,
	[rules, parkId]: Rules,
): ChargePlan | null {
	if (contract === null || contract.priceFen === null) return null;
	const { priceFen, signedOn, instalments = [] } = contract;
	if (instalments.length > 0) {
		const sum = sumFen(instalments.map(({ amountFen }) => amountFen));
		const params = { priceFen, count: instalments.length };
		return sum === priceFen
			? explain(instalments, 'price.by-instalments', params)
			: explain<readonly Charge[]>(null, 'price.instalments-differ', { ...params, sumFen: sum });
	}
	const key = `price.pay-days.${base}`;
	const rule = findRuleInForce(rules, key, parkId, signedOn);
	if (!isSet(rule) || rule.unit !== 'day' || rule.comparison !== '<=' || !/^\d{1,3}$/.test(rule.value))
		return explainNoRule(key, rule);
	const days = Number(rule.value);
	const charges = [{ dueOn: addDays(signedOn, days), amountFen: priceFen }];
	return explain<readonly Charge[]>(charges, 'price.due-after', { signedOn, days }, rule);
}

/**
 * The rents of a lease with their days, as `rentSchedule` reckons them from what was agreed, handed over and set anew.
 *
 * Null where no rent is agreed. The lease runs from the hand-over; it ends with its term, on the eve of a grant that follows it, or on the day before the right ended.
 * What the contract does not say of payments is asked of the rules `rent.payment-months` and `rent.due-after-days`; none answers `rule.none`. O(payments).
 */
export function rentPlan(
	record: SupplyRecord,
	reviews: readonly RentReview[],
	law: Rules,
): Explained<RentSchedule> | null {
	const lease = record.lease ?? record.contract;
	const { handedOverOn, leaseMonths } = record;
	if (lease === null || lease.yearlyRentFen === null) return null;
	if (handedOverOn === null || leaseMonths === null)
		return explain<RentSchedule>(null, 'rent.not-begun', { number: lease.number });
	const asked = askPayments(lease, law);
	if (!asked.ok) return asked.why;
	const lastOn = lastRentDay(record, handedOverOn, leaseMonths);
	if (lastOn < handedOverOn) return explain<RentSchedule>({ instalments: [], totalFen: 0 }, 'rent.none-ran');
	const terms: RentTerms = {
		startsOn: handedOverOn,
		lastOn,
		yearlyRentFen: lease.yearlyRentFen,
		...asked.payments,
		reviews: [...reviews].sort((a, b) => a.fromYear - b.fromYear),
	};
	const { paymentMonths } = asked.payments;
	const params = { startsOn: handedOverOn, lastOn, months: paymentMonths };
	return explain(rentSchedule(terms), 'rent.from-hand-over', params, asked.rule);
}

/** The charges of a rent schedule. */
export function rentCharges(plan: Explained<RentSchedule>): ChargePlan {
	const { value, ...why } = plan;
	return { ...why, value: value === null ? null : value.instalments };
}

type Payments = Pick<RentTerms, 'paymentMonths' | 'dueAfterDays'>;

/** How rent is paid: as agreed, and by rule what the contract leaves open. */
function askPayments(
	{ signedOn, rentPaymentMonths = null, rentDueAfterDays = null }: ContractFacts,
	[rules, parkId]: Rules,
):
	| { readonly ok: true; readonly payments: Payments; readonly rule: RuleValue | null }
	| { readonly ok: false; readonly why: Explained<RentSchedule> } {
	const months = findRuleInForce(rules, 'rent.payment-months', parkId, signedOn);
	const days = findRuleInForce(rules, 'rent.due-after-days', parkId, signedOn);
	const paymentMonths = rentPaymentMonths ?? readCount(months, 'month', /^(?:1|2|3|4|6|12)$/);
	if (paymentMonths === null) return { ok: false, why: explainNoRule('rent.payment-months', months) };
	const dueAfterDays = rentDueAfterDays ?? readCount(days, 'day', /^\d{1,3}$/);
	if (dueAfterDays === null) return { ok: false, why: explainNoRule('rent.due-after-days', days) };
	const rule = rentPaymentMonths === null ? months : rentDueAfterDays === null ? days : null;
	return { ok: true, payments: { paymentMonths, dueAfterDays }, rule };
}

function readCount(rule: RuleValue | null, unit: string, form: RegExp): number | null {
	return isSet(rule) && rule.unit === unit && form.test(rule.value) ? Number(rule.value) : null;
}

function lastRentDay(
	{ mode, contract, end }: SupplyRecord,
	handedOverOn: string,
	leaseMonths: number,
): string {
	const days = [leaseDates(handedOverOn, leaseMonths).lastOn];
	if (mode === 'lease_then_grant' && contract !== null) days.push(addDays(contract.signedOn, -1));
	if (end !== null) days.push(addDays(end.endedOn, -1));
	return days.reduce((first, day) => (day < first ? day : first));
}
