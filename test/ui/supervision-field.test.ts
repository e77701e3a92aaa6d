import { describe, expect, it } from 'vitest';
import { factSchemas, idleStepSchemas } from '$lib/api/supervision.ts';
import { factLines } from '$lib/components/supply/fact-text.ts';
import {
	chainsOf,
	factFieldsOf,
	FORM_FACTS,
	IDLE_STEP_FIELDS,
} from '$lib/components/supply/supervision-field.ts';
import { readFacts, readField, typeFacts } from '$lib/components/supply/typed-facts.ts';
import { IDLE_STEPS } from '$lib/domain/supply/idle-proceeding.ts';
import { SUPPLY_TEXTS } from '$lib/i18n/supply-text.ts';

/** Something right for every field by how it is typed. */
const TYPED: Readonly<Record<string, string>> = {
	day: '2026-11-20',
	text: 'words',
	long: 'more words',
	money: '1,234.56',
	count: '3',
	months: '0',
	area: '1,234.5',
	decimal: '-1.25',
	size: '2.5',
	share: '33.4',
	indicator: '4',
	consent: '5',
	yes: 'yes',
};
const FORMS = [
	...FORM_FACTS.map((kind) => [kind, factFieldsOf(kind), factSchemas[kind]] as const),
	...IDLE_STEPS.map((step) => [step, IDLE_STEP_FIELDS[step], idleStepSchemas[step]] as const),
];
const words = { offices: [], conditions: [], indicators: [{ indicatorNo: 4, name: 'tax' }] };

describe.each(FORMS)('the form of %s', (_, fields, schema) => {
	it('is read as what the API takes, filled in or with what is needed alone, and written back the same', () => {
		for (const wanted of [fields, fields.filter(({ isNeeded }) => isNeeded)]) {
			const typed = Object.fromEntries(
				wanted.map(({ name, kind, options }) => [name, options?.[0] ?? TYPED[kind]]),
			);
			const { facts, faults } = readFacts(fields, fields, typed, []);
			expect(faults).toEqual({});
			expect(schema.parse(facts)).toEqual(facts);
			expect(readFacts(fields, fields, typeFacts(fields, facts), []).facts).toEqual(facts);
		}
	});

	it('has words for its fields and choices in every language', () => {
		for (const locale of ['zh', 'en'] as const) {
			const texts: Readonly<Record<string, string>> = SUPPLY_TEXTS[locale].supply;
			for (const field of fields) {
				expect(texts[`field_${field.label ?? field.name}`], field.name).toBeTruthy();
				for (const option of field.options ?? [])
					expect(factLines(field, option, { locale, ...words })).toEqual([texts[`${field.words}_${option}`]]);
			}
		}
	});
});

it('what is typed wrongly is told by its kind', () => {
	const read = (kind: 'share' | 'area' | 'decimal' | 'size' | 'months', text: string) =>
		readField({ name: 'x', kind, isNeeded: true }, { x: text }, []);
	expect(read('area', '12.345')).toEqual({ ok: false, fault: 'fieldNotArea' });
	expect(read('area', '12.3')).toEqual({ ok: true, value: 1230 });
	expect(read('decimal', '1e3')).toEqual({ ok: false, fault: 'fieldNotDecimal' });
	expect(read('size', '-1')).toEqual({ ok: false, fault: 'fieldNotSize' });
	expect(read('share', '100.5')).toEqual({ ok: false, fault: 'fieldNotShare' });
	expect(read('months', '601')).toEqual({ ok: false, fault: 'fieldNotMonths' });
});

it('rows that took each other’s place stand together, the newest first', () => {
	const rows = [
		{ factNo: 1, replacesNo: null },
		{ factNo: 2, replacesNo: null },
		{ factNo: 3, replacesNo: 1 },
		{ factNo: 4, replacesNo: 3 },
	];
	expect(chainsOf(rows).map((chain) => chain.map(({ factNo }) => factNo))).toEqual([[4, 3, 1], [2]]);
});
