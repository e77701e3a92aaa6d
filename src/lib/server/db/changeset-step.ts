import type { RecordedStep } from '$lib/domain/changeset/step.ts';
import type { WireDifference } from '$lib/domain/changeset/wire-difference.ts';
import type { Sql } from './connect.ts';

export interface StepIdRow {
	readonly stepNo: number;
	readonly clientId: string;
	/** SHA-256 of the difference's text, hex. */
	readonly digest: string;
}

export interface StepRow extends StepIdRow {
	readonly verb: RecordedStep['verb'];
	readonly params: RecordedStep['params'];
	readonly difference: WireDifference;
	readonly userId: string;
	readonly recordedAt: Date;
}

export interface NewStep {
	readonly clientId: string;
	readonly step: RecordedStep;
	/** The JSON text of its difference, kept as it is: the digest is taken over it. */
	readonly differenceText: string;
	readonly digest: string;
}

/** Lists the steps of a changeset in order, those undone included, without what they are. */
export async function listStepIds(sql: Sql, zoneId: string, changesetNo: number): Promise<StepIdRow[]> {
	return sql<StepIdRow[]>`
		select step_no as "stepNo", client_id as "clientId", digest from changeset_step
		where zone_id = ${zoneId} and changeset_no = ${changesetNo} order by step_no`;
}

/** Lists the steps of a changeset in order, from after `after` up to `upTo`. */
export async function listSteps(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	{ after = 0, upTo }: { after?: number; upTo: number },
): Promise<StepRow[]> {
	return sql<StepRow[]>`
		select step_no as "stepNo", client_id as "clientId", verb, params, difference, digest, user_id as "userId",
			recorded_at as "recordedAt"
		from changeset_step
		where zone_id = ${zoneId} and changeset_no = ${changesetNo} and step_no > ${after} and step_no <= ${upTo}
		order by step_no`;
}

/** The parcels that a changeset restores by its steps up to `upTo`, but those to which another step gives a class. */
export async function findRestoredParcels(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	upTo: number,
): Promise<Set<number>> {
	const rows = await sql<{ parcelNo: number }[]>`
		with step as (
			select s.verb, s.difference from changeset_step s
			where s.zone_id = ${zoneId} and s.changeset_no = ${changesetNo} and s.step_no <= ${upTo}
		)
		select (c.change ->> 'parcelNo')::integer as "parcelNo"
		from step, json_array_elements(step.difference -> 'shapes') as c (change) where step.verb = 'restore'
		union
		select (c.change ->> 'parcelNo')::integer
		from step, json_array_elements(step.difference -> 'facts') as c (change) where step.verb = 'restore'
		except
		select (c.change ->> 'parcelNo')::integer
		from step, json_array_elements(step.difference -> 'facts') as c (change)
		where step.verb <> 'restore' and c.change ->> 'field' = 'landUse'`;
	return new Set(rows.map(({ parcelNo }) => parcelNo));
}

/** Finds, for each of some new parcels, the step that made it among those that count: the id of its writer. */
export async function findStepsThatMade(
	sql: Sql,
	zoneId: string,
	{ changesetNo, head }: { readonly changesetNo: number; readonly head: number },
	parcelNos: readonly number[],
): Promise<ReadonlyMap<number, string>> {
	const newNos = parcelNos.filter((no) => no < 0);
	if (newNos.length === 0) return new Map();
	const rows = await sql<{ parcelNo: number; clientId: string }[]>`
		select (shape ->> 'parcelNo')::integer as "parcelNo", s.client_id as "clientId"
		from changeset_step s, json_array_elements(s.difference -> 'shapes') shape
		where s.zone_id = ${zoneId} and s.changeset_no = ${changesetNo} and s.step_no <= ${head}
			and shape ->> 'kind' = 'created' and (shape ->> 'parcelNo')::integer = any (${newNos}::integer[])`;
	return new Map(rows.map(({ parcelNo, clientId }) => [parcelNo, clientId]));
}

/** Removes the steps after a head, which are undone. */
export async function deleteStepsAfter(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	head: number,
): Promise<void> {
	await sql`
		delete from changeset_step where zone_id = ${zoneId} and changeset_no = ${changesetNo} and step_no > ${head}`;
}

/** Removes all steps, which lets none count. */
export async function deleteSteps(sql: Sql, zoneId: string, changesetNo: number): Promise<void> {
	await sql`update changeset set head = 0 where zone_id = ${zoneId} and changeset_no = ${changesetNo}`;
	await deleteStepsAfter(sql, zoneId, changesetNo, 0);
}

/** Adds steps after the last one, in order. */
export async function insertSteps(
	sql: Sql,
	zoneId: string,
	changesetNo: number,
	head: number,
	steps: readonly NewStep[],
): Promise<void> {
	for (const [i, { clientId, step, differenceText, digest }] of steps.entries())
		await sql`
			insert into changeset_step (zone_id, changeset_no, step_no, client_id, verb, params, difference, digest)
			values (${zoneId}, ${changesetNo}, ${head + i + 1}, ${clientId}, ${step.verb},
				${JSON.stringify(step.params)}::text::jsonb, ${differenceText}::text::json, ${digest})`;
}
