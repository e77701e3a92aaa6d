import { changesetError, type ChangesetIssue } from '$lib/domain/changeset/issue.ts';
import { checkAct } from '$lib/domain/changeset/life-cycle.ts';
import {
	ASKED_WARNINGS,
	checkPapersSeen,
	checkEffectiveOn,
} from '$lib/domain/changeset/publishing-papers.ts';
import { auditName, can, type UserActor } from '../../access/actor.ts';
import { findChangeset, lockChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import { insertChangesetEvent } from '../../db/changeset-event.ts';
import { listPapers, type PaperRow } from '../../db/changeset-record.ts';
import type { Sql } from '../../db/connect.ts';
import { findLatestRevision, insertRevision } from '../../db/coverage.ts';
import { insertParcelChanges, insertParcelLineage } from '../../db/parcel-change.ts';
import {
	closeParcels,
	insertParcels,
	insertPlanningConditions,
	insertStockStatuses,
	lockZone,
	nextParcelNo,
} from '../../db/parcel-write.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';
import { staleAt } from './append-steps.ts';
import { failed, failedAct, done, notFound, type Outcome } from './outcome.ts';
import { prepareRevision, type PreparedRevision } from './prepare-publishing.ts';
import { readPapers } from './read-papers.ts';

/** What the publisher says besides what is recorded. */
export interface Publishing {
	readonly comment: string;
	/** The edit that the publisher has seen; left out: any. */
	readonly expectedEdit?: number | undefined;
	/** The papers that the publisher has seen; left out: any. */
	readonly papers?: readonly PaperRow[] | undefined;
	/** Codes of warnings that the publisher knows of. */
	readonly acknowledged?: readonly string[] | undefined;
	/** Day from which it is in force, 'YYYY-MM-DD'; null: not stated. */
	readonly effectiveOn: string | null;
}

export interface PublishedRevision {
	readonly changesetNo: number;
	readonly coverageId: string;
	readonly revision: number;
	readonly checksum: string;
	readonly changedParcels: number;
}

/** Others may publish first so often. */
const MOST_ATTEMPTS = 5;

/**
 * Publishes an approved changeset as the next revision of its coverage.
 *
 * All work is done before one transaction under the zone's lock, and again where another revision came first: parcels are closed and opened,
 * what was done to each and whose ground it has is recorded, the revision sealed, the event and the audit chained, or nothing is.
 * Refuses what `checkAct` and `checkEffectiveOn` list, the papers of its kind among it, a warning that has to be acknowledged and is
 * not (`ASKED_WARNINGS`), as stale `paper.moved` for each paper that is not as the publisher has seen it, what `prepareRevision` refuses, and as conflict `changeset.outdated`.
 */
export async function publishChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	publishing: Publishing,
): Promise<Outcome<PublishedRevision>> {
	const { actor, drafts } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
		const read = await asActor(context, zoneId, (sql) =>
			readForPublishing(sql, context, zoneId, changesetNo, publishing),
		);
		if (read === null) return notFound(changesetNo);
		const { row, papers, paperIssues } = read;
		if ((publishing.expectedEdit ?? row.editNo) !== row.editNo) return staleAt(row);
		const moved = checkPapersSeen(publishing.papers ?? papers, papers);
		if (moved.length > 0) return failed('stale', moved);
		const { effectiveOn, acknowledged = [] } = publishing;
		const dayIssues = checkEffectiveOn(row.kind, papers, effectiveOn, read.firstOn);
		const found = judge(actor, zoneId, row, [...paperIssues, ...dayIssues]);
		if (found.length > 0) return failedAct(found);
		const asked = paperIssues.filter(({ code }) => ASKED_WARNINGS.includes(code));
		const open = asked.filter(({ code }) => !acknowledged.includes(code));
		if (open.length > 0) return failed('refused', open);
		const draft = await drafts.open(zoneId, row, actor.userId);
		if (draft === null) continue;
		const prepared = await prepareRevision(context, zoneId, row, draft);
		if (prepared === 'again') continue;
		if (!prepared.ok) {
			const now = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
			// Published by somebody else meanwhile, it stands against itself.
			if (now?.state === row.state) return prepared;
			continue;
		}
		const isWritten = await asWriter(context, zoneId, (sql) =>
			writeRevision(sql, context, zoneId, {
				...{ row, papers, publishing, prepared: prepared.value },
				acknowledged: [...new Set(asked.map(({ code }) => code))],
			}),
		);
		if (!isWritten) continue;
		context.preparation.beginZone(zoneId);
		const { revision, checksum } = prepared.value.revision;
		return done({
			changesetNo,
			coverageId: row.coverageId,
			revision,
			checksum,
			changedParcels: prepared.value.publication.changes.length,
		});
	}
	return failed('stale', [changesetError('changeset.superseded')]);
}

