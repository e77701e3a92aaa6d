import { describe, expect, it } from 'vitest';
import { findShape } from '$geo/coverage/coverage.ts';
import {
	historyOf,
	stateOf,
	wholeDifference,
	withHead,
	withStep,
	type DraftHistory,
} from '$lib/domain/changeset/draft-history.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { listNewLooks } from '$lib/map/edit/edit-glimpse.ts';
import { FARMLAND, INDUSTRY, townDraft } from '../../support/draft-town.ts';

const MERGE: Step = { verb: 'merge', params: { parcelNos: [1, 2], intoNo: 1 } };
const RECLASSIFY: Step = { verb: 'reclassify', params: { parcelNos: [3], landUse: FARMLAND } };

function done(history: DraftHistory, step: Step): DraftHistory {
	const result = withStep(history, `step-${history.head}`, step);
	if (!result.ok) throw new Error(result.refusal.code);
	return result.history;
}

const momentOf = (history: DraftHistory) => ({
	state: stateOf(history),
	difference: wholeDifference(history),
});

const looks = (before: DraftHistory, now: DraftHistory) =>
	listNewLooks(momentOf(before), momentOf(now)).map(({ parcelNo, landUse, isChanged }) => ({
		parcelNo,
		landUse,
		isChanged,
	}));

describe('what an edit makes look otherwise', () => {
	const begun = historyOf(townDraft());
	const merged = done(begun, MERGE);
	const both = done(merged, RECLASSIFY);

	it('is what a step changed, as it is after it, without what is there no more', () => {
		expect(looks(begun, merged)).toEqual([{ parcelNo: 1, landUse: FARMLAND, isChanged: true }]);
		const [{ shape }] = listNewLooks(momentOf(begun), momentOf(merged));
		expect(shape).toBe(findShape(stateOf(merged).coverage, 1));
	});

	it('is only what changed since, not what the draft had changed before', () => {
		expect(looks(merged, both)).toEqual([{ parcelNo: 3, landUse: FARMLAND, isChanged: true }]);
	});

	it('is the base again after an undo, with the parcels that had ended', () => {
		const undone = withHead(both, 0);
		expect(looks(both, undone).sort((a, b) => a.parcelNo - b.parcelNo)).toEqual([
			{ parcelNo: 1, landUse: FARMLAND, isChanged: false },
			{ parcelNo: 2, landUse: FARMLAND, isChanged: false },
			{ parcelNo: 3, landUse: INDUSTRY, isChanged: false },
		]);
	});

	it('is nothing where nothing was done', () => {
		expect(looks(both, both)).toEqual([]);
	});
});
