import type { Sql } from './connect.ts';

/** The name of who recorded a row, joined as `u`; null where nobody asks for it. */
export function recorderName(sql: Sql, isNamed: boolean) {
	return isNamed ? sql`u.name` : sql`null::text`;
}
