import { addDays, daysBetween } from '../calendar/day.ts';
import { divideRounded, shareFen, sumFen, toFen } from './money.ts';
import { leaseDates } from './term.ts';

/** What a lease contract says of the rent; days 'YYYY-MM-DD', money in fen. */
export interface RentTerms {
	readonly startsOn: string;
	/** Last day of the lease: as agreed, or as it was ended. */
	readonly lastOn: string;
	readonly yearlyRentFen: number;
	/** How many months a payment is for: 1, 2, 3, 4, 6 or 12. */
	readonly paymentMonths: number;
	/** How many days after a period begins its rent is due. */
	readonly dueAfterDays: number;
	/** Rents that were set anew, each from a year of the lease on (the second is 2), in their order. */
	readonly reviews: readonly RentReview[];
}

export interface RentReview {
	readonly fromYear: number;
	readonly yearlyRentFen: number;
}

/** One payment of rent that is due. */
export interface Instalment {
	readonly leaseYear: number;
	readonly fromOn: string;
	readonly toOn: string;
	readonly dueOn: string;
	readonly yearlyRentFen: number;
	readonly amountFen: number;
}

export interface RentSchedule {
	readonly instalments: readonly Instalment[];
	readonly totalFen: number;
}

/**
 * Lists what rent is due and when, over the whole lease.
 *
 * A year of the lease costs its yearly rent, shared evenly over its payments to the fen; a last year that is not whole costs its share by days of the
 * year that it would be, rounded to the fen (四舍五入) and shared over its payments by days. The instalments add up to the total. It follows from its terms
 * alone: a start that was corrected is another schedule. Throws on terms that are none. O(payments).
 */
export function rentSchedule(terms: RentTerms): RentSchedule {
	requireTerms(terms);
	const instalments: Instalment[] = [];
	for (let year = 1, fromOn = terms.startsOn; fromOn <= terms.lastOn; year++) {
		const whole = leaseDates(terms.startsOn, year * 12);
		instalments.push(...yearOf(terms, year, fromOn, whole.lastOn));
		fromOn = whole.endedOn;
	}
	return { instalments, totalFen: sumFen(instalments.map(({ amountFen }) => amountFen)) };
}

/** The yearly rent in a year of the lease: the last that was set. */
export function rentOfYear({ yearlyRentFen, reviews }: RentTerms, year: number): number {
	return reviews.reduce(
		(rent, review) => (review.fromYear <= year ? review.yearlyRentFen : rent),
		yearlyRentFen,
	);
}

function yearOf(terms: RentTerms, leaseYear: number, fromOn: string, wholeLastOn: string): Instalment[] {
	const periods = periodsOf(terms, leaseYear, fromOn);
	const rentFen = rentOfYear(terms, leaseYear);
	const isWhole = terms.lastOn >= wholeLastOn;
	const days = daysBetween(fromOn, terms.lastOn) + 1;
	const wholeDays = daysBetween(fromOn, wholeLastOn) + 1;
	const dueFen = isWhole ? rentFen : toFen(divideRounded(BigInt(rentFen) * BigInt(days), BigInt(wholeDays)));
	const weights = periods.map(([from, to]) => (isWhole ? 1 : daysBetween(from, to) + 1));
	const amounts = shareFen(dueFen, weights);
	return periods.map(([from, to], i) => ({
		leaseYear,
		fromOn: from,
		toOn: to,
		dueOn: addDays(from, terms.dueAfterDays),
		yearlyRentFen: rentFen,
		amountFen: amounts[i],
	}));
}

/** First and last days of the payments of a year of the lease, up to its end. */
function periodsOf(
	{ startsOn, lastOn, paymentMonths }: RentTerms,
	year: number,
	yearFromOn: string,
): [string, string][] {
	const periods: [string, string][] = [];
	let fromOn = yearFromOn;
	for (let months = paymentMonths; months <= 12 && fromOn <= lastOn; months += paymentMonths) {
		const period = leaseDates(startsOn, (year - 1) * 12 + months);
		periods.push([fromOn, period.lastOn < lastOn ? period.lastOn : lastOn]);
		fromOn = period.endedOn;
	}
	return periods;
}

function requireTerms({
	startsOn,
	lastOn,
	paymentMonths,
	dueAfterDays,
	yearlyRentFen,
	reviews,
}: RentTerms): void {
	if (lastOn < startsOn) throw new RangeError(`a lease from ${startsOn} to ${lastOn}`);
	if (![1, 2, 3, 4, 6, 12].includes(paymentMonths))
		throw new RangeError(`payments for ${paymentMonths} months`);
	if (!Number.isSafeInteger(dueAfterDays) || dueAfterDays < 0)
		throw new RangeError(`due after ${dueAfterDays} days`);
	const rents = [yearlyRentFen, ...reviews.map((review) => review.yearlyRentFen)];
	if (!rents.every((rent) => Number.isSafeInteger(rent) && rent >= 0))
		throw new RangeError('a rent is no amount');
	const years = [1, ...reviews.map(({ fromYear }) => fromYear)];
	if (years.some((year, i) => i > 0 && !(Number.isInteger(year) && year > years[i - 1])))
		throw new RangeError('reviews are not in their order');
}
