import { createHash } from 'node:crypto';
import { checkDocument } from '$lib/domain/changeset/document-type.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { isSealed, TAKING_PART } from '$lib/domain/changeset/life-cycle.ts';
import { checkPaper, withoutBlanks } from '$lib/domain/changeset/publishing-papers.ts';
import { auditName, can, userIdOf } from '../../access/actor.ts';
import { lockChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import {
	deleteDocument,
	insertComment,
	insertDocument,
	listDocuments,
	listPapers,
	putPaper,
	type PaperRow,
} from '../../db/changeset-record.ts';
import type { Sql } from '../../db/connect.ts';
import { findZone } from '../../db/zone.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';
import { staleAt } from './append-steps.ts';
import { mayDraft } from './begin.ts';
import { pinComment, type WrittenComment } from './comment-pins.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';

/**
 * Says something of a changeset, of one of its parcels or of a place; it holds on to its parcel (`pinComment`).
 *
 * Who drafts, reviews, approves or publishes in the zone may (`TAKING_PART`); who only reads is refused `event.not-permitted`. Refuses what
 * `pinComment` refuses, and as stale `changeset.moved` where the draft was changed just now.
 */
export async function commentChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	written: WrittenComment,
): Promise<Outcome<number>> {
	const pinned = await pinComment(context, zoneId, changesetNo, written);
	if (!pinned.ok) return pinned;
	const { comment, editNo } = pinned.value;
	return record(
		context,
		zoneId,
		changesetNo,
		() => TAKING_PART.some((permission) => can(context.actor, permission, zoneId)),
		async (sql, row) => {
			if (editNo !== null && row.editNo !== editNo) return staleAt(row);
			const commentNo = await insertComment(sql, zoneId, changesetNo, comment);
			await audit(context, sql, zoneId, changesetNo, 'comment', { commentNo, ...comment });
			return done(commentNo);
		},
		'event.not-permitted',
	);
}

/**
 * Adds a document on which a changeset is based, or that holds an outside paper, and gives back its number.
 *
 * Refuses what `checkDocument` refuses; its type is that of its name, whatever the sender says. Sent again by the same account under the same name, as
 * after a lost answer, it is the one that is there.
 */
export async function addDocument(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ name, content }: { readonly name: string; readonly content: Uint8Array },
	mostBytes: number,
): Promise<Outcome<number>> {
	const checked = checkDocument(name, content, mostBytes);
	if (!checked.ok) return failed('refused', checked.issues);
	const { mediaType } = checked;
	const sha256 = createHash('sha256').update(content).digest('hex');
	const mayAdd = (row: ChangesetRow) => mayRecord(context, zoneId, row);
	return record(context, zoneId, changesetNo, mayAdd, async (sql) => {
		const userId = userIdOf(context.actor);
		const there = (await listDocuments(sql, zoneId, changesetNo)).find(
			(one) => one.userId === userId && one.name === name && one.sha256 === sha256,
		);
		if (there !== undefined) return done(there.documentNo);
		const documentNo = await insertDocument(sql, zoneId, changesetNo, { name, mediaType, content, sha256 });
		await audit(context, sql, zoneId, changesetNo, 'document', { documentNo, name, mediaType, sha256 });
		return done(documentNo);
	});
}

/**
 * Takes a document off a draft: its author may, one that he added.
 *
 * Refuses `changeset.not-draft`, `document.not-found`, and `document.in-use` with the paper that names it.
 */
export async function removeDocument(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	documentNo: number,
): Promise<Outcome<number>> {
	const { actor } = context;
	const isOwn = (row: ChangesetRow) => mayDraft(actor, zoneId) && actor.userId === row.authorId;
	return record(context, zoneId, changesetNo, isOwn, async (sql, { state }) => {
		if (state !== 'draft') return failed('refused', [changesetError('changeset.not-draft')]);
		const documents = await listDocuments(sql, zoneId, changesetNo);
		const document = documents.find((one) => one.documentNo === documentNo && one.userId === userIdOf(actor));
		if (document === undefined) return failed('not-found', [changesetError('document.not-found')]);
		const { name, sha256 } = document;
		const papers = await listPapers(sql, zoneId, changesetNo);
		const paper = papers.find((one) => one.documentNo === documentNo)?.kind;
		if (paper !== undefined) return failed('refused', [changesetError('document.in-use', { name, paper })]);
		await deleteDocument(sql, zoneId, changesetNo, documentNo);
		await audit(context, sql, zoneId, changesetNo, 'remove_document', { documentNo, name, sha256 });
		return done(documentNo);
	});
}

/**
 * Writes what an outside paper states, in place of what was written before.
 *
 * Once a draft is approved only who may publish it writes its papers: what is published is what whoever publishes has seen. Refuses `paper.after-approval`, what
 * `checkPaper` lists, and `document.not-found`.
 */
export async function recordPaper(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	paper: PaperRow,
): Promise<Outcome<PaperRow>> {
	const mayWrite = (row: ChangesetRow) => mayRecord(context, zoneId, row);
	return record(context, zoneId, changesetNo, mayWrite, async (sql, { state, parkIds }) => {
		if (state === 'approved' && !can(context.actor, 'changeset.publish', zoneId, parkIds))
			return failed('forbidden', [changesetError('paper.after-approval')]);
		const zone = await findZone(sql, zoneId);
		if (zone === null) return notFound(changesetNo);
		const against = checkPaper(paper, dayInZone(zone, context.now));
		if (against.length > 0) return failed('refused', against);
		const documents = paper.documentNo === null ? [] : await listDocuments(sql, zoneId, changesetNo);
		if (paper.documentNo !== null && !documents.some((one) => one.documentNo === paper.documentNo))
			return failed('refused', [changesetError('document.not-found')]);
		const kept = withoutBlanks(paper);
		await putPaper(sql, zoneId, changesetNo, kept);
		await audit(context, sql, zoneId, changesetNo, 'paper', { ...kept });
		return done(kept);
	});
}

/** Papers come from the author, or from those who record an outside approval. */
function mayRecord({ actor }: ServiceContext, zoneId: string, { authorId, parkIds }: ChangesetRow): boolean {
	if (can(actor, 'changeset.publish', zoneId, parkIds)) return true;
	return mayDraft(actor, zoneId) && actor.userId === authorId;
}

async function record<Value>(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	isAllowed: (row: ChangesetRow) => boolean,
	write: (sql: Sql, row: ChangesetRow) => Promise<Outcome<Value>>,
	otherwise: 'changeset.not-yours' | 'event.not-permitted' = 'changeset.not-yours',
): Promise<Outcome<Value>> {
	if (!can(context.actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	return asWriter(context, zoneId, async (sql) => {
		const row = await lockChangeset(sql, zoneId, changesetNo);
		if (row === null) return notFound(changesetNo);
		if (!isAllowed(row)) return failed('forbidden', [changesetError(otherwise)]);
		if (isSealed(row.state)) return failed('refused', [changesetError('changeset.sealed')]);
		return write(sql, row);
	});
}

function audit(
	{ actor, now }: ServiceContext,
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	act: 'comment' | 'document' | 'remove_document' | 'paper',
	details: Readonly<Record<string, unknown>>,
): Promise<void> {
	return auditChangeset(sql, zoneId, changesetNo, { act, actor: auditName(actor), details, occurredAt: now });
}
