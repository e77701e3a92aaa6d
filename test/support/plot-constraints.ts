import { copies, type ConstraintCase, NOWHERE } from './constraint-case.ts';
import { actingAs } from './changeset-rows.ts';
import { PANJIN_APPROVER, PANJIN_ID, PANJIN_OFFICER } from './database-rows.ts';
import {
	CADASTRAL_CODE,
	landCorrection,
	NATIONAL_ROWS,
	plotRows,
	supplyRows,
	UNIT_CODE,
} from './supply-rows.ts';

const ROWS = plotRows(PANJIN_ID);
const SUPPLY_ROWS = supplyRows(PANJIN_ID);
const SAME_DAY = { valid_from: "'2020-01-01'", valid_to: "'2020-01-01'" };
const EMPTY = "st_setsrid('multipolygon empty'::geometry, 4490)";
const BOW_TIE = "st_geomfromtext('multipolygon(((0 0,1 1,1 0,0 1,0 0)))', 4490)";
const LONG = "repeat('x', 501)";

const nation: ConstraintCase[] = [
	...copies(
		'national_rule_value',
		{
			pk: { valid_to: "'1900-01-01'" },
			key_form: { rule_key: "'term'" },
			unit_not_blank: { unit: "' '" },
			area_kind_known: { area_kind: "'mercator'" },
			comparison_known: { comparison: "'~'" },
			status_known: { status: "'sure'" },
			dates_ordered: SAME_DAY,
			dates_apart: { rule_value_no: '2' },
			lapse_once: { rule_key: "'a.b'", lapses_on: "'2027-01-01'", lapses_year: '2027' },
			lapse_range: { rule_key: "'a.b'", lapses_year: '27' },
		},
		{ where: "rule_key = 'test.term'", before: [NATIONAL_ROWS.national_rule_value] },
	),
	...copies(
		'class_use',
		{
			pk: {},
			class_fk: { code: "'ZZ'" },
			use_known: { code: "'0802'", use: "'fun'" },
			status_known: { code: "'0802'", status: "'sure'" },
		},
		{ before: [NATIONAL_ROWS.class_use] },
	),
	...copies(
		'calendar_year',
		{ pk: {}, status_known: { year: '2027', status: "'sure'" } },
		{ before: [NATIONAL_ROWS.calendar_year] },
	),
	...copies(
		'calendar_day',
		{
			pk: {},
			year_fk: { year: '2027', on_day: "'2027-10-01'" },
			in_year: { on_day: "'2025-10-01'" },
			kind_known: { on_day: "'2026-10-02'", kind: "'half'" },
		},
		{ before: [NATIONAL_ROWS.calendar_year, NATIONAL_ROWS.calendar_day] },
	),
];

const batches: ConstraintCase[] = copies(
	'conversion_batch',
	{
		pk: { number: "'another'" },
		number_unique: { batch_no: '2' },
		client_form: { batch_no: '2', number: "'another'", client_id: "'a b'" },
		zone_fk: { zone_id: NOWHERE },
		user_fk: { batch_no: '2', number: "'another'", user_id: NOWHERE },
		no_positive: { batch_no: '0' },
		text: { number: "' '" },
		area_positive: { approved_area_dm2: '0' },
	},
	{ before: [ROWS.conversion_batch] },
).concat(
	copies(
		'conversion_batch',
		{ client_unique: { batch_no: '2', number: "'another'" } },
		{
			before: [
				ROWS.conversion_batch
					.replace('is_synthetic)', 'is_synthetic, client_id)')
					.replace('true)', "true, 'a-client')"),
			],
		},
	),
);

const ANOTHER = { plot_no: '2', client_id: "'another-client'" };
const coded = (cadastral: string, unit: string) => ({
	...ANOTHER,
	cadastral_code: `'${cadastral}'`,
	unit_code: `'${unit}'`,
	code_status: "'registered'",
});

const plots: ConstraintCase[] = [
	...copies(
		'plot',
		{
			pk: { client_id: "'another-client'" },
			client_unique: { plot_no: '2' },
			park_fk: { ...ANOTHER, park_id: NOWHERE },
			class_fk: { ...ANOTHER, class_code: "'ZZ'" },
			batch_fk: { ...ANOTHER, batch_no: '99' },
			user_fk: { ...ANOTHER, user_id: NOWHERE },
			no_positive: { plot_no: '0' },
			client_form: { client_id: "'a b'" },
			name_form: { name: "' '" },
			supervision_number_form: { ...ANOTHER, supervision_number: "' '" },
			cadastral_code_form: coded('2111', UNIT_CODE),
			unit_code_form: coded(CADASTRAL_CODE, `${CADASTRAL_CODE}W`),
			codes_agree: coded(CADASTRAL_CODE.replace(/1$/, '2'), UNIT_CODE),
			code_status_known: { ...coded(CADASTRAL_CODE, UNIT_CODE), code_status: "'sure'" },
			code_status_whole: { ...ANOTHER, code_status: "'registered'" },
		},
		{ before: [ROWS.plot] },
	),
	...copies(
		'plot',
		{ cadastral_code_unique: ANOTHER },
		{
			before: [ROWS.plot, `update plot set cadastral_code = '${CADASTRAL_CODE}', code_status = 'registered'`],
		},
	),
	...copies(
		'plot',
		{ supervision_number_unique: ANOTHER },
		{ before: [ROWS.plot, "update plot set supervision_number = '1'"] },
	),
];

