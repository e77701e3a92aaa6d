import { CHANGESET_CONSTRAINTS } from './changeset-constraints.ts';
import { copies, NOWHERE, type ConstraintCase } from './constraint-case.ts';
import { RULE_CONSTRAINTS } from './rule-constraints.ts';
import { PEOPLE_CONSTRAINTS } from './people-constraints.ts';
import { PLOT_CONSTRAINTS } from './plot-constraints.ts';
import { SUPPLY_CONSTRAINTS } from './supply-constraints.ts';
import { SUPERVISION_CONSTRAINTS } from './supervision-constraints.ts';

/** Tables whose rows the owner cannot change, remove or empty either. */
const SEALED = ['revision', 'revision_area', 'planning_condition', 'stock_status', 'parcel_identity'];

const EMPTY = "st_setsrid('multipolygon empty'::geometry, 4490)";
const BOW_TIE = "st_geomfromtext('multipolygon(((0 0,1 1,1 0,0 1,0 0)))', 4490)";
const NEW_CHECKSUM = "repeat('ab', 32)";
const SAME_DAY = { valid_from: "'2020-01-01'", valid_to: "'2020-01-01'" };

const geometry = {
	geom_not_empty: { geom: EMPTY },
	geom_on_grid: { geom: 'st_translate(geom, 1e-11, 0)' },
	geom_valid: { geom: BOW_TIE },
};

const codeLists: ConstraintCase[] = [
	...copies('land_use_system', {
		pk: {},
		id_form: { system: "'Bad'" },
		status_known: { status: "'sure'" },
	}),
	...copies(
		'land_use_class',
		{
			pk: {},
			system_fk: { system: NOWHERE },
			sort_unique: { code: "'ZZ'" },
			parent_fk: { code: "'0199'", sort: '9999', level: '2', parent_code: "'019'" },
			national_fk: {
				code: "'ZZ'",
				sort: '9999',
				national_system: "'x'",
				national_version: "'1'",
				national_code: "'99'",
			},
			code_form: { code: "'a b'" },
			level_known: { level: '4' },
			parent_prefix: { code: "'0199'", level: '2', parent_code: "'02'" },
			national_whole: { national_code: "'1001'" },
			color_form: { color_hex: "'red'" },
			pattern_known: { pattern: "'stars'" },
			grade_known: { publication_grade: "'secret'" },
			status_known: { status: "'sure'" },
		},
		{ where: "code = '01'" },
	),
	...copies('land_use_crosswalk', {
		pk: {},
		from_fk: { from_system: NOWHERE },
		to_fk: { to_code: "'ZZ'" },
		relation_known: { relation: "'like'" },
		status_known: { status: "'sure'" },
	}),
	...copies('land_use_category', {
		pk: {},
		class_fk: { code: "'ZZ'" },
		known: { category: "'water'" },
		status_known: { status: "'sure'" },
	}),
];

const places: ConstraintCase[] = [
	...copies('zone', {
		pk: {},
		land_use_system_fk: { zone_id: "'other'", land_use_version: "'1'" },
		id_form: { zone_id: "'*'" },
		time_zone_form: { time_zone: NOWHERE },
		project_srid_known: { project_srid: '3857' },
	}),
	...copies('zone_area', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		kind_known: { kind: "'claimed'" },
		positive: { area_km2: '0' },
		dates_ordered: SAME_DAY,
		status_known: { status: "'sure'" },
		dates_apart: { zone_area_no: '99' },
	}),
	...copies('park', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		sort_unique: { park_id: "'other'" },
		id_form: { park_id: "'Other'" },
		kind_known: { kind: "'district'" },
	}),
	...copies('park_nominal_area', {
		pk: {},
		park_fk: { park_id: NOWHERE },
		positive: { area_km2: '-1' },
		dates_ordered: SAME_DAY,
		status_known: { status: "'sure'" },
		dates_apart: { nominal_no: '99' },
	}),
	...copies('park_outline', {
		pk: {},
		park_fk: { park_id: NOWHERE },
		...geometry,
		area_positive: { area_dm2: '0' },
		area_method_known: { area_method: "'mercator'" },
		dates_ordered: SAME_DAY,
		dates_apart: { outline_no: '99' },
	}),
	{ constraint: 'park_outline_immutable', statements: ['update park_outline set area_dm2 = area_dm2 + 1'] },
	...copies('lead_industry', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		park_fk: { industry_no: '99', park_id: NOWHERE, park_kind: 'null' },
		name_unique: { industry_no: '99' },
		one_holder: { park_id: "'liaodongwan'" },
		park_kind_known: { park_kind: "'district'" },
		status_known: { status: "'sure'" },
	}),
	...copies('named_project', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		name_unique: { project_no: '99' },
		status_known: { status: "'sure'" },
	}),
	...copies('block', {
		pk: {},
		zone_fk: { zone_id: NOWHERE, park_id: 'null' },
		park_fk: { block_id: "'new'", park_id: NOWHERE },
		id_form: { block_id: "'a b'" },
		...geometry,
	}),
];

const revisionTwo = {
	revision: '2',
	base_revision: '1',
	checksum: NEW_CHECKSUM,
};

