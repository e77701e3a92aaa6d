import type { Sql } from './connect.ts';

/** A yearly supply programme. */
export interface ProgrammeRow {
	readonly year: number;
	readonly number: string;
	readonly approvedOn: string | null;
	readonly source: string;
	readonly isSynthetic: boolean;
}

export async function findProgramme(sql: Sql, zoneId: string, year: number): Promise<ProgrammeRow | null> {
	const [programme] = await sql<ProgrammeRow[]>`
		${selectProgramme(sql)} where zone_id = ${zoneId} and year = ${year}`;
	return programme ?? null;
}

/** Lists programmes from the newest down. */
export async function listProgrammes(sql: Sql, zoneId: string): Promise<ProgrammeRow[]> {
	return sql<ProgrammeRow[]>`${selectProgramme(sql)} where zone_id = ${zoneId} order by year desc`;
}

export async function insertProgramme(sql: Sql, zoneId: string, programme: ProgrammeRow): Promise<void> {
	await sql`
		insert into supply_programme (zone_id, year, number, approved_on, source, is_synthetic)
		values (${zoneId}, ${programme.year}, ${programme.number}, ${programme.approvedOn}, ${programme.source},
			${programme.isSynthetic})`;
}

function selectProgramme(sql: Sql) {
	return sql`
		select year, number, approved_on as "approvedOn", source, is_synthetic as "isSynthetic" from supply_programme`;
}
