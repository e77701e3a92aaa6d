import type { WireOpenChangeset } from '../api/changeset.ts';
import { findShape } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { standingOfPin, stepThatMade, type PinStanding } from '../domain/changeset/comment-pin.ts';
import { wholeDifference, type DraftHistory } from '../domain/changeset/draft-history.ts';
import { hasParcel, type DraftDifference, type DraftState } from '../domain/changeset/draft-state.ts';
import type { Bounds } from '../map/map-camera.ts';

type Comment = WireOpenChangeset['comments'][number];

/** A comment that is about a parcel or a place, as the draft stands on screen. */
export interface PinnedComment {
	readonly commentNo: number;
	/** Null: it is about a place. */
	readonly parcelNo: number | null;
	/** Null: not kept. */
	readonly at: LonLat | null;
	readonly standing: PinStanding;
	readonly code: string | null;
	readonly publishedNo: number | null;
}

/** What is asked of the draft on screen; null until its parcels are there. */
export interface DraftOnScreen {
	readonly history: DraftHistory | null;
	readonly state: DraftState | null;
	readonly difference: DraftDifference | null;
}

/** The step that counts and made a parcel, null for a published one: what a comment on it holds on to. */
export function stepOfParcel({ history }: Pick<DraftOnScreen, 'history'>, parcelNo: number): string | null {
	return history === null || parcelNo >= 0
		? null
		: stepThatMade(history.steps.slice(0, history.head), parcelNo);
}

/**
 * Says where the comments of a draft belong by its steps as they are on screen, sent or not; until they are there, by what the server said.
 *
 * A published parcel that lies outside the loaded area is where the server said, unless a step on screen ends it. O(changes of the steps).
 */
export function pinnedComments(comments: readonly Comment[], draft: DraftOnScreen): PinnedComment[] {
	return comments.flatMap(({ commentNo, parcelNo, lon, lat, pin }): PinnedComment[] => {
		const at: LonLat | null = lon === null || lat === null ? null : [lon, lat];
		if (parcelNo === null || pin === null)
			return at === null
				? []
				: [{ commentNo, parcelNo: null, at, standing: 'there', code: null, publishedNo: null }];
		const { code, publishedNo } = pin;
		const standing = standingOnScreen(parcelNo, pin, draft);
		return [{ commentNo, parcelNo, at, standing, code, publishedNo }];
	});
}

function standingOnScreen(
	parcelNo: number,
	{ stepId, standing }: NonNullable<Comment['pin']>,
	draft: DraftOnScreen,
): PinStanding {
	const { history, state } = draft;
	if (history === null || state === null) return standing;
	if (parcelNo < 0)
		return standingOfPin({ parcelNo, stepId }, hasParcel(state, parcelNo), stepOfParcel(draft, parcelNo));
	if (hasParcel(state, parcelNo)) return 'there';
	const { shapes } = draft.difference ?? wholeDifference(history);
	return shapes.some((change) => change.parcelNo === parcelNo) ? 'gone' : standing;
}

/** What a comment is chosen with: the tools, and the map where it is there. */
interface Sight {
	readonly choose: (parcelNos: readonly number[]) => void;
	readonly state: DraftState | null;
	readonly camera:
		| {
				showBounds(bounds: Bounds): void;
				centreOn(at: LonLat, zoom?: number): void;
		  }
		| undefined;
}

/** Zoom from which a parcel is seen whole. */
const NEAR = 16;

/** Chooses the parcel of a comment and brings it into sight; of one that is no more, or not loaded, the place. */
export function showPinned(
	{ parcelNo, at, standing }: PinnedComment,
	{ choose, state, camera }: Sight,
): void {
	const isThere = parcelNo !== null && standing === 'there';
	choose(isThere ? [parcelNo] : []);
	const shape = isThere && state !== null ? findShape(state.coverage, parcelNo) : null;
	if (shape !== null) {
		const { minLon, minLat, maxLon, maxLat } = boxOf(shape);
		camera?.showBounds([minLon, minLat, maxLon, maxLat]);
	} else if (at !== null) {
		camera?.centreOn(at, NEAR);
	}
}
