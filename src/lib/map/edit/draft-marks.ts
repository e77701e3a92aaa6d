import type { WireIssue } from '$lib/api/issue.ts';
import type { Pin } from './style-draft-pins.ts';

/** Kinds of marks that a draft has on the map, as a legend lists them: findings, comments, comments whose parcel is no more. */
const DRAFT_MARKS = ['error', 'warning', 'comment', 'gone'] as const;
export type DraftMark = (typeof DRAFT_MARKS)[number];

/** Which kinds of marks are on the map, in the legend's order: what has no place has none. */
export function draftMarks(
	findings: readonly Pick<WireIssue, 'at' | 'severity'>[],
	pins: readonly Pick<Pin, 'at' | 'isGone'>[],
): DraftMark[] {
	const marks = [
		...findings.flatMap(({ at, severity }) =>
			at === undefined ? [] : [severity === 'error' ? 'error' : 'warning'],
		),
		...pins.flatMap(({ at, isGone }) => (at === null ? [] : [isGone ? 'gone' : 'comment'])),
	];
	return DRAFT_MARKS.filter((mark) => marks.includes(mark));
}
