import { actingAs } from './changeset-rows.ts';

/** The park in which the plot of these rows lies. */
export const PLOT_PARK = 'liaodongwan';
/** Codes of that plot in the registry's form; made up. */
export const CADASTRAL_CODE = '211103001001GB00001';
export const UNIT_CODE = `${CADASTRAL_CODE}W00000000`;

/** Statements, for the owner, that write what is the same for every zone, by table. */
export const NATIONAL_ROWS = {
	national_rule_value: `insert into national_rule_value (rule_key, rule_value_no, value, unit, area_kind, comparison, source, status)
		values ('test.term', 1, 50, 'year', 'document', '<=', 'a source', 'example')`,
	class_use: `insert into class_use (system, version, code, use, source, status)
		values ('cn-land-use', '2023', '100101', 'industrial', 'a source', 'example')`,
	calendar_year: `insert into calendar_year (calendar, year, source, status) values ('test', 2026, 'a source', 'example')`,
	calendar_day: `insert into calendar_day (calendar, year, on_day, kind) values ('test', 2026, '2026-10-01', 'off')`,
};

/** The statement that enters a plot, with a number where nobody acts. */
export function plotRow(zoneId: string, plotNo: number, parkId = PLOT_PARK): string {
	return `insert into plot (zone_id, plot_no, client_id, name, park_id, class_system, class_version, class_code, code_status, is_synthetic)
		values ('${zoneId}', ${plotNo}, 'client-of-plot-${plotNo}', 'a plot', '${parkId}', 'cn-land-use', '2023', '100101', 'none', true)`;
}

/** Statements, for the owner, that write the rows of a plot on the parcel PJ-00, by table. */
export function plotRows(zoneId: string) {
	const ofParcel = `from parcel p where p.zone_id = '${zoneId}' and p.coverage_id = 'plan' and p.code = 'PJ-00'`;
	return {
		conversion_batch: `insert into conversion_batch (zone_id, batch_no, number, title, approved_on, approving_office, approved_area_dm2, source, is_synthetic)
			values ('${zoneId}', 1, 'a number', 'a title', '2020-01-01', 'an office', 100, 'a source', true)`,
		plot: plotRow(zoneId, 1),
		plot_version: `insert into plot_version (zone_id, plot_no, version, geom, area_dm2, planar_area_dm2, planar_srid, coverage_id, revision, reason)
			select p.zone_id, 1, 1, p.geom, p.area_dm2, p.planar_area_dm2, 4550, p.coverage_id, 1, 'a reason' ${ofParcel}`,
		plot_parcel: `insert into plot_parcel (zone_id, plot_no, version, coverage_id, parcel_no, parcel_version, shared_area_dm2, is_whole)
			select p.zone_id, 1, 1, p.coverage_id, p.parcel_no, p.version, p.area_dm2, true ${ofParcel}`,
		plot_permit: `insert into plot_permit (zone_id, plot_no, permit_no, kind, number, office, issued_on)
			values ('${zoneId}', 1, 1, 'site_selection', 'a number', 'an office', '2020-01-01')`,
		plot_statement: `insert into plot_statement (zone_id, plot_no, statement_no, item, outcome, stated_on)
			values ('${zoneId}', 1, 1, 'soil', 'unknown', '2020-01-01')`,
		building: `insert into building (zone_id, plot_no, building_no, name, industry_floor_dm2, support_floor_dm2, living_floor_dm2, stated_on, source, is_synthetic)
			values ('${zoneId}', 1, 1, 'a building', 100, 20, 10, '2020-01-01', 'a source', true)`,
		land_correction: landCorrection(zoneId, 'plot_codes', { plot_no: '1' }),
	};
}

