import type { Sql } from './connect.ts';
import type { FactStatus } from './land-use-class.ts';

export interface ZoneRow {
	readonly zoneId: string;
	readonly nameZh: string;
	readonly nameEn: string;
	/** IANA name. */
	readonly timeZone: string;
	/** EPSG code of planar areas. */
	readonly projectSrid: number;
	readonly landUseSystem: string;
	readonly landUseVersion: string;
	readonly isSynthetic: boolean;
	readonly mapReviewNumber: string | null;
	readonly source: string;
}

/** An official area over time; days are 'YYYY-MM-DD', in force in [validFrom, validTo), null is open. */
interface DatedArea {
	/** km² as decimal text; null: not known. */
	readonly areaKm2: string | null;
	readonly validFrom: string | null;
	readonly validTo: string | null;
	readonly note: string | null;
	readonly source: string;
	readonly status: FactStatus;
}

export interface ZoneAreaRow extends DatedArea {
	readonly kind: 'managed' | 'approved';
}

export interface ParkRow {
	readonly parkId: string;
	readonly kind: 'area' | 'sub_park';
	readonly sort: number;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly source: string;
}

export interface ParkNominalAreaRow extends DatedArea {
	readonly parkId: string;
}

/** A lead industry of one park, or joint for all parks of a kind. */
export interface LeadIndustryRow {
	readonly parkId: string | null;
	readonly parkKind: 'area' | 'sub_park' | null;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly source: string;
	readonly status: FactStatus;
}

/** A project that a document of the zone names; no document says where it is. */
export interface NamedProjectRow {
	readonly nameZh: string;
	readonly nameEn: string;
	readonly source: string;
	readonly status: FactStatus;
}

/** Lists the zones of the database; open to the zone setting ZONE_DIRECTORY, else only the scope's own zone. */
export async function listZones(sql: Sql): Promise<ZoneRow[]> {
	return sql<ZoneRow[]>`
		select zone_id as "zoneId", name_zh as "nameZh", name_en as "nameEn", time_zone as "timeZone",
			project_srid as "projectSrid", land_use_system as "landUseSystem", land_use_version as "landUseVersion",
			is_synthetic as "isSynthetic", map_review_number as "mapReviewNumber", source
		from zone order by zone_id`;
}

export async function findZone(sql: Sql, zoneId: string): Promise<ZoneRow | null> {
	const [zone] = await sql<ZoneRow[]>`
		select zone_id as "zoneId", name_zh as "nameZh", name_en as "nameEn", time_zone as "timeZone",
			project_srid as "projectSrid", land_use_system as "landUseSystem", land_use_version as "landUseVersion",
			is_synthetic as "isSynthetic", map_review_number as "mapReviewNumber", source
		from zone where zone_id = ${zoneId}`;
	return zone ?? null;
}

/** Lists the official areas of the zone, the oldest first. */
export async function listZoneAreas(sql: Sql, zoneId: string): Promise<ZoneAreaRow[]> {
	return sql<ZoneAreaRow[]>`
		select kind, area_km2 as "areaKm2", valid_from as "validFrom", valid_to as "validTo", note, source, status
		from zone_area where zone_id = ${zoneId}
		order by kind, valid_from nulls first, zone_area_no`;
}

/** Lists the parks in the zone's own order. */
export async function listParks(sql: Sql, zoneId: string): Promise<ParkRow[]> {
	return sql<ParkRow[]>`
		select park_id as "parkId", kind, sort, name_zh as "nameZh", name_en as "nameEn", source
		from park where zone_id = ${zoneId} order by sort`;
}

/** Lists the official figures of every park, the oldest first. */
export async function listParkNominalAreas(sql: Sql, zoneId: string): Promise<ParkNominalAreaRow[]> {
	return sql<ParkNominalAreaRow[]>`
		select n.park_id as "parkId", n.area_km2 as "areaKm2", n.valid_from as "validFrom", n.valid_to as "validTo",
			n.note, n.source, n.status
		from park_nominal_area n
		join park p on p.zone_id = n.zone_id and p.park_id = n.park_id
		where n.zone_id = ${zoneId}
		order by p.sort, n.valid_from nulls first, n.nominal_no`;
}

