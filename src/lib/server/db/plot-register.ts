import type { SupplyState } from '$lib/domain/supply/life-cycle.ts';
import type { SupplyMode } from '$lib/domain/supply/mode.ts';
import type { Sql } from './connect.ts';

/** A plot with its newest supply; areas in 0.01 m², days 'YYYY-MM-DD'. */
export interface RegisterRow {
	readonly plotNo: number;
	readonly name: string;
	readonly cadastralCode: string | null;
	readonly codeStatus: 'none' | 'provisional' | 'registered';
	readonly parkId: string;
	readonly classKey: string;
	readonly areaDm2: number;
	readonly areaKind: 'document' | 'ellipsoidal';
	readonly isSynthetic: boolean;
	readonly supplyNo: number | null;
	readonly mode: SupplyMode | null;
	readonly state: SupplyState | null;
	readonly holder: string | null;
	readonly dueOn: string | null;
}

/** Which plots are listed: what is null is not asked. */
export interface RegisterQuestion {
	readonly parkId: string | null;
	readonly mode: SupplyMode | null;
	/** Of the newest supply; `none`: never supplied. */
	readonly state: SupplyState | 'none' | null;
	readonly words: string | null;
	readonly dueFrom: string | null;
	readonly dueUntil: string | null;
	readonly codeStatus: 'provisional' | null;
	/** Those that were withdrawn, in place of those that stand. */
	readonly isWithdrawn: boolean;
	/** Only these. */
	readonly plotNos: readonly number[] | null;
}

export interface RegisterOrder {
	readonly sort: 'plot' | 'name' | 'area' | 'due';
	readonly order: 'up' | 'down';
	readonly offset: number;
	readonly limit: number;
}

/** Lists plots with their newest supplies; those without a due day come last. */
export async function listRegister(
	sql: Sql,
	zoneId: string,
	question: RegisterQuestion,
	{ sort, order, offset, limit }: RegisterOrder,
): Promise<RegisterRow[]> {
	const by = {
		plot: sql`r.plot_no`,
		name: sql`r.name collate "C"`,
		area: sql`r.area_dm2`,
		due: sql`r.due_on`,
	}[sort];
	const direction = order === 'up' ? sql`asc` : sql`desc`;
	return sql<RegisterRow[]>`
		select r.plot_no as "plotNo", r.name, r.cadastral_code as "cadastralCode", r.code_status as "codeStatus",
			r.park_id as "parkId", r.class_key as "classKey", r.area_dm2 as "areaDm2", r.area_kind as "areaKind",
			r.is_synthetic as "isSynthetic", r.supply_no as "supplyNo", r.mode, r.state, (${holderOf(sql, sql`r`)}) as holder,
			r.due_on as "dueOn"
		from (
			select * from (${selectRegister(sql, zoneId, question)}) r
			order by ${by} ${direction} nulls last, r.plot_no desc
			limit ${limit} offset ${offset}) r
		order by ${by} ${direction} nulls last, r.plot_no desc`;
}

/** Counts what `listRegister` lists without a limit, and sums the areas. */
export async function sumRegister(
	sql: Sql,
	zoneId: string,
	question: RegisterQuestion,
): Promise<{ total: number; totalAreaDm2: number }> {
	const [sum] = await sql<{ total: number; totalAreaDm2: number }[]>`
		select count(*)::integer as total, coalesce(sum(r.area_dm2), 0)::bigint as "totalAreaDm2"
		from (${selectRegister(sql, zoneId, question)}) r`;
	return sum;
}

/** Where a plot lies, with its newest supply. */
export type PlotPlaceRow = Pick<
	RegisterRow,
	'plotNo' | 'name' | 'parkId' | 'classKey' | 'areaDm2' | 'areaKind' | 'supplyNo' | 'mode' | 'state' | 'dueOn'
> & {
	/** Middle of its box, degrees (EPSG:4490). */
	readonly lon: number;
	readonly lat: number;
};

/** Lists plots whose newest shape reaches into a box (degrees), by number, at most `limit`. */
export async function listPlotPlaces(
	sql: Sql,
	zoneId: string,
	question: RegisterQuestion,
	[west, south, east, north]: readonly [number, number, number, number],
	limit: number,
): Promise<PlotPlaceRow[]> {
	return sql<PlotPlaceRow[]>`
		with inside as materialized (
			select v.plot_no, v.geom from plot_version v
			where v.zone_id = ${zoneId} and v.geom operator(public.&&) public.st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)
				and not exists (
					select from plot_version w
					where w.zone_id = v.zone_id and w.plot_no = v.plot_no and w.version > v.version)
		)
		select r.plot_no as "plotNo", r.name, r.park_id as "parkId", r.class_key as "classKey", r.area_dm2 as "areaDm2",
			r.area_kind as "areaKind", r.supply_no as "supplyNo", r.mode, r.state, r.due_on as "dueOn",
			(public.st_xmin(v.geom) + public.st_xmax(v.geom)) / 2 as lon, (public.st_ymin(v.geom) + public.st_ymax(v.geom)) / 2 as lat
		from (${selectRegister(sql, zoneId, question, 'inside')}) r join inside v on v.plot_no = r.plot_no
		order by r.plot_no limit ${limit}`;
}

