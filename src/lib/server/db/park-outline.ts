import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import { writeShape } from './shape.ts';

/** An official outline; its area in 0.01 m² by `areaMethod`, days as 'YYYY-MM-DD'. */
export interface ParkOutlineRow {
	readonly parkId: string;
	readonly outlineNo: number;
	readonly areaDm2: number;
	readonly areaMethod: string;
	readonly planarAreaDm2: number;
	readonly validFrom: string | null;
	readonly validTo: string | null;
	readonly isSynthetic: boolean;
	readonly source: string;
}

/** What names an outline of a zone, and with it a shape for ever. */
export type OutlineKey = Pick<ParkOutlineRow, 'parkId' | 'outlineNo'>;

/**
 * Lists one outline of every park that has one, in the zone's order of parks.
 *
 * With `onDay` ('YYYY-MM-DD') it is the one in force that day, in [validFrom, validTo) where null is open; a park that has none then
 * is left out. Without a day it is the newest.
 */
export async function listParkOutlines(sql: Sql, zoneId: string, onDay?: string): Promise<ParkOutlineRow[]> {
	const day = onDay ?? null;
	return sql<ParkOutlineRow[]>`
		select distinct on (p.sort, o.park_id) o.park_id as "parkId", o.outline_no as "outlineNo",
			o.area_dm2 as "areaDm2", o.area_method as "areaMethod", o.planar_area_dm2 as "planarAreaDm2",
			o.valid_from as "validFrom", o.valid_to as "validTo", o.is_synthetic as "isSynthetic", o.source
		from park_outline o
		join park p on p.zone_id = o.zone_id and p.park_id = o.park_id
		where o.zone_id = ${zoneId}
			and (${day}::date is null or daterange(o.valid_from, o.valid_to) @> ${day}::date)
		order by p.sort, o.park_id, o.outline_no desc`;
}

/** Lists the outlines that a revision was sealed with, in the zone's order of parks: those of its parks that have parcels. */
export async function listSealedOutlines(
	sql: Sql,
	zoneId: string,
	coverageId: string,
	revision: number,
): Promise<OutlineKey[]> {
	return sql<OutlineKey[]>`
		select a.park_id as "parkId", a.outline_no as "outlineNo"
		from revision_area a
		join park p on p.zone_id = a.zone_id and p.park_id = a.park_id
		where a.zone_id = ${zoneId} and a.coverage_id = ${coverageId} and a.revision = ${revision}
			and a.outline_no is not null
		order by p.sort`;
}

/** Loads the shapes of outlines that exist, in their order, as hexadecimal EWKB: to be decoded once the transaction has ended. */
export async function loadOutlineShapes(
	sql: Sql,
	zoneId: string,
	outlines: readonly OutlineKey[],
): Promise<string[]> {
	if (outlines.length === 0) return [];
	const rows = await sql<{ shape: string }[]>`
		select o.geom::text as shape
		from unnest(${outlines.map(({ parkId }) => parkId)}::text[], ${outlines.map(({ outlineNo }) => outlineNo)}::smallint[])
			with ordinality as wanted (park_id, outline_no, position)
		join park_outline o on o.zone_id = ${zoneId} and o.park_id = wanted.park_id and o.outline_no = wanted.outline_no
		order by wanted.position`;
	if (rows.length !== outlines.length) throw new Error(`zone ${zoneId} has outlines without a row`);
	return rows.map(({ shape }) => shape);
}

/** Adds an outline; `polygons` is one feature on the grid. */
export async function insertParkOutline(
	sql: Sql,
	zoneId: string,
	outline: ParkOutlineRow,
	polygons: FlatPolygons,
): Promise<void> {
	await sql`
		insert into park_outline (zone_id, park_id, outline_no, geom, area_dm2, area_method, planar_area_dm2, valid_from,
			valid_to, is_synthetic, source)
		values (${zoneId}, ${outline.parkId}, ${outline.outlineNo}, ${writeShape(polygons)}::text::geometry,
			${outline.areaDm2}, ${outline.areaMethod}, ${outline.planarAreaDm2}, ${outline.validFrom}, ${outline.validTo},
			${outline.isSynthetic}, ${outline.source})`;
}
