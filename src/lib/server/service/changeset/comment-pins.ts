import { findShape } from '$geo/coverage/coverage.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { listNewParcels, standingOfPin, type PinStanding } from '$lib/domain/changeset/comment-pin.ts';
import { draftOf, hasParcel } from '$lib/domain/changeset/draft-state.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { can } from '../../access/actor.ts';
import { findChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { knowsParcel, type CommentRow, type NewComment } from '../../db/changeset-record.ts';
import type { Sql } from '../../db/connect.ts';
import { findStepsThatMade } from '../../db/changeset-step.ts';
import { listCreatedParcels } from '../../db/parcel-change.ts';
import { findCodesAt } from '../../db/parcel-version.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { staleAt } from './append-steps.ts';
import type { OpenDraft } from './draft-store.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';

/** A comment as it is written: of a parcel with the step that made it, as its writer saw it; left out: as it is now. */
export type WrittenComment = Omit<NewComment, 'stepId'> & { readonly stepId?: string | null | undefined };

/** A comment that holds on to its parcel, and the edit at which it does; null: it is of no parcel. */
export interface PinnedComment {
	readonly comment: NewComment;
	readonly editNo: number | null;
}

/** A comment as it is read: with its parcel as that stands now, null where it is of none, and the place of that. */
export interface ReadComment extends Omit<CommentRow, 'stepId'> {
	readonly pin: {
		readonly stepId: string | null;
		readonly standing: PinStanding;
		/** As published, as the draft gives it, or as the base revision has it; null: it has none. */
		readonly code: string | null;
		/** The number that it has since publishing; null: it is not published. */
		readonly publishedNo: number | null;
	} | null;
}

/**
 * Pins a comment to its parcel: by the step that made it where it is new, and by a place inside it.
 *
 * Refuses `parcel.unknown` where neither coverage nor draft has it, and as stale `changeset.moved` where its writer saw one that is no more.
 */
export async function pinComment(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ stepId = null, ...comment }: WrittenComment,
): Promise<Outcome<PinnedComment>> {
	const { actor, drafts } = context;
	const { parcelNo } = comment;
	if (parcelNo === null) return done({ comment: { ...comment, stepId: null }, editNo: null });
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const row = await findChangeset(sql, zoneId, changesetNo);
		if (row === null) return null;
		const makers = await findStepsThatMade(sql, zoneId, row, [parcelNo]);
		return {
			row,
			madeBy: makers.get(parcelNo) ?? null,
			isKnown: await knowsParcel(sql, zoneId, changesetNo, parcelNo),
		};
	});
	if (read === null) return notFound(changesetNo);
	const { row, madeBy, isKnown } = read;
	const draft = await drafts.open(zoneId, row, actor.userId);
	if (draft === null) return staleAt(row);
	const shape = findShape(draft.state.coverage, parcelNo);
	if (stepId !== null && (shape === null || madeBy !== stepId)) return staleAt(row);
	if (parcelNo < 0 ? shape === null : !isKnown)
		return failed('refused', [{ ...changesetError('parcel.unknown'), parcelNos: [parcelNo] }]);
	const at = placeOf(comment) ?? (shape === null ? null : placeInside(shape));
	const pinned = { ...comment, lon: at?.[0] ?? null, lat: at?.[1] ?? null, stepId: madeBy };
	return done({ comment: pinned, editNo: row.editNo });
}

/** Says of each comment that is pinned to a parcel what has become of that, and where it lies or lay; `draft` null: changed just now. O(changes of the draft). */
export async function readPins(
	context: ServiceContext,
	zoneId: string,
	row: ChangesetRow,
	draft: OpenDraft | null,
	comments: readonly CommentRow[],
): Promise<ReadComment[]> {
	const pinnedNos = [...new Set(comments.flatMap(({ parcelNo }) => parcelNo ?? []))];
	if (pinnedNos.length === 0) return comments.map((comment) => ({ ...comment, pin: null }));
	const { makers, published } = await asActor(context, zoneId, async (sql) => ({
		makers: await findStepsThatMade(sql, zoneId, row, pinnedNos),
		published: draft === null ? [] : await listPublished(sql, zoneId, row, draft, pinnedNos),
	}));
	const publishedOf = new Map(published.map((one) => [one.draftNo, one]));
	return comments.map((comment) => {
		const { parcelNo, stepId } = comment;
		if (parcelNo === null) return { ...comment, pin: null };
		if (draft === null)
			return { ...comment, pin: { stepId, standing: 'unknown', code: null, publishedNo: null } };
		const { state, working } = draft;
		const madeBy = makers.get(parcelNo) ?? null;
		const standing = standingOfPin({ parcelNo, stepId }, hasParcel(state, parcelNo), madeBy);
		// What is no more in the draft is told as its base revision had it.
		const held = standing === 'there' ? state : draftOf(working.coverage, working.facts);
		const shape = findShape(held.coverage, parcelNo);
		const at = placeOf(comment) ?? (shape === null ? null : placeInside(shape));
		const given = standing === 'there' ? publishedOf.get(parcelNo) : undefined;
		const pin = {
			stepId,
			standing,
			code: given?.code ?? factsOf(held.facts, parcelNo).code?.text ?? null,
			publishedNo: given?.parcelNo ?? null,
		};
		return { ...comment, lon: at?.[0] ?? null, lat: at?.[1] ?? null, pin };
	});
}

/** What publishing made of some parcels of a draft that it kept; none before. */
async function listPublished(
	sql: Sql,
	zoneId: string,
	{ coverageId, publishedRevision }: ChangesetRow,
	{ state, difference }: OpenDraft,
	draftNos: readonly number[],
) {
	if (publishedRevision === null) return [];
	const given = await listCreatedParcels(sql, zoneId, coverageId, publishedRevision);
	const numbers = new Map(listNewParcels(difference).map((no, i) => [no, given[i] ?? null]));
	const kept = draftNos.flatMap((draftNo) => {
		const parcelNo = draftNo < 0 ? (numbers.get(draftNo) ?? null) : draftNo;
		return parcelNo === null || !hasParcel(state, draftNo) ? [] : [{ draftNo, parcelNo }];
	});
	const nos = kept.map(({ parcelNo }) => parcelNo);
	const codes = await findCodesAt(sql, zoneId, coverageId, publishedRevision, nos);
	return kept.map((one) => ({ ...one, code: codes.get(one.parcelNo) ?? null }));
}

function placeOf({ lon, lat }: Pick<CommentRow, 'lon' | 'lat'>): LonLat | null {
	return lon === null || lat === null ? null : [lon, lat];
}

function placeInside(shape: FlatPolygons): LonLat {
	return labelPoint(shape, 0) ?? [shape.coordinates[0], shape.coordinates[1]];
}
