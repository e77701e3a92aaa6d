import { changesetError } from '$lib/domain/changeset/issue.ts';
import type { Whose } from '$lib/domain/changeset/notice.ts';
import { changedBox, type ChangedBox } from '$lib/domain/changeset/changed-box.ts';
import { can } from '../../access/actor.ts';
import {
	findChangeset,
	listChangesets,
	type ChangesetFilter,
	type ChangesetRow,
} from '../../db/changeset.ts';
import { listChangesetEvents, type ChangesetEventRow } from '../../db/changeset-event.ts';
import {
	findDocumentContent,
	listComments,
	listDocuments,
	listPapers,
	type DocumentRow,
	type PaperRow,
} from '../../db/changeset-record.ts';
import { listSteps, type StepRow } from '../../db/changeset-step.ts';
import { findLatestRevision } from '../../db/coverage.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { readPins, type ReadComment } from './comment-pins.ts';
import { listNotices } from './notice.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';

/** A changeset with all that hangs on it but its steps. */
export interface OpenChangeset {
	readonly changeset: ChangesetRow;
	/** The newest revision of its coverage: another than its base, others have published since. */
	readonly latestRevision: number;
	/** Box of what it changes; null: nothing, or it was changed just now. */
	readonly box: ChangedBox | null;
	readonly events: readonly ChangesetEventRow[];
	readonly comments: readonly ReadComment[];
	readonly documents: readonly DocumentRow[];
	readonly papers: readonly PaperRow[];
}

/** Lists changesets of a zone from the newest down; none for those who may not read them. */
export async function findChangesets(
	context: ServiceContext,
	zoneId: string,
	{ whose, ...page }: Pick<ChangesetFilter, 'before' | 'states' | 'limit'> & { readonly whose?: Whose },
): Promise<Outcome<readonly ChangesetRow[]>> {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return failed('forbidden', []);
	const authorId = whose === 'mine' ? actor.userId : undefined;
	const changesetNos =
		whose === 'waiting'
			? (await listNotices(context, zoneId)).map(({ changesetNo }) => changesetNo)
			: undefined;
	const filter = { ...page, authorId, changesetNos };
	return done(await asActor(context, zoneId, (sql) => listChangesets(sql, zoneId, filter)));
}

/** Opens a changeset for somebody who may read it, with the box of what it changes, so that one sees it wherever on the map it is. */
export async function openChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Outcome<OpenChangeset>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => {
		const changeset = await findChangeset(sql, zoneId, changesetNo);
		if (changeset === null) return null;
		const latest = await findLatestRevision(sql, zoneId, changeset.coverageId);
		return {
			changeset,
			latestRevision: latest?.revision ?? changeset.baseRevision,
			events: await listChangesetEvents(sql, zoneId, changesetNo),
			comments: await listComments(sql, zoneId, changesetNo),
			documents: await listDocuments(sql, zoneId, changesetNo),
			papers: await listPapers(sql, zoneId, changesetNo),
		};
	});
	if (read === null) return notFound(changesetNo);
	const { changeset } = read;
	const isPinned = read.comments.some(({ parcelNo }) => parcelNo !== null);
	const isEmpty = changeset.head === 0;
	const draft = isEmpty && !isPinned ? null : await drafts.open(zoneId, changeset, actor.userId);
	return done({
		...read,
		comments: await readPins(context, zoneId, changeset, draft, read.comments),
		box: draft === null || isEmpty ? null : changedBox(draft.state, draft.difference),
	});
}

/** Lists the steps of a changeset in order, those undone included, with what they did. */
export async function readSteps(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ after, limit }: { after: number; limit: number },
): Promise<Outcome<{ readonly changeset: ChangesetRow; readonly steps: readonly StepRow[] }>> {
	if (!can(context.actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	return asActor(context, zoneId, async (sql) => {
		const changeset = await findChangeset(sql, zoneId, changesetNo);
		if (changeset === null) return notFound(changesetNo);
		const steps = await listSteps(sql, zoneId, changesetNo, { after, upTo: after + limit });
		return done({ changeset, steps });
	});
}

/** Reads a document of a changeset. */
export async function readDocument(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	documentNo: number,
): Promise<Outcome<{ readonly name: string; readonly mediaType: string; readonly content: Uint8Array }>> {
	if (!can(context.actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const found = await asActor(context, zoneId, (sql) =>
		findDocumentContent(sql, zoneId, changesetNo, documentNo),
	);
	return found === null ? failed('not-found', [changesetError('document.not-found')]) : done(found);
}
