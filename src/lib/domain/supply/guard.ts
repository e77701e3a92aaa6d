import type { Explained } from '../rule/explained.ts';
import { findRuleInForce } from '../rule/rule-value.ts';
import { checkRenewedRight, earliestRenewal, latestRenewal } from '../tenure/renewal.ts';
import { checkTerm, grantDates, leaseDates, monthsInUnitOf } from '../tenure/term.ts';
import { checkValue } from './check-value.ts';
import { requiresCompetition } from './competition.ts';
import { askAsTendered, askContractPrice, askPriceFloor } from './contract-questions.ts';
import { checkEventDays, EVENT_DAYS } from './event-days.ts';
import { finding, type Finding } from './finding.ts';
import type { GuardContext } from './guard-context.ts';
import type { Guard } from './life-cycle.ts';
import { isCompetitive, MODE_TRAITS, pathOf } from './mode.ts';
import { checkOfferDates } from './notice-days.ts';
import { checkReserve } from './reserve.ts';
import type { AwardFacts, ContractFacts, EventFacts, OfferFacts, ReviewResult } from './record.ts';

/** Offices that may sign for the state as grantor, lessor or allocator: the city natural-resources authority and its branches in its name. */
const PRINCIPALS = ['municipal_bureau'];

const INDUSTRY_PLAN = {
	pass: 'supply.industry-plan-agrees',
	fail: 'supply.industry-plan-differs',
	unknown: 'supply.industry-plan-unstated',
} as const;

const EXTENSION_KEY = 'mode.lease-then-grant.extension-months-max';
const EXTENSION = { pass: 'supply.extension-allowed', fail: 'supply.extension-too-long' };

type Question = (context: GuardContext) => Finding[];

const pass = (code: string, params: Finding['params'] = {}) => [finding('pass', code, params)];
const fail = (code: string, params: Finding['params'] = {}) => [finding('fail', code, params)];
const unknown = (code: string, params: Finding['params'] = {}) => [finding('unknown', code, params)];

const offered = ({ event }: GuardContext) => event.facts as OfferFacts;
const contracted = ({ event }: GuardContext) => event.facts as ContractFacts;
const ruleFor = ({ rules, plot, onDate }: GuardContext, key: string) =>
	findRuleInForce(rules, key, plot.parkId, onDate);

/**
 * The questions before events of a supply, each answered with what was found; passes too where a fact or a rule was weighed, so that a screen shows why an act was admitted.
 *
 * A `fail` keeps the event from happening; an `unknown` lets it happen only where who acts says that he knows.
 */
