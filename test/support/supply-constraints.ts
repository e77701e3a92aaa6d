import { actingAs } from './changeset-rows.ts';
import { copies, type ConstraintCase, NOWHERE } from './constraint-case.ts';
import {
	PANJIN_ADMINISTRATOR,
	PANJIN_APPROVER,
	PANJIN_ID,
	PANJIN_OFFICER,
	PANJIN_SECOND_OFFICER,
} from './database-rows.ts';
import { plotRow, supplyEvent, supplyPayment, supplyRows } from './supply-rows.ts';

const ROWS = supplyRows(PANJIN_ID);
const AS_OFFICER = actingAs(PANJIN_OFFICER);
const AS_APPROVER = actingAs(PANJIN_APPROVER);
const event = (name: string) => supplyEvent(PANJIN_ID, name);
const priced = (name: string, priceFen: number) => event(name).replace("'{}'", `'{"priceFen": ${priceFen}}'`);
const payment = (amountFen: number, kind?: string, correctsNo?: number) =>
	supplyPayment(PANJIN_ID, {
		amountFen,
		...(kind === undefined ? {} : { kind }),
		...(correctsNo === undefined ? {} : { correctsNo }),
	});

const ENTERED = [plotRow(PANJIN_ID, 1), ROWS.supply_programme, AS_OFFICER, ROWS.supply];
const OFFERED = [...ENTERED, AS_APPROVER, event('offer')];
const AWARDED = [...OFFERED, AS_OFFICER, event('award')];
const CANCELLED = [...ENTERED, event('cancel')];

const without = (table: string, trigger: string) => `alter table ${table} disable trigger ${trigger}`;
const refused = (constraint: string, statements: readonly string[]): ConstraintCase => ({
	constraint,
	statements,
});
/** Of the same plot; as it is over, it may stand beside the first. */
const ANOTHER = { supply_no: '2', client_id: "'another-client'", state: "'cancelled'" };

const tables: ConstraintCase[] = [
	...copies(
		'supply_programme',
		{
			pk: {},
			zone_fk: { zone_id: NOWHERE },
			year_range: { year: '1989' },
			text_length: { year: '2027', number: "repeat('x', 101)" },
			user_fk: { year: '2027', user_id: NOWHERE },
			client_form: { year: '2027', client_id: "'a b'" },
		},
		{ before: [ROWS.supply_programme] },
	),
	...copies(
		'supply_programme',
		{ client_unique: { year: '2027' } },
		{
			before: [
				ROWS.supply_programme
					.replace('is_synthetic)', 'is_synthetic, client_id)')
					.replace('true)', "true, 'a-client')"),
			],
		},
	),
	...copies('supply_mode', { pk: {} }),
	...copies('supply_transition', { pk: {} }),
	...copies(
		'supply',
		{
			pk: { ...ANOTHER, supply_no: '1' },
			client_unique: { ...ANOTHER, client_id: 'client_id' },
			plot_fk: { ...ANOTHER, plot_no: '99' },
			mode_fk: { ...ANOTHER, mode: "'gift'" },
			plot_version_fk: { ...ANOTHER, plot_version: '99' },
			programme_fk: { ...ANOTHER, year: '2025' },
			user_fk: { ...ANOTHER, user_id: NOWHERE },
			no_positive: { ...ANOTHER, supply_no: '0' },
			client_form: { ...ANOTHER, client_id: "'a b'" },
			quarter_range: { ...ANOTHER, quarter: '5' },
			state_known: { ...ANOTHER, state: "'lost'" },
			plot_once: { ...ANOTHER, state: 'state' },
		},
		{ before: [...ENTERED, without('supply', 'supply_begin')] },
	),
];

const keeping: ConstraintCase[] = [
	...[
		"client_id = 'another-client'",
		"mode = 'lease'",
		'user_id = null',
		'supply_no = 2',
		"recorded_at = recorded_at + interval '1 day'",
	].map((change) => refused('supply_identity_kept', [...ENTERED, `update supply set ${change}`])),
	refused('supply_sealed', [...CANCELLED, 'update supply set quarter = 2']),
	refused('supply_programme_kept', [...OFFERED, 'update supply set quarter = 2']),
	refused('supply_programme_kept', [
		...OFFERED,
		'insert into supply_programme select zone_id, 2027, number, approved_on, source, is_synthetic from supply_programme',
		'update supply set year = 2027',
	]),
	refused('supply_state_by_event', [...ENTERED, "update supply set state = 'awarded'"]),
	refused('supply_state_by_event', [...OFFERED, "update supply set state = 'programmed'"]),
	refused('supply_kept', ['delete from supply']),
	refused('supply_kept', ['truncate supply cascade']),
	...['supply_event', 'supply_correction', 'supply_secret', 'supply_payment'].flatMap((table) =>
		[`update ${table} set zone_id = zone_id`, `delete from ${table}`, `truncate ${table} cascade`].map(
			(statement) => refused(`${table}_append_only`, [statement]),
		),
	),
];

