import type { GuardContext } from '$lib/domain/supply/guard-context.ts';
import type { Guard } from '$lib/domain/supply/life-cycle.ts';
import { contextOf, eventsOf } from './supply-guard.ts';
import { rulesWith } from './supply-rules.ts';

type Case = readonly [context: GuardContext, ...answers: string[]];

const FIRST = ['offer', 'award', 'sign_lease'] as const;
const LEASED = eventsOf(...FIRST, 'hand_over');
const IN_REVIEW = eventsOf(...FIRST, 'hand_over', 'open_review');
const EXTENDED = [...IN_REVIEW, ...eventsOf('extend_lease', 'open_review', 'pass_review')];
const within = (event: 'pass_review' | 'extend_lease' | 'sign_grant', field: string, on: string) =>
	contextOf(
		'lease_then_grant',
		event === 'sign_grant' ? [...IN_REVIEW, ...eventsOf('pass_review')] : IN_REVIEW,
		event,
		{ [field]: on },
	);
const FROM_TWO_YEARS = { rules: rulesWith('term.renewal-months-earliest', { value: '24' }) };

/** What the questions about the end of a right answer. */
export const TERM_CASES = {
	'within-lease': [
		[
			contextOf('lease_then_grant', LEASED, 'open_review', { openedOn: '2029-04-30' }),
			'pass supply.lease-runs',
		],
		[
			contextOf('lease_then_grant', LEASED, 'open_review', { openedOn: '2029-05-01' }),
			'fail supply.lease-over',
		],
		[
			contextOf(
				'lease_then_grant',
				eventsOf('offer', 'award', ['sign_lease', { leaseMonths: null }], 'hand_over'),
				'open_review',
			),
			'unknown supply.lease-unknown',
		],
		[within('pass_review', 'passedOn', '2029-04-30'), 'pass supply.lease-runs'],
		[within('pass_review', 'passedOn', '2029-05-01'), 'fail supply.lease-over'],
		[within('extend_lease', 'decidedOn', '2029-04-30'), 'pass supply.lease-runs'],
		[within('extend_lease', 'decidedOn', '2029-05-01'), 'fail supply.lease-over'],
		[within('sign_grant', 'signedOn', '2029-05-01'), 'pass supply.lease-runs'],
		[within('sign_grant', 'signedOn', '2029-05-02'), 'unknown supply.lease-over'],
		[
			contextOf('lease_then_grant', EXTENDED, 'sign_grant', { signedOn: '2029-11-01' }),
			'pass supply.lease-runs',
		],
		[
			contextOf('lease_then_grant', EXTENDED, 'sign_grant', { signedOn: '2029-11-02' }),
			'unknown supply.lease-over',
		],
	],
	'renewal-window': [
		[
			contextOf('lease', LEASED, 'renew', { appliedOn: '2028-04-30' }),
			...['pass supply.renewal-in-time', 'unknown rule.none'],
		],
		[
			contextOf('lease', LEASED, 'renew', { appliedOn: '2028-05-01' }),
			...['fail supply.renewal-late', 'unknown rule.none'],
		],
		[
			contextOf('lease', LEASED, 'renew', { appliedOn: '2027-04-30' }, FROM_TWO_YEARS),
			...['pass supply.renewal-in-time', 'pass supply.renewal-not-early'],
		],
		[
			contextOf('lease', LEASED, 'renew', { appliedOn: '2027-04-29' }, FROM_TWO_YEARS),
			...['pass supply.renewal-in-time', 'fail supply.renewal-early'],
		],
		[contextOf('lease', LEASED, 'renew', {}, { rules: [] }), 'unknown rule.none', 'unknown rule.none'],
		[contextOf('lease', eventsOf(...FIRST), 'renew'), 'unknown supply.term-unknown'],
	],
} satisfies Partial<Record<Guard, readonly Case[]>>;
