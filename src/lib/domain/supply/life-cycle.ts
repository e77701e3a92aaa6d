import type { Permission } from '../access/permission.ts';
import { EVENT_DAYS } from './event-days.ts';
import type { SupplyPath } from './mode.ts';

/** Where a supply stands. */
export const SUPPLY_STATES = [
	'programmed',
	'cancelled',
	'offered',
	'awarded',
	'signed',
	'lease_signed',
	'allocated',
	'contributed',
	'held_in_parts',
	'in_lease',
	'in_review',
	'review_passed',
	'failed',
	'granted',
	'ended',
] as const;
export type SupplyState = (typeof SUPPLY_STATES)[number];

/** What moves a supply. A correction of what was recorded moves nothing and is no event of this table (`record.ts`). */
export const SUPPLY_EVENTS = [
	'cancel',
	'offer',
	'withdraw_offer',
	'close_unsold',
	'award',
	'void_award',
	'sign',
	'sign_lease',
	'hand_over',
	'open_review',
	'pass_review',
	'fail_review',
	'extend_lease',
	'sign_grant',
	'renew',
	'end',
] as const;
export type SupplyEventKind = (typeof SUPPLY_EVENTS)[number];

/** What is asked before an event; each is a function of its own (`guard.ts`). */
export const GUARDS = [
	'reason',
	'programme',
	'conditions',
	'plan-conformity',
	'industry-conformity',
	'net-land',
	'competition',
	'offer-dates',
	'start-price',
	'terms',
	'mx',
	'listing-over',
	'winner',
	'price-reached',
	'principal',
	'contract-price',
	'event-days',
	'as-tendered',
	'price-floor',
	'within-lease',
	'agreed-conditions',
	'conditions-met',
	'extension',
	'consequence',
	'renewal-window',
	'end-cause',
] as const;
export type Guard = (typeof GUARDS)[number];

export type SupplyPermission = Extract<Permission, 'supply.manage' | 'supply.decide'>;

/** One line of the life cycle. */
export interface SupplyTransition {
	readonly paths: readonly SupplyPath[];
	readonly from: SupplyState;
	readonly event: SupplyEventKind;
	readonly to: SupplyState;
	readonly permission: SupplyPermission;
	/** `another`: than who recorded the event before it, or entered the supply where it is the first (两人以上经办). */
	readonly by: 'anyone' | 'another';
	readonly guards: readonly Guard[];
}

const EVERY: readonly SupplyPath[] = [
	'allocation',
	'grant',
	'contribution',
	'lease',
	'lease_and_grant',
	'lease_then_grant',
];
const LEASE_FIRST: readonly SupplyPath[] = ['lease', 'lease_then_grant'];
const NOT_LEASE_FIRST: readonly SupplyPath[] = ['allocation', 'grant', 'contribution', 'lease_and_grant'];
const CONTRACT: readonly Guard[] = [
	'principal',
	'conditions',
	'as-tendered',
	'terms',
	'contract-price',
	'price-floor',
];

function line(
	paths: readonly SupplyPath[],
	from: SupplyState,
	event: SupplyEventKind,
	to: SupplyState,
	guards: readonly Guard[] = [],
	{ permission = 'supply.manage', by = 'anyone' }: Partial<Pick<SupplyTransition, 'permission' | 'by'>> = {},
): SupplyTransition {
	const asked: readonly Guard[] = EVENT_DAYS[event] === null ? guards : ['event-days', ...guards];
	return { paths, from, event, to, permission, by, guards: asked };
}

const DECIDED = { permission: 'supply.decide', by: 'another' } as const;

/**
 * The life of a supply, all paths in one table; what is not in it cannot be done.
 *
 * Of lease-then-grant (先租后让) there is one tender for lease and grant together: no line leads from a lease back to an offer, and the grant
 * contract is signed after a passed review only (自然资发〔2022〕201号), each step of the way while the lease runs. The schema holds the same rows (`supply_transition`).
 */
