import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOfRuleValue, isAskedOfParks, type RuleDefinition } from '$lib/domain/rule/rule-definition.ts';
import { endAfterVoid, placeRule, type DatedRule } from '$lib/domain/rule/rule-history.ts';
import { lapseOf } from '$lib/domain/rule/rule-lapse.ts';
import { findRuleInForce, type RuleValue } from '$lib/domain/rule/rule-value.ts';
import { SUPPLY_RULES } from '../../support/supply-rules.ts';

const definition = (unit: string | null, comparison = '<='): RuleDefinition => ({
	...{ key: 'mx.something', unit, comparison, areaKind: null },
});
const dated = (
	ruleNo: number,
	validFrom: string | null,
	validTo: string | null,
	more: Partial<DatedRule> = {},
): DatedRule => ({
	...{ ruleNo, value: '1', validFrom, validTo, setValidTo: validTo, isVoid: false, ...more },
});

describe('a value that is to be set under a key', () => {
	it.each([
		['pct', '30', null],
		['pct', '100', null],
		['pct', '100.1', 'rule.value-too-large'],
		['third', '4', 'rule.value-too-large'],
		['day', '20', null],
		['day', '20.5', 'rule.value-whole'],
		['month', '1.5', 'rule.value-whole'],
		['year', '2.5', null],
		['year', '0.3', 'rule.value-whole'],
		['year', '1001', 'rule.value-too-large'],
		['m2', '500.25', null],
		['m2', '1.1234567', 'rule.value-form'],
		['m2', '1234567890123', 'rule.value-form'],
		[null, '3.5', null],
		[null, '-3.5', 'rule.value-form'],
		[null, '1e3', 'rule.value-form'],
		[null, '', 'rule.value-form'],
		[null, '三', 'rule.value-form'],
	])('in %s is tried: %s', (unit, value, fault) => {
		expect(faultOfRuleValue(definition(unit), value, unit)).toBe(fault);
	});

	it('is 1 or 0 where the rule is a switch, and in the unit of the key; days may be counted as working days', () => {
		expect(faultOfRuleValue(definition(null, '='), '2', null)).toBe('rule.value-switch');
		expect(faultOfRuleValue(definition(null, '='), '0', null)).toBeNull();
		expect(faultOfRuleValue(definition('year'), '5', 'month')).toBe('rule.unit-differs');
		expect(faultOfRuleValue(definition('day'), '10', 'working-day')).toBeNull();
		expect(faultOfRuleValue(definition('pct'), '10', null)).toBe('rule.unit-differs');
	});

	it('is one that the values of the seeds are, all of them', () => {
		const faults = SUPPLY_RULES.flatMap((rule) =>
			rule.value === null ? [] : [faultOfRuleValue(rule, rule.value, rule.unit)],
		);
		expect(faults.length).toBeGreaterThan(40);
		expect(new Set(faults)).toEqual(new Set([null]));
	});

	it('is for the zone as a whole under keys that are not asked of parks', () => {
		expect(['mx.far-max', 'batch.lapse', 'changeset.notice.days'].map(isAskedOfParks)).toEqual([
			true,
			false,
			false,
		]);
	});
});

