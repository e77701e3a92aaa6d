import type { LonLatBox } from '$geo/coverage/shape.ts';
import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { ControlKind } from '../../domain/control/control-kind.ts';
import type { Sql } from './connect.ts';
import type { FactStatus, PublicationGrade } from './land-use-class.ts';
import { writeShapes } from './shape.ts';

export interface ControlLayerRow {
	readonly controlLayerId: string;
	readonly kind: ControlKind;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly publicationGrade: PublicationGrade;
	readonly dataOn: string | null;
	readonly isSynthetic: boolean;
	readonly source: string;
	readonly status: FactStatus;
}

/** A layer with the name of its content: SHA-256, hex. */
export interface SealedControlLayerRow extends ControlLayerRow {
	readonly checksum: string;
}

/** Where the control layer of a content stands, in whatever zone. */
export interface ControlLayerPlaceRow {
	readonly zoneId: string;
	readonly controlLayerId: string;
	readonly publicationGrade: PublicationGrade;
}

/** An area of a control layer, in force in [validFrom, validTo), days as 'YYYY-MM-DD', null: open. */
export interface ControlAreaRow {
	readonly controlAreaNo: number;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly validFrom: string | null;
	readonly validTo: string | null;
	/** Hexadecimal EWKB: to be decoded once the transaction has ended. */
	readonly shape: string;
}

/** Lists the layers that the scope may see. */
export async function listControlLayers(sql: Sql, zoneId: string): Promise<SealedControlLayerRow[]> {
	return sql<SealedControlLayerRow[]>`
		select control_layer_id as "controlLayerId", kind, name_zh as "nameZh", name_en as "nameEn",
			publication_grade as "publicationGrade", data_on as "dataOn", is_synthetic as "isSynthetic", source, status, checksum
		from control_layer where zone_id = ${zoneId} and checksum is not null order by control_layer_id`;
}

/** Finds the layer that a checksum names, in whatever zone; only in the office's scope with the directory of zones open. */
export async function findControlLayerPlace(
	sql: Sql,
	checksum: string,
): Promise<ControlLayerPlaceRow | null> {
	const [place] = await sql<ControlLayerPlaceRow[]>`
		select zone_id as "zoneId", control_layer_id as "controlLayerId", publication_grade as "publicationGrade"
		from find_control_layer_place(${checksum})`;
	return place ?? null;
}

export async function loadControlAreas(
	sql: Sql,
	zoneId: string,
	controlLayerId: string,
): Promise<ControlAreaRow[]> {
	return sql<ControlAreaRow[]>`
		select control_area_no as "controlAreaNo", name_zh as "nameZh", name_en as "nameEn", valid_from as "validFrom",
			valid_to as "validTo", geom::text as shape
		from control_area where zone_id = ${zoneId} and control_layer_id = ${controlLayerId}
		order by control_area_no`;
}

/** Loads the areas of layers of some kinds whose boxes meet a box in degrees, as far as they are in force on a day. */
export async function loadControlAreasIn(
	sql: Sql,
	zoneId: string,
	{
		kinds,
		box,
		onDay,
	}: { readonly kinds: readonly ControlKind[]; readonly box: LonLatBox; readonly onDay: string },
): Promise<
	(Pick<ControlLayerRow, 'controlLayerId' | 'kind'> & Pick<ControlAreaRow, 'controlAreaNo' | 'shape'>)[]
> {
	return sql`
		select l.control_layer_id as "controlLayerId", l.kind, a.control_area_no as "controlAreaNo", a.geom::text as shape
		from control_area a
		join control_layer l on l.zone_id = a.zone_id and l.control_layer_id = a.control_layer_id
		where a.zone_id = ${zoneId} and l.checksum is not null and l.kind = any (${[...kinds]}::text[])
			and daterange(a.valid_from, a.valid_to) @> ${onDay}::date
			and a.geom && st_makeenvelope(${box.minLon}, ${box.minLat}, ${box.maxLon}, ${box.maxLat}, 4490)
		order by l.control_layer_id, a.control_area_no`;
}

/** Adds a layer with its polygons, in force from the beginning, and seals it. */
export async function insertControlLayer(
	sql: Sql,
	zoneId: string,
	layer: ControlLayerRow,
	polygons: FlatPolygons,
	areaNames: readonly { readonly zh: string; readonly en: string }[],
): Promise<void> {
	await sql`
		insert into control_layer (zone_id, control_layer_id, kind, name_zh, name_en, publication_grade, data_on,
			is_synthetic, source, status)
		values (${zoneId}, ${layer.controlLayerId}, ${layer.kind}, ${layer.nameZh}, ${layer.nameEn},
			${layer.publicationGrade}, ${layer.dataOn}, ${layer.isSynthetic}, ${layer.source}, ${layer.status})`;
	if (featureCount(polygons) > 0) await insertControlAreas(sql, zoneId, layer, polygons, areaNames);
	await sql`select seal_control_layer(${zoneId}, ${layer.controlLayerId})`;
}

async function insertControlAreas(
	sql: Sql,
	zoneId: string,
	{ controlLayerId }: ControlLayerRow,
	polygons: FlatPolygons,
	areaNames: readonly { readonly zh: string; readonly en: string }[],
): Promise<void> {
	await sql`
		insert into control_area (zone_id, control_layer_id, control_area_no, name_zh, name_en, geom)
		select ${zoneId}, ${controlLayerId}, row.no, row.name_zh, row.name_en, row.shape::geometry
		from unnest(${areaNames.map((_, index) => index + 1)}::integer[], ${areaNames.map((name) => name.zh)}::text[],
			${areaNames.map((name) => name.en)}::text[], ${writeShapes(polygons)}::text[]
		) as row (no, name_zh, name_en, shape)`;
}
