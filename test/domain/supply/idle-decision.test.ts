import { describe, expect, it } from 'vitest';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import { askIdleDecision } from '$lib/domain/supply/idle-decision.ts';
import type { IdleCause, IdleMeasure, IdleStep } from '$lib/domain/supply/idle-proceeding.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import { eventsOf } from '../../support/supply-guard.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const DAY = '2029-07-01';
/** A grant for 100,000 yuan whose works were to begin on 2027-06-01, or the lease before one. */
const GRANTED = eventsOf('offer', 'award', 'sign', 'hand_over');
const LEASED = eventsOf('offer', 'award', 'sign_lease', 'hand_over');
const STARTED = {
	...{ factNo: 1, kind: 'progress', document: 'a', replacesNo: null, isVoid: false },
	facts: { step: 'started', seenOn: '2027-05-01' },
} as const satisfies SupplyFact;

function found(cause: IdleCause): IdleStep[] {
	const onDay = '2029-05-01';
	const document = 'a paper';
	return [
		{ stepNo: 1, step: 'investigate', onDay, facts: { ground: 'a ground' }, document },
		{ stepNo: 2, step: 'hear', onDay, facts: { hearing: 'held', statement: '' }, document },
		{ stepNo: 3, step: 'find_idle', onDay, facts: { cause, reason: 'a reason' }, document },
	];
}

function ask(
	cause: IdleCause,
	measure: IdleMeasure,
	{
		amountFen = 20_000_00,
		payBy = '2029-08-01',
		mode = 'grant' as SupplyMode,
		facts = [] as readonly SupplyFact[],
		onDay = DAY,
	} = {},
): string[] {
	const decision = { measure, amountFen, payBy, note: '' };
	const context = {
		...{ facts, idleSteps: found(cause), payments: [], parkId: 'p', use: 'industrial' as const },
		record: foldRecord(mode, 'who', mode === 'grant' ? GRANTED : LEASED),
		area: { areaDm2: 2_000_000, areaKind: 'document' },
		...{ rules: SUPPLY_RULES, calendar: makeWorkCalendar([]), onDate: onDay },
	};
	return askIdleDecision({ facts: decision, onDay }, context).map(
		({ outcome, code }) => `${outcome} ${code}`,
	);
}

describe('a decision on idle land', () => {
	it('sets the fee at most as the rule does, to the fen, and due no earlier than it is decided', () => {
		expect(ask('holder', 'fee')).toEqual(['pass idle.fee-by-rule']);
		expect(ask('holder', 'fee', { amountFen: 20_000_01 })).toEqual(['fail idle.fee-beyond-rule']);
		expect(ask('holder', 'fee', { payBy: DAY })).toEqual(['pass idle.fee-by-rule']);
		expect(ask('holder', 'fee', { payBy: '2029-06-30' })).toEqual([
			'fail idle.fee-due-before',
			'pass idle.fee-by-rule',
		]);
	});

	it.each(['government', 'force_majeure'] as const)(
		'takes neither fee nor land for a cause that is %s',
		(cause) => {
			for (const measure of ['fee', 'take_back'] as const)
				expect(ask(cause, measure)).toEqual(['fail idle.cause-not-holder']);
			for (const measure of ['extend', 'change_conditions', 'swap', 'paid_take_back'] as const)
				expect(ask(cause, measure)).toEqual([]);
		},
	);

	it('asks where the causes are mixed, and where a measure for other causes is taken of a holder', () => {
		expect(ask('mixed', 'fee')).toEqual(['unknown idle.cause-mixed', 'pass idle.fee-by-rule']);
		expect(ask('holder', 'extend')).toEqual(['unknown idle.measure-without-cause']);
	});

	it('has no rule for the fee of a lease: an open question, never a pass', () => {
		expect(ask('holder', 'fee', { mode: 'lease_then_grant' })).toEqual(['unknown rule.none']);
	});

	it('takes back from the day that the rule admits, not a day before, and never says so once works began', () => {
		expect(ask('holder', 'take_back', { onDay: '2029-06-01' })).toEqual(['pass idle.take-back-admitted']);
		expect(ask('holder', 'take_back', { onDay: '2029-05-31' })).toEqual(['fail idle.take-back-early']);
		expect(ask('holder', 'take_back', { facts: [STARTED] })).toEqual(['unknown idle.take-back-open']);
	});
});
