import { actingAs, changesetEvent, changesetRows, withoutSeal } from './changeset-rows.ts';
import { copies, NOWHERE, type ConstraintCase } from './constraint-case.ts';
import { PANJIN_ADMINISTRATOR, PANJIN_APPROVER, PANJIN_ID, PANJIN_PLANNER } from './database-rows.ts';

const AS_PLANNER = actingAs(PANJIN_PLANNER);
const AS_APPROVER = actingAs(PANJIN_APPROVER);
const AS_ADMINISTRATOR = actingAs(PANJIN_ADMINISTRATOR);

const ROWS = changesetRows(PANJIN_ID);
const event = (name: string, comment?: string) => changesetEvent(PANJIN_ID, name, comment);
const STEP = ROWS.changeset_step;
const DRAFT = [AS_PLANNER, ROWS.changeset];
const WITH_STEP = [...DRAFT, STEP, 'update changeset set head = 1'];
const SUBMITTED = [...WITH_STEP, event('submit')];

const without = (table: string, trigger: string) => `alter table ${table} disable trigger ${trigger}`;
const refused = (constraint: string, statements: readonly string[]): ConstraintCase => ({
	constraint,
	statements,
});
const OTHER = { changeset_no: '99', client_id: "'another-client'" };

const changesets: ConstraintCase[] = [
	...copies(
		'changeset',
		{
			pk: { client_id: "'another-client'" },
			client_unique: { changeset_no: '99' },
			base_fk: { ...OTHER, base_revision: '99' },
			published_fk: { ...OTHER, state: "'published'", published_revision: '99' },
			author_fk: { ...OTHER, author_id: NOWHERE },
			no_positive: { changeset_no: '0' },
			client_form: { client_id: "'a b'" },
			kind_known: { kind: "'dream'" },
			text_length: { title: "repeat('x', 201)" },
			state_known: { state: "'lost'" },
			published_whole: { state: "'published'" },
		},
		{ before: [...DRAFT, without('changeset', 'changeset_begin')] },
	),
	...copies(
		'changeset',
		{ published_once: { changeset_no: '99', client_id: "'another-client'" } },
		{
			before: [
				...DRAFT,
				without('changeset', 'changeset_begin'),
				without('changeset', 'changeset_guard'),
				"update changeset set state = 'published', published_revision = 1",
			],
		},
	),
	refused('changeset_sealed', [...DRAFT, event('withdraw'), "update changeset set title = 'another'"]),
	refused('changeset_identity_kept', [...DRAFT, "update changeset set kind = 'technical_correction'"]),
	refused('changeset_content_in_draft', [...SUBMITTED, "update changeset set title = 'another'"]),
	refused('changeset_head_within', [...DRAFT, 'update changeset set head = 1']),
	refused('changeset_state_by_event', [...SUBMITTED, "update changeset set state = 'approved'"]),
	refused('changeset_kept', [...DRAFT, 'delete from changeset']),
	refused('changeset_kept', ['truncate changeset cascade']),
];

const steps: ConstraintCase[] = [
	...copies(
		'changeset_step',
		{
			pk: { client_id: "'another-client'" },
			client_unique: { step_no: '2' },
			changeset_fk: { changeset_no: '99' },
			user_fk: { step_no: '2', client_id: "'another-client'", user_id: NOWHERE },
			client_form: { client_id: "''" },
			verb_form: { verb: "'Split'" },
			params_object: { params: "'[]'" },
			digest_holds: { difference: `'{"shapes": []}'` },
		},
		{ before: [...WITH_STEP, without('changeset_step', 'changeset_step_guard')] },
	),
	refused('changeset_step_in_draft', [...SUBMITTED, 'delete from changeset_step']),
	refused('changeset_step_in_draft', [...DRAFT, event('withdraw'), STEP]),
	refused('changeset_step_undone', [...WITH_STEP, 'delete from changeset_step']),
	refused('changeset_step_next', [...WITH_STEP, STEP]),
	refused('changeset_step_kept', [...WITH_STEP, "update changeset_step set verb = 'reshape'"]),
];

