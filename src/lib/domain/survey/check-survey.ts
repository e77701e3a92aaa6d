import type { Coverage } from '$geo/coverage/coverage.ts';
import { placeKey, ringsOf } from '$geo/coverage/vertex.ts';
import type { GaussKruger } from '$geo/crs/gauss-kruger.ts';
import type { FlatPolygons, LonLat } from '$geo/flat-polygons.ts';
import type { DraftDifference } from '../changeset/draft-state.ts';
import { severityAt, type ChangesetIssue, type Moment } from '../changeset/issue.ts';
import { findRuleInForce, type RuleValue } from '../rule/rule-value.ts';
import { hasVertexAt, indexPoints, metresFromVertex } from './at-point.ts';
import { findPartArea } from './part-area.ts';
import type { PlacedSurvey, SurveyAreaKind, SurveyPart, SurveyPoint } from './survey.ts';

/** The rule of how far a document's area may be from the computed one, in m² or in percent of the document's. */
export function areaDifferenceRuleKey(kind: SurveyAreaKind): string {
	return `survey.area-difference.${kind}`;
}

/** So many points are named one by one. */
const POINTS_NAMED = 5;
/** A vertex that is farther from a boundary point is hardly meant to be it. */
const NEAR_POINT_M = 1;
const PLACES_GIVEN = 20;

/** Writes places in degrees as a parameter of an issue, to the bit. */
function writePlaces(places: readonly LonLat[]): string {
	return places.map(([lon, lat]) => `${lon} ${lat}`).join(';');
}

/** The places of such a parameter; none where it is none. */
export function readPlaces(param: unknown): LonLat[] {
	if (typeof param !== 'string' || param === '') return [];
	return param.split(';').map((one): LonLat => {
		const [lon, lat] = one.split(' ').map(Number);
		return [lon, lat];
	});
}

/**
 * Lists the points of a survey at which a coverage has no vertex, as one `survey.point-off-boundary`.
 *
 * With the distance of the farthest to the nearest vertex, where that is within 100 m, and its place; `nearPlaces` has the places of
 * those within a metre of one, the nearest first, for `readPlaces`. O(points × vertices near).
 */
export function checkSurveyPoints(
	coverage: Coverage,
	{ number, parts }: PlacedSurvey,
	moment: Moment,
): ChangesetIssue[] {
	const off = parts
		.flatMap(({ points }) => points)
		.map((point) => ({ point, distanceM: metresFromVertex(coverage, point.at) }))
		.filter(({ distanceM }) => distanceM !== 0)
		.sort((a, b) => (b.distanceM ?? Infinity) - (a.distanceM ?? Infinity) || 0);
	if (off.length === 0) return [];
	const [{ distanceM }] = off;
	const points = off.map(({ point }) => point);
	const near = off.filter((one) => one.distanceM !== null && one.distanceM <= NEAR_POINT_M).reverse();
	const nearPlaces = writePlaces(near.slice(0, PLACES_GIVEN).map(({ point }) => point.at));
	const params: ChangesetIssue['params'] = {
		...(distanceM === null ? {} : { distanceM }),
		...(near.length === 0 ? {} : { nearPlaces }),
	};
	return [pointIssue('survey.point-off-boundary', number, points, moment, params)];
}

/** The vertices that parcels of a difference had and that none of them has any more, to the bit. O(positions). */
export function vanishedVertices({ shapes }: Pick<DraftDifference, 'shapes'>): LonLat[] {
	const [before, after] = [new Map<string, LonLat>(), new Set<string>()];
	for (const change of shapes) {
		for (const at of placesOf(change.before)) before.set(placeKey(at), at);
		for (const at of placesOf(change.after)) after.add(placeKey(at));
	}
	return [...before].flatMap(([key, at]) => (after.has(key) ? [] : [at]));
}

/** Says of a place whether one of the vanished vertices was there. O(vertices), then O(1) each. */
export function vanishedPoints(vanished: readonly LonLat[]): (at: LonLat) => boolean {
	const find = indexPoints(vanished);
	return (at) => find(at) >= 0;
}