export async function listLeadIndustries(sql: Sql, zoneId: string): Promise<LeadIndustryRow[]> {
	return sql<LeadIndustryRow[]>`
		select park_id as "parkId", park_kind as "parkKind", name_zh as "nameZh", name_en as "nameEn", source, status
		from lead_industry where zone_id = ${zoneId} order by industry_no`;
}

/** Lists the projects that the zone's documents name, in their order. */
export async function listNamedProjects(sql: Sql, zoneId: string): Promise<NamedProjectRow[]> {
	return sql<NamedProjectRow[]>`
		select name_zh as "nameZh", name_en as "nameEn", source, status
		from named_project where zone_id = ${zoneId} order by project_no`;
}

export async function insertZone(sql: Sql, zone: ZoneRow): Promise<void> {
	await sql`
		insert into zone (zone_id, name_zh, name_en, time_zone, project_srid, land_use_system, land_use_version, is_synthetic,
			map_review_number, source)
		values (${zone.zoneId}, ${zone.nameZh}, ${zone.nameEn}, ${zone.timeZone}, ${zone.projectSrid},
			${zone.landUseSystem}, ${zone.landUseVersion}, ${zone.isSynthetic}, ${zone.mapReviewNumber}, ${zone.source})`;
}

export async function insertZoneAreas(
	sql: Sql,
	zoneId: string,
	areas: readonly ZoneAreaRow[],
): Promise<void> {
	for (const [index, area] of areas.entries())
		await sql`
			insert into zone_area (zone_id, zone_area_no, kind, area_km2, valid_from, valid_to, note, source, status)
			values (${zoneId}, ${index + 1}, ${area.kind}, ${area.areaKm2}, ${area.validFrom}, ${area.validTo}, ${area.note},
				${area.source}, ${area.status})`;
}

export async function insertPark(sql: Sql, zoneId: string, park: ParkRow): Promise<void> {
	await sql`
		insert into park (zone_id, park_id, kind, sort, name_zh, name_en, source)
		values (${zoneId}, ${park.parkId}, ${park.kind}, ${park.sort}, ${park.nameZh}, ${park.nameEn}, ${park.source})`;
}

export async function insertParkNominalAreas(
	sql: Sql,
	zoneId: string,
	parkId: string,
	areas: readonly DatedArea[],
): Promise<void> {
	for (const [index, area] of areas.entries())
		await sql`
			insert into park_nominal_area (zone_id, park_id, nominal_no, area_km2, valid_from, valid_to, note, source, status)
			values (${zoneId}, ${parkId}, ${index + 1}, ${area.areaKm2}, ${area.validFrom}, ${area.validTo}, ${area.note},
				${area.source}, ${area.status})`;
}

export async function insertLeadIndustries(
	sql: Sql,
	zoneId: string,
	industries: readonly LeadIndustryRow[],
): Promise<void> {
	for (const [index, industry] of industries.entries())
		await sql`
			insert into lead_industry (zone_id, industry_no, park_id, park_kind, name_zh, name_en, source, status)
			values (${zoneId}, ${index + 1}, ${industry.parkId}, ${industry.parkKind}, ${industry.nameZh}, ${industry.nameEn},
				${industry.source}, ${industry.status})`;
}

export async function insertNamedProjects(
	sql: Sql,
	zoneId: string,
	projects: readonly NamedProjectRow[],
): Promise<void> {
	for (const [index, project] of projects.entries())
		await sql`
			insert into named_project (zone_id, project_no, name_zh, name_en, source, status)
			values (${zoneId}, ${index + 1}, ${project.nameZh}, ${project.nameEn}, ${project.source}, ${project.status})`;
}
