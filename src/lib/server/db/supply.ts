import type { SupplyState } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { Sql } from './connect.ts';

export interface SupplyRow {
	readonly supplyNo: number;
	readonly plotNo: number;
	readonly plotName: string;
	readonly parkId: string;
	readonly mode: SupplyMode;
	/** Year and quarter of the programme. */
	readonly year: number;
	readonly quarter: number;
	readonly state: SupplyState;
	/** Goes up with every event and correction. */
	readonly editNo: number;
	/** Next day on which something is due, as reckoned when it was last written. */
	readonly dueOn: string | null;
	/** Null: it came with a load. */
	readonly userId: string | null;
	readonly recordedAt: Date;
}

export interface NewSupply {
	readonly clientId: string;
	readonly plotNo: number;
	readonly mode: SupplyMode;
	readonly year: number;
	readonly quarter: number;
}

/** Enters a supply of a plot and returns its number; `supply_plot_once` refuses a second open one, `supply_client_unique` an id that is taken. */
export async function insertSupply(sql: Sql, zoneId: string, supply: NewSupply): Promise<number> {
	const [entered] = await sql<{ supplyNo: number }[]>`
		insert into supply (zone_id, client_id, plot_no, mode, year, quarter)
		values (${zoneId}, ${supply.clientId}, ${supply.plotNo}, ${supply.mode}, ${supply.year}, ${supply.quarter})
		returning supply_no as "supplyNo"`;
	return entered.supplyNo;
}

/** Finds a supply by its number, where the scope may see it. */
export async function findSupply(sql: Sql, zoneId: string, supplyNo: number): Promise<SupplyRow | null> {
	const [supply] = await sql<SupplyRow[]>`
		${selectSupply(sql)} where s.zone_id = ${zoneId} and s.supply_no = ${supplyNo}`;
	return supply ?? null;
}

/** Finds a supply by the id that its writer gave it. */
export async function findSupplyByClient(
	sql: Sql,
	zoneId: string,
	clientId: string,
): Promise<SupplyRow | null> {
	const [supply] = await sql<SupplyRow[]>`
		${selectSupply(sql)} where s.zone_id = ${zoneId} and s.client_id = ${clientId}`;
	return supply ?? null;
}

/** Serialises those who enter plots and supplies and act on them in a zone until the transaction ends. */
export async function lockSupplies(sql: Sql, zoneId: string): Promise<void> {
	await sql`select lock_supply(${zoneId})`;
}

/** Which supplies are listed: what is not given is not asked. */
export interface SupplyFilter {
	/** Older than this one. */
	readonly before?: number | undefined;
	readonly states?: readonly SupplyState[] | undefined;
	readonly modes?: readonly SupplyMode[] | undefined;
	readonly parkId?: string | undefined;
	readonly plotNo?: number | undefined;
	readonly year?: number | undefined;
	/** Words in the name of the plot. */
	readonly words?: string | undefined;
	readonly limit: number;
}

/** Lists supplies from the newest down. */
export async function listSupplies(
	sql: Sql,
	zoneId: string,
	{ before, states, modes, parkId, plotNo, year, words, limit }: SupplyFilter,
): Promise<SupplyRow[]> {
	return sql<SupplyRow[]>`
		${selectSupply(sql)}
		where s.zone_id = ${zoneId}
			and (${before ?? null}::integer is null or s.supply_no < ${before ?? null}::integer)
			and (${states === undefined} or s.state = any (${[...(states ?? [])]}::text[]))
			and (${modes === undefined} or s.mode = any (${[...(modes ?? [])]}::text[]))
			and (${parkId ?? null}::text is null or p.park_id = ${parkId ?? null}::text)
			and (${plotNo ?? null}::integer is null or s.plot_no = ${plotNo ?? null}::integer)
			and (${year ?? null}::integer is null or s.year = ${year ?? null}::integer)
			and (${words ?? null}::text is null or position(lower(${words ?? null}::text) in lower(p.name)) > 0)
		order by s.supply_no desc limit ${limit}`;
}