export const SUPPLY_LIFE_CYCLE: readonly SupplyTransition[] = [
	line(EVERY, 'programmed', 'cancel', 'cancelled', ['reason']),
	line(
		EVERY,
		'programmed',
		'offer',
		'offered',
		[
			'programme',
			'conditions',
			'plan-conformity',
			'industry-conformity',
			'net-land',
			'competition',
			'offer-dates',
			'start-price',
			'price-floor',
			'terms',
			'mx',
		],
		DECIDED,
	),
	line(EVERY, 'offered', 'withdraw_offer', 'programmed', ['reason']),
	line(EVERY, 'offered', 'close_unsold', 'programmed', ['listing-over']),
	line(EVERY, 'offered', 'award', 'awarded', ['listing-over', 'winner', 'price-reached']),
	line(EVERY, 'awarded', 'void_award', 'programmed', ['reason'], DECIDED),
	line(NOT_LEASE_FIRST, 'awarded', 'sign', 'signed', CONTRACT),
	line(['lease'], 'awarded', 'sign_lease', 'lease_signed', CONTRACT),
	line(['lease_then_grant'], 'awarded', 'sign_lease', 'lease_signed', [...CONTRACT, 'agreed-conditions']),
	line(['allocation'], 'signed', 'hand_over', 'allocated'),
	line(['grant'], 'signed', 'hand_over', 'granted'),
	line(['contribution'], 'signed', 'hand_over', 'contributed'),
	line(['lease_and_grant'], 'signed', 'hand_over', 'held_in_parts'),
	line(LEASE_FIRST, 'lease_signed', 'hand_over', 'in_lease'),
	line(['lease_then_grant'], 'in_lease', 'open_review', 'in_review', ['within-lease']),
	line(
		['lease_then_grant'],
		'in_review',
		'pass_review',
		'review_passed',
		['within-lease', 'conditions-met'],
		DECIDED,
	),
	line(['lease_then_grant'], 'in_review', 'fail_review', 'failed', ['reason'], DECIDED),
	line(
		['lease_then_grant'],
		'in_review',
		'extend_lease',
		'in_lease',
		['within-lease', 'extension', 'terms'],
		DECIDED,
	),
	line(['lease_then_grant'], 'review_passed', 'sign_grant', 'granted', ['within-lease', ...CONTRACT]),
	line(['lease'], 'in_lease', 'renew', 'in_lease', ['renewal-window', 'terms'], DECIDED),
	line(['grant', 'lease_then_grant'], 'granted', 'renew', 'granted', ['renewal-window', 'terms'], DECIDED),
	line(['lease_then_grant'], 'failed', 'end', 'ended', ['consequence'], DECIDED),
	line(LEASE_FIRST, 'in_lease', 'end', 'ended', ['end-cause'], DECIDED),
	line(['allocation'], 'allocated', 'end', 'ended', ['end-cause'], DECIDED),
	line(['grant', 'lease_then_grant'], 'granted', 'end', 'ended', ['end-cause'], DECIDED),
	line(['contribution'], 'contributed', 'end', 'ended', ['end-cause'], DECIDED),
	line(['lease_and_grant'], 'held_in_parts', 'end', 'ended', ['end-cause'], DECIDED),
];

/** Finds what an event does on a path in a state; null where it cannot happen. */
export function findSupplyTransition(
	path: SupplyPath,
	from: SupplyState,
	event: SupplyEventKind,
): SupplyTransition | null {
	return (
		SUPPLY_LIFE_CYCLE.find((one) => one.from === from && one.event === event && one.paths.includes(path)) ??
		null
	);
}

/** Lists the lines of one path, as it is drawn on screen. */
export function lifeCycleOf(path: SupplyPath): SupplyTransition[] {
	return SUPPLY_LIFE_CYCLE.filter(({ paths }) => paths.includes(path));
}

/** Says whether nothing can happen to a supply any more: its plot may be supplied again. */
export function isOver(state: SupplyState): boolean {
	return state === 'cancelled' || state === 'ended';
}