describe('the days of a new value', () => {
	const open = dated(1, null, null);
	it('end the value in force, whether it was open or had an end', () => {
		expect(placeRule([open], '2026-01-01', null)).toEqual({ ok: true, ends: open });
		const short = dated(1, '2020-01-01', '2027-01-01');
		expect(placeRule([short], '2026-01-01', '2027-01-01')).toEqual({ ok: true, ends: short });
		expect(placeRule([short], '2027-01-01', null)).toEqual({ ok: true, ends: null });
		expect(placeRule([], '2026-01-01', null)).toEqual({ ok: true, ends: null });
	});

	it('are refused where a value begins on their first day or within them, and voided ones count for nothing', () => {
		const later = dated(2, '2026-06-01', null);
		expect(placeRule([open, later], '2026-06-01', null)).toMatchObject({ code: 'rule.begins-same-day' });
		expect(placeRule([open, later], '2026-01-01', null)).toMatchObject({
			...{ code: 'rule.later-stands', with: later },
		});
		expect(placeRule([later], '2026-01-01', '2026-06-01')).toMatchObject({ ok: true });
		expect(placeRule([{ ...later, isVoid: true }], '2026-01-01', null)).toMatchObject({ ok: true });
	});

	it('leave no gap behind them where a value would still hold; behind one that says nothing there is none', () => {
		for (const before of [open, dated(1, '2020-01-01', '2027-01-01')])
			expect(placeRule([before], '2026-01-01', '2026-02-01')).toEqual({
				...{ ok: false, code: 'rule.leaves-gap', with: before },
			});
		const empty = { ...open, value: null };
		expect(placeRule([empty], '2026-01-01', '2026-02-01')).toEqual({ ok: true, ends: empty });
	});

	it('are those that they would be without a value that is voided, until its own end or until what follows', () => {
		const first = dated(1, '2020-01-01', '2026-01-01', { setValidTo: null });
		const second = dated(2, '2026-01-01', '2026-06-01', { setValidTo: null });
		const third = dated(3, '2026-06-01', null);
		expect(endAfterVoid([first, second, third], second)).toEqual({ ruleNo: 1, validTo: '2026-06-01' });
		const joined = [{ ...first, validTo: '2026-06-01' }, { ...second, isVoid: true }, third];
		expect(endAfterVoid(joined, third)).toEqual({ ruleNo: 1, validTo: null });
		const limited = { ...first, setValidTo: '2026-03-01' };
		expect(endAfterVoid([limited, second, third], second)).toEqual({ ruleNo: 1, validTo: '2026-03-01' });
		const ended = dated(1, '2020-01-01', '2025-01-01');
		expect(endAfterVoid([ended, second], second)).toBeNull();
		expect(endAfterVoid([first], first)).toBeNull();
	});

	const day = fc.integer({ min: 1, max: 28 }).map((on) => `2026-01-${String(on).padStart(2, '0')}`);
	const order = fc.record({ from: day, to: fc.option(day), ends: fc.option(day) });
	it('are the first again once all that was set is voided, in whatever order, ends that were brought forward with it', () => {
		fc.assert(
			fc.property(
				fc.option(day),
				fc.array(order, { maxLength: 6 }),
				fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
				(loadedTo, orders, picks) => {
					const loaded = dated(0, null, loadedTo);
					let values = [loaded];
					const put = (ruleNo: number, change: Partial<DatedRule>) =>
						(values = values.map((one) => (one.ruleNo === ruleNo ? { ...one, ...change } : one)));
					for (const [index, { from, to, ends }] of orders.entries()) {
						if (to !== null && to <= from) continue;
						const placing = placeRule(values, from, to);
						if (!placing.ok) continue;
						if (placing.ends !== null) put(placing.ends.ruleNo, { validTo: from });
						values = [...values, dated(index + 1, from, to)];
						const isEarlier = ends !== null && ends > from && (to === null || ends < to);
						if (isEarlier) put(index + 1, { validTo: ends, setValidTo: ends });
					}
					for (const pick of picks) {
						const set = values.filter(({ ruleNo, isVoid }) => ruleNo > 0 && !isVoid);
						if (set.length === 0) break;
						const voided = set[pick % set.length];
						const again = endAfterVoid(values, voided);
						put(voided.ruleNo, { isVoid: true });
						if (again !== null) put(again.ruleNo, { validTo: again.validTo });
						const days = values.filter(({ isVoid }) => !isVoid).map((one) => one.validFrom ?? '');
						for (const one of values.filter(({ isVoid }) => !isVoid)) {
							const next = days.filter((begins) => begins > (one.validFrom ?? '')).sort()[0] ?? '9';
							expect(one.validTo ?? '9').toBe(
								next < (one.setValidTo ?? '9') ? next : (one.setValidTo ?? '9'),
							);
						}
					}
					expect(values.filter(({ isVoid }) => !isVoid)).toEqual([loaded]);
				},
			),
		);
	});
});

describe('the rule in force', () => {
	const rule = (value: string, more: Partial<RuleValue>): RuleValue => ({
		...{ key: 'a.b', value, unit: null, areaKind: null, comparison: '<=', source: 's', status: 'example' },
		...{ parkId: null, validFrom: null, validTo: null, ...more },
	});
	it("is the zone's own on its days, national law on others, and a park's own before both", () => {
		const rules = [
			rule('national', { isNational: true, validFrom: '2020-01-01' }),
			rule('own', { validFrom: '2026-01-01', validTo: '2027-01-01' }),
			rule('park', { parkId: 'east', validFrom: '2026-06-01' }),
		];
		const on = (day: string, park: string | null = null) =>
			[rules, rules.toReversed()].map((all) => findRuleInForce(all, 'a.b', park, day)?.value);
		expect(on('2025-12-31')).toEqual(['national', 'national']);
		expect(on('2026-06-01')).toEqual(['own', 'own']);
		expect(on('2026-06-01', 'east')).toEqual(['park', 'park']);
		expect(on('2027-01-01')).toEqual(['national', 'national']);
	});
});

describe('a rule whose days run out', () => {
	const term = { validTo: null, lapsesOn: null, lapsesYear: null };
	it.each([
		[term, 'open'],
		[{ ...term, validTo: '2026-11-23' }, 'over'],
		[{ ...term, validTo: '2026-11-24' }, 'soon'],
		[{ ...term, lapsesOn: '2027-11-23' }, 'soon'],
		[{ ...term, lapsesOn: '2027-11-24' }, 'open'],
		[{ ...term, lapsesYear: 2027 }, 'open'],
		[{ ...term, lapsesYear: 2026 }, 'soon'],
		[{ ...term, lapsesYear: 2023 }, 'over'],
	] as const)('%j is said to be %s', (of, said) => {
		expect(lapseOf(of, '2026-11-23')).toBe(said);
	});
});
