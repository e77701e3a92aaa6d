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

/** The filter with several lines switched on or off. */
export function withShown(filter: LegendFilter, tokens: readonly string[], shown: boolean): LegendFilter {
	const wrong = tokens.filter((token) => isShown(filter, token) !== shown);
	return wrong.reduce(toggled, filter);
}

/** The filter without names that stand for no line; one that named none but such shows everything. */
export function knownOnly(filter: LegendFilter, isKnown: (token: string) => boolean): LegendFilter {
	const tokens = filter.tokens.filter(isKnown);
	return tokens.length === 0 && filter.tokens.length > 0 ? SHOW_ALL : { mode: filter.mode, tokens };
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
