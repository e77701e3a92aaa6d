import { addDays, daysBetween } from '../calendar/day.ts';
import {
	addWorkingDays,
	countWorkingDays,
	type CalendarAnswer,
	type WorkCalendar,
} from '../calendar/working-day.ts';
import { explain, explainNoRule, type Explained } from '../rule/explained.ts';
import { fraction } from '../rule/measure.ts';
import { findRuleInForce, isSet, type RuleValue } from '../rule/rule-value.ts';
import { checkValue, noRule, type CheckCodes } from './check-value.ts';
import { finding, type Finding } from './finding.ts';
import { isCompetitive, type Procedure } from './mode.ts';

/** The days of an offer: of its notice, and the first and last on which bids are taken. */
export interface OfferDays {
	readonly procedure: Procedure;
	readonly noticeOn: string;
	readonly startsOn: string;
	readonly endsOn: string;
}

/**
 * Checks the days of an offer in competition: how long the notice stands before the start, and how long a listing stays open.
 *
 * Rules `supply.notice-days` and, of a listing, `supply.listing-days`; their unit says which days are counted, `day` or `working-day`. The day on
 * which a time begins is not counted, its last is (民法典 第201条): a notice of the 1st stands 20 days before a start on the 21st. No rule answers
 * `rule.none`; a year whose working days were not announced, `calendar.year-unknown`. Another procedure is not asked. O(rules + days).
 * Source: 招标拍卖挂牌出让国有建设用地使用权规定 (国土资源部令第39号).
 */
export function checkOfferDates(
	{ procedure, noticeOn, startsOn, endsOn }: OfferDays,
	rules: readonly RuleValue[],
	calendar: WorkCalendar,
	onDate: string,
	parkId: string | null = null,
): Finding[] {
	if (!isCompetitive(procedure)) return [];
	const check = (key: string, from: string, to: string, codes: CheckCodes, params: Finding['params']) =>
		checkDays(key, findRuleInForce(rules, key, parkId, onDate), [from, to], calendar, codes, params);
	const found = [check('supply.notice-days', noticeOn, startsOn, NOTICE, { noticeOn, startsOn })];
	if (endsOn < startsOn) found.push(finding('fail', 'offer.ends-before-start', { startsOn, endsOn }));
	else if (procedure === 'listing')
		found.push(check('supply.listing-days', startsOn, endsOn, LISTING, { startsOn, endsOn }));
	return found;
}

const NOTICE = { pass: 'offer.notice-long-enough', fail: 'offer.notice-too-short' };
const LISTING = { pass: 'offer.listing-long-enough', fail: 'offer.listing-too-short' };
const RESULT_KEY = 'supply.result-days';

/** The last day on which the result of an offer that ended can be published in time, by the rule `supply.result-days`. */
export function resultDueOn(
	endedOn: string,
	rules: readonly RuleValue[],
	calendar: WorkCalendar,
	onDate: string,
	parkId: string | null = null,
): Explained<string> {
	const rule = findRuleInForce(rules, RESULT_KEY, parkId, onDate);
	if (!isSet(rule) || rule.comparison !== '<=' || !/^\d{1,3}$/.test(rule.value))
		return explainNoRule(RESULT_KEY, rule);
	const days = Number(rule.value);
	const params = { endedOn, days, dayKind: rule.unit ?? '' };
	if (rule.unit === 'day') return explain(addDays(endedOn, days), 'offer.result-due', params, rule);
	if (rule.unit !== 'working-day') return explainNoRule(RESULT_KEY, rule);
	const due = addWorkingDays(endedOn, days, calendar);
	return due.isKnown
		? explain(due.value, 'offer.result-due', params, rule)
		: explain<string>(null, 'calendar.year-unknown', { year: due.year }, rule);
}

/** Checks that the result of an offer was published by the last day on which it could be. See `resultDueOn`. */
export function checkResultDate(
	{ endedOn, publishedOn }: { readonly endedOn: string; readonly publishedOn: string },
	...asked: readonly [
		rules: readonly RuleValue[],
		calendar: WorkCalendar,
		onDate: string,
		parkId?: string | null,
	]
): Finding {
	const { value: dueOn, reason, params, rule } = resultDueOn(endedOn, ...asked);
	if (dueOn === null) return finding('unknown', reason, params, rule);
	const dates = { ...params, publishedOn, dueOn };
	return publishedOn <= dueOn
		? finding('pass', 'offer.result-in-time', dates, rule)
		: finding('fail', 'offer.result-late', dates, rule);
}

function checkDays(
	key: string,
	rule: RuleValue | null,
	[from, to]: readonly [string, string],
	calendar: WorkCalendar,
	codes: CheckCodes,
	params: Finding['params'],
): Finding {
	const counted = countDays(rule?.unit ?? null, from, to, calendar);
	if (rule === null || counted === null) return noRule(key, rule);
	if (!counted.isKnown) return finding('unknown', 'calendar.year-unknown', { year: counted.year }, rule);
	const days = counted.value;
	return checkValue(fraction(days), key, rule, codes, { ...params, days, dayKind: rule.unit ?? '' });
}

function countDays(
	unit: string | null,
	from: string,
	to: string,
	calendar: WorkCalendar,
): CalendarAnswer<number> | null {
	if (unit === 'day') return { isKnown: true, value: daysBetween(from, to) };
	return unit === 'working-day' ? countWorkingDays(from, to, calendar) : null;
}
