import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import type { Refusal } from '$geo/edit/difference.ts';

/**
 * What came of an act, or why it was not done.
 *
 * `not-found` also stands for what this reader may not see; `forbidden`: not by this account; `refused`: not in this state or not like this;
 * `stale`: the draft is not what the writer had before him; `conflict`: others have changed the same since; `busy`: not now.
 */
export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Failure;

export interface Failure {
	readonly ok: false;
	readonly why: 'not-found' | 'forbidden' | 'refused' | 'stale' | 'conflict' | 'busy';
	readonly issues: readonly ChangesetIssue[];
}

export function done<Value>(value: Value): Outcome<Value> {
	return { ok: true, value };
}

export function failed(why: Failure['why'], issues: readonly ChangesetIssue[]): Failure {
	return { ok: false, why, issues };
}

export function notFound(changesetNo: number): Failure {
	return failed('not-found', [changesetError('changeset.not-found', { changesetNo })]);
}

/** A refusal of the kernel or of a step as an issue. */
export function issueOf({ code, parcelNos, at, params }: Refusal): ChangesetIssue {
	return { code, severity: 'error', parcelNos, at, params };
}

/** Sets apart failures over who acts from those over what is done. */
export function failedAct(issues: readonly ChangesetIssue[]): Failure {
	const isForbidden = issues.some(({ code }) =>
		['event.author-only', 'event.author-excluded', 'event.not-permitted'].includes(code),
	);
	return failed(isForbidden ? 'forbidden' : 'refused', issues);
}