async function readForPublishing(
	sql: Sql,
	{ now }: ServiceContext,
	zoneId: string,
	changesetNo: number,
	{ effectiveOn }: Publishing,
) {
	const row = await findChangeset(sql, zoneId, changesetNo);
	if (row === null) return null;
	return { row, ...(await readPapers(sql, zoneId, row, { now, effectiveOn })) };
}

function judge(
	actor: UserActor,
	zoneId: string,
	row: ChangesetRow,
	paperIssues: readonly ChangesetIssue[],
): ChangesetIssue[] {
	return checkAct({
		...row,
		event: 'publish',
		comment: '',
		steps: row.head,
		isAuthor: row.authorId === actor.userId,
		may: (permission) => can(actor, permission, zoneId, row.parkIds),
		issues: [],
		paperIssues,
	});
}

interface RevisionToWrite {
	readonly row: ChangesetRow;
	readonly papers: readonly PaperRow[];
	readonly publishing: Publishing;
	/** Codes of the warnings that were asked, each of which is acknowledged. */
	readonly acknowledged: readonly string[];
	readonly prepared: PreparedRevision;
}

/** Writes a prepared revision; false where another one, or another writer of the changeset, came first. */
async function writeRevision(
	sql: Sql,
	{ actor, now }: ServiceContext,
	zoneId: string,
	{ row, papers, publishing, acknowledged, prepared }: RevisionToWrite,
): Promise<boolean> {
	const { changesetNo, coverageId } = row;
	const { head, firstNo, publication, revision } = prepared;
	await lockZone(sql, zoneId);
	const latest = await findLatestRevision(sql, zoneId, coverageId);
	const locked = await lockChangeset(sql, zoneId, changesetNo);
	if (latest?.checksum !== head.checksum || (await nextParcelNo(sql, zoneId)) !== firstNo) return false;
	if (locked?.state !== row.state || locked.editNo !== row.editNo) return false;
	if (checkPapersSeen(papers, await listPapers(sql, zoneId, changesetNo)).length > 0) return false;

	const { closedNos, parcels, facts, changes, lineage } = publication;
	const closed = await closeParcels(sql, zoneId, coverageId, revision.revision, closedNos);
	if (closed !== closedNos.length)
		throw new Error(`${closed} of ${closedNos.length} parcels of ${zoneId}/${coverageId} were current`);
	await insertParcels(sql, zoneId, coverageId, revision.revision, parcels);
	await insertPlanningConditions(sql, zoneId, coverageId, facts.conditions);
	await insertStockStatuses(sql, zoneId, coverageId, facts.stockStatuses);
	await insertParcelChanges(sql, zoneId, coverageId, revision.revision, changesetNo, changes);
	await insertParcelLineage(sql, zoneId, coverageId, revision.revision, lineage);
	const approval = papers.find(({ kind }) => kind === 'approval');
	await insertRevision(sql, zoneId, {
		...revision,
		coverageId,
		publishedAt: now,
		effectiveOn: publishing.effectiveOn,
		approvalNumber: approval?.number ?? null,
		approvalOffice: approval?.office ?? null,
		approvedOn: approval?.issuedOn ?? null,
		source: `changeset/${changesetNo} ${row.title}`,
	});
	await insertChangesetEvent(sql, zoneId, changesetNo, {
		event: 'publish',
		comment: publishing.comment,
		revision: revision.revision,
		occurredAt: now,
	});
	await auditChangeset(sql, zoneId, changesetNo, {
		act: 'publish',
		actor: auditName(actor),
		details: {
			coverageId,
			...revision,
			effectiveOn: publishing.effectiveOn,
			comment: publishing.comment,
			acknowledged,
			kind: row.kind,
			baseRevisionOfDraft: row.baseRevision,
			papers,
		},
		occurredAt: now,
	});
	return true;
}
