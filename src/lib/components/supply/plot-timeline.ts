import { dayIn } from '../../domain/calendar/day.ts';
import type { WirePlotTimeline } from '../../api/plot-timeline.ts';
import type {
	WireOpenPlot,
	WireOpenSupply,
	WireSupervision,
	WireTimelineDate,
} from '../../api/supply-wire.ts';

/** A day in the life of a plot. */
export interface PlotDay {
	readonly on: string;
	readonly what:
		| { readonly kind: 'permit'; readonly permit: WireOpenPlot['permits'][number] }
		| { readonly kind: 'statement'; readonly statement: WireOpenPlot['statements'][number] }
		| { readonly kind: 'date'; readonly supplyNo: number; readonly date: WireTimelineDate }
		| {
				readonly kind: 'payment';
				readonly supplyNo: number;
				readonly payment: WireOpenSupply['payments'][number];
		  }
		| {
				readonly kind: 'fact';
				readonly supplyNo: number;
				readonly fact: WireSupervision['facts'][number];
		  }
		| {
				readonly kind: 'idle';
				readonly supplyNo: number;
				readonly step: WireSupervision['idleSteps'][number]['step'];
		  }
		| {
				readonly kind: 'event';
				readonly supplyNo: number;
				readonly event: WireOpenSupply['events'][number]['event'];
		  };
}

/** Events that no date of a supply tells. */
const UNDATED = new Set<string>([
	'cancel',
	'withdraw_offer',
	'close_unsold',
	'void_award',
	'open_review',
	'pass_review',
	'fail_review',
	'extend_lease',
	'renew',
]);

/**
 * All that was and will be of a plot, by day: permits, statements, dates of its supplies, payments, what was seen (as it stands) and
 * events that have no date of their own, as corrected.
 *
 * An event that records no day stands on the day that it was in the zone. O(n log n).
 */
export function plotDays(
	plot: Pick<WireOpenPlot, 'permits' | 'statements'>,
	supplies: WirePlotTimeline['supplies'],
	timeZone: string,
): PlotDay[] {
	const days: PlotDay[] = [
		...plot.permits
			.filter(({ isVoid }) => !isVoid)
			.map((permit) => ({ on: permit.issuedOn, what: { kind: 'permit', permit } }) as const),
		...plot.statements.map(
			(statement) => ({ on: statement.statedOn, what: { kind: 'statement', statement } }) as const,
		),
	];
	for (const { supplyNo, timeline, events, corrections, payments, facts, idleSteps } of supplies) {
		for (const date of timeline)
			if (date.on !== null) days.push({ on: date.on, what: { kind: 'date', supplyNo, date } });
		for (const payment of payments)
			days.push({ on: payment.paidOn, what: { kind: 'payment', supplyNo, payment } });
		const replaced = new Set(facts.map(({ replacesNo }) => replacesNo));
		for (const fact of facts) {
			const on = fact.isVoid || replaced.has(fact.factNo) ? null : dayOf(fact.facts);
			if (on !== null) days.push({ on, what: { kind: 'fact', supplyNo, fact } });
		}
		for (const { step, onDay } of idleSteps) days.push({ on: onDay, what: { kind: 'idle', supplyNo, step } });
		for (const { eventNo, event, facts: told, occurredAt } of events) {
			if (!UNDATED.has(event)) continue;
			const about = corrections.filter((one) => one.eventNo === eventNo);
			const right = { ...told, ...Object.fromEntries(about.map(({ field, value }) => [field, value])) };
			const on = dayOf(right) ?? dayIn(new Date(occurredAt), timeZone);
			days.push({ on, what: { kind: 'event', supplyNo, event } });
		}
	}
	return days.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The day that an event recorded. */
function dayOf(facts: Readonly<Record<string, unknown>>): string | null {
	const days = Object.entries(facts).flatMap(([name, value]) =>
		name.endsWith('On') && typeof value === 'string' ? [value] : [],
	);
	return days[0] ?? null;
}
