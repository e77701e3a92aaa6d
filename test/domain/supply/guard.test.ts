import { describe, expect, it } from 'vitest';
import { askGuards, QUESTIONS } from '$lib/domain/supply/guard.ts';
import { questionOf } from '$lib/domain/supply/finding.ts';
import type { GuardContext, Stated, SuppliedPlot } from '$lib/domain/supply/guard-context.ts';
import { pathOf } from '$lib/domain/supply/mode.ts';
import { SUPPORTED_HEADQUARTERS } from '$lib/domain/supply/record.ts';
import { finding } from '$lib/domain/supply/finding.ts';
import { GUARDS, SUPPLY_LIFE_CYCLE, type Guard } from '$lib/domain/supply/life-cycle.ts';
import { CONTRACT_CASES, sold } from '../../support/contract-cases.ts';
import { TERM_CASES } from '../../support/term-cases.ts';
import { NO_RESERVE_RULE, contextOf, eventsOf, SOUND_PLOT } from '../../support/supply-guard.ts';
import { rulesWith } from '../../support/supply-rules.ts';

const FIRST = ['offer', 'award', 'sign_lease'] as const;
const LEASED = eventsOf(...FIRST, 'hand_over');
const IN_REVIEW = eventsOf(...FIRST, 'hand_over', 'open_review');
const GRANTED = eventsOf(
	['offer', { leaseMonths: null }],
	['award', { priceFen: 100_000_00, yearlyRentFen: null }],
	'sign',
	'hand_over',
);

