import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import type { ChangesetIssue, Moment } from '$lib/domain/changeset/issue.ts';
import {
	checkLostPoints,
	checkSurveyAreas,
	checkSurveyPoints,
	vanishedPoints,
	vanishedVertices,
} from '$lib/domain/survey/check-survey.ts';
import type { ChangesetRow } from '../../db/changeset.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { listPublishedSurveys, listSurveys } from '../../db/survey.ts';
import { findZone } from '../../db/zone.ts';
import type { OpenDraft } from '../changeset/draft-store.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';

/**
 * Lists what a draft's surveys say of it, and the boundary points of published surveys that it would leave without a boundary.
 *
 * O(positions of its changes + points × vertices near), of published surveys those about the vertices that it takes away.
 */
export async function checkSurveys(
	context: ServiceContext,
	zoneId: string,
	{ changesetNo, coverageId }: Pick<ChangesetRow, 'changesetNo' | 'coverageId'>,
	{ working, state, difference }: OpenDraft,
	moment: Moment,
): Promise<ChangesetIssue[]> {
	// A point can only be lost where a vertex is gone.
	const vanished = vanishedVertices(difference);
	const isGone = vanishedPoints(vanished);
	const box = boxOf({ coordinates: Float64Array.from(vanished.flat()) });
	const { zone, own, published, rules } = await asActor(context, zoneId, async (sql) => ({
		zone: await findZone(sql, zoneId),
		own: await listSurveys(sql, zoneId, changesetNo),
		published:
			vanished.length === 0
				? []
				: await listPublishedSurveys(sql, zoneId, coverageId, working.snapshot.revision, box),
		rules: await listRuleValues(sql, zoneId, 'survey.'),
	}));
	if (zone === null) throw new Error(`there is no zone ${zoneId}`);
	const projection = gaussKruger(zone.projectSrid);
	const onDay = dayInZone(zone, context.now);
	return [
		...own.flatMap((survey) => [
			...checkSurveyPoints(state.coverage, survey, moment),
			...checkSurveyAreas(state.coverage, survey, projection, rules, onDay, moment),
		]),
		...published.flatMap((survey) =>
			checkLostPoints(working.coverage, state.coverage, survey, isGone, moment),
		),
	];
}
