import { IDLE_CAUSES, IDLE_MEASURES, type IdleStepKind } from '../../domain/supply/idle-proceeding.ts';
import {
	BUILDING_OUTCOMES,
	CHECK_POINTS,
	CONTROL_INDICATORS,
	DISPOSAL_MEASURES,
	PROGRESS_STEPS,
	TRANSFER_ADMISSIONS,
	TRANSFER_KINDS,
	TRANSFER_STEPS,
	type FactKind,
} from '../../domain/supply/supply-fact.ts';
import { LAND_USES } from '../../domain/tenure/term.ts';
import { PAUSE_CAUSES } from '../../domain/tenure/idle-clock.ts';
import type { WireSupervision } from '../../api/supply-wire.ts';
import { choose, may, need, type EventField } from './event-field.ts';
import type { FieldSources } from './fact-text.ts';

/** Kinds of facts that are entered in the form of a supply's page, in the order of its list. */
export const FORM_FACTS = [
	'progress',
	'figures',
	'pause',
	'rent_review',
	'indicator',
	'assessment',
	'disposal',
	'price',
	'supplement',
	'certificate',
	'transfer_terms',
	'transfer',
	'transfer_done',
	'exit',
] as const satisfies readonly FactKind[];
export type FormFact = (typeof FORM_FACTS)[number];

/** The same kinds by what they are about, in the order in which they are offered. */
export const FACT_GROUPS = [
	{ group: 'works', facts: ['progress', 'figures', 'pause'] },
	{ group: 'money', facts: ['price', 'rent_review', 'supplement'] },
	{ group: 'agreement', facts: ['indicator', 'assessment', 'disposal'] },
	{ group: 'market', facts: ['certificate', 'transfer_terms', 'transfer', 'transfer_done', 'exit'] },
] as const satisfies readonly { group: string; facts: readonly FormFact[] }[];

/** The fields of what is recorded beside a supply's events, by kind; days that were seen are today until something else is typed. */
const FACT_FIELDS: Readonly<Record<FormFact, readonly EventField[]>> = {
	progress: [choose('step', PROGRESS_STEPS, 'step'), need('seenOn', 'day')],
	figures: [
		need('statedOn', 'day'),
		may('developedDm2', 'area'),
		may('toDevelopDm2', 'area'),
		may('investedFen', 'money'),
		may('totalInvestmentFen', 'money'),
	],
	pause: [choose('cause', PAUSE_CAUSES, 'pauseCause'), need('fromOn', 'day'), may('toOn', 'day')],
	rent_review: [need('fromYear', 'count'), need('yearlyRentFen', 'money'), need('decidedOn', 'day')],
	indicator: [
		need('name', 'text'),
		choose('control', CONTROL_INDICATORS, 'control', false),
		need('unit', 'text'),
		choose('comparison', ['>=', '<='], 'comparison'),
		need('target', 'decimal'),
		may('tolerance', 'size'),
		choose('checkPoint', CHECK_POINTS, 'checkPoint'),
		may('checkOn', 'day'),
		may('monthsAfter', 'months'),
		need('owner', 'text'),
	],
	assessment: [need('indicatorNo', 'indicator'), need('assessedOn', 'day'), need('value', 'decimal')],
	disposal: [
		need('indicatorNo', 'indicator'),
		choose('measure', DISPOSAL_MEASURES, 'disposal'),
		need('decidedOn', 'day'),
		may('rectifyBy', 'day'),
		may('amountFen', 'money'),
		may('payBy', 'day'),
		may('note', 'long'),
	],
	price: [
		choose('what', ['benchmark', 'appraisal'], 'what'),
		need('statedOn', 'day'),
		need('totalFen', 'money'),
	],
	transfer: [
		choose('what', TRANSFER_KINDS, 'transfer'),
		need('askedOn', 'day'),
		need('toWhom', 'text'),
		may('sharePct', 'share'),
		choose('outcome', ['asked', 'consented', 'refused'], 'outcome'),
	],
	transfer_done: [need('consentNo', 'consent'), need('doneOn', 'day')],
	certificate: [{ ...need('number', 'text'), label: 'certificateNumber' }, need('registeredOn', 'day')],
	transfer_terms: [
		choose('what', TRANSFER_KINDS, 'transfer'),
		choose('admission', TRANSFER_ADMISSIONS, 'admission'),
		choose('afterStep', TRANSFER_STEPS, 'step', false),
		may('sharePctMax', 'share'),
	],
	supplement: [
		need('agreedOn', 'day'),
		choose('useBefore', LAND_USES, 'use'),
		choose('useAfter', LAND_USES, 'use'),
		need('floorBeforeDm2', 'area'),
		need('floorAfterDm2', 'area'),
		may('topUpFen', 'money'),
		may('payBy', 'day'),
	],
	exit: [
		need('handedBackOn', 'day'),
		choose('buildings', BUILDING_OUTCOMES, 'buildings'),
		may('paidFen', 'money'),
		may('toReserve', 'yes'),
		may('note', 'long'),
	],
};
/** What every record says beside its facts. */
export const DOCUMENT_FIELD: EventField = need('document', 'text');
export const STEP_DAY_FIELD: EventField = need('onDay', 'day');

