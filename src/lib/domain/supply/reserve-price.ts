import type { SupplyEventKind } from './life-cycle.ts';

/** Events that end an offer without a holder. */
const CLOSING: readonly SupplyEventKind[] = ['withdraw_offer', 'close_unsold', 'void_award'];

/** A reserve price or a bid as it was recorded. */
interface KeptSecret {
	readonly kind: 'reserve_price' | 'bid';
	readonly amountFen: number | null;
	/** Number of the event that was the last when it was recorded. */
	readonly afterEvent: number;
}

/**
 * Finds the reserve price (底价), in fen, that was in force when an event of a supply was recorded; null: none was set, or the scope may not see it.
 *
 * It was set for one offer: one that was withdrawn, closed without a winner or voided takes it along. `eventNo` null asks for what is recorded next.
 * `secrets` and `events` in the order in which they were recorded. O(events + secrets).
 */
export function reservePriceAt(
	secrets: readonly KeptSecret[],
	events: readonly { readonly eventNo: number; readonly event: SupplyEventKind }[],
	eventNo: number | null,
): number | null {
	const until = eventNo ?? Infinity;
	const closedNo = events.findLast((one) => one.eventNo < until && CLOSING.includes(one.event))?.eventNo ?? 0;
	const reserve = secrets.findLast(
		({ kind, afterEvent }) => kind === 'reserve_price' && afterEvent >= closedNo && afterEvent < until,
	);
	return reserve?.amountFen ?? null;
}
