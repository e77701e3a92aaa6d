import type { LonLatBox } from '$geo/coverage/shape.ts';
import type { PlacedSurvey, SurveyPart, SurveyPoint } from '../../domain/survey/survey.ts';
import type { Sql } from './connect.ts';

/** A survey with where it is recorded. */
export interface SurveyRow extends PlacedSurvey {
	readonly changesetNo: number;
	readonly surveyNo: number;
}

/** A published survey, of the parts that were asked for. */
export interface PublishedSurveyRow extends SurveyRow {
	/** The revision whose fact it is. */
	readonly revision: number;
}

/** Adds a survey to a draft and returns its number; part of a transaction that holds the changeset's lock. */
export async function insertSurvey(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	survey: PlacedSurvey,
): Promise<number> {
	const [{ surveyNo }] = await sql<{ surveyNo: number }[]>`
		insert into survey (zone_id, changeset_no, survey_no, number, title, surveyor, surveyed_on, accuracy_m, method, source_srid)
		select ${zoneId}, ${changesetNo}, coalesce(max(survey_no), 0) + 1, ${survey.number}, ${survey.title}, ${survey.surveyor},
			${survey.surveyedOn}::date, ${survey.accuracyM}::numeric, ${survey.method}, ${survey.srid}::integer
		from survey where zone_id = ${zoneId} and changeset_no = ${changesetNo}
		returning survey_no as "surveyNo"`;
	const { parts } = survey;
	const side = (pick: (...values: number[]) => number, axis: 0 | 1) =>
		parts.map(({ points }) => points.map(({ at }) => at[axis]).reduce((a, b) => pick(a, b)));
	await sql`
		insert into survey_part (zone_id, changeset_no, survey_no, part_no, label, title, stated_area_m2, area_kind, min_lon,
			min_lat, max_lon, max_lat)
		select ${zoneId}, ${changesetNo}, ${surveyNo}, row.no, row.label, row.title, row.area::numeric, row.kind, row.west,
			row.south, row.east, row.north
		from unnest(${parts.map((_, i) => i + 1)}::integer[], ${parts.map(({ label }) => label)}::text[],
			${parts.map(({ title }) => title)}::text[], ${parts.map(({ areaM2 }) => areaM2)}::text[],
			${parts.map(({ areaKind }) => areaKind)}::text[], ${side(Math.min, 0)}::double precision[],
			${side(Math.min, 1)}::double precision[], ${side(Math.max, 0)}::double precision[],
			${side(Math.max, 1)}::double precision[]) as row (no, label, title, area, kind, west, south, east, north)`;
	const points = parts.flatMap((part, i) => part.points.map((point) => ({ ...point, part: i + 1 })));
	await sql`
		insert into survey_point (zone_id, changeset_no, survey_no, part_no, point_no, ring_no, name, lon, lat, written_east,
			written_north)
		select ${zoneId}, ${changesetNo}, ${surveyNo}, row.part, row.no, row.ring, row.name, row.lon, row.lat, row.east, row.north
		from unnest(${points.map(({ part }) => part)}::integer[], ${points.map((_, i) => i + 1)}::integer[],
			${points.map(({ ring }) => ring)}::integer[], ${points.map(({ name }) => name)}::text[],
			${points.map(({ at }) => at[0])}::double precision[], ${points.map(({ at }) => at[1])}::double precision[],
			${points.map(({ east }) => east)}::text[], ${points.map(({ north }) => north)}::text[])
			as row (part, no, ring, name, lon, lat, east, north)`;
	return surveyNo;
}

/** Counts the boundary points of a changeset's surveys. */
export async function countSurveyPoints(sql: Sql, zoneId: string, changesetNo: number): Promise<number> {
	const [{ points }] = await sql<{ points: number }[]>`
		select count(*) as points from survey_point where zone_id = ${zoneId} and changeset_no = ${changesetNo}`;
	return points;
}

/** Removes a survey of a draft with its points; false where there is none. */
export async function deleteSurvey(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	surveyNo: number,
): Promise<boolean> {
	const { count } = await sql`
		delete from survey where zone_id = ${zoneId} and changeset_no = ${changesetNo} and survey_no = ${surveyNo}`;
	return count > 0;
}