/** The newest shapes of plots by number, as hexadecimal EWKB. */
export async function findPlotShapes(
	sql: Sql,
	zoneId: string,
	plotNos: readonly number[],
): Promise<Map<number, string>> {
	const rows = await sql<{ plotNo: number; shape: string }[]>`
		select distinct on (v.plot_no) v.plot_no as "plotNo", v.geom::text as shape from plot_version v
		where v.zone_id = ${zoneId} and v.plot_no = any (${[...plotNos]}::integer[])
		order by v.plot_no, v.version desc`;
	return new Map(rows.map(({ plotNo, shape }) => [plotNo, shape]));
}

/** The newest shapes of plan parcels that reach into a box (degrees), at most `limit`, as hexadecimal EWKB. */
export async function listShapesInBox(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	[west, south, east, north]: readonly [number, number, number, number],
	limit: number,
): Promise<string[]> {
	const rows = await sql<{ shape: string }[]>`
		select p.geom::text as shape from parcel p
		where p.zone_id = ${zoneId} and p.coverage_id = ${coverageId} and p.rev_to is null
			and p.geom operator(public.&&) public.st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)
		limit ${limit}`;
	return rows.map(({ shape }) => shape);
}

/** The register's lines; `among` names a query with the numbers (`plot_no`) of plots beside which none is looked at. */
function selectRegister(sql: Sql, zoneId: string, question: RegisterQuestion, among?: string) {
	const { parkId, mode, state, words, dueFrom, dueUntil, codeStatus, isWithdrawn, plotNos } = question;
	return sql`
		select p.zone_id, p.plot_no, p.name, p.cadastral_code, p.code_status, p.park_id,
			p.class_system || '/' || p.class_version || '/' || p.class_code as class_key,
			coalesce(v.document_area_dm2, v.area_dm2) as area_dm2,
			case when v.document_area_dm2 is null then 'ellipsoidal' else 'document' end as area_kind,
			p.is_synthetic, s.supply_no, s.mode, s.state, s.due_on
		from plot p
		join lateral (
			select w.area_dm2, w.document_area_dm2 from plot_version w
			where w.zone_id = p.zone_id and w.plot_no = p.plot_no order by w.version desc limit 1) v on true
		left join (
			select distinct on (o.plot_no) o.zone_id, o.plot_no, o.supply_no, o.mode, o.state, o.due_on from supply o
			where o.zone_id = ${zoneId} ${among === undefined ? sql`` : sql`and o.plot_no in (select i.plot_no from ${sql(among)} i)`}
			order by o.plot_no, o.supply_no desc) s on s.plot_no = p.plot_no
		where p.zone_id = ${zoneId} ${among === undefined ? sql`` : sql`and p.plot_no in (select i.plot_no from ${sql(among)} i)`}
			and (p.withdrawn_at is not null) = ${isWithdrawn}
			and (${parkId}::text is null or p.park_id = ${parkId}::text)
			and (${mode}::text is null or s.mode = ${mode}::text)
			and (${state}::text is null or coalesce(s.state, 'none') = ${state}::text)
			and (${dueFrom}::date is null or s.due_on >= ${dueFrom}::date)
			and (${dueUntil}::date is null or s.due_on <= ${dueUntil}::date)
			and (${codeStatus}::text is null or p.code_status = ${codeStatus}::text)
			and (${plotNos === null} or p.plot_no = any (${[...(plotNos ?? [])]}::integer[]))
			${words === null ? sql`` : sql`and position(lower(${words}::text) in lower(p.name || ' ' || coalesce(p.cadastral_code, '') || ' ' || coalesce((${holderOf(sql, sql`s`)}), ''))) > 0`}`;
}

/** Who was awarded what a supply supplies, corrected; null while nobody is. */
function holderOf(sql: Sql, supply: ReturnType<Sql>) {
	return sql`
		select coalesce((
			select k.value #>> '{}' from supply_correction k
			where k.zone_id = e.zone_id and k.supply_no = e.supply_no and k.event_no = e.event_no and k.field = 'holder'
			order by k.correction_no desc limit 1), e.facts ->> 'holder')
		from supply_event e
		where e.zone_id = ${supply}.zone_id and e.supply_no = ${supply}.supply_no and e.event = 'award'
			and ${supply}.state not in ('programmed', 'cancelled', 'offered')
		order by e.event_no desc limit 1`;
}
