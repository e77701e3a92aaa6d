import { formatArea } from '$geo/area/unit.ts';
import { gradeIn, mayRead } from '../../access/actor.ts';
import { listCoverages, listRevisions } from '../../db/coverage.ts';
import { countRevisionChanges, listRevisionOrigins, listRevisionViews } from '../../db/revision-history.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';

/** A part of a timeline: revisions older than `before`, all where it is left out. */
export interface TimelinePage {
	readonly before?: number;
	readonly limit: number;
}

/**
 * Lists the revisions of a coverage from the newest down: what, when, by whom and why, as far as the actor may know; maybe no such coverage.
 *
 * The public reads numbers, dates and the outside approval of what is in public view; the office all of it. `next` begins the next page.
 */
export async function findTimeline(
	context: ServiceContext,
	zoneId: string,
	coverageId: string,
	{ before, limit }: TimelinePage,
) {
	const isOffice = mayRead(gradeIn(context.actor, zoneId), 'office');
	return asActor(context, zoneId, async (sql) => {
		const coverages = await listCoverages(sql, zoneId);
		if (!coverages.some((one) => one.coverageId === coverageId)) return null;
		const page = before === undefined ? {} : { before };
		const found = await listRevisions(sql, zoneId, coverageId, { ...page, limit: limit + 1 });
		const rows = found.slice(0, limit);
		const nos = rows.map(({ revision }) => revision);
		const [origins, counts, views] = isOffice
			? [
					await listRevisionOrigins(sql, zoneId, coverageId, nos),
					await countRevisionChanges(sql, zoneId, coverageId, nos),
					await listRevisionViews(sql, zoneId, coverageId, nos),
				]
			: [[], [], []];
		return {
			coverageId,
			next: found.length > limit ? (nos.at(-1) ?? null) : null,
			revisions: rows.map((row) => {
				const { revision, approvalNumber, approvalOffice, approvedOn } = row;
				const origin = origins.find((one) => one.revision === revision) ?? null;
				const view = views.find((one) => one.revision === revision);
				return {
					revision,
					publishedAt: row.publishedAt.toISOString(),
					effectiveOn: row.effectiveOn,
					contentId: row.checksum,
					parcelCount: row.parcelCount,
					areaTotalM2: formatArea(row.areaTotalDm2, 'm2', 2),
					approval:
						approvalNumber === null && approvalOffice === null && approvedOn === null
							? null
							: { number: approvalNumber, office: approvalOffice, approvedOn },
					source: isOffice ? row.source : null,
					changes: isOffice
						? Object.fromEntries(
								counts.filter((one) => one.revision === revision).map(({ kind, parcels }) => [kind, parcels]),
							)
						: null,
					changeset: origin === null ? null : originOf(origin),
					withdrawal:
						view?.event === 'withdraw'
							? { reason: view.reason, userName: view.userName, at: view.occurredAt.toISOString() }
							: null,
				};
			}),
		};
	});
}

function originOf({
	revision: _,
	papers,
	...origin
}: Awaited<ReturnType<typeof listRevisionOrigins>>[number]) {
	return { ...origin, papers: [...papers] };
}
