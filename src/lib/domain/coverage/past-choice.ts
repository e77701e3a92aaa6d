/** Which state of a zone is asked for: a revision of its plan or of the named coverage, or what stood at the end of a day ('YYYY-MM-DD'). */
export type PastChoice =
	{ readonly revision: number; readonly coverage?: string } | { readonly asOf: string };

/** Reads the state that an address asks for, by the names that the API has; null: the newest. A revision goes before a day. */
export function readPastChoice(params: URLSearchParams): PastChoice | null {
	const revision = params.get('revision') ?? '';
	if (/^[1-9]\d{0,8}$/.test(revision)) {
		const coverage = params.get('coverage') ?? '';
		return { revision: Number(revision), ...(/^[a-z0-9_-]{1,64}$/.test(coverage) ? { coverage } : {}) };
	}
	const asOf = params.get('asOf') ?? '';
	return isDay(asOf) ? { asOf } : null;
}

/** The parameters of an address that ask for a state; none for the newest. */
export function pastParameters(choice: PastChoice | null): [name: string, value: string][] {
	return Object.entries(choice ?? {}).map(([name, value]) => [name, String(value)]);
}

function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
