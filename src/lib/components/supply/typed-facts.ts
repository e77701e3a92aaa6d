import { isDay } from '../../domain/calendar/day.ts';
import type { AgreedCondition } from '../../domain/supply/record.ts';
import type { Charge } from '../../domain/tenure/arrears.ts';
import { formatYuan, parseYuan } from '../../domain/tenure/money.ts';
import { emptyFacts, type EventField } from './event-field.ts';

/** What stands in the fields of a form, by name; results of a review have a field for each condition. */
export type Typed = Record<string, string>;
export type FieldFault =
	| 'fieldRequired'
	| 'fieldNotNumber'
	| 'fieldNotMoney'
	| 'fieldNotDay'
	| 'fieldNotInstalments'
	| 'fieldNotRentMonths'
	| 'fieldNotDueDays'
	| 'fieldNotArea'
	| 'fieldNotDecimal'
	| 'fieldNotSize'
	| 'fieldNotShare'
	| 'fieldNotMonths';

export const metName = (key: string) => `results.${key}.met`;
export const evidenceName = (key: string) => `results.${key}.evidence`;

/** Writes recorded values as they are typed. */
export function typeFacts(fields: readonly EventField[], facts: Readonly<Record<string, unknown>>): Typed {
	const typed: Typed = {};
	for (const { name, kind } of fields) {
		const value = facts[name];
		if (kind === 'results') {
			for (const { key, isMet, evidence } of (value ?? []) as {
				key: string;
				isMet: boolean;
				evidence: string;
			}[]) {
				typed[metName(key)] = isMet ? 'yes' : '';
				typed[evidenceName(key)] = evidence;
			}
		} else if (kind === 'conditions')
			typed[name] = ((value ?? []) as AgreedCondition[]).map(({ text }) => text).join('\n');
		else if (kind === 'instalments')
			typed[name] = ((value ?? []) as Charge[])
				.map(({ dueOn, amountFen }) => `${dueOn} ${formatYuan(amountFen)}`)
				.join('\n');
		else if (kind === 'lines') typed[name] = ((value ?? []) as string[]).join('\n');
		else if (kind === 'money') typed[name] = typeof value === 'number' ? formatYuan(value) : '';
		else if (kind === 'yes') typed[name] = value === true ? 'yes' : '';
		else if (kind === 'area') typed[name] = typeof value === 'number' ? (value / 100).toFixed(2) : '';
		else typed[name] = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	}
	return typed;
}

/**
 * Reads a form as what is recorded: every field there is, those that the form does not have as not given.
 *
 * Faults are named by field; conditions keep the keys of those with the same words, new ones are numbered.
 */
export function readFacts(
	every: readonly EventField[],
	fields: readonly EventField[],
	typed: Typed,
	conditions: readonly AgreedCondition[],
): { facts: Record<string, unknown>; faults: Partial<Record<string, FieldFault>> } {
	const facts = emptyFacts(every);
	const faults: Partial<Record<string, FieldFault>> = {};
	for (const field of fields) {
		const read = readField(field, typed, conditions);
		if (read.ok) facts[field.name] = read.value;
		else faults[field.name] = read.fault;
	}
	return { facts, faults };
}

type Read =
	{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: FieldFault };

