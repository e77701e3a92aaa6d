/** Colours of plots, told apart by colour-blind readers; text stands beside each. */
export const PLOT_TONES = ['none', '1', '2', '3', '4', '5', '6'] as const;
export type PlotTone = (typeof PLOT_TONES)[number];

/** The token of a plot's colour. */
export function plotToken(tone: PlotTone): string {
	return `--plot-${tone}`;
}
