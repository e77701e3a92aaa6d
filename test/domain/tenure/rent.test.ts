import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOfNumber } from '$lib/domain/calendar/day.ts';
import { sumFen } from '$lib/domain/tenure/money.ts';
import { checkRise, checkYearlyShare, reviewDays } from '$lib/domain/tenure/rent-review.ts';
import { rentSchedule, type RentTerms } from '$lib/domain/tenure/rent.ts';
import { leaseDates } from '$lib/domain/tenure/term.ts';
import { rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
const TERMS: RentTerms = {
	startsOn: '2024-02-29',
	lastOn: leaseDates('2024-02-29', 60).lastOn,
	yearlyRentFen: 10_000_001,
	paymentMonths: 3,
	dueAfterDays: 30,
	reviews: [],
};
const yearly = (terms: RentTerms) => {
	const sums = new Map<number, number>();
	for (const { leaseYear, amountFen } of rentSchedule(terms).instalments)
		sums.set(leaseYear, (sums.get(leaseYear) ?? 0) + amountFen);
	return [...sums.values()];
};

describe('a rent schedule', () => {
	it('has every payment with its days, shared to the fen', () => {
		const { instalments, totalFen } = rentSchedule(TERMS);
		expect(instalments).toHaveLength(20);
		expect(instalments.slice(0, 2)).toEqual([
			{
				leaseYear: 1,
				fromOn: '2024-02-29',
				toOn: '2024-05-28',
				dueOn: '2024-03-30',
				yearlyRentFen: 10_000_001,
				amountFen: 2_500_001,
			},
			{
				leaseYear: 1,
				fromOn: '2024-05-29',
				toOn: '2024-08-28',
				dueOn: '2024-06-28',
				yearlyRentFen: 10_000_001,
				amountFen: 2_500_000,
			},
		]);
		expect(instalments.slice(-4).map(({ amountFen }) => amountFen)).toEqual([
			2_500_001, 2_500_000, 2_500_000, 2_500_000,
		]);
		expect(totalFen).toBe(50_000_005);
		expect(yearly(TERMS)).toEqual([10_000_001, 10_000_001, 10_000_001, 10_000_001, 10_000_001]);
	});

	it('takes a rent that was set anew from its year on', () => {
		const reviews = [
			{ fromYear: 3, yearlyRentFen: 11_000_000 },
			{ fromYear: 5, yearlyRentFen: 12_000_000 },
		];
		expect(yearly({ ...TERMS, reviews })).toEqual([
			10_000_001, 10_000_001, 11_000_000, 11_000_000, 12_000_000,
		]);
	});

	it('reckons a last year that is not whole by days', () => {
		const terms = { ...TERMS, startsOn: '2025-01-01', lastOn: '2026-03-14', yearlyRentFen: 36_500 };
		expect(yearly(terms)).toEqual([36_500, 7_300]);
		expect(rentSchedule(terms).instalments.at(-1)).toMatchObject({
			fromOn: '2026-01-01',
			toOn: '2026-03-14',
		});
	});

	it('that starts on a day that was corrected is another, of the same sum', () => {
		const corrected = { ...TERMS, startsOn: '2024-03-15', lastOn: leaseDates('2024-03-15', 60).lastOn };
		const { instalments, totalFen } = rentSchedule(corrected);
		expect(instalments[0]).toMatchObject({ fromOn: '2024-03-15', dueOn: '2024-04-14' });
		expect(totalFen).toBe(rentSchedule(TERMS).totalFen);
	});

	it('covers the lease without gap, and adds up to what it says', () => {
		const day = fc.integer({ min: 18_000, max: 25_000 }).map(dayOfNumber);
		fc.assert(
			fc.property(
				day,
				fc.integer({ min: 0, max: 7400 }),
				fc.constantFrom(1, 2, 3, 4, 6, 12),
				fc.nat(1_000_000_000),
				fc.nat(1_000_000_000),
				(startsOn, days, paymentMonths, yearlyRentFen, later) => {
					const lastOn = addDays(startsOn, days);
					const reviews = [{ fromYear: 4, yearlyRentFen: later }];
					const { instalments, totalFen } = rentSchedule({
						startsOn,
						lastOn,
						paymentMonths,
						yearlyRentFen,
						reviews,
						dueAfterDays: 0,
					});
					expect(instalments[0].fromOn).toBe(startsOn);
					expect(instalments.at(-1)?.toOn).toBe(lastOn);
					instalments
						.slice(1)
						.forEach(({ fromOn }, i) => expect(fromOn).toBe(addDays(instalments[i].toOn, 1)));
					expect(sumFen(instalments.map(({ amountFen }) => amountFen))).toBe(totalFen);
					const years = instalments[instalments.length - 1].leaseYear;
					const whole = (count: number) =>
						sumFen([yearlyRentFen * Math.min(count, 3), later * Math.max(count - 3, 0)]);
					expect(totalFen).toBeGreaterThanOrEqual(whole(years - 1));
					expect(totalFen).toBeLessThanOrEqual(whole(years));
				},
			),
		);
	});

	it('is refused on terms that are none', () => {
		for (const change of [
			{ lastOn: '2024-02-28' },
			{ paymentMonths: 5 },
			{ dueAfterDays: -1 },
			{ yearlyRentFen: 0.5 },
			{ reviews: [{ fromYear: 1, yearlyRentFen: 1 }] },
			{
				reviews: [
					{ fromYear: 3, yearlyRentFen: 1 },
					{ fromYear: 3, yearlyRentFen: 2 },
				],
			},
		])
			expect(() => rentSchedule({ ...TERMS, ...change })).toThrow(RangeError);
	});
});

describe('a review of the rent', () => {
	it('has no day and no limit without a rule', () => {
		expect(reviewDays(TERMS, SUPPLY_RULES, ON)).toMatchObject({ value: null, reason: 'rule.none' });
		expect(checkRise({ beforeFen: 100, afterFen: 101 }, SUPPLY_RULES, ON)).toMatchObject({
			outcome: 'unknown',
			code: 'rule.none',
		});
		expect(checkYearlyShare({ yearlyRentFen: 1, priceFen: 100 }, SUPPLY_RULES, ON).code).toBe('rule.none');
	});

	it('comes after the years that the rule says, within the lease', () => {
		const rules = rulesWith('rent.review-years', { value: '2' });
		expect(reviewDays(TERMS, rules, ON)).toMatchObject({
			value: ['2026-03-01', '2028-02-29'],
			reason: 'rent.reviewed-every',
		});
		const odd = rulesWith('rent.review-years', { value: '0' });
		expect(reviewDays(TERMS, odd, ON)).toMatchObject({ value: null, reason: 'rule.unreadable' });
	});

	it('raises the rent as far as the rule says, and no fen more', () => {
		const rules = rulesWith('rent.rise-max', { value: '10' });
		const check = (afterFen: number) => checkRise({ beforeFen: 1_000_001, afterFen }, rules, ON).code;
		expect(check(1_100_001)).toBe('rent.rise-within');
		expect(check(1_100_002)).toBe('rent.rise-over');
		expect(check(900_000)).toBe('rent.rise-within');
		expect(checkRise({ beforeFen: 0, afterFen: 1 }, rules, ON).outcome).toBe('unknown');
	});

	it('compares a yearly rent with the price', () => {
		const rules = rulesWith('rent.yearly-share-min', { value: '2.5' });
		const check = (yearlyRentFen: number) =>
			checkYearlyShare({ yearlyRentFen, priceFen: 1000 }, rules, ON).code;
		expect([25, 24].map(check)).toEqual(['rent.share-reached', 'rent.share-below']);
	});
});
