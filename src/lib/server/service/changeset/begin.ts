import { COVERAGES_OF_KIND, type ChangesetKind } from '$lib/domain/changeset/kind.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { auditName, can, type Actor, type UserActor } from '../../access/actor.ts';
import {
	findChangeset,
	findChangesetByClient,
	insertChangeset,
	lockBeginnings,
	lockChangeset,
	updateChangesetText,
	type ChangesetRow,
} from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import { findLatestRevision, listCoverages } from '../../db/coverage.ts';
import type { ServiceContext } from '../context.ts';
import { asWriter } from '../scope.ts';
import { done, failed, notFound, type Outcome } from './outcome.ts';

/** What a changeset says of itself. */
export interface ChangesetText {
	readonly title: string;
	readonly reason: string;
}

export interface NewDraft extends ChangesetText {
	/** Id that the writer gives it: sending twice makes one. */
	readonly clientId: string;
	readonly coverageId: string;
	readonly kind: ChangesetKind;
}

/** Says whether somebody who is signed in may do drafts in a zone, in some park of it. */
export function mayDraft(actor: Actor, zoneId: string): actor is UserActor {
	return actor.kind === 'user' && can(actor, 'changeset.draft', zoneId);
}

/**
 * Begins a changeset on the newest revision of a coverage, or on one that its first step is made for.
 *
 * Refuses `event.not-permitted`, `coverage.not-found`, `kind.not-for-coverage`. Begun twice with one client id it is the same changeset.
 */
export async function beginChangeset(
	context: ServiceContext,
	zoneId: string,
	draft: NewDraft,
	baseRevision?: number,
): Promise<Outcome<ChangesetRow>> {
	const { actor, now } = context;
	if (!mayDraft(actor, zoneId)) return failed('forbidden', [changesetError('event.not-permitted')]);
	return asWriter(context, zoneId, async (sql) => {
		await lockBeginnings(sql, zoneId);
		const known = await findChangesetByClient(sql, zoneId, draft.clientId);
		if (known?.authorId === actor.userId) return done(known);
		const coverages = await listCoverages(sql, zoneId);
		const coverage = coverages.find((one) => one.coverageId === draft.coverageId);
		const revision = await findLatestRevision(sql, zoneId, draft.coverageId);
		if (coverage === undefined || revision === null)
			return failed('not-found', [changesetError('coverage.not-found')]);
		if (!COVERAGES_OF_KIND[draft.kind].includes(coverage.kind))
			return failed('refused', [changesetError('kind.not-for-coverage')]);
		const base = baseRevision ?? revision.revision;
		const changesetNo = await insertChangeset(sql, zoneId, {
			...draft,
			baseRevision: base,
			createdAt: now,
		});
		const { clientId, coverageId, kind, title } = draft;
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'begin',
			actor: auditName(actor),
			details: { clientId, coverageId, kind, title, baseRevision: base },
			occurredAt: now,
		});
		const row = await findChangeset(sql, zoneId, changesetNo);
		return row === null ? notFound(changesetNo) : done(row);
	});
}

/** Changes the title and the reason of one's own draft. */
export async function describeChangeset(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	text: ChangesetText,
): Promise<Outcome<ChangesetRow>> {
	const { actor, now } = context;
	return asWriter(context, zoneId, async (sql) => {
		const row = await lockChangeset(sql, zoneId, changesetNo);
		if (row === null) return notFound(changesetNo);
		if (!mayDraft(actor, zoneId) || row.authorId !== actor.userId)
			return failed('forbidden', [changesetError('changeset.not-yours')]);
		if (row.state !== 'draft') return failed('refused', [changesetError('changeset.not-draft')]);
		await updateChangesetText(sql, zoneId, changesetNo, { ...text, changedAt: now });
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'describe',
			actor: auditName(actor),
			details: { ...text },
			occurredAt: now,
		});
		return done({ ...row, ...text, changedAt: now });
	});
}