export const QUESTIONS: Readonly<Record<Guard, Question>> = {
	reason: ({ event }) =>
		(event.facts as { reason: string }).reason.trim() === '' ? fail('supply.reason-missing') : [],
	programme: ({ programmeYear, event }) => {
		const { noticeOn } = event.facts as OfferFacts;
		return noticeOn.startsWith(`${programmeYear}-`)
			? pass('supply.in-programme', { year: programmeYear })
			: fail('supply.outside-programme', { year: programmeYear, noticeOn });
	},
	conditions: ({ plot }) => {
		const params = { parcels: plot.parcels, withConditions: plot.parcelsWithConditions };
		return plot.parcels > 0 && plot.parcelsWithConditions === plot.parcels
			? pass('supply.conditions-set', params)
			: fail('supply.conditions-missing', params);
	},
	'plan-conformity': ({ plot }) =>
		plot.agreesWithPlan === null
			? unknown('supply.plan-unknown')
			: plot.agreesWithPlan
				? pass('supply.plan-agrees')
				: fail('supply.plan-differs'),
	'industry-conformity': ({ plot, record }) => {
		if (!['lease', 'lease_then_grant', 'lease_and_grant'].includes(pathOf(record.mode))) return [];
		const outcome = plot.statements.get('industry_plan')?.outcome ?? 'unknown';
		return [finding(outcome, INDUSTRY_PLAN[outcome])];
	},
	'net-land': ({ plot, rules, onDate }) => checkReserve(plot, rules, onDate),
	competition: askCompetition,
	'offer-dates': (context) =>
		checkOfferDates(offered(context), context.rules, context.calendar, context.onDate, context.plot.parkId),
	'start-price': askStartPrice,
	terms: askTerms,
	mx: ({ plot }) => [...plot.mx],
	'listing-over': ({ record, onDate }) => {
		const endsOn = record.offer?.endsOn ?? '';
		return endsOn < onDate ? [] : fail('supply.listing-running', { endsOn });
	},
	winner: ({ event }) =>
		(event.facts as AwardFacts).holder.trim() === '' ? fail('supply.winner-missing') : [],
	'price-reached': askPriceReached,
	principal: (context) => {
		const officeId = contracted(context).principalOfficeId;
		const kind = officeId === null ? undefined : context.officeKinds.get(officeId);
		if (kind === undefined) return fail('supply.principal-missing');
		return PRINCIPALS.includes(kind)
			? pass('supply.principal-valid', { office: officeId ?? '' })
			: fail('supply.principal-invalid', { office: officeId ?? '', kind });
	},
	'contract-price': askContractPrice,
	'event-days': ({ event, record, onDate }) => checkEventDays(record, event, onDate),
	'as-tendered': askAsTendered,
	'price-floor': askPriceFloor,
	'within-lease': askWithinLease,
	'agreed-conditions': (context) => {
		const { agreedConditions } = contracted(context);
		if (agreedConditions.length === 0) return fail('supply.conversion-not-agreed');
		const repeated = repeatedKeys(agreedConditions);
		return repeated.length > 0
			? repeated.flatMap((condition) => fail('supply.condition-repeated', { condition }))
			: pass('supply.conversion-agreed', { conditions: agreedConditions.length });
	},
	'conditions-met': askConditionsMet,
	extension: (context) => {
		const rule = ruleFor(context, EXTENSION_KEY);
		const { leaseMonths } = context.event.facts as EventFacts['extend_lease'];
		return [checkValue(monthsInUnitOf(rule, leaseMonths), EXTENSION_KEY, rule, EXTENSION, { leaseMonths })];
	},
	consequence: ({ record }) =>
		(record.lease?.onFailure ?? '').trim() === ''
			? unknown('supply.failure-not-agreed')
			: pass('supply.failure-agreed'),
	'renewal-window': askRenewal,
	'end-cause': ({ event, record }) => {
		const { cause, endedOn } = event.facts as EventFacts['end'];
		// A lease whose conversion failed ends by a line of its own.
		if (cause === 'conversion_failed') return fail('supply.conversion-not-failed');
		if (cause !== 'expired') return [];
		const lastOn = lastDayOf(record);
		if (lastOn === null) return unknown('supply.term-unknown');
		return endedOn > lastOn ? [] : fail('supply.not-expired', { lastOn, endedOn });
	},
};

/** Asks some questions; what was found, in their order. */
export function askGuards(guards: readonly Guard[], context: GuardContext): Finding[] {
	return guards.flatMap((guard) => QUESTIONS[guard](context));
}

/**
 * The last day of the right that stands, by what was recorded; null where no term was: an allocation, or before the land was handed over.
 *
 * A grant that follows a lease begins on the day of its contract.
 */
export function lastDayOf({
	state,
	mode,
	contract,
	handedOverOn,
	leaseMonths,
	grantYears,
}: GuardContext['record']) {
	if (handedOverOn === null) return null;
	const isLease = ['in_lease', 'in_review', 'review_passed', 'failed'].includes(state);
	if (isLease) return leaseMonths === null ? null : leaseDates(handedOverOn, leaseMonths).lastOn;
	const startsOn = mode === 'lease_then_grant' ? (contract?.signedOn ?? null) : handedOverOn;
	return grantYears === null || startsOn === null ? null : grantDates(startsOn, grantYears).lastOn;
}