/** Lists supplies of which something is due by a day, by their first due day; after a day and number where they are given. */
export async function listSuppliesDue(
	sql: Sql,
	zoneId: string,
	{
		until,
		after,
		parkId,
		limit,
	}: {
		readonly until: string;
		readonly after?: { readonly dueOn: string; readonly supplyNo: number } | undefined;
		readonly parkId?: string | undefined;
		readonly limit: number;
	},
): Promise<SupplyRow[]> {
	return sql<SupplyRow[]>`
		${selectSupply(sql)}
		where s.zone_id = ${zoneId} and s.due_on <= ${until}::date
			and (s.due_on, s.supply_no) > (${after?.dueOn ?? '0001-01-01'}::date, ${after?.supplyNo ?? 0}::integer)
			and (${parkId ?? null}::text is null or p.park_id = ${parkId ?? null}::text)
		order by s.due_on, s.supply_no limit ${limit}`;
}

/** Lists supplies of some numbers. */
export async function listSuppliesOf(
	sql: Sql,
	zoneId: string,
	supplyNos: readonly number[],
): Promise<SupplyRow[]> {
	return sql<SupplyRow[]>`
		${selectSupply(sql)} where s.zone_id = ${zoneId} and s.supply_no = any (${[...supplyNos]}::integer[]) order by s.supply_no`;
}

/** Counts supplies by mode and state, and sums the areas of their plots; of a supply that is over the version that it was of. */
export async function countSupplies(
	sql: Sql,
	zoneId: string,
): Promise<{ mode: SupplyMode; state: SupplyState; parkId: string; supplies: number; areaDm2: number }[]> {
	return sql`
		select s.mode, s.state, p.park_id as "parkId", count(*)::integer as supplies, sum(v.area_dm2)::bigint as "areaDm2"
		from supply s
		join plot p on p.zone_id = s.zone_id and p.plot_no = s.plot_no
		join lateral (
			select coalesce(w.document_area_dm2, w.area_dm2) as area_dm2 from plot_version w
			where w.zone_id = s.zone_id and w.plot_no = s.plot_no and w.version = coalesce(s.plot_version, w.version)
			order by w.version desc limit 1) v on true
		where s.zone_id = ${zoneId}
		group by s.mode, s.state, p.park_id
		order by s.mode, s.state, p.park_id`;
}

/** The numbers of supplies after one, in order, at most `limit`. */
export async function listSupplyNos(
	sql: Sql,
	zoneId: string,
	after: number,
	limit: number,
): Promise<number[]> {
	const rows = await sql<{ supplyNo: number }[]>`
		select s.supply_no as "supplyNo" from supply s
		where s.zone_id = ${zoneId} and s.supply_no > ${after} order by s.supply_no limit ${limit}`;
	return rows.map(({ supplyNo }) => supplyNo);
}

/** Records the next days on which something is due of several supplies. */
export async function updateDueDays(
	sql: Sql,
	zoneId: string,
	days: readonly { readonly supplyNo: number; readonly dueOn: string | null }[],
): Promise<void> {
	if (days.length === 0) return;
	await sql`
		update supply s set due_on = d.due_on
		from unnest(${days.map(({ supplyNo }) => supplyNo)}::integer[], ${days.map(({ dueOn }) => dueOn)}::date[]) as d (supply_no, due_on)
		where s.zone_id = ${zoneId} and s.supply_no = d.supply_no`;
}

/** Records the next day on which something is due. */
export async function updateDueDay(
	sql: Sql,
	zoneId: string,
	supplyNo: number,
	dueOn: string | null,
): Promise<void> {
	await sql`update supply set due_on = ${dueOn} where zone_id = ${zoneId} and supply_no = ${supplyNo}`;
}

function selectSupply(sql: Sql) {
	return sql`
		select s.supply_no as "supplyNo", s.plot_no as "plotNo", p.name as "plotName", p.park_id as "parkId", s.mode, s.year, s.quarter,
			s.state, s.edit_no as "editNo", s.due_on as "dueOn", s.user_id as "userId", s.recorded_at as "recordedAt"
		from supply s join plot p on p.zone_id = s.zone_id and p.plot_no = s.plot_no`;
}
