import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOfNumber, daysBetween } from '$lib/domain/calendar/day.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { countTime, dayReached, PAUSE_CAUSES, type Pause } from '$lib/domain/tenure/idle-clock.ts';
import { possibleFee, possibleTakeBack } from '$lib/domain/tenure/idle-consequence.ts';
import { assessIdle, type IdleFacts } from '$lib/domain/tenure/idle.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const NOT_STARTED: IdleFacts = {
	agreedStartOn: '2024-03-01',
	works: 'not_started',
	completedOn: null,
	stop: 'unknown',
	developedDm2: null,
	toDevelopDm2: null,
	investedFen: null,
	totalInvestmentFen: null,
	pauses: [],
};
/** A third of the area, 25 per cent of the total: not too little. */
const STOPPED: IdleFacts = {
	...NOT_STARTED,
	works: 'started',
	stop: { stoppedOn: '2025-06-30' },
	developedDm2: 1_000_000,
	toDevelopDm2: 3_000_000,
	investedFen: 25_000,
	totalInvestmentFen: 100_000,
};
const pause = (fromOn: string, toOn: string | null, cause: Pause['cause']): Pause => ({
	fromOn,
	toOn,
	cause,
});
const ask = (facts: IdleFacts, onDate: string, rules: readonly RuleValue[] = SUPPLY_RULES) =>
	assessIdle(facts, rules, onDate);

describe('land on which works have not begun', () => {
	it('is suspected from the very year on', () => {
		expect(ask(NOT_STARTED, '2025-02-28')).toMatchObject({
			value: 'not_idle',
			reason: 'idle.not-started-yet',
			sinceOn: null,
		});
		expect(ask(NOT_STARTED, '2025-03-01')).toMatchObject({
			value: 'suspected',
			reason: 'idle.not-started-long',
			limb: 'not_started',
			sinceOn: '2025-03-01',
			time: { countedDays: 365, excluded: [] },
			rule: { key: 'idle.not-started', status: 'verified' },
		});
		expect(ask({ ...NOT_STARTED, agreedStartOn: '2024-02-29' }, '2025-02-28').value).toBe('suspected');
	});

	it('has the time of others taken out by its cause, not the time of the holder', () => {
		const pauses = [
			pause('2024-04-01', '2024-04-30', 'government'),
			pause('2024-04-21', '2024-05-10', 'force_majeure'),
			pause('2024-06-01', '2024-12-31', 'holder'),
		];
		expect(ask({ ...NOT_STARTED, pauses }, '2025-04-09').value).toBe('not_idle');
		expect(ask({ ...NOT_STARTED, pauses }, '2025-04-10')).toMatchObject({
			value: 'suspected',
			sinceOn: '2025-04-10',
			time: {
				countedDays: 365,
				excluded: [
					{ cause: 'government', days: 30 },
					{ cause: 'force_majeure', days: 10 },
				],
			},
		});
		const goesOn = { ...NOT_STARTED, pauses: [pause('2024-12-01', null, 'pre_works')] };
		expect(ask(goesOn, '2030-01-01')).toMatchObject({ value: 'not_idle', time: { countedDays: 274 } });
	});

	it('is not judged without its agreed day, nor without a rule', () => {
		expect(ask({ ...NOT_STARTED, agreedStartOn: null }, '2030-01-01')).toMatchObject({
			value: null,
			reason: 'idle.fact-missing',
			missing: ['agreed-start'],
		});
		expect(ask({ ...NOT_STARTED, works: 'unknown' }, '2030-01-01').missing).toEqual(['works']);
		expect(ask(NOT_STARTED, '2030-01-01', rulesWith('idle.not-started', { value: null }))).toMatchObject({
			value: null,
			reason: 'rule.none',
		});
	});

	it('that is completed is not idle', () => {
		expect(ask({ ...NOT_STARTED, completedOn: '2026-01-01' }, '2026-01-01').reason).toBe('idle.completed');
		expect(ask({ ...NOT_STARTED, completedOn: '2026-01-02' }, '2026-01-01').value).toBe('suspected');
	});
});