function askWithinLease({ event, record }: GuardContext): Finding[] {
	const dayName = EVENT_DAYS[event.event]?.on ?? '';
	const on = String((event.facts as unknown as Readonly<Record<string, unknown>>)[dayName]);
	if (record.handedOverOn === null || record.leaseMonths === null) return unknown('supply.lease-unknown');
	const { lastOn, endedOn } = leaseDates(record.handedOverOn, record.leaseMonths);
	const params = { lastOn, dayName, on };
	if (event.event !== 'sign_grant')
		return on > lastOn ? fail('supply.lease-over', params) : pass('supply.lease-runs', { lastOn });
	// A grant begins on the day of its contract: on the one after the lease no day is without a right. A review that was passed in time leads to no other
	// event: whoever signs later has to say that he knows of the days between.
	return on > endedOn ? unknown('supply.lease-over', params) : pass('supply.lease-runs', { lastOn });
}

function askCompetition(context: GuardContext): Finding[] {
	const { procedure, intendedUsers } = offered(context);
	const { mode } = context.record;
	if (!MODE_TRAITS[mode].procedures.includes(procedure))
		return fail('supply.procedure-unfit', { mode, procedure });
	if (isCompetitive(procedure)) return pass('supply.competitive', { procedure });
	if ((intendedUsers ?? 0) > 1)
		return fail('supply.several-users', { intendedUsers: intendedUsers ?? 0, procedure });
	const { use } = context.plot;
	if (use === null) return unknown('supply.use-unknown', { classCode: context.plot.classCode });
	const required = requiresCompetition(use, context.rules, context.onDate, context.plot.parkId);
	const outcome = required.value === null ? 'unknown' : required.value ? 'fail' : 'pass';
	return [finding(outcome, required.reason, required.params, required.rule)];
}

function askStartPrice(context: GuardContext): Finding[] {
	const { startPriceFen, minutesNumber } = offered(context);
	const path = pathOf(context.record.mode);
	if (path === 'allocation' || path === 'contribution') return [];
	return [
		...(startPriceFen === null ? unknown('supply.start-price-open') : []),
		...((minutesNumber ?? '').trim() === ''
			? fail('supply.minutes-missing')
			: pass('supply.minutes-recorded', { number: minutesNumber ?? '' })),
	];
}

function askPriceReached({ event, record, reservePriceFen }: GuardContext): Finding[] {
	const { priceFen, yearlyRentFen } = event.facts as AwardFacts;
	const path = pathOf(record.mode);
	if (path === 'allocation' || path === 'contribution') return [];
	const reached = path === 'grant' ? priceFen : (yearlyRentFen ?? priceFen);
	if (reached === null) return fail('supply.price-missing');
	const start = record.offer?.startPriceFen ?? null;
	if (start !== null && reached < start)
		return fail('supply.below-start-price', { reachedFen: reached, startFen: start });
	// How far below is not said: the finding outlives the offer, the reserve price stays hidden until close.
	if (reservePriceFen !== null && reached < reservePriceFen) return fail('supply.below-reserve-price');
	return [];
}

function askTerms(context: GuardContext): Finding[] {
	const { record, plot, event, rules, onDate } = context;
	const { use } = plot;
	if (event.event === 'renew') return askRenewedTerm(context);
	const agreed = event.facts as { leaseMonths?: number | null; grantYears?: number | null };
	const sum = (before: number | null, now: number | null | undefined) =>
		now === null || now === undefined ? before : event.event === 'extend_lease' ? (before ?? 0) + now : now;
	// The lease that ran before a grant stays what it was, whatever the grant contract repeats of it.
	const leaseMonths =
		event.event === 'sign_grant' ? record.leaseMonths : sum(record.leaseMonths, agreed.leaseMonths);
	const grantYears = sum(record.grantYears, agreed.grantYears);
	if (pathOf(record.mode) === 'allocation') return [];
	if (use === null) return unknown('supply.use-unknown', { classCode: plot.classCode });
	return checkTerm({ mode: record.mode, use, leaseMonths, grantYears }, rules, onDate, plot.parkId);
}

