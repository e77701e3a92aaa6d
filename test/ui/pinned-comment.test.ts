import { describe, expect, it } from 'vitest';
import { findShape } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import type { WireOpenChangeset } from '$lib/api/changeset.ts';
import {
	historyOf,
	stateOf,
	wholeDifference,
	withHead,
	withStep,
} from '$lib/domain/changeset/draft-history.ts';
import type { DraftHistory } from '$lib/domain/changeset/draft-history.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import { pinFeatures } from '$lib/map/edit/style-draft-pins.ts';
import { pinnedComments, showPinned, stepOfParcel, type PinnedComment } from '$lib/state/pinned-comment.ts';
import { townDraft } from '$test/support/draft-town.ts';

type Comment = WireOpenChangeset['comments'][number];

const AT = [123.4, 41.7] as const;
const comment = (commentNo: number, parcelNo: number | null, pin: Comment['pin']): Comment => ({
	...{ commentNo, parcelNo, pin, lon: AT[0], lat: AT[1], body: '这一块', userId: 'rita', userName: null },
	recordedAt: '2026-11-01T00:00:00Z',
});
const pinned = (stepId: string | null, standing: 'there' | 'gone' | 'unknown' = 'there') => ({
	...{ stepId, standing, code: null, publishedNo: null },
});

function done(history: DraftHistory, clientId: string, step: Step): DraftHistory {
	const result = withStep(history, clientId, step);
	if (!result.ok) throw new Error(result.refusal.code);
	return result.history;
}
const onScreen = (history: DraftHistory) => ({
	history,
	state: stateOf(history),
	difference: wholeDifference(history),
});
const divide = (parcelNo: number): Step => ({
	verb: 'split_to_areas',
	params: { parcelNo, bearingDeg: 90, into: { equalParts: 2 } },
});

describe('comments on screen', () => {
	const start = historyOf(townDraft());
	const divided = done(start, 'step-a', divide(1));
	const standings = (history: DraftHistory, ...comments: Comment[]) =>
		pinnedComments(comments, onScreen(history)).map(({ standing }) => standing);

	it('hold on to the step that made their parcel, also while nothing is sent', () => {
		expect(stepOfParcel(onScreen(divided), -1)).toBe('step-a');
		expect(stepOfParcel(onScreen(divided), 2)).toBeNull();
		const one = comment(1, -1, pinned('step-a'));
		expect(standings(divided, one)).toEqual(['there']);
		const undone = withHead(divided, 0);
		expect(standings(undone, one)).toEqual(['gone']);
		expect(standings(withHead(undone, 1), one)).toEqual(['there']);
		const otherwise = done(undone, 'step-b', divide(3));
		expect(stepOfParcel(onScreen(otherwise), -1)).toBe('step-b');
		expect(standings(otherwise, one)).toEqual(['gone']);
		expect(standings(done(divided, 'step-c', divide(-1)), one)).toEqual(['gone']);
	});

	it('are of published parcels until a step ends them, and of what the server says where those are not loaded', () => {
		const [near, far] = [comment(1, 1, pinned(null)), comment(2, 99, pinned(null))];
		const ended = comment(3, 98, pinned(null, 'gone'));
		expect(standings(start, near, far, ended)).toEqual(['there', 'there', 'gone']);
		expect(standings(divided, near, far, ended)).toEqual(['gone', 'there', 'gone']);
		const unread = { history: null, state: null, difference: null };
		expect(pinnedComments([comment(1, -1, pinned('step-a', 'gone'))], unread)[0].standing).toBe('gone');
		expect(standings(divided, comment(1, -1, pinned(null, 'unknown')))).toEqual(['unknown']);
	});

	it('of nothing are nowhere, of a place are there', () => {
		expect(pinnedComments([{ ...comment(1, null, null), lon: null, lat: null }], onScreen(start))).toEqual(
			[],
		);
		expect(pinnedComments([comment(1, null, null)], onScreen(start))).toMatchObject([
			{ parcelNo: null, at: AT },
		]);
	});

	it('are marks with their numbers, one for each place, hollow where the parcel is gone', () => {
		const { features } = pinFeatures([
			{ commentNo: 1, at: AT, parcelNo: null, isGone: true },
			{ commentNo: 2, at: AT, parcelNo: null, isGone: false },
			{ commentNo: 3, at: [123.5, 41.7], parcelNo: 7, isGone: true },
			{ commentNo: 4, at: null, parcelNo: null, isGone: false },
		]);
		// The mark of a parcel stands above its class, which is written at the same place.
		expect(features.map(({ properties }) => properties)).toEqual([
			{ label: '1, 2', isGone: false, isOfParcel: false },
			{ label: '3', isGone: true, isOfParcel: true },
		]);
	});

	describe('that is chosen', () => {
		/** What the tools and the map are told to do. */
		const shown = (pin: PinnedComment, history: DraftHistory) => {
			const acts: unknown[] = [];
			showPinned(pin, {
				choose: (parcelNos) => acts.push(['choose', ...parcelNos]),
				state: stateOf(history),
				camera: {
					showBounds: (bounds) => acts.push(['bounds', ...bounds]),
					centreOn: (at) => acts.push(['centre', ...at]),
				},
			});
			return acts;
		};
		const pinOf = (history: DraftHistory, one: Comment) => pinnedComments([one], onScreen(history))[0];

		it('chooses its parcel and brings the whole of it into sight', () => {
			const shape = findShape(stateOf(divided).coverage, -1);
			if (shape === null) throw new Error('no part');
			const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
			expect(shown(pinOf(divided, comment(1, -1, pinned('step-a'))), divided)).toEqual([
				['choose', -1],
				['bounds', minLon, minLat, maxLon, maxLat],
			]);
		});

		it('brings the place into sight where the parcel is no more, and chooses no other', () => {
			const undone = done(withHead(divided, 0), 'step-b', divide(3));
			expect(shown(pinOf(undone, comment(1, -1, pinned('step-a'))), undone)).toEqual([
				['choose'],
				['centre', ...AT],
			]);
		});

		it('chooses a parcel that is not loaded, whose place leads there', () => {
			expect(shown(pinOf(start, comment(1, 99, pinned(null))), start)).toEqual([
				['choose', 99],
				['centre', ...AT],
			]);
		});
	});
});
