import type { Finding } from './finding.ts';
import type { RecordStep } from './record.ts';

/**
 * Lists what a correction brings up against the events of a supply: what fails with it and did not without it.
 *
 * Every event is asked again, as it stands with the correction and after what stands before it. What failed all the same, as a rule or the plan changed since,
 * is not held against the correction: of each code as often as it was found before. `before` and `after` are the same events without and with it.
 * O(events × questions).
 */
export function findingsOfCorrection(
	before: readonly RecordStep[],
	after: readonly RecordStep[],
	ask: (step: RecordStep) => readonly Finding[],
): Finding[] {
	return after.flatMap((step, i) => {
		const known = failuresOf(ask(before[i])).map(({ code }) => code);
		return failuresOf(ask(step)).filter(({ code }) => {
			const at = known.indexOf(code);
			if (at >= 0) known.splice(at, 1);
			return at < 0;
		});
	});
}

function failuresOf(findings: readonly Finding[]): Finding[] {
	return findings.filter(({ outcome }) => outcome === 'fail');
}
