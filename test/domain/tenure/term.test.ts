import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayOfNumber, daysBetween } from '$lib/domain/calendar/day.ts';
import type { RuleValue } from '$lib/domain/rule/rule-value.ts';
import { SUPPLY_MODES, type SupplyMode } from '$lib/domain/supply/mode.ts';
import { latestRenewal } from '$lib/domain/tenure/renewal.ts';
import {
	checkTerm,
	grantDates,
	LAND_USES,
	leaseDates,
	useOfClass,
	type LandUse,
} from '$lib/domain/tenure/term.ts';
import { readTermUses, rulesWith, SUPPLY_RULES } from '../../support/supply-rules.ts';

const ON = '2026-11-23';
const uses = await readTermUses();

const ask = (
	mode: SupplyMode,
	leaseMonths: number | null,
	grantYears: number | null,
	use: LandUse = 'industrial',
	rules: readonly RuleValue[] = SUPPLY_RULES,
) => checkTerm({ mode, use, leaseMonths, grantYears }, rules, ON);
const codes = (...asked: Parameters<typeof ask>) =>
	ask(...asked).map(({ outcome, code }) => `${outcome} ${code}`);
const failed = (...asked: Parameters<typeof ask>) =>
	ask(...asked).flatMap(({ outcome, code }) => (outcome === 'fail' ? [code] : []));

describe('the use of a class', () => {
	it("is its own row's, otherwise its nearest ancestor's", () => {
		expect(useOfClass('070101', uses)).toBe('residential');
		expect(useOfClass('0703', uses)).toBeNull();
		expect(useOfClass('100101', uses)).toBe('industrial');
		expect(useOfClass('080401', uses)).toBe('civic');
		expect(useOfClass('0902', uses)).toBe('commercial');
		expect(useOfClass('110102', uses)).toBe('other');
	});

	it('is unknown where no row says it', () => {
		for (const code of ['16', '0101', '1002', '09', '1507', '', '7'])
			expect(useOfClass(code, uses)).toBeNull();
	});
});

describe('the longest term', () => {
	it.each([
		['residential', 70],
		['industrial', 50],
		['civic', 50],
		['commercial', 40],
		['other', 50],
	] as const)('of %s land is %i years, equality allowed', (use, years) => {
		expect(codes('grant', null, years, use)).toEqual(['pass term.grant-within-maximum']);
		expect(codes('grant', null, years + 1, use)).toEqual(['fail term.grant-over-maximum']);
	});

	it('names the rule, its source and status', () => {
		expect(ask('grant', null, 51)).toEqual([
			{
				outcome: 'fail',
				code: 'term.grant-over-maximum',
				params: { mode: 'grant', use: 'industrial', grantYears: 51, limit: '50' },
				rule: {
					key: 'term.max.industrial',
					value: '50',
					unit: 'year',
					areaKind: null,
					comparison: '<=',
					source: '城镇国有土地使用权出让和转让暂行条例 第12条',
					status: 'verified',
				},
			},
		]);
	});

	it('holds for lease and grant together, to the month', () => {
		expect(failed('lease_then_grant', 60, 45)).toEqual([]);
		expect(failed('lease_then_grant', 59, 45)).toEqual([]);
		expect(failed('lease_then_grant', 60, 46)).toEqual(['term.sum-over-maximum']);
		expect(failed('lease_then_grant', 1, 50)).toEqual(['term.sum-over-maximum']);
	});

	it('of a flexible grant is not reached', () => {
		expect(failed('flexible_term_grant', null, 49)).toEqual([]);
		expect(failed('flexible_term_grant', null, 50)).toEqual(['term.grant-not-flexible']);
		expect(codes('flexible_term_grant', null, 30, 'commercial')).toEqual([
			'unknown rule.none',
			'pass term.grant-within-maximum',
		]);
	});
});

describe('a lease', () => {
	it('is five years as a rule, a long one five to twenty', () => {
		expect(failed('lease', 60, null)).toEqual([]);
		expect(failed('lease', 61, null)).toEqual([]);
		expect(codes('lease', 61, null)).toContain('unknown term.lease-over-usual');
		expect(failed('long_lease', 59, null)).toEqual(['term.lease-too-short']);
		expect(failed('long_lease', 60, null)).toEqual([]);
		expect(failed('long_lease', 240, null)).toEqual([]);
		expect(failed('long_lease', 241, null)).toEqual(['term.lease-over-mode', 'term.lease-over-law']);
	});

	it('before a grant is five years as a rule: a longer one is to be acknowledged', () => {
		expect(failed('lease_then_grant', 60, 40)).toEqual([]);
		expect(codes('lease_then_grant', 60, 40)).not.toContain('unknown term.lease-over-usual');
		expect(failed('lease_then_grant', 61, 40)).toEqual([]);
		expect(codes('lease_then_grant', 61, 40)).toContain('unknown term.lease-over-usual');
	});
});

describe('a zone of its own longest lease', () => {
	const own = (mode: string): RuleValue[] => rulesWith(`mode.${mode}.lease-max`, { value: '8' });

	it.each([['lease', null] as const, ['lease_then_grant', 40] as const])(
		'refuses what is beyond it, and what is usual is asked no more: %s',
		(mode, years) => {
			const rules = own(mode.replaceAll('_', '-'));
			expect(failed(mode, 97, years, 'industrial', rules)).toContain('term.lease-over-mode');
			expect(codes(mode, 96, years, 'industrial', rules)).toContain('pass term.lease-within-mode');
			expect(codes(mode, 96, years, 'industrial', rules)).not.toContain('unknown term.lease-over-usual');
		},
	);

	it('that leaves the limit empty is asked what is usual', () => {
		const rules = own('lease').map((rule) =>
			rule.key.endsWith('lease-max') ? { ...rule, value: null } : rule,
		);
		const found = codes('lease', 61, null, 'industrial', rules).filter((code) => code.includes('usual'));
		expect(found).toEqual(['unknown term.lease-over-usual']);
	});
});

