import { listNoticeKinds } from '$lib/domain/changeset/notice.ts';
import { can } from '../../access/actor.ts';
import { listChangesets } from '../../db/changeset.ts';
import { listLastEvents } from '../../db/changeset-event.ts';
import { findLatestRevision, listCoverages } from '../../db/coverage.ts';
import { listRevisionOrigins } from '../../db/revision-history.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';

/** More changesets at work at once are not looked at. */
const MOST_OPEN = 1000;

/** Lists what waits for somebody who is signed in, the newest changeset first; computed whenever it is asked. */
export async function listNotices(context: ServiceContext, zoneId: string) {
	const { actor } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return [];
	return asActor(context, zoneId, async (sql) => {
		const open = await listChangesets(sql, zoneId, {
			states: ['draft', 'submitted', 'approved'],
			limit: MOST_OPEN,
		});
		const nos = open.map(({ changesetNo }) => changesetNo);
		const events = new Map(
			(await listLastEvents(sql, zoneId, nos)).map((event) => [event.changesetNo, event]),
		);
		const latest = new Map<string, { readonly revision: number; readonly publishedBy: string | null }>();
		for (const { coverageId } of await listCoverages(sql, zoneId)) {
			const revision = (await findLatestRevision(sql, zoneId, coverageId))?.revision ?? 0;
			const [origin] = await listRevisionOrigins(sql, zoneId, coverageId, [revision]);
			latest.set(coverageId, { revision, publishedBy: origin?.publisherName ?? null });
		}
		return open.flatMap((row) => {
			const last = events.get(row.changesetNo);
			const newest = latest.get(row.coverageId);
			const latestRevision = newest?.revision ?? row.baseRevision;
			const kinds = listNoticeKinds({
				...row,
				latestRevision,
				isAuthor: row.authorId === actor.userId,
				isReturned: last?.event === 'return',
				isEndorsed: last?.event === 'endorse',
				may: (permission) => can(actor, permission, zoneId, row.parkIds),
			});
			const { changesetNo, coverageId, title, state, authorName, baseRevision } = row;
			return kinds.map((kind) => ({
				kind,
				changesetNo,
				coverageId,
				title,
				state,
				authorName,
				baseRevision,
				latestRevision,
				publishedBy: newest?.publishedBy ?? null,
				since: (last?.occurredAt ?? row.changedAt).toISOString(),
				by: last?.userName ?? null,
				comment: last?.comment ?? '',
			}));
		});
	});
}
