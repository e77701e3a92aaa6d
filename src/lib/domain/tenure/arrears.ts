import { compareDays, daysBetween } from '../calendar/day.ts';
import { sumFen } from './money.ts';

/** Something that is to be paid by the end of a day: an instalment of rent or of a price. */
export interface Charge {
	readonly dueOn: string;
	readonly amountFen: number;
}

/** A line of the book of payments: what came in, or a counter-entry that takes a line back. Lines are never changed. */
export interface PaymentEntry {
	readonly entryNo: number;
	readonly bookedOn: string;
	/** Positive of a payment, the opposite of the line taken back of a counter-entry. */
	readonly amountFen: number;
	/** The line that is taken back (冲正); null: a payment. */
	readonly reverses: number | null;
}

/** How much of a charge is paid. */
export interface ChargeState extends Charge {
	readonly paidFen: number;
	readonly openFen: number;
	/** Days since it was due; 0 where it is paid or not yet due. */
	readonly lateDays: number;
}

export interface Arrears {
	readonly charges: readonly ChargeState[];
	/** What stands paid. */
	readonly paidFen: number;
	/** What is open of charges that were due before the day. */
	readonly overdueFen: number;
	/** What was paid beyond all charges. */
	readonly creditFen: number;
}

/** What is wrong with a book of payments. */
export interface EntryFault {
	readonly code:
		| 'payment.amount-invalid'
		| 'payment.number-repeated'
		| 'payment.reverses-none'
		| 'payment.reversed-twice'
		| 'payment.reversal-differs'
		| 'payment.reversal-earlier';
	readonly entryNo: number;
}

/**
 * Checks a book of payments: every counter-entry takes back one earlier payment, whole, once, and not before it was booked. O(entries).
 */
export function checkEntries(entries: readonly PaymentEntry[]): EntryFault[] {
	const payments = new Map<number, PaymentEntry>();
	const seen = new Set<number>();
	const reversed = new Set<number>();
	const faults: EntryFault[] = [];
	for (const entry of entries) {
		const code = faultOf(entry, payments, seen, reversed);
		if (code !== null) faults.push({ code, entryNo: entry.entryNo });
		seen.add(entry.entryNo);
		if (entry.reverses === null) payments.set(entry.entryNo, entry);
		else reversed.add(entry.reverses);
	}
	return faults;
}

/**
 * Says what of some charges stands paid on a day, and what is late; payments go to the charges that are due first.
 *
 * Only lines that were booked by that day count. Nothing is lost or made: what is paid is what went to charges and what is left over. A charge is
 * late from the day after it was due. Throws on a book that has a fault. O(charges log charges + entries).
 */
export function arrears(
	charges: readonly Charge[],
	entries: readonly PaymentEntry[],
	onDate: string,
): Arrears {
	const [fault] = checkEntries(entries);
	if (fault !== undefined) throw new Error(`entry ${fault.entryNo}: ${fault.code}`);
	const booked = entries.filter(({ bookedOn }) => bookedOn <= onDate);
	const paidFen = sumFen(booked.map(({ amountFen }) => amountFen));
	let left = paidFen;
	const inOrder = [...charges].sort((a, b) => compareDays(a.dueOn, b.dueOn));
	const states = inOrder.map(({ dueOn, amountFen }) => {
		const part = Math.min(left, amountFen);
		left -= part;
		const openFen = amountFen - part;
		const lateDays = openFen > 0 && dueOn < onDate ? daysBetween(dueOn, onDate) : 0;
		return { dueOn, amountFen, paidFen: part, openFen, lateDays };
	});
	const overdueFen = sumFen(states.filter(({ lateDays }) => lateDays > 0).map(({ openFen }) => openFen));
	return { charges: states, paidFen, overdueFen, creditFen: left };
}

function faultOf(
	{ entryNo, amountFen, bookedOn, reverses }: PaymentEntry,
	payments: ReadonlyMap<number, PaymentEntry>,
	seen: ReadonlySet<number>,
	reversed: ReadonlySet<number>,
): EntryFault['code'] | null {
	if (!Number.isSafeInteger(amountFen) || amountFen === 0) return 'payment.amount-invalid';
	if (seen.has(entryNo)) return 'payment.number-repeated';
	if (reverses === null) return amountFen > 0 ? null : 'payment.amount-invalid';
	const payment = payments.get(reverses);
	if (payment === undefined) return 'payment.reverses-none';
	if (reversed.has(reverses)) return 'payment.reversed-twice';
	if (payment.amountFen + amountFen !== 0) return 'payment.reversal-differs';
	return bookedOn < payment.bookedOn ? 'payment.reversal-earlier' : null;
}