const events: ConstraintCase[] = [
	...copies('changeset_transition', { pk: {} }),
	...copies(
		'changeset_event',
		{
			pk: {},
			changeset_fk: { changeset_no: '99' },
			user_fk: { event_no: '99', user_id: NOWHERE },
			comment_length: { comment: "repeat('x', 10001)" },
			return_reasoned: { event: "'return'" },
			publish_revision: { revision: '1' },
		},
		{
			before: [
				...SUBMITTED,
				without('changeset_event', 'changeset_event_guard'),
				without('changeset_event', 'changeset_event_move'),
			],
		},
	),
	refused('changeset_event_possible', [...WITH_STEP, AS_APPROVER, event('approve')]),
	refused('changeset_event_possible', [...DRAFT, event('withdraw'), event('submit')]),
	refused('changeset_event_by_author', [...WITH_STEP, AS_APPROVER, event('submit')]),
	refused('changeset_event_by_another', [...SUBMITTED, event('approve')]),
	refused('changeset_event_by_another', [...SUBMITTED, event('return', 'no')]),
	refused('changeset_event_permitted', [...SUBMITTED, AS_ADMINISTRATOR, event('approve')]),
	refused('changeset_event_permitted', [...SUBMITTED, actingAs(''), event('approve')]),
	refused('changeset_event_whole', [...DRAFT, event('submit')]),
	refused('changeset_event_append_only', [...SUBMITTED, "update changeset_event set comment = 'another'"]),
];

const records: ConstraintCase[] = [
	...copies(
		'changeset_comment',
		{
			pk: {},
			changeset_fk: { changeset_no: '99' },
			body_written: { body: "' '" },
			place_whole: { lon: '1' },
			place_on_earth: { lon: '181', lat: '0' },
			step_form: { parcel_no: '-1', step_client_id: "'a b'", lon: '122', lat: '41' },
			step_of_new: { parcel_no: '1', step_client_id: "'client-of-step'" },
			pinned: { parcel_no: '-1' },
		},
		{ before: [...DRAFT, ROWS.changeset_comment] },
	),
	...copies(
		'changeset_comment',
		{ user_fk: { comment_no: '2' } },
		{ before: [...DRAFT, ROWS.changeset_comment, actingAs('nobody')] },
	),
	refused('changeset_comment_unsealed', [...DRAFT, event('withdraw'), ROWS.changeset_comment]),
	refused('changeset_comment_append_only', [
		...DRAFT,
		ROWS.changeset_comment,
		'delete from changeset_comment',
	]),
	...copies(
		'changeset_document',
		{
			pk: {},
			changeset_fk: { changeset_no: '99' },
			name_form: { name: "'../a'" },
			media_form: { media_type: "'text'" },
			size: { byte_count: '5' },
			sha256_holds: { sha256: "repeat('ab', 32)" },
		},
		{ before: [...DRAFT, ROWS.changeset_document] },
	),
	...copies(
		'changeset_document',
		{ user_fk: { document_no: '2' } },
		{ before: [...DRAFT, ROWS.changeset_document, actingAs('nobody')] },
	),
	refused('changeset_document_unsealed', [...DRAFT, event('withdraw'), ROWS.changeset_document]),
	refused('changeset_document_kept', [
		...DRAFT,
		ROWS.changeset_document,
		"update changeset_document set name = 'b'",
	]),
	...copies(
		'changeset_paper',
		{
			pk: {},
			changeset_fk: { changeset_no: '99' },
			document_fk: { paper: "'approval'", document_no: '9' },
			known: { paper: "'news'" },
			text_length: { number: "repeat('x', 201)" },
		},
		{ before: [...DRAFT, ROWS.changeset_paper] },
	),
	...copies(
		'changeset_paper',
		{ user_fk: { paper: "'approval'" } },
		{ before: [...DRAFT, ROWS.changeset_paper, actingAs('nobody')] },
	),
	refused('changeset_paper_unsealed', [
		...DRAFT,
		ROWS.changeset_paper,
		event('withdraw'),
		"update changeset_paper set number = '1'",
	]),
	refused('changeset_paper_not_emptied', ['truncate changeset_paper']),
];