function placesOf(shape: FlatPolygons | null): LonLat[] {
	return shape === null ? [] : ringsOf(shape).flat();
}

/**
 * Lists the points of a published survey that were vertices and are none any more, as one `survey.points-lost`.
 *
 * `isGone` says of a place whether a vertex that was there has vanished (`vanishedPoints`): others are not looked at.
 * O(points + points of vanished vertices × vertices near).
 */
export function checkLostPoints(
	before: Coverage,
	after: Coverage,
	{ number, parts }: Pick<PlacedSurvey, 'number' | 'parts'>,
	isGone: (at: LonLat) => boolean,
	moment: Moment,
): ChangesetIssue[] {
	const lost = parts
		.flatMap(({ points }) => points)
		.filter(({ at }) => isGone(at) && hasVertexAt(before, at) && !hasVertexAt(after, at));
	return lost.length === 0 ? [] : [pointIssue('survey.points-lost', number, lost, moment, {})];
}

function pointIssue(
	code: string,
	survey: string,
	points: readonly SurveyPoint[],
	moment: Moment,
	params: ChangesetIssue['params'],
): ChangesetIssue {
	const names = [...new Set(points.map(({ name }) => name))];
	const named = names.slice(0, POINTS_NAMED).join(', ') + (names.length > POINTS_NAMED ? ' …' : '');
	return {
		code,
		severity: severityAt(code, moment),
		parcelNos: [],
		at: points[0].at,
		params: { survey, points: named, count: names.length, ...params },
	};
}

/** What a rule says of a document's area; `no_rule` is an answer, never a pass. */
export type AreaVerdict = 'within' | 'outside' | 'no_rule' | 'not_comparable';

/** Compares a document's area with the computed one of the same kind, in m². The limit is in m², or in percent of the document's, `<` or `<=`: of another rule nothing follows. */
export function compareAreas(
	statedM2: number,
	computedM2: number | null,
	rule: Pick<RuleValue, 'value' | 'unit' | 'comparison'> | null,
): AreaVerdict {
	if (computedM2 === null) return 'not_comparable';
	if (rule === null || rule.value === null || (rule.unit !== 'm2' && rule.unit !== 'pct')) return 'no_rule';
	if (rule.comparison !== '<' && rule.comparison !== '<=') return 'no_rule';
	const limitM2 = rule.unit === 'm2' ? Number(rule.value) : (Number(rule.value) / 100) * statedM2;
	const differenceM2 = Math.abs(computedM2 - statedM2);
	const isWithin = rule.comparison === '<' ? differenceM2 < limitM2 : differenceM2 <= limitM2;
	return isWithin ? 'within' : 'outside';
}

/**
 * Lists the parcels whose document states another area than is computed, by more than the rule in force allows, as `survey.area-differs`.
 *
 * Where no rule is set nothing is judged. `onDate` is 'YYYY-MM-DD'. O(parts × vertices near).
 */
export function checkSurveyAreas(
	coverage: Coverage,
	{ number, parts }: PlacedSurvey,
	projection: GaussKruger,
	rules: readonly RuleValue[],
	onDate: string,
	moment: Moment,
): ChangesetIssue[] {
	return parts.flatMap((part: SurveyPart) => {
		const rule = findRuleInForce(rules, areaDifferenceRuleKey(part.areaKind), null, onDate);
		const found = part.areaM2 === null || rule === null ? null : findPartArea(coverage, part, projection);
		if (part.areaM2 === null || rule === null || found === null || found.computedM2 === null) return [];
		const statedM2 = Number(part.areaM2);
		if (compareAreas(statedM2, found.computedM2, rule) !== 'outside') return [];
		const code = 'survey.area-differs';
		return [
			{
				code,
				severity: severityAt(code, moment),
				parcelNos: found.parcelNos,
				at: part.points[0].at,
				params: { survey: number, statedM2, computedM2: found.computedM2 },
				source: rule.source,
			},
		];
	});
}
