import { describe, expect, it } from 'vitest';
import { faultOfIdleStep } from '$lib/domain/supply/idle-proceeding.ts';
import { faultOfFact } from '$lib/domain/supply/fact-fault.ts';
import type { FactKind, SupplyFact } from '$lib/domain/supply/supply-fact.ts';

const ON = '2026-11-23';
const fact = (kind: FactKind, facts: object, factNo = 1): SupplyFact =>
	({ kind, facts, factNo, document: 'a document', replacesNo: null, isVoid: false }) as SupplyFact;
const INDICATOR = {
	...{ name: 'tax', unit: 'yuan', comparison: '>=', target: '1', tolerance: null, owner: 'an office' },
	...{ checkPoint: 'date', checkOn: '2027-01-01', monthsAfter: null },
};
const faultOf = (one: SupplyFact, beside: readonly SupplyFact[] = []) => faultOfFact(one, beside, ON);

describe('what is recorded of a supply', () => {
	it.each<[FactKind, string, object]>([
		['progress', 'seenOn', { step: 'started' }],
		['figures', 'statedOn', {}],
		['pause', 'fromOn', { cause: 'holder', toOn: null }],
		['exit', 'handedBackOn', { buildings: 'none' }],
		['transfer', 'askedOn', { what: 'sublet' }],
		['price', 'statedOn', { what: 'appraisal', totalFen: 1 }],
	])('was seen by the day on which it is recorded: %s', (kind, day, facts) => {
		expect(faultOf(fact(kind, { ...facts, [day]: '2026-11-24' }))).toBe('fact.ahead');
		expect(faultOf(fact(kind, { ...facts, [day]: ON }))).toBeNull();
	});

	it('has works in their order, whichever step is recorded first; a stop lies between start and completion', () => {
		const step = (name: string, seenOn: string, factNo = 1) =>
			fact('progress', { step: name, seenOn }, factNo);
		const completed = step('completed', '2026-06-01', 9);
		expect(faultOf(step('started', '2026-06-02'), [completed])).toBe('fact.works-reversed');
		expect(faultOf(step('in_production', '2026-05-31'), [completed])).toBe('fact.works-reversed');
		expect(faultOf(step('stopped', '2026-06-02'), [completed])).toBe('fact.works-reversed');
		for (const one of [step('started', '2026-06-01'), step('full_production', '2026-06-01')])
			expect(faultOf(one, [completed])).toBeNull();
		const pace = [step('started', '2026-01-01', 7), step('resumed', '2026-03-01', 8)];
		expect(faultOf(step('stopped', '2026-02-01'), pace)).toBeNull();
		expect(faultOf(step('stopped', '2025-12-31'), pace)).toBe('fact.works-reversed');
	});

	it('has a pause end after it began', () => {
		const pause = (fromOn: string, toOn: string) => fact('pause', { cause: 'holder', fromOn, toOn });
		expect(faultOf(pause('2026-02-01', '2026-01-31'))).toBe('fact.days-reversed');
		expect(faultOf(pause('2026-02-01', '2026-02-01'))).toBeNull();
	});

	it('has what is paid on top due no earlier than it was agreed', () => {
		const supplement = (payBy: string) => fact('supplement', { agreedOn: '2026-11-18', topUpFen: 1, payBy });
		expect(faultOf(supplement('2020-01-01'))).toBe('fact.days-reversed');
		expect(faultOf(supplement('2026-11-18'))).toBeNull();
	});

	it('assesses an indicator that stands, on a day that has come', () => {
		const assessed = (assessedOn: string) =>
			fact('assessment', { indicatorNo: 1, assessedOn, value: '1' }, 2);
		const indicator = fact('indicator', INDICATOR);
		expect(faultOf(assessed(ON))).toBe('fact.indicator-unknown');
		expect(faultOf(assessed(ON), [indicator])).toBeNull();
		expect(faultOf(assessed('2026-11-24'), [indicator])).toBe('fact.ahead');
		const taken = { ...fact('indicator', {}, 3), replacesNo: 1, isVoid: true };
		expect(faultOf(assessed(ON), [indicator, taken])).toBe('fact.indicator-unknown');
	});

	it('uses a consent that stands once, no earlier than it was asked for', () => {
		const consent = (outcome: string, factNo = 1, more: object = {}): SupplyFact => ({
			...fact('transfer', { what: 'transfer', askedOn: '2026-06-01', toWhom: 'A', outcome }, factNo),
			...more,
		});
		const done = (doneOn: string, factNo = 2, consentNo = 1) =>
			fact('transfer_done', { consentNo, doneOn }, factNo);
		expect(faultOf(done(ON))).toBe('fact.consent-unknown');
		expect(faultOf(done(ON), [consent('asked')])).toBe('fact.consent-unknown');
		expect(faultOf(done('2026-05-31'), [consent('consented')])).toBe('fact.days-reversed');
		expect(faultOf(done('2026-11-24'), [consent('consented')])).toBe('fact.ahead');
		expect(faultOf(done('2026-06-01'), [consent('consented')])).toBeNull();
		const used = [consent('consented'), done('2026-06-02')];
		expect(faultOf(done(ON, 3), used)).toBe('fact.already-recorded');
		const corrected = [...used, consent('consented', 3, { replacesNo: 1 })];
		for (const named of [1, 3]) expect(faultOf(done(ON, 4, named), corrected)).toBe('fact.already-recorded');
		expect(faultOf({ ...done(ON, 4), replacesNo: 2 }, corrected)).toBeNull();
		const takenBack = [...used, { ...done(ON, 3), replacesNo: 2, isVoid: true }];
		expect(faultOf(done(ON, 4), takenBack)).toBeNull();
	});

	it('says when an indicator is checked', () => {
		const indicator = (change: object) => fact('indicator', { ...INDICATOR, ...change });
		expect(faultOf(indicator({ checkOn: null }))).toBe('fact.check-point-open');
		expect(faultOf(indicator({ checkPoint: 'completed' }))).toBe('fact.check-point-open');
		expect(faultOf(indicator({ checkPoint: 'completed', monthsAfter: 0 }))).toBeNull();
	});

	it('sets the rent of a year once', () => {
		const review = (fromYear: number) =>
			fact('rent_review', { fromYear, yearlyRentFen: 1, decidedOn: ON }, fromYear);
		expect(faultOf(review(4), [review(4)])).toBe('fact.year-repeated');
		expect(faultOf(review(5), [review(4)])).toBeNull();
	});
});

describe('a step of proceedings', () => {
	const step = (onDay: string) =>
		({ step: 'hear', onDay, facts: { hearing: 'held', statement: '' }, document: 'a record' }) as const;

	it('lies neither ahead nor before the last', () => {
		expect(faultOfIdleStep(step('2026-11-24'), [], ON)).toBe('idle.step-ahead');
		expect(faultOfIdleStep(step('2026-11-01'), [{ onDay: '2026-11-02' }], ON)).toBe('idle.step-before-last');
		expect(faultOfIdleStep(step(ON), [{ onDay: ON }], ON)).toBeNull();
	});
});
