import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { questionOf, type Finding } from '$lib/domain/supply/finding.ts';
import { failed, type Failure } from '../changeset/outcome.ts';

export { done, failed, type Failure, type Outcome } from '../changeset/outcome.ts';

/** There is no such supply, or it is not for this reader. */
export function noSupply(supplyNo: number): Failure {
	return failed('not-found', [changesetError('supply.not-found', { supplyNo })]);
}

/** There is no such plot, or it is not for this reader. */
export function noPlot(plotNo: number): Failure {
	return failed('not-found', [changesetError('plot.not-found', { plotNo })]);
}

/** Under the id of what is sent something else was recorded already. */
export function sentOtherwise(): Failure {
	return failed('conflict', [changesetError('entry.sent-otherwise')]);
}

/** What keeps an act from being done: failed questions, and open ones that were not acknowledged. */
export function standingAgainst(
	findings: readonly Finding[],
	acknowledged: readonly string[],
): ChangesetIssue[] {
	return findings.flatMap((finding) => {
		const { outcome, code, params, rule } = finding;
		if (outcome === 'fail') return [changesetError(code, params, rule?.source)];
		return outcome === 'unknown' && !acknowledged.includes(questionOf(finding))
			? [changesetError('supply.unacknowledged', { question: questionOf(finding) }, rule?.source)]
			: [];
	});
}

/** What keeps an entry from being recorded: as `standingAgainst`, an open question with its sentence and the name by which it is acknowledged (`acknowledge`). */
export function askedAgainst(
	findings: readonly Finding[],
	acknowledged: readonly string[],
): ChangesetIssue[] {
	return findings.flatMap((finding) => {
		const { outcome, code, params, rule } = finding;
		if (outcome === 'fail') return [changesetError(code, params, rule?.source)];
		const acknowledge = questionOf(finding);
		return outcome === 'unknown' && !acknowledged.includes(acknowledge)
			? [changesetError(code, { ...params, acknowledge }, rule?.source)]
			: [];
	});
}

/** Too many wait for a ledger. */
export function ledgerBusy(): Failure {
	return failed('busy', [changesetError('ledger.busy')]);
}