describe('a term', () => {
	it('without a rule is not passed', () => {
		expect(codes('grant', null, 20, 'industrial', rulesWith('term.max.industrial', null))).toEqual([
			'unknown rule.none',
		]);
		const empty = rulesWith('term.max.industrial', { value: null });
		expect(codes('grant', null, 20, 'industrial', empty)).toEqual(['unknown rule.none']);
		expect(codes('lease_and_grant', 60, 20)).toContain('unknown rule.none');
	});

	it('is not compared with a rule that cannot be read', () => {
		for (const change of [{ unit: 'km2' }, { comparison: null }, { value: 'fifty' }])
			expect(codes('grant', null, 20, 'industrial', rulesWith('term.max.industrial', change))).toEqual([
				'unknown rule.unreadable',
			]);
	});

	it('that is not stated is unknown, one that the mode has not is refused', () => {
		expect(codes('lease_then_grant', null, null)).toEqual([
			'unknown term.lease-open',
			'unknown term.grant-open',
		]);
		expect(codes('grant', null, null)).toEqual(['unknown term.grant-open']);
		expect(failed('lease', 36, 20)).toContain('term.grant-unfit');
		expect(failed('grant', 36, 20)).toContain('term.lease-unfit');
		expect(ask('allocation', null, null)).toEqual([]);
	});

	it('is whole and positive', () => {
		for (const term of [0, -5, 1.5, NaN, Infinity, 5000])
			expect(failed('grant', null, term)).toEqual(['term.invalid']);
	});

	it('that passes is never over the maximum of the use', () => {
		const most = { residential: 70, industrial: 50, civic: 50, commercial: 40, other: 50 };
		const part = (max: number) => fc.option(fc.integer({ min: 1, max }));
		fc.assert(
			fc.property(
				fc.constantFrom(...SUPPLY_MODES.filter((mode) => mode !== 'allocation')),
				fc.constantFrom(...LAND_USES),
				part(300),
				part(80),
				(mode, use, leaseMonths, grantYears) => {
					const months = (leaseMonths ?? 0) + (grantYears ?? 0) * 12;
					const isOver = months > most[use] * 12;
					const found = failed(mode, leaseMonths, grantYears, use);
					expect(found.some((code) => code.endsWith('-over-maximum'))).toBe(isOver);
				},
			),
			{ numRuns: 500 },
		);
	});

	it("follows a park's own rule", () => {
		const own = [
			...SUPPLY_RULES,
			{ ...rulesWith('term.max.industrial', { value: '20', parkId: 'dadong' })[1] },
		];
		const asked = { mode: 'grant', use: 'industrial', leaseMonths: null, grantYears: 30 } as const;
		expect(checkTerm(asked, own, ON, 'dadong').map(({ outcome }) => outcome)).toEqual(['fail']);
		expect(checkTerm(asked, own, ON, 'heping').map(({ outcome }) => outcome)).toEqual(['pass']);
	});
});

describe('the days of a term', () => {
	it.each([
		['2024-03-01', 12, '2025-02-28'],
		['2023-03-01', 12, '2024-02-29'],
		['2024-02-29', 12, '2025-02-28'],
		['2024-02-29', 48, '2028-02-28'],
		['2024-01-01', 12, '2024-12-31'],
		['2024-01-31', 1, '2024-02-29'],
		['2024-03-31', 1, '2024-04-30'],
		['2024-12-15', 60, '2029-12-14'],
	])('from %s for %i months end on %s', (startsOn, months, lastOn) => {
		expect(leaseDates(startsOn, months)).toEqual({ startsOn, lastOn, endedOn: addDays(lastOn, 1) });
	});

	it('of a grant are whole years', () => {
		expect(grantDates('2024-02-29', 50).lastOn).toBe('2074-02-28');
		expect(grantDates('2026-11-23', 50).lastOn).toBe('2076-11-22');
		expect(() => grantDates('2026-11-23', 0)).toThrow('no term');
	});

	it('grow with the term and with the start', () => {
		const start = fc.integer({ min: 0, max: 40_000 }).map(dayOfNumber);
		fc.assert(
			fc.property(start, fc.integer({ min: 1, max: 600 }), (startsOn, months) => {
				const { lastOn } = leaseDates(startsOn, months);
				expect(leaseDates(startsOn, months + 1).lastOn > lastOn).toBe(true);
				expect(leaseDates(addDays(startsOn, 1), months).lastOn >= lastOn).toBe(true);
				const whole = daysBetween(startsOn, addMonths(startsOn, months));
				expect(daysBetween(startsOn, lastOn) + 1 - whole).toBeOneOf([0, 1]);
			}),
		);
	});
});

describe('the renewal', () => {
	it('is applied for a year before the right ends, at the latest', () => {
		expect(latestRenewal('2076-11-22', SUPPLY_RULES, ON)).toMatchObject({
			value: '2075-11-22',
			reason: 'term.renewal-by',
			rule: { key: 'term.renewal-months-ahead', status: 'verified' },
		});
		expect(latestRenewal('2028-02-29', SUPPLY_RULES, ON).value).toBe('2027-02-28');
	});

	it('has no date without a rule', () => {
		const none = rulesWith('term.renewal-months-ahead', null);
		expect(latestRenewal('2076-11-22', none, ON)).toMatchObject({ value: null, reason: 'rule.none' });
		const odd = rulesWith('term.renewal-months-ahead', { unit: 'day' });
		expect(latestRenewal('2076-11-22', odd, ON)).toMatchObject({ value: null, reason: 'rule.unreadable' });
	});
});