/**
 * A renewal is a contract of its own, a grant's that followed a lease as a grant's: its own term is weighed, and the right that runs from its day (民法典 第705条: 自续订之日起).
 * No other day of it is recorded than that of the application.
 */
function askRenewedTerm({ record, plot, event, rules, onDate }: GuardContext): Finding[] {
	const { appliedOn, leaseMonths, grantYears } = event.facts as EventFacts['renew'];
	const { use, classCode, parkId } = plot;
	if (leaseMonths === null && grantYears === null) return fail('supply.renewal-empty');
	const mode = record.mode === 'lease_then_grant' ? 'grant' : record.mode;
	const found =
		use === null
			? unknown('supply.use-unknown', { classCode })
			: checkTerm({ mode, use, leaseMonths, grantYears }, rules, onDate, parkId);
	if (found.some(({ outcome }) => outcome === 'fail')) return found;
	const sum = (before: number | null, more: number | null) => (more === null ? before : (before ?? 0) + more);
	const lastOn = lastDayOf({
		...record,
		leaseMonths: sum(record.leaseMonths, leaseMonths),
		grantYears: sum(record.grantYears, grantYears),
	});
	if (lastOn === null) return found;
	return [...found, ...checkRenewedRight({ mode, use, appliedOn, lastOn }, rules, onDate, parkId)];
}

function askConditionsMet({ event, record }: GuardContext): Finding[] {
	const { results } = event.facts as { results: readonly ReviewResult[] };
	const agreedConditions = record.lease?.agreedConditions ?? [];
	// A correction may have taken out what the lease was signed with.
	if (agreedConditions.length === 0) return fail('supply.conversion-not-agreed');
	// One result must not speak for two conditions, nor two for one.
	const repeated = new Set([...repeatedKeys(agreedConditions), ...repeatedKeys(results)]);
	if (repeated.size > 0)
		return [...repeated].flatMap((condition) => fail('supply.condition-repeated', { condition }));
	return agreedConditions.flatMap(({ key }) => {
		const result = results.find((one) => one.key === key);
		if (result === undefined) return fail('supply.condition-not-reviewed', { condition: key });
		if (!result.isMet) return fail('supply.condition-not-met', { condition: key });
		return result.evidence.trim() === ''
			? fail('supply.evidence-missing', { condition: key })
			: pass('supply.condition-met', { condition: key });
	});
}

function repeatedKeys(keyed: readonly { readonly key: string }[]): string[] {
	const keys = keyed.map(({ key }) => key);
	return [...new Set(keys.filter((key, i) => keys.indexOf(key) < i))];
}

function askRenewal(context: GuardContext): Finding[] {
	const { appliedOn } = context.event.facts as EventFacts['renew'];
	const lastOn = lastDayOf(context.record);
	if (lastOn === null) return unknown('supply.term-unknown');
	const { rules, onDate, plot } = context;
	return [
		askDay(latestRenewal(lastOn, rules, onDate, plot.parkId), ({ value: latest, rule }) => {
			const params = { appliedOn, latest, lastOn };
			return appliedOn <= latest
				? finding('pass', 'supply.renewal-in-time', params, rule)
				: finding('fail', 'supply.renewal-late', params, rule);
		}),
		askDay(earliestRenewal(lastOn, rules, onDate, plot.parkId), ({ value: earliest, rule }) => {
			const params = { appliedOn, earliest, lastOn };
			return appliedOn >= earliest
				? finding('pass', 'supply.renewal-not-early', params, rule)
				: finding('fail', 'supply.renewal-early', params, rule);
		}),
	];
}

/** Weighs a day by a rule, or says why there is none. */
function askDay(
	{ value, reason, params, rule }: Explained<string>,
	weigh: (day: { readonly value: string; readonly rule: Finding['rule'] }) => Finding,
): Finding {
	return value === null ? finding('unknown', reason, params, rule) : weigh({ value, rule });
}
