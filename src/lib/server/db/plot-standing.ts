import type { Sql } from './connect.ts';

/** What the published plan says of the parcels on which a plot lies. */
export interface PlotStanding {
	readonly parcels: number;
	/** How many of them have planning conditions in the newest revision. */
	readonly withConditions: number;
	/** How many are gone, or were changed since the plot was made (a neighbour's vertex on an edge aside), or are of another class. */
	readonly changed: number;
}

/** Tells how a version of a plot stands to the newest plan. */
export async function findPlotStanding(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	version: number,
): Promise<PlotStanding> {
	const [standing] = await sql<PlotStanding[]>`
		select count(*)::integer as parcels,
			count(c.parcel_no)::integer as "withConditions",
			(count(*) filter (where ${isChanged(sql)}))::integer as changed
		from plot_parcel l
		join plot o on o.zone_id = l.zone_id and o.plot_no = l.plot_no
		left join parcel p on p.zone_id = l.zone_id and p.coverage_id = l.coverage_id and p.parcel_no = l.parcel_no
			and p.rev_to is null
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id and c.parcel_no = p.parcel_no
			and c.version = p.version
		where l.zone_id = ${zoneId} and l.plot_no = ${plotNo} and l.version = ${version}`;
	return standing;
}

/** Floor-area ratios that the newest plan admits on all parcels of a version of a plot; null: of one of them none is known. */
export async function findPlannedRatios(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	version: number,
): Promise<{ readonly least: string | null; readonly most: string | null }> {
	const [ratios] = await sql<{ least: string | null; most: string | null }[]>`
		select case when count(*) = count(c.far_min) then min(c.far_min)::text end as least,
			case when count(*) = count(c.far_max) then max(c.far_max)::text end as most
		from plot_parcel l
		left join parcel p on p.zone_id = l.zone_id and p.coverage_id = l.coverage_id and p.parcel_no = l.parcel_no
			and p.rev_to is null
		left join planning_condition c on c.zone_id = p.zone_id and c.coverage_id = p.coverage_id and c.parcel_no = p.parcel_no
			and c.version = p.version
		where l.zone_id = ${zoneId} and l.plot_no = ${plotNo} and l.version = ${version}`;
	return ratios;
}

/** Lists plots whose newest version no longer agrees with the published plan, by their numbers; of all, or of some. */
export async function listPlotsAstray(
	sql: Sql,
	zoneId: string,
	plotNos?: readonly number[],
): Promise<number[]> {
	const rows = await sql<{ plotNo: number }[]>`
		with newest as (
			select v.plot_no, max(v.version) as version from plot_version v
			where v.zone_id = ${zoneId}
				and (${plotNos === undefined} or v.plot_no = any (${[...(plotNos ?? [])]}::integer[]))
			group by v.plot_no
		)
		select distinct l.plot_no as "plotNo"
		from newest n
		join plot_parcel l on l.zone_id = ${zoneId} and l.plot_no = n.plot_no and l.version = n.version
		join plot o on o.zone_id = l.zone_id and o.plot_no = l.plot_no and o.withdrawn_at is null
		left join parcel p on p.zone_id = l.zone_id and p.coverage_id = l.coverage_id and p.parcel_no = l.parcel_no
			and p.rev_to is null
		where ${isChanged(sql)}
		order by "plotNo"`;
	return rows.map(({ plotNo }) => plotNo);
}

/** Whether the parcel `p` on which the plot `o` was laid by `l` is gone, was changed since, or is of another class. */
function isChanged(sql: Sql) {
	return sql`(
		p.parcel_no is null or p.class_code <> o.class_code or exists (
			select from parcel_change h
			where h.zone_id = l.zone_id and h.coverage_id = l.coverage_id and h.parcel_no = l.parcel_no
				and h.version > l.parcel_version and h.kind in ('reshaped', 'retired', 'reclassified')))`;
}