const VERSION = [ROWS.plot, ROWS.plot_version];
const shapes: ConstraintCase[] = [
	...copies(
		'plot_version',
		{
			pk: {},
			plot_fk: { plot_no: '99' },
			revision_fk: { version: '2', revision: '99' },
			user_fk: { version: '2', user_id: NOWHERE },
			positive: { version: '0' },
			areas_positive: { version: '2', document_area_dm2: '0' },
			reason_length: { version: '2', reason: "repeat('x', 10001)" },
			class_fk: { version: '2', class_system: "'cn-land-use'", class_version: "'2023'", class_code: "'ZZ'" },
			client_form: { version: '2', client_id: "'a b'" },
			kind_known: { version: '2', kind: "'painted'" },
			document_named: { version: '2', kind: "'document'" },
		},
		{ before: VERSION },
	),
	...copies(
		'plot_version',
		{ client_unique: { version: '2' } },
		{
			before: [
				ROWS.plot,
				ROWS.plot_version
					.replace('reason)', 'reason, client_id)')
					.replace("'a reason'", "'a reason', 'a-client'"),
			],
		},
	),
	...[EMPTY, BOW_TIE, 'st_translate(geom, 1e-11, 0)'].flatMap((geom) =>
		copies('plot_version', { geom_whole: { version: '2', geom } }, { before: VERSION }),
	),
	...copies(
		'plot_parcel',
		{
			pk: {},
			plot_fk: { version: '2' },
			parcel_fk: { parcel_no: '9999' },
			area_positive: { shared_area_dm2: '0' },
		},
		{ before: [...VERSION, ROWS.plot_parcel] },
	),
];

/** The statement that writes a row, with an id of its writer. */
const withClient = (row: string, last: string) =>
	row.replace(`${last})`, `${last}, client_id)`).replace(/\)$/, ", 'a-client')");

const AS_OFFICER = actingAs(PANJIN_OFFICER);
const CORRECTED = [ROWS.plot, ROWS.land_correction];
const correction = (kind: string, subject: Readonly<Record<string, string>>) =>
	landCorrection(PANJIN_ID, kind, subject);
/** A plot with the area of a document, whose ground is offered. */
const PROMISED = [
	ROWS.plot,
	ROWS.plot_version.replace('reason)', 'reason, document_area_dm2)').replace("'a reason'", "'a reason', 5"),
	...[SUPPLY_ROWS.supply_programme, AS_OFFICER, SUPPLY_ROWS.supply],
	...[actingAs(PANJIN_APPROVER), SUPPLY_ROWS.supply_event, AS_OFFICER],
];
const nextVersion = (kind: string, areaDm2: string) => `
	insert into plot_version (zone_id, plot_no, version, geom, area_dm2, planar_area_dm2, planar_srid, coverage_id, revision, reason,
		kind, document, document_area_dm2)
	select zone_id, plot_no, 2, geom, area_dm2, planar_area_dm2, planar_srid, coverage_id, revision, 'a reason',
		'${kind}', 'a document', ${areaDm2}
	from plot_version where plot_no = 1`;
