import { daysAfter } from './event-days.ts';
import { findSupplyTransition } from './life-cycle.ts';
import { pathOf, type SupplyMode } from './mode.ts';
import type { ContractFacts, Correction, RecordStep, SupplyEvent, SupplyRecord } from './record.ts';

/**
 * Reckons what stands recorded of a supply from its events in order and their corrections.
 *
 * Corrections are put in first, in order, so that a date that was wrong is right in everything that follows from it. Throws where an event cannot follow
 * the one before it: the database admits none such. O(events + corrections).
 */
export function foldRecord(
	mode: SupplyMode,
	enteredBy: string,
	events: readonly SupplyEvent[],
	corrections: readonly Correction[] = [],
): SupplyRecord {
	return correctEvents(events, corrections).reduce(follow, enteredRecord(mode, enteredBy));
}

/** The corrected events of a supply, each with what stood recorded before it. O(events² + corrections). */
export function recordSteps(
	mode: SupplyMode,
	enteredBy: string,
	events: readonly SupplyEvent[],
	corrections: readonly Correction[],
): RecordStep[] {
	let before = enteredRecord(mode, enteredBy);
	return correctEvents(events, corrections).map((event) => {
		const step = { before, event };
		before = follow(before, event);
		return step;
	});
}

function enteredRecord(mode: SupplyMode, enteredBy: string): SupplyRecord {
	return {
		mode,
		state: 'programmed',
		offers: 0,
		offer: null,
		award: null,
		lease: null,
		contract: null,
		handedOverOn: null,
		leaseMonths: null,
		grantYears: null,
		reviews: [],
		end: null,
		days: [],
		lastUserId: enteredBy,
	};
}

/** Puts corrections into the events that they are about; the last of a field counts. */
export function correctEvents(
	events: readonly SupplyEvent[],
	corrections: readonly Correction[],
): SupplyEvent[] {
	return events.map((event) => {
		const about = corrections.filter(({ eventNo }) => eventNo === event.eventNo);
		if (about.length === 0) return event;
		const changed = Object.fromEntries(about.map(({ field, value }) => [field, value]));
		return { ...event, facts: { ...event.facts, ...changed } } as SupplyEvent;
	});
}

/** What stands recorded after one more event. */
export function follow(record: SupplyRecord, event: SupplyEvent): SupplyRecord {
	const transition = findSupplyTransition(pathOf(record.mode), record.state, event.event);
	if (transition === null)
		throw new Error(`event ${event.eventNo}: ${event.event} cannot follow ${record.state} (${record.mode})`);
	const days = daysAfter(record, event);
	const moved = { ...record, state: transition.to, days, lastUserId: event.userId };
	switch (event.event) {
		case 'offer':
			return { ...moved, offers: record.offers + 1, offer: event.facts };
		case 'withdraw_offer':
		case 'close_unsold':
			return { ...moved, offer: null };
		case 'award':
			return { ...moved, award: event.facts };
		case 'void_award':
			return { ...moved, offer: null, award: null };
		case 'sign':
			return { ...moved, ...termsOf(event.facts, record), contract: event.facts };
		case 'sign_grant':
			return { ...moved, grantYears: event.facts.grantYears ?? record.grantYears, contract: event.facts };
		case 'sign_lease':
			return { ...moved, ...termsOf(event.facts, record), lease: event.facts };
		case 'hand_over':
			return { ...moved, handedOverOn: event.facts.handedOverOn };
		case 'open_review':
			return {
				...moved,
				reviews: [...record.reviews, { openedOn: event.facts.openedOn, outcome: 'open', results: [] }],
			};
		case 'pass_review':
			return { ...moved, reviews: endReview(record, 'passed', event.facts.results) };
		case 'fail_review':
			return { ...moved, reviews: endReview(record, 'failed', event.facts.results) };
		case 'extend_lease':
			return {
				...moved,
				leaseMonths: (record.leaseMonths ?? 0) + event.facts.leaseMonths,
				reviews: endReview(record, 'extended', []),
			};
		case 'renew':
			return {
				...moved,
				leaseMonths: add(record.leaseMonths, event.facts.leaseMonths),
				grantYears: add(record.grantYears, event.facts.grantYears),
			};
		case 'end':
			return { ...moved, end: event.facts };
		case 'cancel':
			return moved;
	}
}

function termsOf(
	contract: ContractFacts,
	record: SupplyRecord,
): Pick<SupplyRecord, 'leaseMonths' | 'grantYears'> {
	return {
		leaseMonths: contract.leaseMonths ?? record.leaseMonths,
		grantYears: contract.grantYears ?? record.grantYears,
	};
}

function add(agreed: number | null, more: number | null): number | null {
	return more === null ? agreed : (agreed ?? 0) + more;
}

function endReview(
	{ reviews }: SupplyRecord,
	outcome: 'passed' | 'failed' | 'extended',
	results: SupplyRecord['reviews'][number]['results'],
): SupplyRecord['reviews'] {
	return reviews.map((review) => (review.outcome === 'open' ? { ...review, outcome, results } : review));
}
