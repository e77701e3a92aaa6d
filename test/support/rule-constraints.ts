import { copies, NOWHERE, type ConstraintCase } from './constraint-case.ts';

/** A value that was declared a mistake. */
const VOID_RULE = { rule_value_no: '99', rule_key: "'a.b'", voided_at: 'now()' };
const SAME_DAY = { valid_from: "'2020-01-01'", valid_to: "'2020-01-01'" };

/** Rules that a zone has of its own. */
export const RULE_CONSTRAINTS: readonly ConstraintCase[] = [
	...copies(
		'rule_value',
		{
			pk: {},
			zone_fk: { zone_id: NOWHERE },
			park_fk: { rule_value_no: '99', park_id: NOWHERE },
			key_form: { rule_key: "'tolerance'" },
			unit_not_blank: { unit: "' '" },
			area_kind_known: { area_kind: "'mercator'" },
			comparison_known: { comparison: "'~'" },
			grade_known: { publication_grade: "'secret'" },
			status_known: { status: "'sure'" },
			dates_ordered: SAME_DAY,
			dates_apart: { rule_value_no: '99' },
			client_form: { rule_value_no: '99', rule_key: "'a.b'", client_id: "'a b'" },
			user_fk: { rule_value_no: '99', rule_key: "'a.b'", user_id: NOWHERE },
			voider_fk: { ...VOID_RULE, void_reason: "'a reason'", voided_by: NOWHERE },
			ends_fk: { rule_value_no: '99', rule_key: "'a.b'", ends_rule_no: '98' },
			ends_whole: { rule_value_no: '99', rule_key: "'a.b'", ends_valid_to: "'2030-01-01'" },
			ends_within_set: {
				rule_value_no: '99',
				rule_key: "'a.b'",
				valid_to: 'null',
				set_valid_to: "'2030-01-01'",
			},
			void_reasoned: { ...VOID_RULE, void_reason: "' '" },
			set_whole: { rule_value_no: '99', rule_key: "'a.b'", client_id: "'a-client'" },
		},
		{ where: 'park_id is null' },
	),
	{
		constraint: 'rule_value_voided_stays',
		statements: [
			"update rule_value set voided_at = now(), void_reason = 'x'",
			'update rule_value set valid_to = null',
		],
	},
	...copies(
		'rule_value',
		{
			client_unique: { rule_value_no: '99', rule_key: "'a.b'" },
		},
		{
			where: "client_id = 'a-client'",
			before: [
				"insert into app_user (user_id, name, email) values ('rule-setter', 'a name', 'rule@setter')",
				"update rule_value set client_id = 'a-client', user_id = 'rule-setter', valid_from = '2020-01-01', value = 1 where rule_value_no = 1",
			],
		},
	),
];
