import type { IdleState, IdleStep, IdleStepKind } from '$lib/domain/supply/idle-proceeding.ts';
import type { FactKind, SupplyFact } from '$lib/domain/supply/supply-fact.ts';
import type { Sql } from './connect.ts';
import { recorderName } from './recorder-name.ts';

export type SupplyFactRow = SupplyFact & {
	readonly supplyNo: number;
	readonly userName: string | null;
	readonly occurredAt: Date;
};

export type IdleStepRow = IdleStep & {
	readonly supplyNo: number;
	readonly fromState: IdleState;
	readonly toState: IdleState;
	readonly userId: string | null;
	readonly userName: string | null;
	readonly occurredAt: Date;
};

export interface NewSupplyFact {
	readonly clientId: string;
	readonly kind: FactKind;
	readonly facts: SupplyFact['facts'];
	readonly document: string;
	readonly replacesNo: number | null;
	readonly isVoid: boolean;
	readonly occurredAt: Date;
}

export interface NewIdleStep {
	readonly clientId: string;
	readonly step: IdleStepKind;
	readonly onDay: string;
	readonly facts: IdleStep['facts'];
	readonly document: string;
	readonly occurredAt: Date;
}

/** Lists what was recorded of some supplies beside their events, in order. `isNamed` false: without the names of people, of whom the database asks one by one whether they may be seen. */
export async function listSupplyFacts(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
	isNamed = true,
): Promise<SupplyFactRow[]> {
	return sql<SupplyFactRow[]>`
		select f.supply_no as "supplyNo", f.fact_no as "factNo", f.kind, f.facts, f.document, f.replaces_no as "replacesNo",
			f.is_void as "isVoid", ${recorderName(sql, isNamed)} as "userName", f.occurred_at as "occurredAt"
		from supply_fact f left join app_user u on u.user_id = f.user_id
		where f.zone_id = ${zoneId} and f.supply_no = any (${[...supplyNos]}::integer[])
		order by f.supply_no, f.fact_no`;
}

/** Records something of a supply; the database says who did it and numbers it. */
export async function insertSupplyFact(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	fact: NewSupplyFact,
): Promise<void> {
	await sql`
		insert into supply_fact (zone_id, supply_no, client_id, kind, facts, document, replaces_no, is_void, occurred_at)
		values (${zoneId}, ${supplyNo}, ${fact.clientId}, ${fact.kind}, ${JSON.stringify(fact.facts)}::text::jsonb,
			${fact.document}, ${fact.replacesNo}, ${fact.isVoid}, ${fact.occurredAt})`;
}

/** Lists the steps of proceedings about some supplies, in order. See `listSupplyFacts`. */
export async function listIdleSteps(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
	isNamed = true,
): Promise<IdleStepRow[]> {
	return sql<IdleStepRow[]>`
		select i.supply_no as "supplyNo", i.step_no as "stepNo", i.step, i.from_state as "fromState", i.to_state as "toState",
			i.on_day as "onDay", i.facts, i.document, i.user_id as "userId", ${recorderName(sql, isNamed)} as "userName", i.occurred_at as "occurredAt"
		from idle_step i left join app_user u on u.user_id = i.user_id
		where i.zone_id = ${zoneId} and i.supply_no = any (${[...supplyNos]}::integer[])
		order by i.supply_no, i.step_no`;
}

/** Adds a step of proceedings; the database says who did it, and refuses what must not be. */
export async function insertIdleStep(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	step: NewIdleStep,
): Promise<void> {
	await sql`
		insert into idle_step (zone_id, supply_no, client_id, step, on_day, facts, document, occurred_at)
		values (${zoneId}, ${supplyNo}, ${step.clientId}, ${step.step}, ${step.onDay},
			${JSON.stringify(step.facts)}::text::jsonb, ${step.document}, ${step.occurredAt})`;
}
