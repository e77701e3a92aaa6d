import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfNumber } from '$lib/domain/calendar/day.ts';
import { arrears, checkEntries, type Charge, type PaymentEntry } from '$lib/domain/tenure/arrears.ts';
import { sumFen } from '$lib/domain/tenure/money.ts';

const CHARGES: readonly Charge[] = [
	{ dueOn: '2026-06-30', amountFen: 1000 },
	{ dueOn: '2026-03-31', amountFen: 500 },
	{ dueOn: '2026-12-31', amountFen: 700 },
];
const entry = (entryNo: number, bookedOn: string, amountFen: number, reverses: number | null = null) => ({
	entryNo,
	bookedOn,
	amountFen,
	reverses,
});

describe('what is paid', () => {
	it('goes to what is due first; late from the day after', () => {
		const book = [entry(1, '2026-04-01', 800)];
		expect(arrears(CHARGES, book, '2026-06-30')).toEqual({
			charges: [
				{ dueOn: '2026-03-31', amountFen: 500, paidFen: 500, openFen: 0, lateDays: 0 },
				{ dueOn: '2026-06-30', amountFen: 1000, paidFen: 300, openFen: 700, lateDays: 0 },
				{ dueOn: '2026-12-31', amountFen: 700, paidFen: 0, openFen: 700, lateDays: 0 },
			],
			paidFen: 800,
			overdueFen: 0,
			creditFen: 0,
		});
		expect(arrears(CHARGES, book, '2026-07-02')).toMatchObject({
			overdueFen: 700,
			charges: [{}, { lateDays: 2 }, {}],
		});
	});

	it('counts from the day on which it was booked', () => {
		expect(arrears(CHARGES, [entry(1, '2026-04-02', 500)], '2026-04-01').overdueFen).toBe(500);
		expect(arrears(CHARGES, [entry(1, '2026-04-02', 500)], '2026-04-02').overdueFen).toBe(0);
	});

	it('beyond all charges is credit', () => {
		expect(arrears(CHARGES, [entry(1, '2026-01-01', 3000)], '2027-01-01')).toMatchObject({
			creditFen: 800,
			overdueFen: 0,
		});
	});

	it('is as before once a payment was taken back', () => {
		const book = [entry(1, '2026-04-01', 800), entry(2, '2026-05-01', 90), entry(3, '2026-05-02', -90, 2)];
		const [before, after] = [book.slice(0, 1), book].map((entries) =>
			arrears(CHARGES, entries, '2026-12-31'),
		);
		expect(after).toEqual(before);
		expect(arrears(CHARGES, book, '2026-05-01').paidFen).toBe(890);
	});
});

describe('a book of payments', () => {
	it.each<[string, PaymentEntry]>([
		['payment.amount-invalid', entry(9, '2026-05-01', 0)],
		['payment.amount-invalid', entry(9, '2026-05-01', -5)],
		['payment.amount-invalid', entry(9, '2026-05-01', 0.5)],
		['payment.number-repeated', entry(1, '2026-05-01', 5)],
		['payment.reverses-none', entry(9, '2026-05-01', -5, 8)],
		['payment.reverses-none', entry(9, '2026-05-01', -5, 9)],
		['payment.reversed-twice', entry(9, '2026-05-01', -90, 2)],
		['payment.reverses-none', entry(9, '2026-05-01', 90, 3)],
		['payment.reversal-differs', entry(9, '2026-05-01', -799, 1)],
		['payment.reversal-earlier', entry(9, '2026-03-01', -800, 1)],
	])('has the fault %s', (code, last) => {
		const book = [entry(1, '2026-04-01', 800), entry(2, '2026-04-01', 90), entry(3, '2026-04-02', -90, 2)];
		expect(checkEntries(book)).toEqual([]);
		expect(checkEntries([...book, last])).toEqual([{ code, entryNo: last.entryNo }]);
		expect(() => arrears(CHARGES, [...book, last], '2026-12-31')).toThrow(code);
	});

	it('loses and makes no money, whatever was taken back', () => {
		const day = fc.integer({ min: 20_000, max: 22_000 }).map(dayOfNumber);
		const charge = fc.record({ dueOn: day, amountFen: fc.nat(10 ** 9) });
		const payment = fc.record({
			bookedOn: day,
			amountFen: fc.integer({ min: 1, max: 10 ** 9 }),
			isBack: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(charge), fc.array(payment), day, (charges, payments, onDate) => {
				const book = payments.flatMap(({ bookedOn, amountFen, isBack }, i) => [
					entry(2 * i, bookedOn, amountFen),
					...(isBack ? [entry(2 * i + 1, bookedOn, -amountFen, 2 * i)] : []),
				]);
				const state = arrears(charges, book, onDate);
				const standing = payments.filter(({ bookedOn, isBack }) => !isBack && bookedOn <= onDate);
				expect(state.paidFen).toBe(sumFen(standing.map(({ amountFen }) => amountFen)));
				expect(sumFen([...state.charges.map(({ paidFen }) => paidFen), state.creditFen])).toBe(state.paidFen);
				for (const { amountFen, paidFen, openFen } of state.charges)
					expect(paidFen + openFen).toBe(amountFen);
				const due = sumFen(charges.filter(({ dueOn }) => dueOn < onDate).map(({ amountFen }) => amountFen));
				expect(state.overdueFen).toBe(Math.max(0, due - state.paidFen));
				expect(sumFen(state.charges.map(({ amountFen }) => amountFen))).toBe(
					sumFen(charges.map(({ amountFen }) => amountFen)),
				);
			}),
			{ numRuns: 300 },
		);
	});
});