const WITHDRAWN = [ROWS.plot, ROWS.plot_version, AS_OFFICER, correction('plot_withdrawn', { plot_no: '1' })];
const corrections: ConstraintCase[] = [
	...copies(
		'land_correction',
		{
			pk: { client_id: "'another-client'" },
			client_unique: { correction_no: '2' },
			plot_fk: { correction_no: '2', client_id: "'another-client'", plot_no: '99' },
			permit_fk: {
				correction_no: '2',
				client_id: "'another-client'",
				kind: "'permit_voided'",
				permit_no: '99',
			},
			batch_fk: {
				correction_no: '2',
				client_id: "'another-client'",
				kind: "'batch_withdrawn'",
				plot_no: 'null',
				batch_no: '99',
			},
			programme_fk: {
				...{
					correction_no: '2',
					client_id: "'another-client'",
					kind: "'programme_withdrawn'",
					plot_no: 'null',
				},
				year: '1990',
			},
			user_fk: { correction_no: '2', client_id: "'another-client'", user_id: NOWHERE },
			no_positive: { correction_no: '0', client_id: "'another-client'" },
			client_form: { correction_no: '2', client_id: "'a b'" },
			reasoned: { correction_no: '2', client_id: "'another-client'", reason: "' '" },
			subject: { correction_no: '2', client_id: "'another-client'", year: '2026' },
		},
		{ before: CORRECTED },
	),
	...[
		'update land_correction set reason = reason',
		'delete from land_correction',
		'truncate land_correction',
	].map((statement) => ({ constraint: 'land_correction_append_only', statements: [statement] })),
	{
		constraint: 'land_correction_stands',
		statements: [...WITHDRAWN, correction('plot_codes', { plot_no: '1' })],
	},
	{
		constraint: 'land_correction_unused',
		statements: [
			...[ROWS.conversion_batch, ROWS.plot, 'update plot set batch_no = 1', AS_OFFICER],
			correction('batch_withdrawn', { batch_no: '1' }),
		],
	},
	{
		constraint: 'plot_version_plot_stands',
		statements: [...WITHDRAWN, ROWS.plot_version.replace('1, 1, p.geom', '1, 2, p.geom')],
	},
	{
		constraint: 'plot_version_same_shape',
		statements: [
			...[ROWS.plot, ROWS.plot_version, AS_OFFICER],
			`insert into plot_version (zone_id, plot_no, version, geom, area_dm2, planar_area_dm2, planar_srid, coverage_id, revision, reason,
					kind, document, document_area_dm2)
				select zone_id, 1, 2, geom, area_dm2, planar_area_dm2, 4550, coverage_id, 1, 'a reason', 'document', 'a document', 1
				from parcel where zone_id = '${PANJIN_ID}' and coverage_id = 'plan' and code = 'PJ-01'`,
		],
	},
	{
		constraint: 'plot_version_made_once',
		statements: [
			ROWS.plot,
			ROWS.plot_version,
			AS_OFFICER,
			ROWS.plot_version.replace('1, 1, p.geom', '1, 2, p.geom'),
		],
	},
	{
		constraint: 'plot_version_unpromised',
		statements: [...PROMISED, nextVersion('redrawn', 'null')],
	},
	{
		constraint: 'plot_version_area_decided',
		statements: [...PROMISED, nextVersion('document', '5')],
	},
	{
		constraint: 'supply_of_standing',
		statements: [SUPPLY_ROWS.supply_programme, ...WITHDRAWN, SUPPLY_ROWS.supply],
	},
];

const records: ConstraintCase[] = [
	...copies(
		'plot_permit',
		{
			pk: {},
			plot_fk: { plot_no: '99' },
			user_fk: { permit_no: '2', user_id: NOWHERE },
			no_positive: { permit_no: '0' },
			kind_known: { permit_no: '2', kind: "'fishing'" },
			text: { permit_no: '2', number: "' '" },
			client_form: { permit_no: '2', client_id: "'a b'" },
		},
		{ before: [ROWS.plot, ROWS.plot_permit] },
	),
	...copies(
		'plot_statement',
		{
			pk: {},
			plot_fk: { plot_no: '99' },
			user_fk: { statement_no: '2', user_id: NOWHERE },
			no_positive: { statement_no: '0' },
			item_known: { statement_no: '2', item: "'weather'" },
			outcome_known: { statement_no: '2', outcome: "'maybe'" },
			document_length: { statement_no: '2', document: LONG },
			client_form: { statement_no: '2', client_id: "'a b'" },
		},
		{ before: [ROWS.plot, ROWS.plot_statement] },
	),
	...copies(
		'plot_permit',
		{ client_unique: { permit_no: '2' } },
		{ before: [ROWS.plot, withClient(ROWS.plot_permit, 'issued_on')] },
	),
	...copies(
		'plot_statement',
		{ client_unique: { statement_no: '2' } },
		{ before: [ROWS.plot, withClient(ROWS.plot_statement, 'stated_on')] },
	),
	...['null', "' '"].flatMap((document) =>
		copies(
			'plot_statement',
			{ proven: { statement_no: '2', outcome: "'pass'", document } },
			{ before: [ROWS.plot, ROWS.plot_statement] },
		),
	),
	...copies(
		'building',
		{
			pk: {},
			plot_fk: { plot_no: '99' },
			no_positive: { building_no: '0' },
			name_form: { building_no: '2', name: "' '" },
			floors_not_negative: { building_no: '2', industry_floor_dm2: '-1' },
			living_within_support: { building_no: '2', living_floor_dm2: 'support_floor_dm2 + 1' },
			least_unit_positive: { building_no: '2', least_unit_dm2: '0' },
			split_within_floor: { building_no: '2', split_floor_dm2: 'industry_floor_dm2 + support_floor_dm2 + 1' },
			self_held_within_floor: { building_no: '2', self_held_floor_dm2: '-1' },
		},
		{ before: [ROWS.plot, ROWS.building] },
	),
];

const kept: ConstraintCase[] = [
	...['conversion_batch', 'plot_version', 'plot_parcel', 'plot_permit', 'plot_statement'].flatMap((table) =>
		[`update ${table} set zone_id = zone_id`, `delete from ${table}`, `truncate ${table} cascade`].map(
			(statement) => ({ constraint: `${table}_kept`, statements: [statement] }),
		),
	),
	...['delete from plot', 'truncate plot cascade'].map((statement) => ({
		constraint: 'plot_kept',
		statements: [statement],
	})),
];

/** What is the same for every zone, plots, and what is recorded on them. */
export const PLOT_CONSTRAINTS: readonly ConstraintCase[] = [
	...nation,
	...batches,
	...plots,
	...shapes,
	...records,
	...corrections,
	...kept,
];
