import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import { readShapes, writeShape } from './shape.ts';

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

/** Outlines with their shapes: feature i of `polygons` is `outlines[i]`. */
export interface ParkOutlines {
	readonly outlines: ParkOutlineRow[];
	readonly polygons: FlatPolygons;
}

/**
 * Lists one outline of every park that has one, in the zone's order of parks.
 *
 * With `onDay` ('YYYY-MM-DD') it is the one in force that day, in [validFrom, validTo) where null is open; a park that has none then
 * is left out. Without a day it is the newest.
 */
export async function listParkOutlines(sql: Sql, zoneId: string, onDay?: string): Promise<ParkOutlines> {
	const day = onDay ?? null;
	const rows = await sql<(ParkOutlineRow & { shape: string })[]>`
		select distinct on (p.sort, o.park_id) o.park_id as "parkId", o.outline_no as "outlineNo",
			o.area_dm2 as "areaDm2", o.area_method as "areaMethod", o.planar_area_dm2 as "planarAreaDm2", o.valid_from as "validFrom", o.valid_to as "validTo",
			o.is_synthetic as "isSynthetic", o.source, o.geom::text as shape
		from park_outline o
		join park p on p.zone_id = o.zone_id and p.park_id = o.park_id
		where o.zone_id = ${zoneId}
			and (${day}::date is null or daterange(o.valid_from, o.valid_to) @> ${day}::date)
		order by p.sort, o.park_id, o.outline_no desc`;
	return {
		outlines: rows.map(({ shape: _, ...outline }) => outline),
		polygons: readShapes(rows.map((row) => row.shape)),
	};
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