/** The fields of a step of proceedings about idle land. */
export const IDLE_STEP_FIELDS: Readonly<Record<IdleStepKind, readonly EventField[]>> = {
	investigate: [need('ground', 'text')],
	hear: [choose('hearing', ['held', 'waived'], 'hearing'), may('statement', 'long')],
	withdraw: [need('reason', 'text')],
	find_not_idle: [need('reason', 'text')],
	find_idle: [choose('cause', IDLE_CAUSES, 'idleCause'), need('reason', 'text')],
	decide: [
		choose('measure', IDLE_MEASURES, 'measure'),
		may('amountFen', 'money'),
		may('payBy', 'day'),
		may('note', 'long'),
	],
	close: [need('outcome', 'text')],
};

/** Lists the fields of a fact; none of a kind that has no form here. */
export function factFieldsOf(kind: FactKind): readonly EventField[] {
	return FORM_FACTS.some((one) => one === kind) ? FACT_FIELDS[kind as FormFact] : [];
}

/** What a form of a fact begins with: the day on which it is entered. */
export function firstRecord(fields: readonly EventField[], today: string): Record<string, unknown> {
	const days = fields.filter(({ kind, isNeeded }) => kind === 'day' && isNeeded);
	return Object.fromEntries(days.map(({ name }) => [name, today]));
}

/** A row that was recorded and the one whose place it takes. */
interface Replacing {
	readonly factNo: number;
	readonly replacesNo: number | null;
}

/** Puts rows that took each other's place together, the newest first in each, and the last recorded chain first. O(n). */
export function chainsOf<Row extends Replacing>(rows: readonly Row[]): Row[][] {
	const byNo = new Map(rows.map((row) => [row.factNo, row]));
	const replaced = new Set(rows.map(({ replacesNo }) => replacesNo));
	return rows
		.filter(({ factNo }) => !replaced.has(factNo))
		.reverse()
		.map((head) => {
			const chain: Row[] = [];
			for (let row: Row | undefined = head; row !== undefined; row = byNo.get(row.replacesNo ?? 0))
				chain.push(row);
			return chain;
		});
}

/** Consents on the secondary market as rows have them, by every number they ever had; open: neither replaced, taken back nor used up. O(n²). */
export function consentsOf(
	rows: readonly WireSupervision['facts'][number][],
	nameOf: (consent: { what: string; toWhom: string; askedOn: string }) => string,
): NonNullable<FieldSources['consents']> {
	const chains = chainsOf(rows);
	const used = chains
		.filter(([head]) => head.kind === 'transfer_done' && !head.isVoid)
		.map(([head]) => head.facts.consentNo);
	return chains
		.filter(([head]) => head.kind === 'transfer')
		.flatMap((chain) => {
			const [head] = chain;
			const isOpen =
				!head.isVoid &&
				head.facts.outcome === 'consented' &&
				!chain.some(({ factNo }) => used.includes(factNo));
			return chain.map(({ factNo, facts }) => ({
				consentNo: factNo,
				name: nameOf(facts as { what: string; toWhom: string; askedOn: string }),
				isOpen: isOpen && factNo === head.factNo,
			}));
		});
}
