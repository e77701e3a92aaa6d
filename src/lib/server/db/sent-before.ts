import type { Sql } from './connect.ts';

/** Tables whose rows bear the id that their writer gave them. */
export type SentTable =
	| 'supply_payment'
	| 'supply_fact'
	| 'idle_step'
	| 'land_note'
	| 'conversion_batch'
	| 'supply_programme'
	| 'rule_value'
	| 'land_correction'
	| 'plot_version'
	| 'plot_permit'
	| 'plot_statement'
	| 'supply_secret';

/**
 * Finds how what was recorded under a writer's id stands to what is sent under it now: the same, another thing, or nothing was recorded.
 *
 * `row` names columns, who wrote it among them, with their values as JSON has them, a long decimal as its text; O(1) by the table's unique key.
 */
export async function findSentBefore(
	sql: Sql,
	table: SentTable,
	zoneId: string,
	clientId: string,
	row: Readonly<Record<string, unknown>>,
): Promise<'same' | 'other' | null> {
	const [before] = await sql<{ isSame: boolean }[]>`
		select (
			select bool_and(
				case
					when jsonb_typeof(w.stored) = 'number' and e.value #>> '{}' ~ '^[0-9]+([.][0-9]+)?$'
					then (w.stored #>> '{}')::numeric = (e.value #>> '{}')::numeric
					else w.stored = e.value
				end)
			from jsonb_each(${JSON.stringify(row)}::text::jsonb) e, lateral (select to_jsonb(t) -> e.key) as w (stored)
		) as "isSame"
		from ${sql(table)} t where t.zone_id = ${zoneId} and t.client_id = ${clientId}`;
	if (before === undefined) return null;
	return before.isSame ? 'same' : 'other';
}