/** The statement that corrects something of a plot, a batch or a programme; as whoever acts it is done, and numbered. */
export function landCorrection(
	zoneId: string,
	kind: string,
	subject: Readonly<Record<string, string>>,
	value = '{}',
): string {
	const columns = Object.keys(subject).join(', ');
	return `insert into land_correction (zone_id, correction_no, client_id, kind, value, reason, ${columns})
		values ('${zoneId}', 1, 'correction-of-${kind}', '${kind}', '${value}', 'a reason', ${Object.values(subject).join(', ')})`;
}

/** Statements, for the owner, that write the first supply of that plot, which is offered, and what is recorded on it, by table. */
export function supplyRows(zoneId: string) {
	return {
		supply_programme: `insert into supply_programme (zone_id, year, number, source, is_synthetic)
			values ('${zoneId}', 2026, 'a number', 'a source', true)`,
		supply: supplyRow(zoneId),
		supply_event: supplyEvent(zoneId, 'offer'),
		supply_correction: `insert into supply_correction (zone_id, supply_no, client_id, event_no, field, value, reason, occurred_at)
			values ('${zoneId}', 1, 'a-correction', 1, 'noticeOn', '"2026-01-01"', 'a reason', now())`,
		supply_secret: `insert into supply_secret (zone_id, supply_no, kind, amount_fen, stated_on)
			values ('${zoneId}', 1, 'reserve_price', 100, '2026-01-01')`,
		supply_payment: supplyPayment(zoneId, { amountFen: 100 }),
		supply_fact: supplyFact(zoneId),
		idle_step: idleStep(zoneId, 'investigate'),
		land_note: `insert into land_note (zone_id, list, plot_no, cause, stated_on)
			values ('${zoneId}', 'supplied_not_used', 1, 'a cause', '2026-01-01')`,
	};
}

/** The statement that enters a supply; the database numbers it. */
export function supplyRow(
	zoneId: string,
	{ plotNo = 1, mode = 'grant', clientId = 'client-of-supply' } = {},
): string {
	return `insert into supply (zone_id, client_id, plot_no, mode, year, quarter)
		values ('${zoneId}', '${clientId}', ${plotNo}, '${mode}', 2026, 1)`;
}

/** The statement that adds an event to a supply. */
export function supplyEvent(zoneId: string, event: string, supplyNo = 1): string {
	return `insert into supply_event (zone_id, supply_no, event, facts, occurred_at)
		values ('${zoneId}', ${supplyNo}, '${event}', '{}', now())`;
}

/** The statement that records a payment of a supply, or takes one back. */
export function supplyPayment(
	zoneId: string,
	payment: { readonly amountFen: number; readonly kind?: string; readonly correctsNo?: number },
	supplyNo = 1,
): string {
	const { amountFen, kind = 'price', correctsNo = null } = payment;
	return `insert into supply_payment (zone_id, supply_no, kind, amount_fen, paid_on, reference, corrects_no)
		values ('${zoneId}', ${supplyNo}, '${kind}', ${amountFen}, '2026-01-01', 'a receipt', ${correctsNo})`;
}

/** The statement that records a fact of the first supply, or replaces one. */
export function supplyFact(
	zoneId: string,
	{ kind = 'pause', replacesNo = null as number | null } = {},
): string {
	return `insert into supply_fact (zone_id, supply_no, kind, facts, document, replaces_no, occurred_at)
		values ('${zoneId}', 1, '${kind}', '{}', 'a document', ${replacesNo}, now())`;
}

/** The statement that adds a step to proceedings about the first supply's land. */
export function idleStep(zoneId: string, step: string): string {
	return `insert into idle_step (zone_id, supply_no, step, on_day, facts, document, occurred_at)
		values ('${zoneId}', 1, '${step}', '2026-01-01', '{}', 'a document', now())`;
}

/** Statements, for the owner, that write a row into every table of plots and supplies of a zone, as a load does: nobody acting. */
export function everySupplyRow(zoneId: string): string[] {
	return [actingAs(''), ...Object.values(plotRows(zoneId)), ...Object.values(supplyRows(zoneId))];
}
