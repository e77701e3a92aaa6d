import { createHash } from 'node:crypto';
import type { LonLatBounds } from '$geo/crs/web-mercator.ts';
import { changesetError } from '$lib/domain/changeset/issue.ts';
import { placeSurvey, refusePoints } from '$lib/domain/survey/place-survey.ts';
import type { WrittenSurvey } from '$lib/domain/survey/survey.ts';
import { auditName } from '../../access/actor.ts';
import { findChangeset, lockChangeset, type ChangesetRow } from '../../db/changeset.ts';
import { auditChangeset } from '../../db/changeset-audit.ts';
import type { Sql } from '../../db/connect.ts';
import { countSurveyPoints, deleteSurvey, insertSurvey } from '../../db/survey.ts';
import { findZone } from '../../db/zone.ts';
import { rowsOf, type CoverageSnapshot } from '../../tile/snapshot.ts';
import { mayDraft } from '../changeset/begin.ts';
import { done, failed, notFound, type Failure, type Outcome } from '../changeset/outcome.ts';
import type { ServiceContext } from '../context.ts';
import { asActor, asWriter } from '../scope.ts';

/** A survey as it is handed in; a null system: the zone's own projection. */
export type HandedSurvey = Omit<WrittenSurvey, 'srid'> & { readonly srid: number | null };

/** So far around the zone its points may lie, in degrees: about a kilometre. */
const MARGIN_DEG = 0.01;

/** Says why somebody may not add a survey to a changeset, before anything of it is read; null: they may. */
export async function refuseSurvey(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
): Promise<Failure | null> {
	const row = await asActor(context, zoneId, (sql) => findChangeset(sql, zoneId, changesetNo));
	return row === null ? notFound(changesetNo) : whyNotDrafting(context, zoneId, row);
}

/**
 * Adds a survey to one's own draft and gives back its number.
 *
 * Refuses what `placeSurvey` and `refusePoints` refuse, and drafts that are somebody else's or none any more.
 */
export async function addSurvey(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	handed: HandedSurvey,
): Promise<Outcome<number>> {
	const { actor, drafts, now } = context;
	const read = await asActor(context, zoneId, async (sql) => ({
		row: await findChangeset(sql, zoneId, changesetNo),
		zone: await findZone(sql, zoneId),
	}));
	const { row, zone } = read;
	if (row === null || zone === null) return notFound(changesetNo);
	const notNow = whyNotDrafting(context, zoneId, row);
	if (notNow !== null) return notNow;
	const tooMany = refusePoints(0, handed.parts);
	if (tooMany !== null) return failed('refused', [tooMany]);
	const { snapshot } = await drafts.workings.open({
		zoneId,
		coverageId: row.coverageId,
		revision: row.baseRevision,
	});
	const placed = placeSurvey({ ...handed, srid: handed.srid ?? zone.projectSrid }, extentOf(snapshot));
	if (!placed.ok) return failed('refused', placed.issues);
	const { parts, ...document } = placed.survey;
	return write(context, zoneId, changesetNo, async (sql) => {
		const full = refusePoints(await countSurveyPoints(sql, zoneId, changesetNo), parts);
		if (full !== null) return failed('refused', [full]);
		const surveyNo = await insertSurvey(sql, zoneId, changesetNo, placed.survey);
		const sha256 = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'survey',
			actor: auditName(actor),
			details: { surveyNo, ...document, parts: parts.length, sha256 },
			occurredAt: now,
		});
		return done(surveyNo);
	});
}

/** Takes a survey out of one's own draft. */
export function removeSurvey(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	surveyNo: number,
): Promise<Outcome<number>> {
	const { actor, now } = context;
	return write(context, zoneId, changesetNo, async (sql) => {
		if (!(await deleteSurvey(sql, zoneId, changesetNo, surveyNo)))
			return failed('not-found', [changesetError('survey.not-found')]);
		await auditChangeset(sql, zoneId, changesetNo, {
			act: 'remove_survey',
			actor: auditName(actor),
			details: { surveyNo },
			occurredAt: now,
		});
		return done(surveyNo);
	});
}

function write(
	context: ServiceContext,
	zoneId: string,
	changesetNo: number,
	work: (sql: Sql) => Promise<Outcome<number>>,
): Promise<Outcome<number>> {
	return asWriter(context, zoneId, async (sql) => {
		const row = await lockChangeset(sql, zoneId, changesetNo);
		if (row === null) return notFound(changesetNo);
		return whyNotDrafting(context, zoneId, row) ?? work(sql);
	});
}

/** What was submitted stays as it was, its surveys too. */
function whyNotDrafting({ actor }: ServiceContext, zoneId: string, row: ChangesetRow): Failure | null {
	if (!mayDraft(actor, zoneId) || row.authorId !== actor.userId)
		return failed('forbidden', [changesetError('changeset.not-yours')]);
	return row.state === 'draft' ? null : failed('refused', [changesetError('changeset.not-draft')]);
}

function extentOf(snapshot: CoverageSnapshot): LonLatBounds {
	const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
	for (const { table, rows } of rowsOf(snapshot))
		for (const row of rows) {
			const [west, south, east, north] = table.boxes.subarray(4 * row, 4 * row + 4);
			extent.west = Math.min(extent.west, west - MARGIN_DEG);
			extent.south = Math.min(extent.south, south - MARGIN_DEG);
			extent.east = Math.max(extent.east, east + MARGIN_DEG);
			extent.north = Math.max(extent.north, north + MARGIN_DEG);
		}
	return extent;
}
