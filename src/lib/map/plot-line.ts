import type { WirePlotPlace } from '../api/plot-map.ts';
import { addYears, monthFrom } from '../domain/calendar/day.ts';
import type { SupplyState } from '../domain/supply/life-cycle.ts';
import { pathOf } from '../domain/supply/mode.ts';
import { PLOT_THEMES } from '../domain/supply/plot-theme.ts';
import type { PlotTone } from './plot-tone.ts';

/** What plots are coloured by. */
export const PLOT_SUBJECTS = ['state', 'mode', 'due', ...PLOT_THEMES] as const;
export type PlotSubject = (typeof PLOT_SUBJECTS)[number];

/** Lines of the legends with their colours, in their order. */
export const PLOT_LINES = {
	state: {
		reserve: 'none',
		programmed: '1',
		offered: '2',
		contracted: '3',
		held: '4',
		review: '5',
		over: '6',
	},
	mode: {
		reserve: 'none',
		lease_then_grant: '1',
		lease: '2',
		lease_and_grant: '3',
		grant: '4',
		contribution: '5',
		allocation: '6',
	},
	due: { nothing: 'none', overdue: '5', month: '2', later: '4' },
	term: {
		term_none: 'none',
		term_over: '5',
		term_year: '2',
		term_five: '3',
		term_twenty: '4',
		term_longer: '1',
	},
	idle: {
		idle_none: 'none',
		idle_unknown: '6',
		idle_not_idle: '4',
		idle_suspected: '2',
		idle_in_proceedings: '3',
		idle_idle: '5',
	},
} as const satisfies Readonly<Record<PlotSubject, Readonly<Record<string, PlotTone>>>>;

type LineOf<Subject extends PlotSubject> = keyof (typeof PLOT_LINES)[Subject];
export type PlotLine = { [Subject in PlotSubject]: LineOf<Subject> }[PlotSubject];

const STATE_LINES: Readonly<Record<SupplyState, LineOf<'state'>>> = {
	programmed: 'programmed',
	cancelled: 'over',
	offered: 'offered',
	awarded: 'offered',
	signed: 'contracted',
	lease_signed: 'contracted',
	allocated: 'held',
	contributed: 'held',
	held_in_parts: 'held',
	in_lease: 'held',
	in_review: 'review',
	review_passed: 'review',
	failed: 'review',
	granted: 'held',
	ended: 'over',
};

/** The line of a legend to which a plot belongs, by its newest supply on a day ('YYYY-MM-DD'). */
export function plotLine(
	{ mode, state, dueOn, endsOn, idle }: Pick<WirePlotPlace, 'mode' | 'state' | 'dueOn' | 'endsOn' | 'idle'>,
	subject: PlotSubject,
	today: string,
): PlotLine {
	if (subject === 'state') return state === null ? 'reserve' : STATE_LINES[state];
	if (subject === 'mode') return mode === null ? 'reserve' : pathOf(mode);
	if (subject === 'term') return termLine(endsOn, today);
	if (subject === 'idle') return idle === null ? 'idle_none' : `idle_${idle}`;
	if (dueOn === null) return 'nothing';
	if (dueOn < today) return 'overdue';
	return dueOn <= monthFrom(today) ? 'month' : 'later';
}

function termLine(endsOn: string | null, today: string): LineOf<'term'> {
	if (endsOn === null) return 'term_none';
	if (endsOn < today) return 'term_over';
	if (endsOn <= addYears(today, 1)) return 'term_year';
	if (endsOn <= addYears(today, 5)) return 'term_five';
	return endsOn <= addYears(today, 20) ? 'term_twenty' : 'term_longer';
}

/** The colour of a line. */
export function toneOf(subject: PlotSubject, line: PlotLine): PlotTone {
	const tones: Readonly<Record<string, PlotTone>> = PLOT_LINES[subject];
	return tones[line] ?? 'none';
}

/** Counts plots by the lines of a legend, all of them in their order. */
export function countLines(
	plots: readonly WirePlotPlace[],
	subject: PlotSubject,
	today: string,
): ReadonlyMap<PlotLine, number> {
	const lines = Object.keys(PLOT_LINES[subject]) as PlotLine[];
	const counts = new Map<PlotLine, number>(lines.map((line) => [line, 0]));
	for (const plot of plots) {
		const line = plotLine(plot, subject, today);
		counts.set(line, (counts.get(line) ?? 0) + 1);
	}
	return counts;
}