function revisionAfter(retiredCode: string): string[] {
	return [
		`update parcel set rev_to = 2 where coverage_id = 'plan' and code = '${retiredCode}'`,
		`insert into revision (zone_id, coverage_id, revision, base_revision, checksum, published_at, parcel_count, area_total_dm2, source)
		select r.zone_id, r.coverage_id, 2, 1, ${NEW_CHECKSUM}, now(), r.parcel_count - 1, r.area_total_dm2 - p.area_dm2, 'test'
		from revision r join parcel p on p.zone_id = r.zone_id and p.coverage_id = r.coverage_id
		where r.coverage_id = 'plan' and p.code = '${retiredCode}'`,
	];
}

const coverages: ConstraintCase[] = [
	...copies('coverage', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		kind_unique: { coverage_id: "'other'" },
		id_form: { coverage_id: "'Plan'" },
		kind_known: { kind: "'dream'" },
		grade_known: { publication_grade: "'secret'" },
	}),
	...copies('revision', {
		pk: { checksum: NEW_CHECKSUM },
		coverage_fk: { coverage_id: NOWHERE, checksum: NEW_CHECKSUM },
		base_fk: { revision: '3', base_revision: '2', checksum: NEW_CHECKSUM },
		checksum_unique: { revision: '2', base_revision: '1' },
		checksum_form: { checksum: "'abc'" },
		base_is_previous: { revision: '2', checksum: NEW_CHECKSUM },
		total_positive: { parcel_count: '0' },
		total_matches: { ...revisionTwo, area_total_dm2: 'area_total_dm2 + 1' },
	}),
	{ constraint: 'revision_park_area_kept', statements: revisionAfter('PJ-00') },
	{ constraint: 'revision_area_kept', statements: revisionAfter('pj-outside') },
	...copies('parcel_identity', {
		pk: {},
		no_unique: { coverage_id: "case coverage_id when 'plan' then 'current' else 'plan' end" },
		coverage_fk: { coverage_id: NOWHERE, parcel_no: '9999' },
		no_positive: { parcel_no: '0' },
	}),
	...copies(
		'revision_area',
		{
			pk: {},
			revision_fk: { revision: '99' },
			park_fk: { revision_area_no: '99', park_id: NOWHERE, outline_no: 'null' },
			outline_fk: { revision_area_no: '99', park_id: "'third'", outline_no: '9' },
			park_unique: { revision_area_no: '99' },
			park_when_inside: { park_id: 'null', outline_no: 'null' },
			relation_known: { park_id: 'null', outline_no: 'null', park_relation: "'near'" },
			outline_of_park: { park_id: 'null', park_relation: "'outside'" },
			total_positive: { area_dm2: '0' },
		},
		{
			where: "park_relation = 'inside'",
			before: [
				"insert into park (zone_id, park_id, kind, sort, name_zh, name_en, source) values ('panjin-like', 'third', 'sub_park', 9, '丙', 'C', 'test')",
			],
		},
	),
];

const NEW_PARCEL = [
	"insert into parcel_identity (zone_id, coverage_id, parcel_no) values ('panjin-like', 'plan', 9999)",
];
const away = {
	parcel_no: '9999',
	code: "'NEW'",
	rev_from: '2',
	geom: 'st_translate(geom, 1, 0)',
};

const parcels: ConstraintCase[] = [
	...copies(
		'parcel',
		{
			pk: {},
			versions_apart: { version: '2', code: "'NEW'" },
			identity_fk: { parcel_no: '8888', code: "'NEW'" },
			code_current_unique: { ...away, code: 'code' },
			rev_from_fk: away,
			class_fk: { ...away, class_code: "'ZZ'" },
			park_fk: { ...away, park_id: NOWHERE },
			block_fk: { ...away, block_id: NOWHERE },
			version_positive: { version: '0' },
			revisions_ordered: { rev_to: '1' },
			code_not_blank: { code: "' '" },
			code_status_known: { code_status: "'official-ish'" },
			...geometry,
			area_positive: { area_dm2: '0' },
			planar_area_positive: { planar_area_dm2: '0' },
			document_area_positive: { document_area_dm2: '0' },
			area_method_known: { area_method: "'mercator'" },
			class_whole: { class_code: 'null' },
			park_relation_known: { park_relation: "'near'" },
			park_when_inside: { park_relation: "'outside'" },
			attributes_object: { attributes: "'[]'" },
			no_overlap: { ...away, geom: 'geom' },
			in_next_revision: { ...away, rev_from: '1' },
			opens_current: { ...away, rev_to: '3' },
		},
		{ where: "coverage_id = 'plan' and code = 'PJ-00'", before: NEW_PARCEL },
	),
	{
		constraint: 'parcel_rev_to_fk',
		statements: ["update parcel set rev_to = 2 where code = 'PJ-00'", 'set constraints all immediate'],
	},
	{ constraint: 'parcel_immutable', statements: ['update parcel set area_dm2 = area_dm2 + 1'] },
	...copies('planning_condition', {
		pk: {},
		parcel_fk: { parcel_no: '9999' },
		far_range: { far_max: '0' },
		far_ordered: { far_min: '9', far_max: '1' },
		pct_range: { green_ratio_min_pct: '101' },
		height_positive: { height_max_m: '0' },
		some: { far_max: 'null' },
		grade_known: { publication_grade: "'secret'" },
		status_known: { status: "'sure'" },
	}),
	...copies('stock_status', {
		pk: {},
		parcel_fk: { parcel_no: '9999' },
		value_known: { stock_status: "'gone'" },
		status_known: { status: "'sure'" },
	}),
];

