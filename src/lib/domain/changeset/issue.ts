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

/** When a changeset is checked: while it is drawn, when its author hands it in, when it becomes a revision. */
export const MOMENTS = ['draft', 'submit', 'publish'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Findings that weigh more the later they stand; all others weigh the same at every moment. */
const SEVERITIES: Readonly<Record<string, Readonly<Record<Moment, ChangesetIssue['severity']>>>> = {
	'control.touched': { draft: 'warning', submit: 'warning', publish: 'error' },
	'control.rule-unset': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'parcel.below-least-area': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'balance.target-missed': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'condition.of-former-class': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'conversion.needed': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'conversion.basic-farmland': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'survey.point-off-boundary': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'survey.points-lost': { draft: 'warning', submit: 'warning', publish: 'warning' },
	'survey.area-differs': { draft: 'warning', submit: 'warning', publish: 'error' },
};

/** How much a finding weighs at a moment. */
export function severityAt(code: string, moment: Moment): ChangesetIssue['severity'] {
	return SEVERITIES[code]?.[moment] ?? 'error';
}
