import { addDays, addMonths, addYears, compareDays } from '../calendar/day.ts';
import { explain, type Explained } from '../rule/explained.ts';
import { agreedDays, type AgreedDay } from './agreed-days.ts';
import { isOver } from './life-cycle.ts';
import { standingFacts, worksOf } from './supply-fact.ts';
import {
	idleStandingOf,
	isSupplied,
	lateDays,
	superviseSupply,
	type Supervision,
	type SupervisionContext,
} from './supervision.ts';
import { timelineOf, type DateKind } from './timeline.ts';

/** What can be due. */
export const DUE_KINDS = [
	'offer-by',
	'bids-until',
	'result-by',
	'hand-over-by',
	'start-by',
	'complete-by',
	'price',
	'rent',
	'top_up',
	'fee',
	'penalty',
	'rent-review',
	'assessment',
	'disposal',
	'rectify-by',
	'idle-suspected',
	'lease-ends',
	'renewal-by',
	'right-ends',
] as const;
export type DueKind = (typeof DUE_KINDS)[number];

/** Something that is to be done by a day, and why that day; what is done is in no list. */
export interface DueItem {
	readonly kind: DueKind;
	/** 'YYYY-MM-DD'. */
	readonly on: string;
	/** Days that have passed since; 0: it is not late. */
	readonly lateDays: number;
	/** Amount that is open, in fen; null: it is no payment. */
	readonly openFen: number | null;
	/** Name of the indicator that it is about; null: of none. */
	readonly indicator: string | null;
	readonly why: Omit<Explained<string>, 'value'>;
}

/** Month of what is due, 'YYYY-MM'; null: it is late. */
export function dueMonth({ on, lateDays }: Pick<DueItem, 'on' | 'lateDays'>): string | null {
	return lateDays > 0 ? null : on.slice(0, 7);
}

/** Year and quarter of the programme in which a supply stands. */
export interface ProgrammeQuarter {
	readonly year: number;
	readonly quarter: number;
}

const OF_TIMELINE: Partial<Record<DateKind, DueKind>> = {
	'bids-until': 'bids-until',
	'result-by': 'result-by',
	'hand-over-by': 'hand-over-by',
	'lease-ends': 'lease-ends',
	'renewal-by': 'renewal-by',
	'right-ends': 'right-ends',
};

/**
 * Lists what is to be done of a supply, in order of days, late or to come; of a day that no rule tells there is none.
 *
 * `until` is the day up to which it is looked ahead for an idle suspicion, `onDate` of the context the day from which lateness counts. O(rules + payments + facts²).
 */
export function dueItems(context: SupervisionContext, programme: ProgrammeQuarter, until: string): DueItem[] {
	const { record } = context;
	const supervision = superviseSupply(context);
	const items = [
		...ofProgramme(context, programme),
		...ofTimeline(context),
		...ofWorks(context),
		...ofMoney(context, supervision),
		...ofReviews(context, supervision),
		...ofIndicators(context, supervision),
		...ofSuspicion(context, until),
	];
	return items
		.filter(({ openFen }) => !isOver(record.state) || openFen !== null)
		.sort((a, b) => compareDays(a.on, b.on));
}

/**
 * Keeps of what is due, in order of days, what is near to a day: all that is late or due within twelve months, and the next of each kind beyond.
 *
 * The rents of a long lease are many; the first of them is enough. O(items²) at worst.
 */
export function nearDue(items: readonly DueItem[], onDate: string): DueItem[] {
	const last = addMonths(onDate, 12);
	const ahead = items.filter(({ on }) => on > onDate);
	return items.filter((one) => one.on <= last || one === ahead.find(({ kind }) => kind === one.kind));
}

/** The first day on which something is due, looked ahead for ten years; null: nothing is. */
export function firstDueOn(context: SupervisionContext, programme: ProgrammeQuarter): string | null {
	return dueItems(context, programme, addYears(context.onDate, 10))[0]?.on ?? null;
}

const NOTHING = { openFen: null, indicator: null };

