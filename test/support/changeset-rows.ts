import { PANJIN_PLANNER } from './database-rows.ts';

/** The statement that lets somebody act in a transaction. */
export const actingAs = (userId: string) => `select set_config('yuantu.user_id', '${userId}', true)`;

/** Statements, for the owner, that write the rows of a changeset and what hangs on it, by table. */
export function changesetRows(zoneId: string) {
	const zone = `'${zoneId}'`;
	const first = `(select min(parcel_no) from parcel where zone_id = ${zone} and coverage_id = 'plan')`;
	return {
		changeset: `insert into changeset (zone_id, client_id, coverage_id, base_revision, kind, title, reason, created_at)
			values (${zone}, 'client-of-changeset', 'plan', 1, 'plan_amendment', 'a title', 'a reason', now())`,
		changeset_step: `insert into changeset_step (zone_id, changeset_no, step_no, client_id, verb, params, difference, digest)
			values (${zone}, 1, 1, 'client-of-step', 'merge', '{}', '{"shapes":[]}', encode(sha256('{"shapes":[]}'), 'hex'))`,
		changeset_comment: `insert into changeset_comment (zone_id, changeset_no, comment_no, body) values (${zone}, 1, 1, 'text')`,
		changeset_document: `insert into changeset_document (zone_id, changeset_no, document_no, name, media_type, content, byte_count, sha256)
			values (${zone}, 1, 1, 'a.txt', 'text/plain', 'text', 4, encode(sha256('text'), 'hex'))`,
		changeset_paper: `insert into changeset_paper (zone_id, changeset_no, paper) values (${zone}, 1, 'public_notice')`,
		survey: `insert into survey (zone_id, changeset_no, survey_no, number, title, surveyor, source_srid)
			values (${zone}, 1, 1, 'a number', 'a title', 'an office', 4529)`,
		survey_part: `insert into survey_part (zone_id, changeset_no, survey_no, part_no, label, area_kind, min_lon, min_lat, max_lon, max_lat)
			values (${zone}, 1, 1, 1, 'a label', 'planar', 122, 41, 122, 41)`,
		survey_point: `insert into survey_point (zone_id, changeset_no, survey_no, part_no, point_no, ring_no, name, lon, lat, written_east, written_north)
			values (${zone}, 1, 1, 1, 1, 1, 'J1', 122, 41, '122', '41')`,
		parcel_change: `insert into parcel_change (zone_id, coverage_id, revision, parcel_no, kind, version, changeset_no)
			values (${zone}, 'plan', 1, ${first}, 'reshaped', 1, 1)`,
		parcel_lineage: `insert into parcel_lineage (zone_id, coverage_id, revision, from_no, to_no)
			values (${zone}, 'plan', 1, ${first}, ${first} + 1)`,
		revision_view_event: `insert into revision_view_event (zone_id, coverage_id, revision, event, reason, occurred_at)
			values (${zone}, 'plan', 1, 'withdraw', 'a reason', now()), (${zone}, 'plan', 1, 'give_back', 'a reason', now())`,
	};
}

/** The statement that adds an event to the first changeset of a zone. */
export function changesetEvent(zoneId: string, name: string, comment = ''): string {
	return `insert into changeset_event (zone_id, changeset_no, event, comment, occurred_at)
		values ('${zoneId}', 1, '${name}', '${comment}', now())`;
}

/** The statement that lets what a sealed revision did be added to. */
export const withoutSeal = (table: 'parcel_change' | 'parcel_lineage') =>
	`alter table ${table} disable trigger ${table}_before_seal`;

/** Statements, for the owner, that write a row into every table of changesets, the planner acting. */
export function everyChangesetRow(zoneId: string): string[] {
	return [
		withoutSeal('parcel_change'),
		withoutSeal('parcel_lineage'),
		actingAs(PANJIN_PLANNER),
		...Object.values(changesetRows(zoneId)),
	];
}