const offer = (facts: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf('lease_then_grant', [], 'offer', facts, changes);
const plot = (changes: Partial<SuppliedPlot>) => offer({}, { plot: { ...SOUND_PLOT, ...changes } });
const award = (facts: object = {}, changes: Partial<GuardContext> = {}) =>
	contextOf('lease_then_grant', eventsOf('offer'), 'award', facts, changes);
const lease = (facts: object = {}) =>
	contextOf('lease_then_grant', eventsOf('offer', 'award'), 'sign_lease', facts);
const TWICE = ['tax', 'tax'].map((key, i) => ({ key, text: `condition ${i}` }));
const statements = (item: string, outcome: 'pass' | 'fail' | 'unknown') =>
	new Map<string, Stated>([
		...SOUND_PLOT.statements,
		[item, { outcome, statedOn: '2026-01-01', document: null }],
	]) as SuppliedPlot['statements'];
/** The checklist of clear land, of which all is stated and no rule asks for soil and archaeology. */
const CLEAR = Array<string>(4).fill('pass supply.reserve-clear');
const NO_RULES = Array<string>(2).fill('unknown rule.none');
const extension = (months: string | null) =>
	rulesWith('mode.lease-then-grant.extension-months-max', { value: months });
const review = (results: object[]) => contextOf('lease_then_grant', IN_REVIEW, 'pass_review', { results });
const end = (facts: object, changes: Partial<GuardContext> = {}) =>
	contextOf('lease', LEASED, 'end', facts, changes);
const failed = (onFailure: string | null) =>
	contextOf(
		'lease_then_grant',
		eventsOf('offer', 'award', ['sign_lease', { onFailure }], 'hand_over', 'open_review', 'fail_review'),
		'end',
	);

type Case = readonly [context: GuardContext, ...answers: string[]];

/** What each question answers; an empty answer: there is nothing to say, and nothing against it. */
const CASES: Record<Guard, readonly Case[]> = {
	reason: [
		[contextOf('grant', [], 'cancel')],
		[contextOf('grant', [], 'cancel', { reason: ' ' }), 'fail supply.reason-missing'],
	],
	programme: [
		[offer(), 'pass supply.in-programme'],
		[offer({ noticeOn: '2025-12-31' }), 'fail supply.outside-programme'],
	],
	conditions: [
		[offer(), 'pass supply.conditions-set'],
		[plot({ parcelsWithConditions: 1 }), 'fail supply.conditions-missing'],
		[plot({ parcels: 0, parcelsWithConditions: 0 }), 'fail supply.conditions-missing'],
	],
	'plan-conformity': [
		[offer(), 'pass supply.plan-agrees'],
		[plot({ agreesWithPlan: false }), 'fail supply.plan-differs'],
		[plot({ agreesWithPlan: null }), 'unknown supply.plan-unknown'],
	],
	'industry-conformity': [
		[offer(), 'pass supply.industry-plan-agrees'],
		[plot({ statements: statements('industry_plan', 'fail') }), 'fail supply.industry-plan-differs'],
		[plot({ statements: new Map() }), 'unknown supply.industry-plan-unstated'],
		[contextOf('grant', [], 'offer')],
	],
	'net-land': [
		[offer(), ...CLEAR, ...NO_RULES],
		[
			plot({ statements: statements('no_dispute', 'fail') }),
			...['pass supply.reserve-clear', 'pass supply.reserve-clear'],
			...['fail supply.reserve-not-clear', 'pass supply.reserve-clear', ...NO_RULES],
		],
		[
			plot({ statements: new Map() }),
			...Array<string>(4).fill('unknown supply.reserve-unstated'),
			...NO_RULES,
		],
		[
			plot({ heldUntil: '2026-01-02' }),
			...Array<string>(4).fill('unknown supply.reserve-outdated'),
			...NO_RULES,
		],
		[plot({ heldUntil: '2026-01-01' }), ...CLEAR, ...NO_RULES],
		[
			offer({}, { rules: rulesWith('reserve.soil-required', { value: '1' }) }),
			...[...CLEAR, 'unknown supply.reserve-unstated', 'unknown rule.none'],
		],
		[
			offer({}, { rules: rulesWith('reserve.archaeology-required', { value: '0' }) }),
			...[...CLEAR, 'unknown rule.none', 'pass supply.reserve-not-asked'],
		],
		[
			plot({ statements: statements('soil', 'fail') }),
			...[...CLEAR, 'unknown rule.none', 'unknown supply.reserve-told', 'unknown rule.none'],
		],
		[
			plot({ statements: statements('rights_clear', 'unknown') }),
			...['unknown supply.reserve-open', ...CLEAR.slice(1), ...NO_RULES],
		],
	],
	competition: [
		[offer(), 'pass supply.competitive'],
		[offer({ procedure: 'agreement' }), 'fail supply.procedure-unfit'],
		[contextOf('grant', [], 'offer', { procedure: 'agreement' }), 'fail supply.competition-by-use'],
		[
			contextOf('grant', [], 'offer', { procedure: 'agreement', intendedUsers: 2 }),
			'fail supply.several-users',
		],
		[
			contextOf('grant', [], 'offer', { procedure: 'agreement' }, { plot: { ...SOUND_PLOT, use: 'civic' } }),
			'unknown rule.none',
		],
		[
			contextOf('grant', [], 'offer', { procedure: 'agreement' }, { plot: { ...SOUND_PLOT, use: null } }),
			'unknown supply.use-unknown',
		],
		[
			contextOf(
				'grant',
				[],
				'offer',
				{ procedure: 'agreement' },
				{ rules: rulesWith('supply.competitive.industrial', { value: '0' }) },
			),
			'pass supply.competition-not-by-use',
		],
	],
	'offer-dates': [
		[offer(), 'pass offer.notice-long-enough', 'pass offer.listing-long-enough'],
		[
			offer({ startsOn: '2026-03-20', endsOn: '2026-03-25' }),
			'fail offer.notice-too-short',
			'fail offer.listing-too-short',
		],
		[offer({}, { rules: [] }), 'unknown rule.none', 'unknown rule.none'],
	],
	'start-price': [
		[offer(), 'pass supply.minutes-recorded'],
		[
			offer({ startPriceFen: null, minutesNumber: null }),
			'unknown supply.start-price-open',
			'fail supply.minutes-missing',
		],
		[contextOf('allocation', [], 'offer', { startPriceFen: null, minutesNumber: null })],
	],
	terms: [
		[
			offer(),
			...['pass term.lease-within-mode', 'pass term.lease-within-law', 'pass term.sum-within-maximum'],
		],
		[
			offer({ leaseMonths: 60, grantYears: 46 }),
			...['pass term.lease-within-mode', 'pass term.lease-within-law', 'fail term.sum-over-maximum'],
		],
		[plot({ use: null }), 'unknown supply.use-unknown'],
	],
	mx: [[offer()], [plot({ mx: [finding('unknown', 'mx.figure-missing')] }), 'unknown mx.figure-missing']],
	'listing-over': [[award()], [award({}, { onDate: '2026-04-07' }), 'fail supply.listing-running']],
	winner: [[award()], [award({ holder: ' ' }), 'fail supply.winner-missing']],
	'price-reached': [
		[award()],
		[award({ yearlyRentFen: null }), 'fail supply.price-missing'],
		[award({ yearlyRentFen: 99_999_99 }), 'fail supply.below-start-price'],
		[award({}, { reservePriceFen: 100_000_01 }), 'fail supply.below-reserve-price'],
		[award({}, { reservePriceFen: 100_000_00 })],
	],
	principal: [
		[lease(), 'pass supply.principal-valid'],
		[lease({ principalOfficeId: 'committee' }), 'fail supply.principal-invalid'],
		[lease({ principalOfficeId: null }), 'fail supply.principal-missing'],
	],
	...CONTRACT_CASES,
	...TERM_CASES,
	'agreed-conditions': [
		[lease(), 'pass supply.conversion-agreed'],
		[lease({ agreedConditions: [] }), 'fail supply.conversion-not-agreed'],
		[lease({ agreedConditions: TWICE }), 'fail supply.condition-repeated'],
	],
	'conditions-met': [
		[review([{ key: 'tax', isMet: true, evidence: 'a certificate' }]), 'pass supply.condition-met'],
		[review([{ key: 'tax', isMet: false, evidence: 'a certificate' }]), 'fail supply.condition-not-met'],
		[review([{ key: 'tax', isMet: true, evidence: ' ' }]), 'fail supply.evidence-missing'],
		[review([{ key: 'other', isMet: true, evidence: 'x' }]), 'fail supply.condition-not-reviewed'],
		[
			contextOf(
				'lease_then_grant',
				eventsOf('offer', 'award', ['sign_lease', { agreedConditions: TWICE }], 'hand_over', 'open_review'),
				'pass_review',
			),
			'fail supply.condition-repeated',
		],
		[
			review([true, false].map((isMet) => ({ key: 'tax', isMet, evidence: 'a certificate' }))),
			'fail supply.condition-repeated',
		],
		[
			contextOf(
				'lease_then_grant',
				eventsOf('offer', 'award', ['sign_lease', { agreedConditions: [] }], 'hand_over', 'open_review'),
				'pass_review',
			),
			'fail supply.conversion-not-agreed',
		],
	],
	extension: [
		[contextOf('lease_then_grant', IN_REVIEW, 'extend_lease'), 'unknown rule.none'],
		[
			contextOf('lease_then_grant', IN_REVIEW, 'extend_lease', {}, { rules: extension('6') }),
			'pass supply.extension-allowed',
		],
		[
			contextOf('lease_then_grant', IN_REVIEW, 'extend_lease', {}, { rules: extension('5') }),
			'fail supply.extension-too-long',
		],
	],
	consequence: [
		[failed('the land is given back'), 'pass supply.failure-agreed'],
		[failed(null), 'unknown supply.failure-not-agreed'],
	],
	'end-cause': [
		[end({})],
		[end({ cause: 'expired' }), 'fail supply.not-expired'],
		[end({ cause: 'expired', endedOn: '2029-05-01' }, { onDate: '2029-05-01' })],
		[
			contextOf('allocation', eventsOf('offer', 'award', 'sign', 'hand_over'), 'end', { cause: 'expired' }),
			'fail supply.not-expired',
		],
	],
};

describe('the questions before events of a supply', () => {
	it.each(GUARDS)('are answered as the facts are: %s', (guard) => {
		for (const [context, ...answers] of CASES[guard])
			expect(QUESTIONS[guard](context).map(({ outcome, code }) => `${outcome} ${code}`)).toEqual(answers);
	});

	it('name the rule on which an answer rests', () => {
		const [, , sum] = QUESTIONS.terms(offer());
		expect(sum.rule).toMatchObject({ key: 'term.max.industrial', value: '50', status: 'verified' });
		const [late] = QUESTIONS['renewal-window'](
			contextOf('lease', LEASED, 'renew', { appliedOn: '2028-05-01' }),
		);
		expect(late.params).toEqual({ appliedOn: '2028-05-01', latest: '2028-04-30', lastOn: '2029-04-30' });
	});

	it('let a sound offer and a sound grant pass', () => {
		const guards = SUPPLY_LIFE_CYCLE.find(({ event }) => event === 'offer')?.guards ?? [];
		const open = askGuards(guards, offer()).filter(({ outcome }) => outcome !== 'pass');
		expect(open.map(questionOf)).toEqual(NO_RESERVE_RULE);
		expect(
			askGuards(
				['event-days', 'principal', 'conditions', 'as-tendered', 'terms', 'contract-price'],
				sold(),
			).filter(({ outcome }) => outcome !== 'pass'),
		).toEqual([]);
	});

	it('do not let a grant contract shorten the lease that went before it', () => {
		const passed = eventsOf(
			'offer',
			'award',
			['sign_lease', { leaseMonths: 60 }],
			'hand_over',
			'open_review',
			'pass_review',
		);
		const grant = contextOf('lease_then_grant', passed, 'sign_grant', { leaseMonths: 1, grantYears: 49 });
		expect(QUESTIONS.terms(grant).map(({ code }) => code)).toContain('term.sum-over-maximum');
	});

	it.each(SUPPORTED_HEADQUARTERS)(
		'are answered alike for the headquarters of a supported firm: %s',
		(headquarters) => {
			const answers = (context: GuardContext, guard: Guard) => JSON.stringify(QUESTIONS[guard](context));
			const offers = GUARDS.flatMap((guard) => CASES[guard].map(([context]) => ({ guard, context })));
			for (const { guard, context } of offers) {
				const { record, event } = context;
				const marked: GuardContext = {
					...context,
					record: { ...record, offer: record.offer === null ? null : { ...record.offer, headquarters } },
					event: event.event === 'offer' ? { ...event, facts: { ...event.facts, headquarters } } : event,
				};
				expect(answers(marked, guard)).toBe(answers(context, guard));
			}
			// Such land is commercial and competed for: an agreement with the firm is refused, the term is 40 years at most.
			const commercial = { plot: { ...SOUND_PLOT, classCode: '0902', use: 'commercial' as const } };
			const agreed = contextOf(
				'grant',
				[],
				'offer',
				{ procedure: 'agreement', leaseMonths: null, grantYears: 50, headquarters },
				commercial,
			);
			expect(QUESTIONS.competition(agreed)).toMatchObject([
				{
					outcome: 'fail',
					code: 'supply.competition-by-use',
					rule: { key: 'supply.competitive.commercial' },
				},
			]);
			expect(QUESTIONS.terms(agreed).map(({ outcome, code }) => `${outcome} ${code}`)).toContain(
				'fail term.grant-over-maximum',
			);
		},
	);

	it('ask of the lease modes both plans, each by its name', () => {
		for (const mode of ['lease', 'long_lease', 'lease_then_grant', 'lease_and_grant'] as const) {
			const asked = contextOf(mode, [], 'offer');
			const found = askGuards(['plan-conformity', 'industry-conformity'], asked).map(({ code }) => code);
			expect(found).toEqual(['supply.plan-agrees', 'supply.industry-plan-agrees']);
			const guards = SUPPLY_LIFE_CYCLE.find(
				({ event, paths }) => event === 'offer' && paths.includes(pathOf(mode)),
			);
			expect(guards?.guards).toEqual(expect.arrayContaining(['plan-conformity', 'industry-conformity']));
		}
	});

	it.each(['management_committee', 'district_government', 'branch_bureau', 'platform_company'] as const)(
		'let no other body sign for the state: %s',
		(kind) => {
			const signed = contextOf(
				'grant',
				GRANTED.slice(0, 2),
				'sign',
				{},
				{ officeKinds: new Map([['bureau', kind]]) },
			);
			expect(QUESTIONS.principal(signed)).toMatchObject([
				{ outcome: 'fail', code: 'supply.principal-invalid', params: { kind } },
			]);
		},
	);

	it('never tell how far a price is below the reserve price', () => {
		const [below] = QUESTIONS['price-reached'](award({}, { reservePriceFen: 123_456_789 }));
		expect(JSON.stringify(below)).not.toContain('123456789');
	});
});
