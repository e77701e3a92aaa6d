import { actingAs } from './changeset-rows.ts';
import { copies, type ConstraintCase, NOWHERE } from './constraint-case.ts';
import {
	PANJIN_ADMINISTRATOR,
	PANJIN_APPROVER,
	PANJIN_ID,
	PANJIN_OFFICER,
	PANJIN_SECOND_OFFICER,
} from './database-rows.ts';
import { idleStep, plotRow, plotRows, supplyFact, supplyRows } from './supply-rows.ts';

const ROWS = supplyRows(PANJIN_ID);
const AS_OFFICER = actingAs(PANJIN_OFFICER);
const AS_APPROVER = actingAs(PANJIN_APPROVER);
const step = (name: string) => idleStep(PANJIN_ID, name);

const ENTERED = [plotRow(PANJIN_ID, 1), ROWS.supply_programme, AS_OFFICER, ROWS.supply];
const RECORDED = [...ENTERED, ROWS.supply_fact];
const OPENED = [...ENTERED, ROWS.idle_step];
const NOTED = [...ENTERED, ROWS.land_note];
const BATCH = plotRows(PANJIN_ID).conversion_batch;

const without = (table: string, trigger: string) => `alter table ${table} disable trigger ${trigger}`;
const refused = (constraint: string, statements: readonly string[]): ConstraintCase => ({
	constraint,
	statements,
});

const facts: ConstraintCase[] = [
	...copies(
		'supply_fact',
		{
			pk: {},
			supply_fk: { supply_no: '99' },
			user_fk: { fact_no: '2', user_id: NOWHERE },
			kind_known: { fact_no: '2', kind: "'dream'" },
			proven: { fact_no: '2', document: "' '" },
			void_replaces: { fact_no: '2', is_void: 'true' },
			client_form: { fact_no: '2', client_id: "'a b'" },
		},
		{ before: [...RECORDED, without('supply_fact', 'supply_fact_guard')] },
	),
	...["'[]'", "jsonb_build_object('x', repeat('x', 16384))"].flatMap((facts) =>
		copies('supply_fact', { object: { facts } }, { before: RECORDED }),
	),
	refused('supply_fact_replaces', [...RECORDED, supplyFact(PANJIN_ID, { replacesNo: 2 })]),
	refused('supply_fact_replaces', [...RECORDED, supplyFact(PANJIN_ID, { kind: 'progress', replacesNo: 1 })]),
	refused('supply_fact_replaces_once', [
		...RECORDED,
		supplyFact(PANJIN_ID, { replacesNo: 1 }),
		supplyFact(PANJIN_ID, { replacesNo: 1 }),
	]),
];

const proceedings: ConstraintCase[] = [
	...copies('idle_transition', { pk: {} }),
	...copies(
		'idle_step',
		{
			pk: {},
			supply_fk: { supply_no: '99' },
			user_fk: { step_no: '2', user_id: NOWHERE },
			facts_object: { step_no: '2', facts: "'[]'" },
			proven: { step_no: '2', document: "' '" },
			client_form: { step_no: '2', client_id: "'a b'" },
		},
		{ before: [...OPENED, without('idle_step', 'idle_step_guard')] },
	),
	refused('idle_step_possible', [...ENTERED, step('hear')]),
	refused('idle_step_possible', [...OPENED, step('investigate')]),
	refused('idle_step_possible', [...OPENED, AS_APPROVER, step('find_idle')]),
	refused('idle_step_possible', [...OPENED, step('hear'), AS_APPROVER, step('decide')]),
	refused('idle_step_possible', [...OPENED, AS_APPROVER, step('withdraw'), AS_OFFICER, step('hear')]),
	refused('idle_step_permitted', [
		...OPENED,
		step('hear'),
		actingAs(PANJIN_SECOND_OFFICER),
		step('find_idle'),
	]),
	refused('idle_step_permitted', [...OPENED, AS_APPROVER, step('hear')]),
	refused('idle_step_permitted', [...OPENED, actingAs(PANJIN_ADMINISTRATOR), step('hear')]),
	refused('idle_step_by_another', [...OPENED, step('withdraw')]),
	refused('idle_step_by_another', [...OPENED, step('hear'), AS_APPROVER, step('find_idle'), step('decide')]),
];

const WRONG_SUBJECTS: readonly Readonly<Record<string, string>>[] = [
	{ plot_no: 'null' },
	{ list: "'approved_not_supplied'" },
	{ batch_no: '1' },
];
const notes: ConstraintCase[] = [
	...copies(
		'land_note',
		{
			pk: {},
			plot_fk: { note_no: '2', plot_no: '99' },
			batch_fk: { note_no: '2', plot_no: 'null', batch_no: '99', list: "'approved_not_supplied'" },
			user_fk: { note_no: '2', user_id: NOWHERE },
			text: { note_no: '2', cause: "' '" },
			client_form: { note_no: '2', client_id: "'a b'" },
		},
		{ before: [...NOTED, without('land_note', 'land_note_number')] },
	),
	...copies('land_note', { list_known: { list: "'lost'" } }, { before: NOTED }),
	...WRONG_SUBJECTS.flatMap((changes) =>
		copies('land_note', { subject: changes }, { before: [actingAs(''), BATCH, ...NOTED] }),
	),
];

/** Each table has it that a writer's id stands once in a zone. */
const sentTwice: ConstraintCase[] = (
	[
		['supply_payment', ROWS.supply_payment, 'supply_payment_number', 'payment_no'],
		['supply_fact', ROWS.supply_fact, 'supply_fact_guard', 'fact_no'],
		['idle_step', ROWS.idle_step, 'idle_step_guard', 'step_no'],
		['land_note', ROWS.land_note, 'land_note_number', 'note_no'],
	] as const
).flatMap(([table, row, trigger, number]) =>
	copies(
		table,
		{ client_unique: { [number]: '2' } },
		{
			before: [
				...[...ENTERED, row, without(table, trigger), without(table, `${table}_append_only`)],
				`update ${table} set client_id = 'client-of-row'`,
			],
		},
	),
);

const keeping: ConstraintCase[] = ['supply_fact', 'idle_step', 'land_note'].flatMap((table) =>
	[`update ${table} set zone_id = zone_id`, `delete from ${table}`, `truncate ${table} cascade`].map(
		(statement) => refused(`${table}_append_only`, [statement]),
	),
);

/** What is recorded of supplies, proceedings about idle land, notes on land that waits. */
export const SUPERVISION_CONSTRAINTS: readonly ConstraintCase[] = [
	...facts,
	...proceedings,
	...notes,
	...sentTwice,
	...keeping,
];
