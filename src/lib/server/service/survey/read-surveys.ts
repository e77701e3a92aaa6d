import { gaussKruger } from '$geo/crs/gauss-kruger.ts';
import { findRuleInForce } from '$lib/domain/rule/rule-value.ts';
import { metresFromVertex } from '$lib/domain/survey/at-point.ts';
import { areaDifferenceRuleKey, compareAreas } from '$lib/domain/survey/check-survey.ts';
import { findPartArea } from '$lib/domain/survey/part-area.ts';
import { can } from '../../access/actor.ts';
import { findChangeset } from '../../db/changeset.ts';
import { listRuleValues } from '../../db/rule-value.ts';
import { listSurveys } from '../../db/survey.ts';
import { findZone } from '../../db/zone.ts';
import { staleAt } from '../changeset/append-steps.ts';
import { done, notFound } from '../changeset/outcome.ts';
import type { ServiceContext } from '../context.ts';
import { asActor } from '../scope.ts';
import { dayInZone } from '../zone-record.ts';

/**
 * Lists the surveys of a changeset, each point with how far it is from the nearest vertex of the draft, each stated area beside the computed one
 * and what the rule in force says of the two; whoever may read the changeset may. O(points × vertices near).
 */
export async function readSurveys(context: ServiceContext, zoneId: string, changesetNo: number) {
	const { actor, drafts, now } = context;
	if (actor.kind !== 'user' || !can(actor, 'changeset.read', zoneId)) return notFound(changesetNo);
	const read = await asActor(context, zoneId, async (sql) => ({
		row: await findChangeset(sql, zoneId, changesetNo),
		zone: await findZone(sql, zoneId),
		surveys: await listSurveys(sql, zoneId, changesetNo),
		rules: await listRuleValues(sql, zoneId, 'survey.'),
	}));
	const { row, zone, surveys, rules } = read;
	if (row === null || zone === null) return notFound(changesetNo);
	const draft = await drafts.open(zoneId, row, actor.userId);
	if (draft === null) return staleAt(row);
	const { state } = draft;
	const projection = gaussKruger(zone.projectSrid);
	const onDay = dayInZone(zone, now);
	return done(
		surveys.map(({ parts, ...survey }) => ({
			...survey,
			parts: parts.map((part) => {
				const found = findPartArea(state.coverage, part, projection);
				const rule = findRuleInForce(rules, areaDifferenceRuleKey(part.areaKind), null, onDay);
				const computedM2 = found?.computedM2 ?? null;
				return {
					...part,
					parcelNos: found?.parcelNos ?? [],
					computedM2,
					verdict: part.areaM2 === null ? null : compareAreas(Number(part.areaM2), computedM2, rule),
					points: part.points.map(({ at, ...point }) => ({
						...point,
						lon: at[0],
						lat: at[1],
						vertexDistanceM: metresFromVertex(state.coverage, at),
					})),
				};
			}),
		})),
	);
}
