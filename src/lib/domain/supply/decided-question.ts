import { finding, type Finding } from './finding.ts';
import { pathOf } from './mode.ts';
import type { SupplyEventKind } from './life-cycle.ts';
import type { SupplyRecord } from './record.ts';

/**
 * Open questions that whoever records an act does not answer alone: what nobody tendered is agreed, a grant follows a lease that is over, land is put to another use.
 *
 * The schema holds those of events (`is_decided_question`), and the change of use by the policy of what is recorded (`is_decided_fact`).
 */
export const DECIDED_QUESTIONS: readonly string[] = [
	'supply.price-not-tendered',
	'supply.lease-over',
	'supplement.use-changes',
];

const CONTRACTS: readonly SupplyEventKind[] = ['sign', 'sign_lease', 'sign_grant'];

/** Says whether a question that was acknowledged, by its name with its parameters, is one of these. */
export function isDecidedQuestion(question: string): boolean {
	return DECIDED_QUESTIONS.includes(question.split(' ')[0]);
}

/** Says whether an open question among what was found is answered only by somebody who decides, another than who acted before. */
export function needsDecision(findings: readonly Finding[]): boolean {
	return findings.some(({ outcome, code }) => outcome === 'unknown' && DECIDED_QUESTIONS.includes(code));
}

/**
 * What was found, and what stands against who acts: a question for somebody who decides, another than who acted before (两人以上经办), or that there is none and the act is an officer's.
 *
 * `decides`: may decide and did not act before; `records`: has the right of the act.
 */
export function askDecision(
	findings: readonly Finding[],
	{ decides, records }: { readonly decides: boolean; readonly records: boolean },
): readonly Finding[] {
	if (needsDecision(findings))
		return decides ? findings : [...findings, finding('fail', 'supply.decision-needed')];
	return records ? findings : [...findings, finding('fail', 'supply.officer-needed')];
}

/** Says whether recording a contract may need somebody who decides: its price or its day were settled by nobody before. O(1). */
export function mayNeedDecision({ mode, award }: SupplyRecord, event: SupplyEventKind): boolean {
	if (!CONTRACTS.includes(event)) return false;
	const isOpen = [award?.priceFen, award?.yearlyRentFen].some((fen) => (fen ?? null) === null);
	return event === 'sign_grant' || (isOpen && ['lease_and_grant', 'lease_then_grant'].includes(pathOf(mode)));
}
