import { describe, expect, it } from 'vitest';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import {
	checkOfferDates,
	checkResultDate,
	resultDueOn,
	type OfferDays,
} from '$lib/domain/supply/notice-days.ts';
import { readWorkCalendar, rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
const { calendar } = await readWorkCalendar();
const OFFER: OfferDays = {
	procedure: 'listing',
	noticeOn: '2026-03-02',
	startsOn: '2026-03-22',
	endsOn: '2026-04-01',
};
const ask = (change: Partial<OfferDays>, rules: readonly RuleValue[] = SUPPLY_RULES) =>
	checkOfferDates({ ...OFFER, ...change }, rules, calendar, ON);
const codes = (...asked: Parameters<typeof ask>) =>
	ask(...asked).map(({ outcome, code }) => `${outcome} ${code}`);
const inWorkingDays = rulesWith('supply.listing-days', { unit: 'working-day' });

describe('the days of an offer', () => {
	it('are long enough with twenty days of notice and ten of listing', () => {
		expect(ask({})).toMatchObject([
			{
				outcome: 'pass',
				code: 'offer.notice-long-enough',
				params: { days: 20, limit: '20', dayKind: 'day' },
			},
			{
				outcome: 'pass',
				code: 'offer.listing-long-enough',
				params: { days: 10 },
				rule: { status: 'unverified' },
			},
		]);
	});

	it('are too short by one', () => {
		expect(codes({ noticeOn: '2026-03-03' })).toEqual([
			'fail offer.notice-too-short',
			'pass offer.listing-long-enough',
		]);
		expect(codes({ endsOn: '2026-03-31' })).toEqual([
			'pass offer.notice-long-enough',
			'fail offer.listing-too-short',
		]);
	});

	it('are counted over a leap day and the year end', () => {
		expect(codes({ noticeOn: '2024-02-10', startsOn: '2024-03-01', endsOn: '2024-03-11' })).toEqual(
			codes({}),
		);
		expect(codes({ noticeOn: '2023-02-10', startsOn: '2023-03-01', endsOn: '2023-03-11' })[0]).toBe(
			'fail offer.notice-too-short',
		);
		expect(codes({ noticeOn: '2025-12-20', startsOn: '2026-01-09', endsOn: '2026-01-19' })).toEqual(
			codes({}),
		);
	});

	it('of a listing are working days where the rule says so', () => {
		expect(codes({}, inWorkingDays)[1]).toBe('fail offer.listing-too-short');
		expect(ask({ endsOn: '2026-04-03' }, inWorkingDays)[1]).toMatchObject({
			outcome: 'pass',
			params: { days: 10 },
		});
		expect(ask({ endsOn: '2026-04-06' }, inWorkingDays)[1]).toMatchObject({
			outcome: 'pass',
			params: { days: 10 },
		});
	});

	it('of a year that was not announced are unknown in working days only', () => {
		const late = { noticeOn: '2026-12-01', startsOn: '2026-12-28', endsOn: '2027-01-20' };
		expect(codes(late)).toEqual(codes({}));
		expect(ask(late, inWorkingDays)[1]).toMatchObject({
			outcome: 'unknown',
			code: 'calendar.year-unknown',
			params: { year: 2027 },
		});
	});

	it('run forwards', () => {
		expect(codes({ endsOn: '2026-03-21' })[1]).toBe('fail offer.ends-before-start');
		expect(codes({ noticeOn: '2026-05-01' })[0]).toBe('fail offer.notice-too-short');
	});

	it('have the length of a listing only where it is one', () => {
		expect(codes({ procedure: 'auction', endsOn: '2026-03-22' })).toEqual(['pass offer.notice-long-enough']);
		expect(codes({ procedure: 'agreement' })).toEqual([]);
		expect(codes({ procedure: 'decision' })).toEqual([]);
	});

	it('without a rule, or with one that cannot be read, are not passed', () => {
		expect(codes({}, rulesWith('supply.notice-days', null))[0]).toBe('unknown rule.none');
		expect(codes({}, rulesWith('supply.notice-days', { value: null }))[0]).toBe('unknown rule.none');
		expect(codes({}, rulesWith('supply.listing-days', { unit: 'month' }))[1]).toBe('unknown rule.unreadable');
	});
});

describe('the result of an offer', () => {
	it('is due ten working days after the end', () => {
		expect(resultDueOn('2026-09-28', SUPPLY_RULES, calendar, ON)).toMatchObject({
			value: '2026-10-16',
			reason: 'offer.result-due',
			rule: { key: 'supply.result-days', unit: 'working-day', status: 'unverified' },
		});
		const days = rulesWith('supply.result-days', { unit: 'day' });
		expect(resultDueOn('2026-09-28', days, calendar, ON).value).toBe('2026-10-08');
	});

	it('is in time up to that day', () => {
		const check = (publishedOn: string) =>
			checkResultDate({ endedOn: '2026-09-28', publishedOn }, SUPPLY_RULES, calendar, ON).code;
		expect(check('2026-10-16')).toBe('offer.result-in-time');
		expect(check('2026-10-17')).toBe('offer.result-late');
	});

	it('has no due day without a rule or a calendar', () => {
		const reasonOf = (rules: readonly RuleValue[], endedOn = '2026-09-28') =>
			resultDueOn(endedOn, rules, calendar, ON).reason;
		expect(reasonOf(rulesWith('supply.result-days', null))).toBe('rule.none');
		expect(reasonOf(rulesWith('supply.result-days', { unit: 'year' }))).toBe('rule.unreadable');
		expect(reasonOf(rulesWith('supply.result-days', { value: '2.5' }))).toBe('rule.unreadable');
		expect(reasonOf(SUPPLY_RULES, '2026-12-28')).toBe('calendar.year-unknown');
	});
});
