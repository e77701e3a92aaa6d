import { finding, type Finding } from './finding.ts';
import type { SupplyEventKind } from './life-cycle.ts';
import type { RecordedDay, SupplyEvent, SupplyRecord } from './record.ts';

/** Which days an event records. */
interface EventDays {
	/** Field of the day on which it happened. */
	readonly on: string;
	/** Fields of days that it names beside, none before the one ahead of it; they may be still to come. */
	readonly named: readonly string[];
}

const day = (on: string, ...named: string[]): EventDays => ({ on, named });
const CONTRACT = day('signedOn', 'handOverBy', 'startBy', 'completeBy');

/** The days of every event; null: it records none. */
export const EVENT_DAYS: Readonly<Record<SupplyEventKind, EventDays | null>> = {
	cancel: null,
	offer: day('noticeOn', 'startsOn', 'endsOn'),
	withdraw_offer: null,
	close_unsold: day('closedOn'),
	award: day('awardedOn'),
	void_award: null,
	sign: CONTRACT,
	sign_lease: CONTRACT,
	hand_over: day('handedOverOn'),
	open_review: day('openedOn'),
	pass_review: day('passedOn'),
	fail_review: day('failedOn'),
	extend_lease: day('decidedOn'),
	sign_grant: CONTRACT,
	renew: day('appliedOn'),
	end: day('endedOn'),
};

/** A day that an event must not have, and of which event the day is that it lies before; none: it is still to come. */
interface DayFault {
	readonly day: RecordedDay;
	readonly before: RecordedDay | null;
}

type AskedEvent = Pick<SupplyEvent, 'event' | 'facts'> & { readonly eventNo?: number };

/**
 * The days of a supply after one more event, the last of which the next event is compared with.
 *
 * It is the event's own day; of an offer the last on which bids are taken, and of one that is withdrawn none: its notice may be still to come. An event without a day
 * adds none. O(days).
 */
export function daysAfter({ days, offer }: SupplyRecord, event: SupplyEvent): readonly RecordedDay[] {
	if (event.event === 'withdraw_offer') return offer === null ? days : days.slice(0, -1);
	const own = recorded(event, event.event === 'offer' ? 'endsOn' : (EVENT_DAYS[event.event]?.on ?? ''));
	return own === null ? days : [...days, own];
}

/**
 * Checks the days of an event beside what stands recorded before it, on a day of the zone.
 *
 * What happened did so no earlier than what happened before it, and no later than today (`supply.day-early`, `supply.day-ahead`); days that are agreed or
 * announced come in their order from the event's own day on, those of a grant contract from the lease's that it may repeat. A notice may be of a day
 * that is still to come. Nothing is found where the days agree. O(1).
 */
export function checkEventDays(record: SupplyRecord, event: AskedEvent, onDate: string): Finding[] {
	return faultsOf(record, event, onDate).map(toFinding);
}

function faultsOf(record: SupplyRecord, event: AskedEvent, onDate: string): DayFault[] {
	const days = EVENT_DAYS[event.event];
	const own = days === null ? null : recorded(event, days.on);
	if (days === null || own === null) return [];
	const faults: DayFault[] = [];
	if (event.event !== 'offer' && own.on > onDate) faults.push({ day: own, before: null });
	const before = record.days.at(-1);
	if (before !== undefined && own.on < before.on) faults.push({ day: own, before });
	const lease = record.days.find((one) => one.event === 'sign_lease');
	let last = event.event === 'sign_grant' ? (lease ?? own) : own;
	for (const field of days.named) {
		const named = recorded(event, field);
		if (named === null) continue;
		if (named.on < last.on) faults.push({ day: named, before: last });
		else last = named;
	}
	return faults;
}

function recorded({ event, facts, eventNo = 0 }: AskedEvent, field: string): RecordedDay | null {
	const on = (facts as unknown as Readonly<Record<string, unknown>>)[field];
	return typeof on === 'string' ? { eventNo, event, field, on } : null;
}

function toFinding({ day: { field, on }, before }: DayFault): Finding {
	return before === null
		? finding('fail', 'supply.day-ahead', { dayName: field, on })
		: finding('fail', 'supply.day-early', {
				...{ dayName: field, on },
				...{ beforeName: before.field, beforeOn: before.on },
			});
}
