import { describe, expect, it } from 'vitest';
import { makeWorkCalendar } from '$lib/domain/calendar/working-day.ts';
import { askDecision, mayNeedDecision, needsDecision } from '$lib/domain/supply/decided-question.ts';
import { askFact, askFactsOfCorrection } from '$lib/domain/supply/fact-question.ts';
import { finding } from '$lib/domain/supply/finding.ts';
import { foldRecord } from '$lib/domain/supply/fold-record.ts';
import type { FactKind, FactShapes, SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import { eventsOf } from '../../support/supply-guard.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const GRANTED = eventsOf('offer', 'award', 'sign', 'hand_over');

function fact<Kind extends FactKind>(kind: Kind, facts: FactShapes[Kind]): SupplyFact {
	return { factNo: 1, kind, facts, document: 'a', replacesNo: null, isVoid: false } as unknown as SupplyFact;
}

/** What is asked of a fact of an industrial plot of 20,000 m², contracted on 2026-04-20. */
function ask(asked: SupplyFact, rows: readonly SupplyFact[] = [], rules = SUPPLY_RULES): string[] {
	const context = {
		facts: rows,
		idleSteps: [],
		payments: [],
		parkId: 'p',
		use: 'industrial' as const,
		record: foldRecord('grant', 'who', GRANTED),
		area: { areaDm2: 2_000_000, areaKind: 'document' },
		rules,
		calendar: makeWorkCalendar([]),
		onDate: '2027-01-01',
	};
	return askFact(asked, context).map(({ outcome, code }) => `${outcome} ${code}`);
}

const FIGURES = {
	statedOn: '2026-12-01',
	developedDm2: 2_000_000,
	toDevelopDm2: 2_000_000,
	investedFen: 100,
	totalInvestmentFen: 100,
};
const SUPPLEMENT = {
	agreedOn: '2026-12-01',
	useBefore: 'industrial',
	useAfter: 'industrial',
	floorBeforeDm2: 100,
	floorAfterDm2: 200,
	topUpFen: null,
	payBy: null,
} as const;

describe('what is recorded of a supply', () => {
	it('is registered, changed and passed on only after the contract', () => {
		const transfer = { what: 'transfer', toWhom: 'b', sharePct: null, outcome: 'asked' } as const;
		for (const [on, found] of [
			['2026-04-20', []],
			['2026-04-19', ['fail fact.before-contract']],
		] as const) {
			expect(ask(fact('certificate', { number: '1', registeredOn: on }))).toEqual(found);
			expect(ask(fact('transfer', { ...transfer, askedOn: on }))).toEqual(found);
			expect(ask(fact('supplement', { ...SUPPLEMENT, agreedOn: on }))).toEqual(found);
		}
	});

	it('may be works before the contract, of which who records them says that he knows', () => {
		expect(ask(fact('progress', { step: 'started', seenOn: '2026-04-19' }))).toEqual([
			'unknown fact.works-before-contract',
		]);
		expect(ask(fact('progress', { step: 'started', seenOn: '2026-04-20' }))).toEqual([]);
	});

	it('develops no more land than there is to develop, nor than the plot without a question', () => {
		expect(ask(fact('figures', FIGURES))).toEqual([]);
		expect(ask(fact('figures', { ...FIGURES, developedDm2: 2_000_001 }))).toEqual([
			'fail figures.developed-over',
		]);
		expect(ask(fact('figures', { ...FIGURES, developedDm2: 2_000_001, toDevelopDm2: null }))).toEqual([
			'fail figures.developed-over',
		]);
		expect(ask(fact('figures', { ...FIGURES, toDevelopDm2: 2_000_001, investedFen: 101 }))).toEqual([
			'unknown figures.over-plot',
			'unknown figures.invested-over',
		]);
	});

	it('changes the use that stands, by somebody who decides, and at what the rule sets', () => {
		const changed = { ...SUPPLEMENT, useAfter: 'commercial' } as const;
		expect(ask(fact('supplement', { ...changed, useBefore: 'civic' }))).toContain(
			'fail supplement.use-differs',
		);
		expect(ask(fact('supplement', changed))).toEqual(['unknown supplement.use-changes', 'unknown rule.none']);
		const before = { ...fact('supplement', changed), factNo: 7 };
		expect(ask(fact('supplement', SUPPLEMENT), [before])).toContain('fail supplement.use-differs');
		const rated = [
			...SUPPLY_RULES,
			{
				...SUPPLY_RULES[0],
				key: 'price.top-up.use.industrial.commercial',
				value: '10',
				comparison: '=' as const,
				unit: 'yuan-per-m2',
				areaKind: 'document' as const,
				parkId: null,
			},
		];
		expect(ask(fact('supplement', { ...changed, topUpFen: 200_000_00, payBy: DAY }), [], rated)).toEqual([
			'unknown supplement.use-changes',
		]);
		expect(ask(fact('supplement', { ...changed, topUpFen: 1, payBy: DAY }), [], rated)).toEqual([
			'unknown supplement.use-changes',
			'unknown supplement.top-up-differs',
		]);
	});

	it('is a chain by days: each supplement is asked against the use that the one before leaves, and so is what stands on one that goes', () => {
		const link = (
			factNo: number,
			on: string,
			from: string,
			to: string,
			replacesNo: number | null = null,
		) => ({
			...fact('supplement', { ...SUPPLEMENT, agreedOn: on, useBefore: from, useAfter: to } as never),
			...{ factNo, replacesNo },
		});
		const first = link(1, '2026-06-01', 'industrial', 'commercial');
		const second = link(2, '2026-07-01', 'commercial', 'civic');
		const chain = [first, second] as SupplyFact[];
		const failed = (asked: object) => ask(asked as SupplyFact, chain).filter((one) => one.startsWith('fail'));
		expect(failed(link(3, '2026-06-02', 'industrial', 'commercial', 1))).toEqual([]);
		expect(failed(link(3, '2026-06-02', 'industrial', 'civic', 1))).toEqual(['fail supplement.link-broken']);
		expect(failed(link(3, '2026-08-01', 'civic', 'industrial'))).toEqual([]);
		expect(failed(link(3, '2026-06-15', 'commercial', 'commercial'))).toEqual([]);
		expect(failed(link(3, '2026-08-01', 'commercial', 'industrial'))).toEqual([
			'fail supplement.use-differs',
		]);
		expect(failed({ ...first, factNo: 3, replacesNo: 1, isVoid: true })).toEqual([
			'fail supplement.link-broken',
		]);
		expect(failed({ ...second, factNo: 3, replacesNo: 2, isVoid: true })).toEqual([]);
		const replaced = [...chain, link(3, '2026-06-02', 'industrial', 'commercial', 1)] as SupplyFact[];
		expect(ask(link(4, '2026-07-01', 'civic', 'civic') as SupplyFact, replaced)).not.toContain(
			'fail supplement.use-differs',
		);
	});

	it('keeps the contract from being corrected to a day after it', () => {
		const before = foldRecord('grant', 'who', GRANTED);
		const signed = GRANTED.find(({ event }) => event === 'sign') ?? expect.fail('no contract');
		const correction = { correctionNo: 1, eventNo: signed.eventNo, field: 'signedOn', value: '2026-05-02' };
		const after = foldRecord('grant', 'who', GRANTED, [{ ...correction, reason: 'a' }]);
		const codes = (registeredOn: string) =>
			askFactsOfCorrection([fact('certificate', { number: '1', registeredOn })], before, after).map(
				({ code }) => code,
			);
		expect(codes('2026-05-01')).toEqual(['fact.before-contract']);
		expect(codes('2026-05-02')).toEqual([]);
		expect(codes('2026-04-01')).toEqual([]);
	});

	it('is asked nothing where it is taken back', () => {
		const back = { ...fact('supplement', { ...SUPPLEMENT, agreedOn: '2001-01-01' }), isVoid: true };
		expect(ask(back as SupplyFact)).toEqual([]);
	});
});

const DAY = '2027-02-01';

describe('a question for somebody who decides', () => {
	it('stands against whoever is none, and only while it is open', () => {
		const open = [finding('unknown', 'supply.price-not-tendered', { figure: 'priceFen', signedFen: 1 })];
		expect(needsDecision(open)).toBe(true);
		const officer = { decides: false, records: true };
		const other = { decides: true, records: false };
		expect(askDecision(open, other)).toEqual(open);
		expect(askDecision([], officer)).toEqual([]);
		expect(askDecision([], other).map(({ code }) => code)).toEqual(['supply.officer-needed']);
		expect(askDecision(open, officer).map(({ outcome, code }) => `${outcome} ${code}`)).toEqual([
			'unknown supply.price-not-tendered',
			'fail supply.decision-needed',
		]);
		expect(needsDecision([finding('fail', 'supply.lease-over')])).toBe(false);
		expect(needsDecision([finding('unknown', 'rule.none')])).toBe(false);
	});

	it('may come up with a contract whose price nobody tendered, and with every grant after a lease', () => {
		const leased = foldRecord('lease_then_grant', 'who', eventsOf('offer', 'award'));
		expect(mayNeedDecision(leased, 'sign_lease')).toBe(true);
		expect(mayNeedDecision(leased, 'hand_over')).toBe(false);
		const priced = foldRecord('lease_then_grant', 'who', eventsOf('offer', ['award', { priceFen: 5 }]));
		expect(mayNeedDecision(priced, 'sign_lease')).toBe(false);
		const unrented = { priceFen: 5, yearlyRentFen: null };
		const bare = foldRecord('lease_then_grant', 'who', eventsOf('offer', ['award', unrented]));
		expect(mayNeedDecision(bare, 'sign_lease')).toBe(true);
		expect(mayNeedDecision(priced, 'sign_grant')).toBe(true);
		const granted = foldRecord('grant', 'who', eventsOf('offer', ['award', { priceFen: 5 }]));
		expect(mayNeedDecision(granted, 'sign')).toBe(false);
	});
});
