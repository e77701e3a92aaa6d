import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import type { FactStatus, PublicationGrade } from './land-use-class.ts';
import { readShapes, writeShapes } from './shape.ts';

export interface ControlLayerRow {
	readonly controlLayerId: string;
	readonly kind: string;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly publicationGrade: PublicationGrade;
	readonly dataOn: string | null;
	readonly isSynthetic: boolean;
	readonly source: string;
	readonly status: FactStatus;
}

/** The polygons of a control layer; area i is feature i of `polygons`. Days as 'YYYY-MM-DD'. */
export interface ControlAreas {
	readonly areas: {
		readonly controlAreaNo: number;
		readonly nameZh: string;
		readonly nameEn: string;
		readonly validFrom: string | null;
		readonly validTo: string | null;
	}[];
	readonly polygons: FlatPolygons;
}

/** Lists the layers that the scope may see. */
export async function listControlLayers(sql: Sql, zoneId: string): Promise<ControlLayerRow[]> {
	return sql<ControlLayerRow[]>`
		select control_layer_id as "controlLayerId", kind, name_zh as "nameZh", name_en as "nameEn",
			publication_grade as "publicationGrade", data_on as "dataOn", is_synthetic as "isSynthetic", source, status
		from control_layer where zone_id = ${zoneId} order by control_layer_id`;
}

export async function loadControlAreas(
	sql: Sql,
	zoneId: string,
	controlLayerId: string,
): Promise<ControlAreas> {
	const rows = await sql<(ControlAreas['areas'][number] & { shape: string })[]>`
		select control_area_no as "controlAreaNo", name_zh as "nameZh", name_en as "nameEn", valid_from as "validFrom",
			valid_to as "validTo", geom::text as shape
		from control_area where zone_id = ${zoneId} and control_layer_id = ${controlLayerId}
		order by control_area_no`;
	return {
		areas: rows.map(({ shape: _, ...area }) => area),
		polygons: readShapes(rows.map((row) => row.shape)),
	};
}

/** Adds a layer with its polygons, in force from the beginning. */
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
	if (featureCount(polygons) === 0) return;
	await sql`
		insert into control_area (zone_id, control_layer_id, control_area_no, name_zh, name_en, geom)
		select ${zoneId}, ${layer.controlLayerId}, row.no, row.name_zh, row.name_en, row.shape::geometry
		from unnest(${areaNames.map((_, index) => index + 1)}::integer[], ${areaNames.map((name) => name.zh)}::text[],
			${areaNames.map((name) => name.en)}::text[], ${writeShapes(polygons)}::text[]
		) as row (no, name_zh, name_en, shape)`;
}
