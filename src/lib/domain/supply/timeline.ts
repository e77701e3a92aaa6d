import type { WorkCalendar } from '../calendar/working-day.ts';
import type { RuleValue } from '../rule/rule-value.ts';
import { latestRenewal } from '../tenure/renewal.ts';
import { agreedDays } from './agreed-days.ts';
import type { RuleReference } from './finding.ts';
import { lastDayOf } from './guard.ts';
import { resultDueOn } from './notice-days.ts';
import { isOver } from './life-cycle.ts';
import type { SupplyRecord } from './record.ts';

export const DATE_KINDS = [
	'notice',
	'bids-from',
	'bids-until',
	'awarded',
	'result-by',
	'lease-contract',
	'contract',
	'hand-over-by',
	'handed-over',
	'start-by',
	'complete-by',
	'lease-ends',
	'renewal-by',
	'right-ends',
	'ended',
] as const;
export type DateKind = (typeof DATE_KINDS)[number];

/** A day in the life of a supply: recorded, or reckoned from what was recorded and a rule. */
export interface TimelineDate {
	readonly kind: DateKind;
	/** 'YYYY-MM-DD'; null: it cannot be told, since there is no rule, or the calendar does not reach. */
	readonly on: string | null;
	readonly isReckoned: boolean;
	/** Whether something is to be done by that day and was not yet. */
	readonly isDue: boolean;
	/** What a reckoned day rests on; null: on what was agreed, or recorded. */
	readonly rule: RuleReference | null;
}

/**
 * Lists the days of a supply as its record stands: corrected, they all follow.
 *
 * Recorded days, days agreed in contracts, and days by rule: the result is published within working days of the award, a renewal is applied for
 * ahead of the end. O(1).
 */
export function timelineOf(
	record: SupplyRecord,
	parkId: string,
	rules: readonly RuleValue[],
	calendar: WorkCalendar,
): TimelineDate[] {
	const { state, offer, award, lease, contract, handedOverOn, end } = record;
	const open = !isOver(state);
	const { handOverBy, startBy, completeBy } = agreedDays(record);
	const lastOn = open ? lastDayOf(record) : null;
	const isLeased = lease !== null && contract === null && lastOn !== null;
	return [
		...recorded('notice', offer?.noticeOn),
		...recorded('bids-from', offer?.startsOn),
		...recorded('bids-until', offer?.endsOn, state === 'offered'),
		...recorded('awarded', award?.awardedOn),
		...(award === null ? [] : [resultBy(award.awardedOn, state === 'awarded', parkId, rules, calendar)]),
		...recorded('lease-contract', lease?.signedOn),
		...(lease === null ? recorded('contract', contract?.signedOn) : []),
		...recorded('hand-over-by', handOverBy?.on, open && handedOverOn === null),
		...recorded('handed-over', handedOverOn),
		...recorded('start-by', startBy?.on),
		...recorded('complete-by', completeBy?.on),
		...(lease === null ? [] : recorded('contract', contract?.signedOn)),
		...(isLeased ? reckoned('lease-ends', lastOn, true) : []),
		...(lastOn === null || (record.mode === 'lease_then_grant' && isLeased)
			? []
			: [renewalBy(lastOn, parkId, rules)]),
		...(isLeased || lastOn === null ? [] : reckoned('right-ends', lastOn, true)),
		...recorded('ended', end?.endedOn),
	];
}

function recorded(kind: DateKind, on: string | null | undefined, isDue = false): TimelineDate[] {
	return on === null || on === undefined ? [] : [{ kind, on, isReckoned: false, isDue, rule: null }];
}

function reckoned(kind: DateKind, on: string, isDue: boolean): TimelineDate[] {
	return [{ kind, on, isReckoned: true, isDue, rule: null }];
}

function resultBy(
	awardedOn: string,
	isDue: boolean,
	parkId: string,
	rules: readonly RuleValue[],
	calendar: WorkCalendar,
): TimelineDate {
	const by = resultDueOn(awardedOn, rules, calendar, awardedOn, parkId);
	return { kind: 'result-by', on: by.value, isReckoned: true, isDue, rule: by.rule };
}

function renewalBy(lastOn: string, parkId: string, rules: readonly RuleValue[]): TimelineDate {
	const by = latestRenewal(lastOn, rules, lastOn, parkId);
	return { kind: 'renewal-by', on: by.value, isReckoned: true, isDue: true, rule: by.rule };
}