describe('land on which works stand still', () => {
	it('is suspected after a year with less than a third developed or less than 25 per cent invested', () => {
		expect(ask(STOPPED, '2026-06-30')).toMatchObject({ value: 'not_idle', reason: 'idle.enough-done' });
		expect(ask({ ...STOPPED, developedDm2: 999_999 }, '2026-06-30')).toMatchObject({
			value: 'suspected',
			reason: 'idle.little-developed',
			limb: 'stopped',
			sinceOn: '2026-06-30',
			rule: { key: 'idle.developed-share', status: 'unverified' },
		});
		expect(ask({ ...STOPPED, investedFen: 24_999 }, '2026-06-30')).toMatchObject({
			value: 'suspected',
			reason: 'idle.little-invested',
		});
		expect(ask({ ...STOPPED, investedFen: 24_999 }, '2026-06-29')).toMatchObject({
			value: 'not_idle',
			reason: 'idle.stopped-shortly',
		});
	});

	it('is suspected with one figure too small, and open with one missing', () => {
		const half = { ...STOPPED, developedDm2: null };
		expect(ask({ ...half, investedFen: 1 }, '2026-07-01').value).toBe('suspected');
		expect(ask(half, '2026-07-01')).toMatchObject({
			value: null,
			reason: 'idle.figure-missing',
			missing: ['developed-share'],
		});
		expect(ask({ ...half, investedFen: null }, '2026-07-01').missing).toEqual([
			'developed-share',
			'invested-share',
		]);
		expect(ask(half, '2026-01-01').value).toBe('not_idle');
		const noRule = rulesWith('idle.invested-share', { value: null });
		expect(ask(STOPPED, '2026-07-01', noRule)).toMatchObject({ value: null, reason: 'rule.none' });
	});

	it('is not idle while work goes on, or where enough was done; otherwise the stop has to be known', () => {
		expect(ask({ ...STOPPED, stop: 'working', developedDm2: 0 }, '2030-01-01').reason).toBe('idle.working');
		expect(ask({ ...STOPPED, stop: 'unknown' }, '2030-01-01').reason).toBe('idle.enough-done');
		expect(ask({ ...STOPPED, stop: 'unknown', developedDm2: 0 }, '2030-01-01').missing).toEqual(['stop']);
	});
});

describe('the clock', () => {
	it('reaches its day when the counted time is as long, whatever the pauses', () => {
		const day = fc.integer({ min: 19_000, max: 21_000 });
		const pauses = fc.array(
			fc.record({
				fromOn: day.map(dayOfNumber),
				toOn: fc.constant<string | null>(null),
				length: fc.integer({ min: 0, max: 400 }),
				cause: fc.constantFrom(...PAUSE_CAUSES),
			}),
			{ maxLength: 6 },
		);
		fc.assert(
			fc.property(day.map(dayOfNumber), fc.integer({ min: 1, max: 24 }), pauses, (from, months, drawn) => {
				const list = drawn.map(({ fromOn, length, cause }) => pause(fromOn, addDays(fromOn, length), cause));
				const plain = dayReached(from, months, []) ?? '';
				const reached = dayReached(from, months, list) ?? '';
				const need = daysBetween(from, plain);
				expect(countTime(from, reached, list).countedDays).toBe(need);
				expect(countTime(from, addDays(reached, -1), list).countedDays).toBe(need - 1);
				const { countedDays, excluded } = countTime(from, reached, list);
				const out = excluded.reduce((sum, { days }) => sum + days, 0);
				expect(countedDays + out).toBe(daysBetween(from, reached));
			}),
			{ numRuns: 300 },
		);
	});

	it('is not put off by a pause that comes after its day', () => {
		expect(dayReached('2025-01-01', 12, [pause('2026-01-02', '2026-02-01', 'government')])).toBe(
			'2026-01-01',
		);
		expect(dayReached('2025-01-01', 12, [pause('2026-01-01', '2026-02-01', 'government')])).toBe(
			'2026-02-02',
		);
	});

	it('counts nothing before it begins', () => {
		expect(countTime('2026-01-02', '2026-01-01', [])).toEqual({ countedDays: 0, excluded: [] });
	});
});

describe('what could follow', () => {
	const on = '2026-11-23';

	it('is a fee of 20 per cent of the price at most, of a lease no rule', () => {
		expect(possibleFee({ base: 'grant', priceFen: 1_000_003 }, SUPPLY_RULES, on)).toMatchObject({
			value: 200_001,
			reason: 'idle.fee-at-most',
		});
		expect(possibleFee({ base: 'allocation', priceFen: 1_000 }, SUPPLY_RULES, on)).toMatchObject({
			value: 200,
			reason: 'idle.fee-of-price',
			rule: { status: 'unverified' },
		});
		expect(possibleFee({ base: 'lease', priceFen: 1_000 }, SUPPLY_RULES, on)).toMatchObject({
			value: null,
			reason: 'rule.none',
		});
		expect(possibleFee({ base: 'grant', priceFen: null }, SUPPLY_RULES, on).reason).toBe(
			'idle.price-unknown',
		);
	});

	it('is that it can be taken back after two years of the holder', () => {
		const back = (pauses: Pause[]) =>
			possibleTakeBack({ agreedStartOn: '2024-02-29', pauses }, SUPPLY_RULES, on);
		expect(back([]).value).toBe('2026-02-28');
		expect(back([pause('2025-01-01', '2025-01-10', 'pre_works')]).value).toBe('2026-03-10');
		expect(back([pause('2025-01-01', null, 'government')])).toMatchObject({
			value: null,
			reason: 'idle.clock-stands',
		});
		expect(back([pause('2025-01-01', null, 'holder')]).value).toBe('2026-02-28');
	});
});
