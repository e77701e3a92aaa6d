import type { Sql } from './connect.ts';
import type { PlotRow } from './plot.ts';

/**
 * Sums the land of a plot's class that was contracted in a year, the plot itself with it, in 0.01 m² of a kind of area; null where a plot has no area of the kind.
 *
 * A plot counts once, in the year of its first contract as corrected; one whose supply was cancelled does not. Of a supply that is over the version of
 * its plot counts that it was of, with the class of that time; else, and of the plot itself, the newest.
 */
export async function sumSuppliedInYear(
	sql: Sql,
	zoneId: string,
	{ plotNo, classSystem, classVersion, classCode }: PlotRow,
	areaKind: 'document' | 'ellipsoidal',
	year: number,
): Promise<number | null> {
	const [{ sum }] = await sql<{ sum: number | null }[]>`
		with signed as (
			select distinct on (s.plot_no) s.plot_no, s.plot_version, coalesce((
				select c.value #>> '{}' from supply_correction c
				where c.zone_id = e.zone_id and c.supply_no = e.supply_no and c.event_no = e.event_no and c.field = 'signedOn'
				order by c.correction_no desc limit 1
			), e.facts ->> 'signedOn') as signed_on
			from supply s
			join supply_event e on e.zone_id = s.zone_id and e.supply_no = s.supply_no and e.event in ('sign', 'sign_lease')
			where s.zone_id = ${zoneId} and s.state <> 'cancelled'
			order by s.plot_no, signed_on, s.supply_no
		), counted as (
			select p.plot_no, p.class_system, p.class_version, p.class_code,
				case when p.plot_no <> ${plotNo} then g.plot_version end as version
			from plot p
			left join signed g on g.plot_no = p.plot_no
			where p.zone_id = ${zoneId} and (p.plot_no = ${plotNo} or starts_with(g.signed_on, ${`${year}-`}))
		)
		select case when bool_and(v.area is not null) then sum(v.area)::bigint end as sum
		from counted n
		cross join lateral (
			select case when ${areaKind} = 'document' then w.document_area_dm2 else w.area_dm2 end as area,
				w.class_system, w.class_version, w.class_code
			from plot_version w where w.zone_id = ${zoneId} and w.plot_no = n.plot_no and w.version = coalesce(n.version, w.version)
			order by w.version desc limit 1
		) v
		where coalesce(v.class_system, n.class_system) = ${classSystem} and coalesce(v.class_version, n.class_version) = ${classVersion}
			and coalesce(v.class_code, n.class_code) = ${classCode}`;
	return sum;
}
