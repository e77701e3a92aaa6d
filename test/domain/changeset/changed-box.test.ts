import { describe, expect, it } from 'vitest';
import { changedBox } from '$lib/domain/changeset/changed-box.ts';
import { doSteps, INDUSTRY, TOWN, townDraft } from '../../support/draft-town.ts';

/** The box of some places of the town: west, south, east, north. */
function boxOfPlaces(names: string): number[] {
	const places = [...names].map((name) => TOWN.at(name));
	const side = (axis: 0 | 1, best: (...of: number[]) => number) =>
		best(...places.map((place) => place[axis]));
	return [side(0, Math.min), side(1, Math.min), side(0, Math.max), side(1, Math.max)];
}

describe('the box of what a draft changes', () => {
	it('is none without a change', () => {
		const { end, difference } = doSteps(townDraft(), []);
		expect(changedBox(end, difference)).toBeNull();
	});

	it('holds parcels that are made, ended and given another class, and no neighbour', () => {
		const cut = doSteps(townDraft(), [
			{ verb: 'split_by_line', params: { line: [TOWN.at('D'), TOWN.at('B')], parcelNos: [1] } },
		]);
		expect(changedBox(cut.end, cut.difference)).toEqual(boxOfPlaces('ADEB'));
		const classed = doSteps(townDraft(), [
			{ verb: 'reclassify', params: { parcelNos: [2], landUse: INDUSTRY } },
		]);
		expect(changedBox(classed.end, classed.difference)).toEqual(boxOfPlaces('DFGE'));
	});
});