function item(
	{ onDate }: SupervisionContext,
	kind: DueKind,
	on: string,
	{ reason, params, rule }: Omit<Explained<unknown>, 'value'>,
	more: Partial<Pick<DueItem, 'openFen' | 'indicator'>> = {},
): DueItem {
	return { kind, on, lateDays: lateDays(on, onDate), ...NOTHING, ...more, why: { reason, params, rule } };
}

function ofProgramme(context: SupervisionContext, { year, quarter }: ProgrammeQuarter): DueItem[] {
	if (context.record.state !== 'programmed') return [];
	const last = addDays(addMonths(`${year}-01-01`, quarter * 3), -1);
	return [item(context, 'offer-by', last, explain(null, 'due.programmed', { year, quarter }))];
}

function ofTimeline(context: SupervisionContext): DueItem[] {
	const { record, parkId, rules, calendar } = context;
	return timelineOf(record, parkId, rules, calendar).flatMap(({ kind, on, isDue, isReckoned, rule }) => {
		const due = OF_TIMELINE[kind];
		if (due === undefined || !isDue || on === null) return [];
		const why = { ...explain(null, isReckoned ? 'due.reckoned' : 'due.recorded'), rule };
		return [item(context, due, on, why)];
	});
}

function ofWorks(context: SupervisionContext): DueItem[] {
	const { record, facts } = context;
	const works = worksOf(facts);
	if (!isSupplied(record) || works.completedOn !== null) return [];
	const { startBy, completeBy } = agreedDays(record);
	const agreed = (kind: DueKind, day: AgreedDay | null) =>
		day === null ? [] : [item(context, kind, day.on, explain(null, 'due.agreed', { number: day.number }))];
	return [
		...(works.startedOn !== null ? [] : agreed('start-by', startBy)),
		...agreed('complete-by', completeBy),
	];
}

function ofMoney(context: SupervisionContext, { accounts }: Supervision): DueItem[] {
	return accounts.flatMap(({ kind, plan, state }) =>
		(state?.charges ?? []).flatMap(({ dueOn, openFen }) =>
			openFen === 0 || plan === null ? [] : [item(context, kind, dueOn, plan, { openFen })],
		),
	);
}

/** Rents to be set anew: those of which nobody recorded one for the year that begins. */
function ofReviews(context: SupervisionContext, { reviews }: Supervision): DueItem[] {
	if (reviews === null || reviews.value === null) return [];
	const { handedOverOn } = context.record;
	const done = new Set(standingFacts(context.facts, 'rent_review').map(({ facts }) => facts.fromYear));
	return reviews.value.flatMap((on) => {
		const year = Number(on.slice(0, 4)) - Number((handedOverOn ?? on).slice(0, 4)) + 1;
		return done.has(year) ? [] : [item(context, 'rent-review', on, reviews)];
	});
}

function ofIndicators(context: SupervisionContext, { indicators }: Supervision): DueItem[] {
	return indicators.flatMap(({ indicator, checkOn, verdict, assessments, disposals, rectifyBy }) => {
		const named = { indicator: indicator.facts.name };
		if (verdict === 'not_assessed')
			return checkOn.value === null ? [] : [item(context, 'assessment', checkOn.value, checkOn, named)];
		const missedOn = assessments.at(-1)?.facts.assessedOn;
		if (verdict !== 'missed' || missedOn === undefined) return [];
		if (rectifyBy !== null)
			return [item(context, 'rectify-by', rectifyBy, explain(null, 'due.to-rectify'), named)];
		return disposals.some(({ facts }) => facts.decidedOn >= missedOn)
			? []
			: [item(context, 'disposal', missedOn, explain(null, 'due.missed'), named)];
	});
}

/** A suspicion that will have come by a day if nothing happens, as long as no proceedings run. */
function ofSuspicion(context: SupervisionContext, until: string): DueItem[] {
	const onDate = until > context.onDate ? until : context.onDate;
	const idle = idleStandingOf({ ...context, onDate });
	if (idle === null || idle.status !== 'suspected' || idle.answer.sinceOn === null) return [];
	return [item(context, 'idle-suspected', idle.answer.sinceOn, idle.answer)];
}
