import type { LonLat } from '$geo/flat-polygons.ts';

/**
 * One finding about a changeset: a code, never a sentence.
 *
 * An `error` keeps it from the act that was checked for, a `warning` does not. `at` is degrees (EPSG:4490).
 */
export interface ChangesetIssue {
	readonly code: string;
	readonly severity: 'error' | 'warning';
	readonly parcelNos: readonly number[];
	readonly at: LonLat | null;
	readonly params: Readonly<Record<string, string | number>>;
	/** Where the rule comes from that is not kept. */
	readonly source?: string;
}

/** Makes an error that is about no parcel. */
export function changesetError(
	code: string,
	params: ChangesetIssue['params'] = {},
	source?: string,
): ChangesetIssue {
	const issue: ChangesetIssue = { code, severity: 'error', parcelNos: [], at: null, params };
	return source === undefined ? issue : { ...issue, source };
}