const SURVEYED = [...DRAFT, ROWS.survey, ROWS.survey_part, ROWS.survey_point];
const surveys: ConstraintCase[] = [
	...copies(
		'survey',
		{
			pk: {},
			text_length: { survey_no: '2', number: "' '" },
			accuracy_positive: { survey_no: '2', accuracy_m: '0' },
			srid_known: { survey_no: '2', source_srid: '4326' },
			changeset_fk: { changeset_no: '99' },
		},
		{ before: [...SURVEYED, without('survey', 'survey_in_draft')] },
	),
	...copies('survey', { user_fk: { survey_no: '2' } }, { before: [...SURVEYED, actingAs('nobody')] }),
	...copies(
		'survey_part',
		{
			pk: {},
			survey_fk: { survey_no: '9' },
			text_length: { part_no: '2', label: "repeat('x', 201)" },
			area_positive: { part_no: '2', stated_area_m2: '0' },
			area_kind_known: { part_no: '2', area_kind: "'nominal'" },
			box_ordered: { part_no: '2', min_lon: '123' },
		},
		{ before: SURVEYED },
	),
	...copies(
		'survey_point',
		{
			pk: {},
			part_fk: { part_no: '9' },
			ring_positive: { point_no: '2', ring_no: '0' },
			text_length: { point_no: '2', name: "' '" },
			on_grid: { point_no: '2', lon: '122.1' },
		},
		{ before: SURVEYED },
	),
	...['survey', 'survey_part', 'survey_point'].flatMap((table) => [
		refused(`${table}_in_draft`, [
			...SURVEYED,
			...(table === 'survey' ? [] : [without('survey', 'survey_in_draft')]),
			...(table === 'survey_point' ? [without('survey_part', 'survey_part_in_draft')] : []),
			event('withdraw'),
			'delete from survey',
		]),
		refused(`${table}_kept`, [`truncate ${table} cascade`]),
	]),
];

const changes: ConstraintCase[] = [
	...copies(
		'parcel_change',
		{
			pk: {},
			revision_fk: { revision: '99' },
			parcel_fk: { parcel_no: '9999' },
			changeset_fk: { kind: "'created'", changeset_no: '99' },
			kind_known: { kind: "'gone'" },
		},
		{ before: [...DRAFT, withoutSeal('parcel_change'), ROWS.parcel_change] },
	),
	refused('parcel_change_before_seal', [...DRAFT, ROWS.parcel_change]),
	refused('parcel_change_immutable', ['delete from parcel_change']),
	...copies(
		'parcel_lineage',
		{
			pk: {},
			revision_fk: { revision: '99' },
			from_fk: { from_no: '9999' },
			to_fk: { to_no: '9999' },
			apart: { to_no: 'from_no' },
		},
		{ before: [withoutSeal('parcel_lineage'), ROWS.parcel_lineage] },
	),
	refused('parcel_lineage_before_seal', [ROWS.parcel_lineage]),
	refused('parcel_lineage_immutable', ['truncate parcel_lineage']),
];

const views: ConstraintCase[] = [
	...copies(
		'revision_view_event',
		{
			pk: {},
			revision_fk: { revision: '99' },
			known: { event_no: '9', event: "'lose'" },
			reasoned: { event_no: '9', reason: "' '" },
			user_fk: { event_no: '9', user_id: NOWHERE },
		},
		{
			where: 'event_no = 1',
			before: [
				AS_APPROVER,
				ROWS.revision_view_event,
				without('revision_view_event', 'revision_view_event_guard'),
			],
		},
	),
	refused('revision_view_event_alternates', [
		AS_APPROVER,
		ROWS.revision_view_event.replace("'withdraw'", "'give_back'"),
	]),
	refused('revision_view_event_append_only', ['delete from revision_view_event']),
];

/** Drafts, what is recorded on them, and what revisions did. */
export const CHANGESET_CONSTRAINTS: readonly ConstraintCase[] = [
	...changesets,
	...steps,
	...events,
	...records,
	...surveys,
	...changes,
	...views,
];
