import { describe, expect, it } from 'vitest';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import type { DraftDifference } from '$lib/domain/changeset/draft-state.ts';
import { rebaseSteps } from '$lib/domain/changeset/rebase-steps.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { doSteps, FARMLAND, INDUSTRY, townDraft } from '../../support/draft-town.ts';

const reclassify = (parcelNo: number, landUse: string): Step => ({
	verb: 'reclassify',
	params: { parcelNos: [parcelNo], landUse },
});

describe('rebasing steps', () => {
	const from = townDraft();
	const [mine, theirs] = [
		[reclassify(1, INDUSTRY), reclassify(2, INDUSTRY), reclassify(1, FARMLAND)],
		[reclassify(2, 'cn/2023/0201')],
	];
	const differences: DraftDifference[] = [];
	let state = from;
	for (const step of mine) {
		const ran = runStep(state, step);
		if (!ran.ok) throw new Error(ran.refusal.code);
		state = ran.state;
		differences.push(ran.difference);
	}
	const onto = doSteps(from, theirs).end;

	it('leaves out what stands against it, and waits before every step, so that others are served', async () => {
		let pauses = 0;
		const pause = async () => void pauses++;
		const rebased = await rebaseSteps(from, onto, differences, pause);
		expect(rebased.kept.map(({ stepNo }) => stepNo)).toEqual([1, 3]);
		expect(rebased.conflicts).toMatchObject([{ groupNo: 2, stepNos: [2], parcelNos: [2] }]);
		// Steps 1 and 2, of which the second is refused, then 1 and 3.
		expect(pauses).toBe(4);
	});
});
