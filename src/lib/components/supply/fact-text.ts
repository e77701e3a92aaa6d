import type { WireSignatory } from '../../api/plot-register.ts';
import { END_CAUSES, type AgreedCondition, type ReviewResult } from '../../domain/supply/record.ts';
import { PROCEDURES } from '../../domain/supply/mode.ts';
import type { Charge } from '../../domain/tenure/arrears.ts';
import { formatYuan } from '../../domain/tenure/money.ts';
import { formatDate } from '../../i18n/format-date.ts';
import { nameOf, type Locale } from '../../i18n/locale.ts';
import { supplyTranslator } from '../../i18n/supply-text.ts';
import type { EventField } from './event-field.ts';

/** What the words of facts are taken from. */
export interface FactWords {
	readonly locale: Locale;
	readonly offices: readonly WireSignatory[];
	readonly conditions: readonly AgreedCondition[];
}

/** Writes what an event recorded in a field, a line each; none where nothing is recorded. */
export function factLines({ kind }: EventField, value: unknown, words: FactWords): string[] {
	const { locale, offices, conditions } = words;
	const s = supplyTranslator(locale);
	if (value === null || value === undefined || value === '') return [];
	switch (kind) {
		case 'day':
			return [formatDate(String(value), locale)];
		case 'money':
			return [s('yuan', { amount: formatYuan(Number(value)) })];
		case 'procedure': {
			const procedure = PROCEDURES.find((one) => one === value);
			return [procedure === undefined ? String(value) : s(`procedure_${procedure}`)];
		}
		case 'cause': {
			const cause = END_CAUSES.find((one) => one === value);
			return [cause === undefined ? String(value) : s(`cause_${cause}`)];
		}
		case 'office': {
			const office = offices.find(({ officeId }) => officeId === value);
			return [office === undefined ? String(value) : nameOf(office, locale)];
		}
		case 'lines':
			return value as string[];
		case 'conditions':
			return (value as AgreedCondition[]).map(({ text }) => text);
		case 'instalments':
			return (value as Charge[]).map(
				({ dueOn, amountFen }) =>
					`${formatDate(dueOn, locale)} ${s('yuan', { amount: formatYuan(amountFen) })}`,
			);
		case 'results':
			return (value as ReviewResult[]).map(({ key, isMet, evidence }) =>
				s('resultLine', {
					condition: conditions.find((one) => one.key === key)?.text ?? key,
					verdict: s(isMet ? 'resultMet' : 'resultNotMet'),
					evidence: evidence === '' ? '—' : evidence,
				}),
			);
		case 'text':
		case 'long':
		case 'count':
		case 'rent-months':
		case 'due-days':
			return [String(value)];
	}
}
