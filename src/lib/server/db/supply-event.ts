import type { SupplyEventKind, SupplyState } from '$lib/domain/supply/life-cycle.ts';
import type { Correction, SupplyEvent } from '$lib/domain/supply/record.ts';
import type { Sql } from './connect.ts';
import { recorderName } from './recorder-name.ts';

export type SupplyEventRow = SupplyEvent & {
	readonly supplyNo: number;
	readonly fromState: SupplyState;
	readonly toState: SupplyState;
	/** Codes of questions that were open, as who acted acknowledged them. */
	readonly unknowns: readonly string[];
	readonly userName: string | null;
	readonly occurredAt: Date;
};

export interface CorrectionRow extends Correction {
	readonly supplyNo: number;
	readonly userName: string | null;
	readonly occurredAt: Date;
}

/** Adds an event, which moves the supply's state; the database says who did it, and refuses what must not be. */
export async function insertSupplyEvent(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	entry: {
		readonly event: SupplyEventKind;
		readonly facts: SupplyEvent['facts'];
		readonly unknowns: readonly string[];
		readonly occurredAt: Date;
	},
): Promise<void> {
	await sql`
		insert into supply_event (zone_id, supply_no, event, facts, unknowns, occurred_at)
		values (${zoneId}, ${supplyNo}, ${entry.event}, ${JSON.stringify(entry.facts)}::text::jsonb,
			${JSON.stringify(entry.unknowns)}::text::jsonb, ${entry.occurredAt})`;
}

/** Lists what happened to a supply, in order, as it was written. */
export function listSupplyEvents(sql: Sql, zoneId: string, supplyNo: number): Promise<SupplyEventRow[]> {
	return listEventsOf(sql, zoneId, [supplyNo]);
}

/** Lists what happened to some supplies, each in order, as it was written. `isNamed` false: without the names of people, of whom the database asks one by one whether they may be seen. */
export async function listEventsOf(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
	isNamed = true,
): Promise<SupplyEventRow[]> {
	return sql<SupplyEventRow[]>`
		select e.supply_no as "supplyNo", e.event_no as "eventNo", e.event, e.from_state as "fromState", e.to_state as "toState", e.facts, e.unknowns,
			coalesce(e.user_id, '') as "userId", ${recorderName(sql, isNamed)} as "userName", e.occurred_at as "occurredAt"
		from supply_event e left join app_user u on u.user_id = e.user_id
		where e.zone_id = ${zoneId} and e.supply_no = any (${[...supplyNos]}::integer[])
		order by e.supply_no, e.event_no`;
}

/** Records that a value of an event was wrong; `clientId` is that of the correction of which it is a part. */
export async function insertCorrection(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	entry: Omit<Correction, 'correctionNo'> & { readonly clientId: string; readonly occurredAt: Date },
): Promise<void> {
	await sql`
		insert into supply_correction (zone_id, supply_no, client_id, event_no, field, value, reason, occurred_at)
		values (${zoneId}, ${supplyNo}, ${entry.clientId}, ${entry.eventNo}, ${entry.field},
			${JSON.stringify(entry.value)}::text::jsonb, ${entry.reason}, ${entry.occurredAt})`;
}

/** How a correction that is sent stands to what was recorded under its writer's id: the same, another, or null: nothing was recorded. */
export async function findSentCorrection(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	{
		clientId,
		userId,
		reason,
		changes,
	}: {
		readonly clientId: string;
		readonly userId: string;
		readonly reason: string;
		readonly changes: readonly Pick<Correction, 'eventNo' | 'field' | 'value'>[];
	},
): Promise<'same' | 'other' | null> {
	const sent = changes.map(({ eventNo, field, value }) => ({ eventNo, field, value }));
	const [{ parts, isSame }] = await sql<{ parts: number; isSame: boolean | null }[]>`
		select count(*)::integer as parts,
			bool_and(c.supply_no = ${supplyNo} and c.user_id = ${userId} and c.reason = ${reason} and exists (
				select from jsonb_array_elements(${JSON.stringify(sent)}::text::jsonb) e
				where e -> 'eventNo' = to_jsonb(c.event_no) and e ->> 'field' = c.field and e -> 'value' = c.value
			)) as "isSame"
		from supply_correction c where c.zone_id = ${zoneId} and c.client_id = ${clientId}`;
	if (parts === 0) return null;
	return isSame === true && parts === changes.length ? 'same' : 'other';
}

/** Lists the corrections of a supply, in order. */
export function listCorrections(sql: Sql, zoneId: string, supplyNo: number): Promise<CorrectionRow[]> {
	return listCorrectionsOf(sql, zoneId, [supplyNo]);
}

/** Lists the corrections of some supplies, each in order. See `listEventsOf`. */
export async function listCorrectionsOf(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
	isNamed = true,
): Promise<CorrectionRow[]> {
	return sql<CorrectionRow[]>`
		select c.supply_no as "supplyNo", c.correction_no as "correctionNo", c.event_no as "eventNo", c.field, c.value, c.reason, ${recorderName(sql, isNamed)} as "userName",
			c.occurred_at as "occurredAt"
		from supply_correction c left join app_user u on u.user_id = c.user_id
		where c.zone_id = ${zoneId} and c.supply_no = any (${[...supplyNos]}::integer[])
		order by c.supply_no, c.correction_no`;
}

/** Finds the last day on which a plot was held by a right that is over; null: it never was. An end is sealed, so no correction moves it. O(log n). */
export async function findEndOfRight(sql: Sql, zoneId: string, plotNo: number): Promise<string | null> {
	const [{ endedOn }] = await sql<{ endedOn: string | null }[]>`
		select max(e.facts ->> 'endedOn') as "endedOn"
		from supply s
		join supply_event e on e.zone_id = s.zone_id and e.supply_no = s.supply_no and e.event = 'end'
		where s.zone_id = ${zoneId} and s.plot_no = ${plotNo} and s.state = 'ended'`;
	return endedOn;
}
