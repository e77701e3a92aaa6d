import { buildCoverage } from '$geo/coverage/build.ts';
import { draftOf, type DraftState } from '$lib/domain/changeset/draft-state.ts';
import {
	historyOf,
	stateOf,
	wholeDifference,
	withStep,
	type DraftHistory,
} from '$lib/domain/changeset/draft-history.ts';
import type { ParcelFacts, PlanningCondition } from '$lib/domain/changeset/parcel-facts.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { drawing } from '$test/geo/coverage/drawing.ts';

export const FARMLAND = 'cn/2023/0101';
export const INDUSTRY = 'cn/2023/100101';

/** Two fields on the left, a works on the right; letters by columns from the north-west. */
export const TOWN = drawing(`
A    B    C

D    E

F    G    H
`);

const FACTS: Readonly<Record<number, ParcelFacts>> = {
	1: { landUse: FARMLAND, code: { text: 'F-1', status: 'official' }, condition: null },
	2: { landUse: FARMLAND, code: { text: 'F-2', status: 'official' }, condition: null },
	3: { landUse: INDUSTRY, code: { text: 'W-1', status: 'official' }, condition: null },
};

/** The town as a draft without steps. */
export function townDraft(
	coverageKind: 'plan' | 'current' = 'plan',
	condition: PlanningCondition | null = null,
): DraftState {
	const build = buildCoverage(TOWN.parcels({ 1: 'ADEB', 2: 'DFGE', 3: 'BEGHC' }));
	if (!build.ok) throw new Error(build.issues[0].code);
	const factsOf = (parcelNo: number) =>
		FACTS[parcelNo] === undefined ? null : { ...FACTS[parcelNo], condition };
	return draftOf(build.coverage, { coverageKind, factsOf, hasClass: () => true });
}

/** Does steps one after the other, none of which may be refused. */
export function doSteps(start: DraftState, steps: readonly Step[]) {
	let history: DraftHistory = historyOf(start);
	for (const [i, step] of steps.entries()) {
		const result = withStep(history, `step-${i}`, step);
		if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
		history = result.history;
	}
	return { start, end: stateOf(history), difference: wholeDifference(history) };
}
