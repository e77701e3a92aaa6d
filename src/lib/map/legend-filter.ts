/** Which lines of a legend the map draws: all but some, or only some. */
export interface LegendFilter {
	readonly mode: 'off' | 'only';
	/** Names of lines as links carry them. */
	readonly tokens: readonly string[];
}

export const SHOW_ALL: LegendFilter = { mode: 'off', tokens: [] };
export const SHOW_NONE: LegendFilter = { mode: 'only', tokens: [] };

/** Whether a line is drawn. */
export function isShown({ mode, tokens }: LegendFilter, token: string): boolean {
	return tokens.includes(token) === (mode === 'only');
}

/** The filter with one line switched over. */
export function toggled({ mode, tokens }: LegendFilter, token: string): LegendFilter {
	const rest = tokens.filter((other) => other !== token);
	return { mode, tokens: rest.length < tokens.length ? rest : [...tokens, token] };
}

/** Reads a filter from the query of a link: `only=` wins over `off=`; neither shows everything. */
export function readFilter(query: URLSearchParams): LegendFilter {
	const only = query.get('only');
	if (only !== null) return { mode: 'only', tokens: split(only) };
	return { mode: 'off', tokens: split(query.get('off') ?? '') };
}

function split(text: string): string[] {
	return text === '' ? [] : text.split(',');
}
