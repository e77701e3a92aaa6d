import { questionOf, type Finding } from './finding.ts';
import type { RecordStep } from './record.ts';

/**
 * Lists what a correction brings up against the events of a supply: what fails with it and did not without it, and what nobody can answer any more.
 *
 * Every event is asked again, as it stands with the correction and after what stands before it. What failed all the same, as a rule or the plan changed since,
 * is not held against the correction; another figure of it is. An open question is none of a correction where its code was open before: whoever recorded the event
 * acknowledged it. `before` and `after` are the same events without and with it. O(events × questions).
 */
export function findingsOfCorrection(
	before: readonly RecordStep[],
	after: readonly RecordStep[],
	ask: (step: RecordStep) => readonly Finding[],
): Finding[] {
	return after.flatMap((step, i) => {
		const known = new Set(ask(before[i]).flatMap((found) => nameOf(found) ?? []));
		return ask(step).filter((found) => {
			const name = nameOf(found);
			return name !== null && !known.has(name);
		});
	});
}

/** What a finding is known again by; null: it stands against nothing. */
function nameOf(found: Finding): string | null {
	if (found.outcome === 'pass') return null;
	return `${found.outcome} ${found.outcome === 'fail' ? questionOf(found) : found.code}`;
}