export function readField(
	{ name, kind, isNeeded }: EventField,
	typed: Typed,
	conditions: readonly AgreedCondition[],
): Read {
	const text = (typed[name] ?? '').trim();
	const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
	if (kind === 'results')
		return {
			ok: true,
			value: conditions.map(({ key }) => ({
				key,
				isMet: typed[metName(key)] === 'yes',
				evidence: (typed[evidenceName(key)] ?? '').trim(),
			})),
		};
	if (kind === 'conditions') return { ok: true, value: keyConditions(lines, conditions) };
	if (kind === 'instalments') {
		const charges = lines.map(readCharge);
		const known = charges.filter((charge) => charge !== null);
		return known.length < charges.length
			? { ok: false, fault: 'fieldNotInstalments' }
			: { ok: true, value: known };
	}
	if (kind === 'lines') return { ok: true, value: lines };
	if (kind === 'yes') return { ok: true, value: text === 'yes' };
	if (text === '' && isNeeded) return { ok: false, fault: 'fieldRequired' };
	if (text === '') return { ok: true, value: kind === 'long' ? '' : null };
	if (kind === 'day') return isDay(text) ? { ok: true, value: text } : { ok: false, fault: 'fieldNotDay' };
	if (kind === 'money') {
		const amountFen = parseYuan(text);
		return amountFen === null || amountFen <= 0
			? { ok: false, fault: 'fieldNotMoney' }
			: { ok: true, value: amountFen };
	}
	if (kind === 'count')
		return /^[1-9]\d{0,5}$/.test(text)
			? { ok: true, value: Number(text) }
			: { ok: false, fault: 'fieldNotNumber' };
	if (kind === 'rent-months')
		return /^(?:1|2|3|4|6|12)$/.test(text)
			? { ok: true, value: Number(text) }
			: { ok: false, fault: 'fieldNotRentMonths' };
	if (kind === 'due-days')
		return /^\d{1,3}$/.test(text) && Number(text) <= 366
			? { ok: true, value: Number(text) }
			: { ok: false, fault: 'fieldNotDueDays' };
	if (kind === 'months')
		return /^\d{1,3}$/.test(text) && Number(text) <= 600
			? { ok: true, value: Number(text) }
			: { ok: false, fault: 'fieldNotMonths' };
	if (kind === 'area') {
		const areaDm2 = parseArea(text);
		return areaDm2 === null ? { ok: false, fault: 'fieldNotArea' } : { ok: true, value: areaDm2 };
	}
	if (kind === 'decimal' && !/^-?\d{1,15}(?:\.\d{1,6})?$/.test(text))
		return { ok: false, fault: 'fieldNotDecimal' };
	if (kind === 'size' && !/^\d{1,15}(?:\.\d{1,6})?$/.test(text)) return { ok: false, fault: 'fieldNotSize' };
	if (kind === 'share' && !/^(?:100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)$/.test(text))
		return { ok: false, fault: 'fieldNotShare' };
	return { ok: true, value: kind === 'indicator' || kind === 'consent' ? Number(text) : text };
}

/** Reads an area in m² of at most two decimals, "1,234.56", as 0.01 m²; null where it is none. */
export function parseArea(text: string): number | null {
	const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(',', ''));
	return match === null ? null : Number(match[1] + (match[2] ?? '').padEnd(2, '0'));
}

/** An instalment as typed: its day and its amount; null where it is not that. */
function readCharge(line: string): Charge | null {
	const [dueOn = '', amount = '', ...more] = line.split(/\s+/);
	const amountFen = parseYuan(amount);
	if (!isDay(dueOn) || amountFen === null || amountFen <= 0 || more.length > 0) return null;
	return { dueOn, amountFen };
}

/**
 * Gives conditions as typed their keys: those with the same words keep theirs; as many lines as before are the old ones put in other words; the rest get
 * numbers that none had, so that no result of a review comes to speak of another condition.
 */
function keyConditions(lines: readonly string[], conditions: readonly AgreedCondition[]): AgreedCondition[] {
	const keys: (string | undefined)[] = lines.map(() => undefined);
	const left = new Set(conditions);
	for (const [index, line] of lines.entries()) {
		const same = [...left].find(({ text }) => text === line);
		if (same === undefined) continue;
		keys[index] = same.key;
		left.delete(same);
	}
	const taken = new Set(conditions.map(({ key }) => key));
	let number = 0;
	const used = new Set<string>();
	return lines.map((text, index) => {
		const before = lines.length === conditions.length ? conditions[index] : undefined;
		const kept = keys[index] ?? (before !== undefined && left.has(before) ? before.key : undefined);
		if (kept !== undefined && !used.has(kept)) {
			used.add(kept);
			return { key: kept, text };
		}
		do number += 1;
		while (taken.has(`condition-${number}`));
		return { key: `condition-${number}`, text };
	});
}