const events: ConstraintCase[] = [
	...copies(
		'supply_event',
		{
			pk: {},
			supply_fk: { supply_no: '99' },
			user_fk: { event_no: '2', user_id: NOWHERE },
			unknowns_list: { event_no: '2', unknowns: "'{}'" },
		},
		{
			before: [
				...OFFERED,
				without('supply_event', 'supply_event_guard'),
				without('supply_event', 'supply_event_move'),
			],
		},
	),
	...["'[]'", "jsonb_build_object('x', repeat('x', 65536))"].flatMap((facts) =>
		copies(
			'supply_event',
			{ facts_object: { event_no: '2', facts } },
			{ before: [...OFFERED, without('supply_event', 'supply_event_guard')] },
		),
	),
	refused('supply_event_possible', [...ENTERED, event('award')]),
	refused('supply_event_possible', [...ENTERED, event('dream')]),
	refused('supply_event_possible', [...AWARDED, event('sign_lease')]),
	refused('supply_event_possible', [...CANCELLED, AS_APPROVER, event('offer')]),
	refused('supply_event_possible', [supplyEvent(PANJIN_ID, 'offer', 99)]),
	refused('supply_event_permitted', [...OFFERED, event('award')]),
	refused('supply_event_permitted', [...ENTERED, actingAs(PANJIN_SECOND_OFFICER), event('offer')]),
	refused('supply_event_permitted', [...OFFERED, actingAs(PANJIN_ADMINISTRATOR), event('award')]),
	refused('supply_event_by_another', [...ENTERED, event('offer')]),
	refused('supply_event_by_another', [...AWARDED, event('void_award')]),
	refused('supply_event_price_asked', [...AWARDED, priced('sign', 5)]),
	refused('supply_event_price_agreed', [...AWARDED.slice(0, -1), priced('award', 7), priced('sign', 8)]),
];

const CORRECTED = [...OFFERED, AS_OFFICER, ROWS.supply_correction];
const SECRET = [...ENTERED, ROWS.supply_secret];
const SECRET_WITH_ID = SECRET.map((one) =>
	one.replace('stated_on)', 'stated_on, client_id)').replace(/'2026-01-01'\)$/, "'2026-01-01', 'a-client')"),
);
const PAID = [...ENTERED, ROWS.supply_payment];
const TAKEN_BACK = [...PAID, payment(-100, 'price', 1)];
const WRONG_SECRETS: readonly Readonly<Record<string, string>>[] = [
	{ amount_fen: 'null' },
	{ bidder: "'a bidder'" },
	{ kind: "'bid'" },
	{ kind: "'bid'", bidder: "' '" },
];
const WRONG_SIGNS: readonly Readonly<Record<string, string>>[] = [
	{ amount_fen: '-100' },
	{ amount_fen: '0' },
	{ corrects_no: '1', amount_fen: '100' },
];
const records: ConstraintCase[] = [
	...copies(
		'supply_correction',
		{
			pk: {},
			event_fk: { correction_no: '2', event_no: '99' },
			user_fk: { correction_no: '2', client_id: 'null', user_id: NOWHERE },
			field_form: { correction_no: '2', field: "'Notice'" },
			reasoned: { correction_no: '2', reason: "' '" },
			client_unique: { correction_no: '2' },
			client_form: { correction_no: '2', client_id: "'a b'" },
		},
		{ before: [...CORRECTED, without('supply_correction', 'supply_correction_number')] },
	),
	...copies(
		'supply_secret',
		{
			pk: {},
			supply_fk: { supply_no: '99' },
			user_fk: { secret_no: '2', user_id: NOWHERE },
			kind_known: { secret_no: '2', kind: "'hint'" },
			amount_positive: { secret_no: '2', amount_fen: '0' },
			client_form: { secret_no: '2', client_id: "'a b'" },
		},
		{ before: [...SECRET, without('supply_secret', 'supply_secret_number')] },
	),
	...copies('supply_secret', { client_unique: {} }, { before: SECRET_WITH_ID }),
	...WRONG_SECRETS.flatMap((changes) => copies('supply_secret', { whole: changes }, { before: SECRET })),
	...copies(
		'supply_payment',
		{
			pk: {},
			supply_fk: { supply_no: '99' },
			corrects_fk: { payment_no: '2', corrects_no: '99', amount_fen: '-100' },
			user_fk: { payment_no: '2', user_id: NOWHERE },
			kind_known: { payment_no: '2', kind: "'gift'" },
			reference_form: { payment_no: '2', reference: "' '" },
			client_form: { payment_no: '2', client_id: "'a b'" },
		},
		{ before: [...PAID, without('supply_payment', 'supply_payment_number')] },
	),
	...WRONG_SIGNS.flatMap((changes) =>
		copies(
			'supply_payment',
			{ sign: { payment_no: '2', ...changes } },
			{ before: [...PAID, without('supply_payment', 'supply_payment_number')] },
		),
	),
	refused('supply_payment_corrects_once', [...TAKEN_BACK, payment(-100, 'price', 1)]),
	refused('supply_payment_counter', [...PAID, payment(-99, 'price', 1)]),
	refused('supply_payment_counter', [...PAID, payment(-100, 'fee', 1)]),
	refused('supply_payment_counter', [...PAID, payment(-100, 'price', 2)]),
	refused('supply_payment_counter', [...TAKEN_BACK, payment(-100, 'price', 2)]),
];

/** Supplies, their events, and what is recorded on them. */
export const SUPPLY_CONSTRAINTS: readonly ConstraintCase[] = [...tables, ...keeping, ...events, ...records];
