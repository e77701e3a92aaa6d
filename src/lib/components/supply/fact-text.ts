import type { WireSignatory } from '../../api/plot-register.ts';
import { END_CAUSES, type AgreedCondition, type ReviewResult } from '../../domain/supply/record.ts';
import { PROCEDURES, type SupplyMode } from '../../domain/supply/mode.ts';
import type { Charge } from '../../domain/tenure/arrears.ts';
import { formatYuan } from '../../domain/tenure/money.ts';
import { formatArea } from '../../i18n/format-area.ts';
import { formatDate } from '../../i18n/format-date.ts';
import { nameOf, type Locale } from '../../i18n/locale.ts';
import { supplyTranslator, type SupplyKey } from '../../i18n/supply-text.ts';
import type { EventField } from './event-field.ts';

/** What choices and words of fields are taken from. */
export interface FieldSources {
	readonly mode: SupplyMode;
	readonly offices: readonly WireSignatory[];
	readonly conditions: readonly AgreedCondition[];
	readonly indicators: readonly { readonly indicatorNo: number; readonly name: string }[];
	/** Consents on the secondary market; those that are used up are not to be chosen again. */
	readonly consents?: readonly {
		readonly consentNo: number;
		readonly name: string;
		readonly isOpen: boolean;
	}[];
}
export type FactWords = Omit<FieldSources, 'mode'> & { readonly locale: Locale };

/** Writes what a field is called in a language. */
export function fieldLabel({ name, label = name }: EventField, locale: Locale): string {
	return supplyTranslator(locale)(`field_${label}` as SupplyKey & `field_${'reason'}`);
}

/** Writes a value of a choice in a language. */
export function choiceText(words: string | undefined, value: unknown, locale: Locale): string {
	return supplyTranslator(locale)(`${words}_${String(value)}` as SupplyKey & `step_${'started'}`);
}

/** Writes what an event recorded in a field, a line each; none where nothing is recorded. */
export function factLines({ kind, words: choice }: EventField, value: unknown, words: FactWords): string[] {
	const { locale, offices, conditions, indicators, consents = [] } = words;
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
		case 'choice':
			return [choiceText(choice, value, locale)];
		case 'indicator':
			return [indicators.find(({ indicatorNo }) => indicatorNo === value)?.name ?? String(value)];
		case 'consent':
			return [consents.find(({ consentNo }) => consentNo === value)?.name ?? String(value)];
		case 'area':
			return [formatArea((Number(value) / 100).toFixed(2), 'm2', locale)];
		case 'yes':
			return [s(value === true ? 'yes' : 'no')];
		case 'decimal':
		case 'size':
		case 'share':
		case 'months':
		case 'text':
		case 'long':
		case 'count':
		case 'rent-months':
		case 'due-days':
			return [String(value)];
	}
}

type Outcome = 'pass' | 'fail' | 'unknown';
/** The outcome of several findings: what stands against it decides, then what nobody knows. */
export function worstOutcome(findings: readonly { readonly outcome: Outcome }[]): Outcome {
	return (
		(['fail', 'unknown'] as const).find((one) => findings.some(({ outcome }) => outcome === one)) ?? 'pass'
	);
}
