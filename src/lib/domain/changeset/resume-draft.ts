import { withHead, withoutStepsAfter, withStep, type DraftHistory } from './draft-history.ts';
import type { Step } from './step.ts';
import { countShared } from './sync-plan.ts';

/** A draft as it was drawn, by the ids of its steps, without what they did. */
export interface DrawnDraft {
	readonly steps: readonly { readonly clientId: string; readonly step: Step }[];
	readonly head: number;
}

/** A step that was made and cannot be done any more, and why. */
export interface LostStep {
	readonly step: Step;
	readonly refusal: {
		readonly code: string;
		readonly parcelNos: readonly number[];
		readonly params: Readonly<Record<string, unknown>>;
	};
}

export interface ResumedDraft {
	readonly history: DraftHistory;
	/** Empty as long as nobody else wrote. */
	readonly lost: readonly LostStep[];
}

/**
 * Goes on with a draft that was drawn further than the server has it.
 *
 * Where the server's steps are the first of those drawn, the draft is as it was drawn, its head too; where another window has written otherwise, the steps
 * that the server lacks and that counted are done after its last one, and those that cannot be are told. The cost is that of the steps.
 */
export function resumeDraft(served: DraftHistory, drawn: DrawnDraft): ResumedDraft {
	const ids = served.steps.map(({ clientId }) => clientId);
	const drawnIds = drawn.steps.map(({ clientId }) => clientId);
	const shared = countShared(drawnIds, ids);
	const missing = drawn.steps.slice(shared);
	if (served.head > shared || missing.some(({ clientId }) => ids.includes(clientId))) {
		const counted = drawn.steps.slice(0, drawn.head).filter(({ clientId }) => !ids.includes(clientId));
		return redo(served, counted);
	}
	if (missing.length === 0) return { history: withHead(served, drawn.head), lost: [] };
	const resumed = redo(withoutStepsAfter(withHead(served, shared), shared), missing);
	return resumed.lost.length > 0 ? resumed : { ...resumed, history: withHead(resumed.history, drawn.head) };
}

function redo(start: DraftHistory, steps: DrawnDraft['steps']): ResumedDraft {
	let history = start;
	const lost: LostStep[] = [];
	for (const { clientId, step } of steps) {
		const result = withStep(history, clientId, step);
		if (result.ok) history = result.history;
		else lost.push({ step, refusal: result.refusal });
	}
	return { history, lost };
}
