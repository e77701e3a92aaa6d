import type { WirePlotPlace } from '../api/plot-map.ts';
import { monthFrom } from '../domain/calendar/day.ts';
import type { SupplyState } from '../domain/supply/life-cycle.ts';
import { pathOf } from '../domain/supply/mode.ts';
import type { PlotTone } from './plot-tone.ts';

/** What plots are coloured by. */
export const PLOT_SUBJECTS = ['state', 'mode', 'due'] as const;
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
	{ mode, state, dueOn }: Pick<WirePlotPlace, 'mode' | 'state' | 'dueOn'>,
	subject: PlotSubject,
	today: string,
): PlotLine {
	if (subject === 'state') return state === null ? 'reserve' : STATE_LINES[state];
	if (subject === 'mode') return mode === null ? 'reserve' : pathOf(mode);
	if (dueOn === null) return 'nothing';
	if (dueOn < today) return 'overdue';
	return dueOn <= monthFrom(today) ? 'month' : 'later';
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
