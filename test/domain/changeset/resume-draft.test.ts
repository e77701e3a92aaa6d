import { describe, expect, it } from 'vitest';
import { findShape, listParcelNos } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import {
	historyOf,
	historyWith,
	stateOf,
	withHead,
	withStep,
	type DraftHistory,
} from '$lib/domain/changeset/draft-history.ts';
import { drawnOf, resumeDraft } from '$lib/domain/changeset/resume-draft.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { FARMLAND, INDUSTRY, TOWN, townDraft } from '$test/support/draft-town.ts';
import { CLASSES, someDraft } from '$test/support/chance-step.ts';
import { streetCoverage } from '$test/support/street-coverage.ts';
import { built } from '../../geo/edit/edit-outcome.ts';

const CODE = { text: 'X-1', status: 'official' } as const;
const classed = (parcelNo: number, i: number): Step => ({
	verb: 'reclassify',
	params: { parcelNos: [parcelNo], landUse: CLASSES[i] },
});
const merged = (...parcelNos: number[]): Step => ({ verb: 'merge', params: { parcelNos } });

function doing(history: DraftHistory, ...named: readonly (readonly [string, Step])[]): DraftHistory {
	return named.reduce((so, [clientId, step]) => {
		const result = withStep(so, clientId, step);
		if (!result.ok) throw new Error(result.refusal.code);
		return result.history;
	}, history);
}

const said = ({ steps, head }: DraftHistory) => [...steps.map(({ clientId }) => clientId), head];

describe('going on with a draft that the server has not had whole', () => {
	const { set } = streetCoverage(60);
	const start = historyOf(someDraft(built(set)));
	const [own, second] = [3, 4].map((no) => classed(no, 1 + (no % 2)));
	const drawn = doing(start, ['a', own], ['b', second], ['c', classed(5, 2)]);

	it('is as it was drawn, its head and what can be redone too, wherever the server stopped', () => {
		for (let stored = 0; stored <= 3; stored++)
			for (let head = 0; head <= 3; head++) {
				const served = historyWith(stateOf(start), drawn.steps.slice(0, stored), stored);
				if (!served.ok) throw new Error(served.refusal.code);
				const resumed = resumeDraft(served.history, drawnOf(withHead(drawn, head)));
				expect(resumed.lost).toEqual([]);
				expect(said(resumed.history)).toEqual(['a', 'b', 'c', head]);
				expect(resumed.history.states.at(-1)?.facts.patch).toEqual(drawn.states.at(-1)?.facts.patch);
			}
	});

	it('takes back what was undone before a step that was never sent', () => {
		const served = doing(start, ['a', own], ['b', second]);
		const redrawn = doing(withHead(served, 1), ['x', classed(6, 1)]);
		expect(said(resumeDraft(withHead(served, 1), drawnOf(redrawn)).history)).toEqual(['a', 'x', 2]);
		expect(said(resumeDraft(served, drawnOf(redrawn)).history)).toEqual(['a', 'b', 'x', 3]);
	});

	it('comes after what another window wrote, and tells what can no longer be done', () => {
		const neighbours = drawnNeighbours();
		const elsewhere = doing(start, ['a', own], ['z', merged(...neighbours)]);
		const [, gone] = neighbours;
		const here = doing(start, ['a', own], ['b', second], ['c', classed(gone, 2)]);
		const { history, lost } = resumeDraft(elsewhere, drawnOf(here));
		expect(said(history)).toEqual(['a', 'z', 'b', 3]);
		expect(lost.map(({ step, refusal }) => [step, refusal.code])).toEqual([
			[classed(gone, 2), 'parcel.unknown'],
		]);
	});

	it('follows new parcels that have other numbers behind those of another window, and never takes one for another', () => {
		const town = historyOf(townDraft());
		const cut = (parcelNo: number, from: string, to: string): Step => ({
			verb: 'split_by_line',
			params: { line: [TOWN.at(from), TOWN.at(to)], parcelNos: [parcelNo] },
		});
		const here = doing(
			town,
			['a', cut(1, 'D', 'B')],
			['b', { verb: 'reclassify', params: { parcelNos: [-1], landUse: INDUSTRY } }],
			[
				'c',
				{
					verb: 'set_code',
					params: {
						codes: [
							{ parcelNo: -2, code: null },
							{ parcelNo: -1, code: CODE },
						],
					},
				},
			],
		);
		const elsewhere = doing(town, ['z', cut(2, 'D', 'G')]);
		const { history, lost } = resumeDraft(elsewhere, drawnOf(here));
		expect([said(history), lost]).toEqual([['z', 'a', 'b', 'c', 4], []]);
		const [drawn, now] = [stateOf(here), stateOf(history)];
		const named = now.nextNo + 2;
		expect(findShape(now.coverage, named)).toEqual(findShape(drawn.coverage, -1));
		expect(factsOf(now.facts, named)).toMatchObject({ landUse: INDUSTRY, code: CODE });
		expect(factsOf(now.facts, -1).landUse).toBe(FARMLAND);

		const taken = resumeDraft(doing(town, ['y', merged(2, 1)], ['z', cut(1, 'D', 'G')]), drawnOf(here));
		expect(taken.lost.map(({ refusal }) => refusal.code)).toEqual([
			'parcel.unknown',
			'parcel.unknown',
			'parcel.unknown',
		]);
	});

	it('tells as lost what was done to a piece of ground that another window has parted otherwise', () => {
		const town = historyOf(townDraft());
		const [[west, north], [east], [, south], [, middle]] = ['A', 'B', 'F', 'D'].map((name) => TOWN.at(name));
		const cut = (...line: LonLat[]): Step => ({ verb: 'split_by_line', params: { line } });
		const half = (west + east) / 2;
		const high = (2 * north + middle) / 3;
		const classedOf = (parcelNo: number): Step => ({
			verb: 'reclassify',
			params: { parcelNos: [parcelNo], landUse: INDUSTRY },
		});
		const start = doing(town, ['a', cut([half, north], [half, south])]);
		const elsewhere = doing(town, ['z', cut([west, high], [east, high])]);
		const parents = new Set<number>();
		for (const piece of [-1, -2, -3, -4]) {
			const here = doing(start, ['b', classedOf(piece)]);
			const parent = start.steps[0].difference.lineage.find(({ to }) => to === piece)?.from ?? 0;
			const { history, lost } = resumeDraft(elsewhere, drawnOf(here));
			const now = stateOf(history);
			const industrial = [...listParcelNos(now.coverage)].filter(
				(no) => no !== 3 && factsOf(now.facts, no).landUse === INDUSTRY,
			);
			const shapes = industrial.map((no) => findShape(now.coverage, no));
			// Parcel 2 was left alone elsewhere.
			const isKept = parent === 2;
			expect(shapes).toEqual(isKept ? [findShape(stateOf(here).coverage, piece)] : []);
			expect(lost.map(({ step }) => step)).toEqual(isKept ? [] : [classedOf(piece)]);
			parents.add(parent);
		}
		expect(parents).toEqual(new Set([1, 2]));
	});

	/** Two parcels that can be merged, of which the second ends. */
	function drawnNeighbours(): [number, number] {
		const state = stateOf(start);
		for (let no = 7; no < 60; no++) {
			const result = withStep(start, 'try', merged(no, no + 1));
			if (!result.ok) continue;
			const there = stateOf(result.history).coverage;
			const gone = [no, no + 1].find((one) => findShape(there, one) === null);
			if (gone !== undefined && findShape(state.coverage, gone) !== null)
				return gone === no ? [no + 1, no] : [no, no + 1];
		}
		throw new Error('no two parcels touch');
	}
});