/** Lists the surveys of a changeset in order. */
export async function listSurveys(sql: Sql, zoneId: string, changesetNo: number): Promise<SurveyRow[]> {
	const rows = await sql<PartRow[]>`
		select ${columns(sql)}, 0 as revision
		from survey s ${parts(sql)}
		where s.zone_id = ${zoneId} and s.changeset_no = ${changesetNo}
		group by s.zone_id, s.changeset_no, s.survey_no, p.part_no, p.label, p.title, p.stated_area_m2, p.area_kind
		order by s.survey_no, p.part_no`;
	return surveysOf(rows);
}

/** A vertex is at a boundary point also where programs put the two apart by parts of a millimetre. */
const MARGIN_DEG = 1e-8;

/**
 * Lists the surveys that became facts of a coverage up to a revision, newest first, with those of their parts whose boxes meet a box in
 * degrees.
 */
export async function listPublishedSurveys(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	upToRevision: number,
	{ minLon, minLat, maxLon, maxLat }: LonLatBox,
): Promise<PublishedSurveyRow[]> {
	const rows = await sql<PartRow[]>`
		select ${columns(sql)}, c.revision
		from published_changesets() c
		join survey s on s.zone_id = c.zone_id and s.changeset_no = c.changeset_no ${parts(sql)}
		where s.zone_id = ${zoneId} and c.coverage_id = ${coverageId} and c.revision <= ${upToRevision}
			and p.min_lon <= ${maxLon + MARGIN_DEG} and p.max_lon >= ${minLon - MARGIN_DEG}
			and p.min_lat <= ${maxLat + MARGIN_DEG} and p.max_lat >= ${minLat - MARGIN_DEG}
		group by s.zone_id, s.changeset_no, s.survey_no, c.revision, p.part_no, p.label, p.title, p.stated_area_m2, p.area_kind
		order by c.revision desc, s.survey_no desc, p.part_no`;
	return surveysOf(rows);
}

interface PartRow extends Omit<PublishedSurveyRow, 'parts'>, Omit<SurveyPart, 'points' | 'title'> {
	readonly partTitle: string | null;
	readonly names: readonly string[];
	readonly rings: readonly number[];
	readonly lons: readonly number[];
	readonly lats: readonly number[];
	readonly easts: readonly string[];
	readonly norths: readonly string[];
}

const columns = (sql: Sql) => sql`
	s.changeset_no as "changesetNo", s.survey_no as "surveyNo", s.number, s.title, s.surveyor, s.surveyed_on as "surveyedOn",
	s.accuracy_m as "accuracyM", s.method, s.source_srid as srid, p.label, p.title as "partTitle",
	p.stated_area_m2 as "areaM2", p.area_kind as "areaKind", array_agg(t.name order by t.point_no) as names,
	array_agg(t.ring_no order by t.point_no) as rings, array_agg(t.lon order by t.point_no) as lons,
	array_agg(t.lat order by t.point_no) as lats, array_agg(t.written_east order by t.point_no) as easts,
	array_agg(t.written_north order by t.point_no) as norths`;

const parts = (sql: Sql) => sql`
	join survey_part p on p.zone_id = s.zone_id and p.changeset_no = s.changeset_no and p.survey_no = s.survey_no
	join survey_point t on t.zone_id = p.zone_id and t.changeset_no = p.changeset_no and t.survey_no = p.survey_no
		and t.part_no = p.part_no`;

function surveysOf(rows: readonly PartRow[]): PublishedSurveyRow[] {
	const surveys: (Omit<PublishedSurveyRow, 'parts'> & { parts: SurveyPart[] })[] = [];
	for (const row of rows) {
		const { changesetNo, surveyNo, revision, number, title, surveyor, surveyedOn, accuracyM, method, srid } =
			row;
		const last = surveys.at(-1);
		const part: SurveyPart = {
			label: row.label,
			title: row.partTitle,
			areaM2: row.areaM2,
			areaKind: row.areaKind,
			points: row.names.map((name, i): SurveyPoint => {
				const [east, north] = [row.easts[i], row.norths[i]];
				return { name, ring: row.rings[i], east, north, at: [row.lons[i], row.lats[i]] };
			}),
		};
		if (last?.changesetNo === changesetNo && last.surveyNo === surveyNo) last.parts.push(part);
		else {
			const document = { number, title, surveyor, surveyedOn, accuracyM, method, srid };
			surveys.push({ changesetNo, surveyNo, revision, ...document, parts: [part] });
		}
	}
	return surveys;
}