const sealed: ConstraintCase[] = [
	...SEALED.flatMap((table) =>
		[`update ${table} set zone_id = zone_id`, `delete from ${table}`, `truncate ${table} cascade`].map(
			(statement) => ({ constraint: `${table}_immutable`, statements: [statement] }),
		),
	),
	{ constraint: 'parcel_not_emptied', statements: ['truncate parcel cascade'] },
	{ constraint: 'park_outline_not_emptied', statements: ['truncate park_outline cascade'] },
	...copies(
		'planning_condition',
		{ before_seal: { parcel_no: "(select parcel_no from parcel where code = 'PJ-03')" } },
		{ where: "coverage_id = 'plan'" },
	),
	...copies('stock_status', {
		before_seal: {
			parcel_no: `(select min(parcel_no) from parcel p where p.coverage_id = 'current' and not exists (
				select from stock_status s where s.parcel_no = p.parcel_no))`,
		},
	}),
];

/** A control layer that is still being loaded, with one area. */
const OPEN_CONTROL_LAYER = [
	`insert into control_layer (zone_id, control_layer_id, kind, name_zh, name_en, publication_grade, is_synthetic, source, status)
	select zone_id, 'open', kind, name_zh, name_en, publication_grade, is_synthetic, source, status from control_layer limit 1`,
	`insert into control_area (zone_id, control_layer_id, control_area_no, name_zh, name_en, geom)
	select zone_id, 'open', 1, name_zh, name_en, geom from control_area limit 1`,
];

const rest: ConstraintCase[] = [
	...copies('control_layer', {
		pk: {},
		zone_fk: { zone_id: NOWHERE },
		id_form: { control_layer_id: "'A'" },
		kind_known: { kind: "'line'" },
		grade_known: { publication_grade: "'secret'" },
		status_known: { status: "'sure'" },
		checksum_form: { control_layer_id: "'other'", checksum: "'sure'" },
	}),
	...copies(
		'control_area',
		{
			pk: {},
			layer_fk: { control_layer_id: NOWHERE },
			no_positive: { control_area_no: '0' },
			...geometry,
			dates_ordered: SAME_DAY,
			attributes_object: { attributes: "'[]'" },
		},
		{ where: "control_layer_id = 'open'", before: OPEN_CONTROL_LAYER },
	),
	{ constraint: 'control_layer_immutable', statements: ["update control_layer set name_en = ''"] },
	{ constraint: 'control_layer_immutable', statements: ['delete from control_layer'] },
	{ constraint: 'control_area_immutable', table: 'control_area', changes: { control_area_no: '99' } },
	{ constraint: 'control_area_immutable', statements: ["update control_area set name_en = ''"] },
	{
		constraint: 'control_area_immutable',
		before: OPEN_CONTROL_LAYER,
		statements: [
			`update control_area set control_area_no = 99,
				control_layer_id = (select control_layer_id from control_layer where checksum is not null limit 1)
			where control_layer_id = 'open'`,
		],
	},
	{ constraint: 'control_area_immutable', statements: ['delete from control_area'] },
	{ constraint: 'control_layer_not_emptied', statements: ['truncate control_layer cascade'] },
	{ constraint: 'control_area_not_emptied', statements: ['truncate control_area'] },
	...RULE_CONSTRAINTS,
	...copies(
		'audit_event',
		{ pk: {}, no_positive: { event_no: '0' }, hash_holds: { hash: "sha256('')" } },
		{ before: ['alter table audit_event disable trigger audit_event_chain'] },
	),
	...copies('audit_event', {
		zone_fk: { zone_id: NOWHERE },
		actor_not_blank: { actor: "' '" },
		action_form: { action: "'done'" },
		details_object: { details: "'[]'" },
	}),
	{ constraint: 'audit_event_append_only', statements: ["update audit_event set actor = 'someone else'"] },
	...copies('seed_log', { pk: {}, checksum_form: { seed_name: "'x'", checksum: "'abc'" } }),
	...copies('schema_migration', { pk: {}, version_positive: { version: '0' } }),
];

/** One breaking case for every constraint of the schema, but for those that need a transaction of their own. */
export const CONSTRAINT_CASES: readonly ConstraintCase[] = [
	...codeLists,
	...places,
	...coverages,
	...parcels,
	...sealed,
	...rest,
	...PEOPLE_CONSTRAINTS,
	...CHANGESET_CONSTRAINTS,
	...PLOT_CONSTRAINTS,
	...SUPPLY_CONSTRAINTS,
	...SUPERVISION_CONSTRAINTS,
];
