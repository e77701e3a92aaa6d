/** What a map of plots is told of supervision where it asks: the term that still runs (剩余年限), suspicion that land lies idle (疑似闲置). */
export const PLOT_THEMES = ['term', 'idle'] as const;
export type PlotTheme = (typeof PLOT_THEMES)[number];
