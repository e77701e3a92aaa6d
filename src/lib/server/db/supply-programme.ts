import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { Sql } from './connect.ts';

/** A yearly supply programme. */
export interface ProgrammeRow {
	readonly year: number;
	readonly number: string;
	readonly approvedOn: string | null;
	readonly source: string;
	readonly isSynthetic: boolean;
	/** Withdrawn as entered by mistake: nothing is supplied in it. */
	readonly isWithdrawn: boolean;
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

/** Enters a programme, under an id that its writer gave it; null: a load. */
export async function insertProgramme(
	sql: Sql,
	zoneId: string,
	programme: Omit<ProgrammeRow, 'isWithdrawn'>,
	clientId: string | null = null,
): Promise<void> {
	await sql`
		insert into supply_programme (zone_id, year, number, approved_on, source, is_synthetic, client_id)
		values (${zoneId}, ${programme.year}, ${programme.number}, ${programme.approvedOn}, ${programme.source},
			${programme.isSynthetic}, ${clientId})`;
}

function selectProgramme(sql: Sql) {
	return sql`
		select year, number, approved_on as "approvedOn", source, is_synthetic as "isSynthetic",
			withdrawn_at is not null as "isWithdrawn"
		from supply_programme`;
}

/** What is in a programme: supplies of a quarter, class, park and mode. */
export interface ProgrammeTotalRow {
	readonly year: number;
	readonly quarter: number;
	readonly classCode: string;
	readonly parkId: string;
	readonly mode: SupplyMode;
	/** Supplies that were not cancelled, and those that were. */
	readonly supplies: number;
	readonly cancelled: number;
	/** Of those not cancelled, as documents state it, ellipsoidal where none does; in 0.01 m². */
	readonly areaDm2: number;
}

/** Sums what is in the programmes of a zone; of a supply that is over the version of its plot that it was of. */
export async function listProgrammeTotals(sql: Sql, zoneId: string): Promise<ProgrammeTotalRow[]> {
	return sql<ProgrammeTotalRow[]>`
		select s.year, s.quarter, coalesce(v.class_code, p.class_code) as "classCode", p.park_id as "parkId", s.mode,
			(count(*) filter (where s.state <> 'cancelled'))::integer as supplies,
			(count(*) filter (where s.state = 'cancelled'))::integer as cancelled,
			coalesce(sum(v.area_dm2) filter (where s.state <> 'cancelled'), 0)::bigint as "areaDm2"
		from supply s
		join plot p on p.zone_id = s.zone_id and p.plot_no = s.plot_no
		join lateral (
			select coalesce(w.document_area_dm2, w.area_dm2) as area_dm2, w.class_code from plot_version w
			where w.zone_id = s.zone_id and w.plot_no = s.plot_no and w.version = coalesce(s.plot_version, w.version)
			order by w.version desc limit 1) v on true
		where s.zone_id = ${zoneId}
		group by s.year, s.quarter, "classCode", p.park_id, s.mode
		order by s.year desc, s.quarter, "classCode", p.park_id, s.mode`;
}
