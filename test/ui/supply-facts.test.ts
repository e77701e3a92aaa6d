import { describe, expect, it } from 'vitest';
import {
	everyFieldOf,
	fieldsOf,
	paymentFieldsOf,
	type EventField,
} from '$lib/components/supply/event-field.ts';
import { factLines } from '$lib/components/supply/fact-text.ts';
import { plotDays } from '$lib/components/supply/plot-timeline.ts';
import { readFacts, readField, typeFacts } from '$lib/components/supply/typed-facts.ts';

const field = (name: string): EventField => {
	const found = [...fieldsOf('sign_lease', 'lease_then_grant'), ...fieldsOf('sign', 'grant')].find(
		(one) => one.name === name,
	);
	if (found === undefined) throw new Error(name);
	return found;
};
const read = (name: string, text: string) => readField(field(name), { [name]: text }, []);

describe('the conditions in a contract form', () => {
	it('come to have a key each, where two were recorded with one', () => {
		const twice = ['first', 'second'].map((text) => ({ key: 'a', text }));
		const conditions = field('agreedConditions');
		const typed = typeFacts([conditions], { agreedConditions: twice });
		expect(readField(conditions, typed, twice)).toEqual({
			ok: true,
			value: [
				{ key: 'a', text: 'first' },
				{ key: 'condition-1', text: 'second' },
			],
		});
	});
});

describe('the terms of payment in a contract form', () => {
	it('are asked for where there is a price or a rent', () => {
		const names = (...of: Parameters<typeof paymentFieldsOf>) =>
			paymentFieldsOf(...of).map(({ name }) => name);
		expect(names('sign', 'grant')).toEqual(['instalments']);
		expect(names('sign_lease', 'lease_then_grant')).toEqual(['rentPaymentMonths', 'rentDueAfterDays']);
		expect(names('sign_grant', 'lease_then_grant')).toEqual(['instalments']);
		expect(names('sign', 'allocation')).toEqual([]);
		expect(names('award', 'grant')).toEqual([]);
	});

	it('reads instalments a line each, as they are written', () => {
		const instalments = [
			{ dueOn: '2026-12-01', amountFen: 123456 },
			{ dueOn: '2027-06-01', amountFen: 100 },
		];
		expect(read('instalments', '2026-12-01 1,234.56\n\n 2027-06-01   1')).toEqual({
			ok: true,
			value: instalments,
		});
		const typed = typeFacts([field('instalments')], { instalments });
		expect(readFacts(everyFieldOf('sign'), [field('instalments')], typed, []).facts.instalments).toEqual(
			instalments,
		);
		expect(readFacts(everyFieldOf('sign'), [], {}, []).facts.instalments).toEqual([]);
		for (const wrong of ['2026-12-01', '1234 2026-12-01', '2026-02-30 5', '2026-12-01 0', '2026-12-01 5 6'])
			expect(read('instalments', wrong)).toEqual({ ok: false, fault: 'fieldNotInstalments' });
		const words = { locale: 'en', offices: [], conditions: [], indicators: [] } as const;
		expect(factLines(field('instalments'), instalments, words)).toHaveLength(2);
	});

	it('reads months between payments as the schema has them, and days to pay from zero on', () => {
		expect(read('rentPaymentMonths', '6')).toEqual({ ok: true, value: 6 });
		expect(read('rentPaymentMonths', '')).toEqual({ ok: true, value: null });
		expect(read('rentPaymentMonths', '5')).toEqual({ ok: false, fault: 'fieldNotRentMonths' });
		expect(read('rentDueAfterDays', '0')).toEqual({ ok: true, value: 0 });
		expect(read('rentDueAfterDays', '367')).toEqual({ ok: false, fault: 'fieldNotDueDays' });
	});
});

describe('agreed conditions that are typed anew', () => {
	const agreed = ['tax', 'jobs', 'output'].map((text, index) => ({ key: `condition-${index + 1}`, text }));
	const typedAs = (...lines: string[]) => {
		const { value } = readField(
			field('agreedConditions'),
			{ agreedConditions: lines.join('\n') },
			agreed,
		) as {
			value: { key: string; text: string }[];
		};
		return value.map(({ key, text }) => `${key} ${text}`);
	};

	it('keep their keys when one is deleted or they change places', () => {
		expect(typedAs('jobs', 'output')).toEqual(['condition-2 jobs', 'condition-3 output']);
		expect(typedAs('output', 'tax', 'jobs')).toEqual([
			'condition-3 output',
			'condition-1 tax',
			'condition-2 jobs',
		]);
	});

	it('keep the key of one put in other words, and give new ones numbers that none had', () => {
		expect(typedAs('tax', 'work places', 'output')[1]).toBe('condition-2 work places');
		expect(typedAs('tax', 'energy', 'jobs', 'output')[1]).toBe('condition-4 energy');
		expect(typedAs('energy')).toEqual(['condition-4 energy']);
		expect(typedAs('tax', 'tax')).toEqual(['condition-1 tax', 'condition-4 tax']);
	});
});

describe('the days of a plot', () => {
	type Supplies = Parameters<typeof plotDays>[1];
	const event = (eventNo: number, name: string, facts: object, occurredAt: string) => ({
		eventNo,
		event: name,
		facts,
		occurredAt,
	});
	const supplies = (events: object[], corrections: object[] = []) =>
		[
			{ supplyNo: 1, timeline: [], events, corrections, payments: [], facts: [], idleSteps: [] },
		] as unknown as Supplies;
	const daysOf = (given: Supplies) =>
		plotDays({ permits: [], statements: [] }, given, 'Asia/Shanghai').map(({ on }) => on);

	it('has an event without a day on the day that it was in the zone', () => {
		expect(daysOf(supplies([event(1, 'cancel', { reason: '' }, '2026-11-22T23:30:00.000Z')]))).toEqual([
			'2026-11-23',
		]);
	});

	it('has payments, what was seen as it stands, and steps of proceedings', () => {
		const [supply] = supplies([]);
		const fact = (factNo: number, seenOn: string, replacesNo: number | null = null, isVoid = false) => ({
			...{ factNo, kind: 'progress', facts: { step: 'started', seenOn }, replacesNo, isVoid },
		});
		const facts = [
			fact(1, '2026-01-01'),
			fact(2, '2026-01-02', 1),
			fact(3, '2026-01-03'),
			fact(4, '', 3, true),
		];
		const idleSteps = [{ step: 'investigate', onDay: '2026-02-01' }];
		const payments = [{ paidOn: '2025-12-01', kind: 'rent', amountFen: 1 }];
		const timed = [{ ...supply, payments, facts, idleSteps }] as unknown as Supplies;
		expect(daysOf(timed)).toEqual(['2025-12-01', '2026-01-02', '2026-02-01']);
	});

	it('has days as they were corrected, the last correction of each', () => {
		const review = event(4, 'open_review', { openedOn: '2026-03-01' }, '2026-11-22T02:00:00.000Z');
		const right = (eventNo: number, value: string) => ({ eventNo, field: 'openedOn', value });
		expect(daysOf(supplies([review]))).toEqual(['2026-03-01']);
		const corrections = [right(4, '2026-03-02'), right(4, '2026-03-03'), right(5, '2026-03-09')];
		expect(daysOf(supplies([review], corrections))).toEqual(['2026-03-03']);
	});
});
