import type { Sql } from './connect.ts';

export type FactStatus = 'verified' | 'unverified' | 'example';
export type PublicationGrade = 'public' | 'registered' | 'office';

/** A versioned list of classes. */
export interface LandUseSystemRow {
	readonly system: string;
	readonly version: string;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly source: string;
	readonly status: FactStatus;
}

/** One class with its look and its publication grade. */
export interface LandUseClassRow {
	readonly system: string;
	readonly version: string;
	readonly code: string;
	readonly level: number;
	readonly parentCode: string | null;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly colorHex: string | null;
	readonly colorNote: string | null;
	readonly pattern: string | null;
	readonly publicationGrade: PublicationGrade;
	readonly nationalSystem: string | null;
	readonly nationalVersion: string | null;
	readonly nationalCode: string | null;
	readonly sort: number;
	readonly source: string;
	readonly status: FactStatus;
}

export interface LandUseCrosswalkRow {
	readonly fromSystem: string;
	readonly fromVersion: string;
	readonly fromCode: string;
	readonly toSystem: string;
	readonly toVersion: string;
	readonly toCode: string;
	readonly relation: 'one_to_one' | 'split' | 'merge' | 'manual';
	readonly note: string | null;
	readonly source: string;
	readonly status: FactStatus;
}

/** 农用地, 建设用地 or 未利用地; classes without a row of their own have their nearest ancestor's. */
export interface LandUseCategoryRow {
	readonly system: string;
	readonly version: string;
	readonly code: string;
	readonly category: 'agricultural' | 'construction' | 'unused';
	readonly note: string | null;
	readonly source: string;
	readonly status: FactStatus;
}

export async function listLandUseSystems(sql: Sql): Promise<LandUseSystemRow[]> {
	return sql<LandUseSystemRow[]>`
		select system, version, name_zh as "nameZh", name_en as "nameEn", source, status
		from land_use_system order by system, version`;
}

/** Lists the classes of every list, each list in its own order. */
export async function listLandUseClasses(sql: Sql): Promise<LandUseClassRow[]> {
	return sql<LandUseClassRow[]>`
		select system, version, code, level, parent_code as "parentCode", name_zh as "nameZh", name_en as "nameEn",
			color_hex as "colorHex", color_note as "colorNote", pattern, publication_grade as "publicationGrade",
			national_system as "nationalSystem", national_version as "nationalVersion", national_code as "nationalCode",
			sort, source, status
		from land_use_class order by system, version, sort`;
}

export async function listLandUseCategories(sql: Sql): Promise<LandUseCategoryRow[]> {
	return sql<LandUseCategoryRow[]>`
		select system, version, code, category, note, source, status
		from land_use_category order by system, version, code`;
}

/** Lists what became of the codes of an older list. */
export async function listLandUseCrosswalk(
	sql: Sql,
	from: { system: string; version: string },
): Promise<LandUseCrosswalkRow[]> {
	return sql<LandUseCrosswalkRow[]>`
		select from_system as "fromSystem", from_version as "fromVersion", from_code as "fromCode",
			to_system as "toSystem", to_version as "toVersion", to_code as "toCode", relation, note, source, status
		from land_use_crosswalk
		where from_system = ${from.system} and from_version = ${from.version}
		order by from_code, to_system, to_version, to_code`;
}

export async function putLandUseSystem(sql: Sql, row: LandUseSystemRow): Promise<void> {
	await sql`
		insert into land_use_system (system, version, name_zh, name_en, source, status)
		values (${row.system}, ${row.version}, ${row.nameZh}, ${row.nameEn}, ${row.source}, ${row.status})
		on conflict on constraint land_use_system_pk do update
		set name_zh = excluded.name_zh, name_en = excluded.name_en, source = excluded.source, status = excluded.status`;
}

/** Adds classes, or brings them to what is given; parents and children may come in any order. */
export async function putLandUseClasses(sql: Sql, rows: readonly LandUseClassRow[]): Promise<void> {
	await sql`
		insert into land_use_class (system, version, code, level, parent_code, name_zh, name_en, color_hex, color_note, pattern,
			publication_grade, national_system, national_version, national_code, sort, source, status)
		select row.system, row.version, row.code, row.level, row."parentCode", row."nameZh", row."nameEn", row."colorHex",
			row."colorNote", row.pattern, row."publicationGrade", row."nationalSystem", row."nationalVersion",
			row."nationalCode", row.sort, row.source, row.status
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (
			system text, version text, code text, level smallint, "parentCode" text, "nameZh" text, "nameEn" text,
			"colorHex" text, "colorNote" text, pattern text, "publicationGrade" text, "nationalSystem" text,
			"nationalVersion" text, "nationalCode" text, sort integer, source text, status text)
		on conflict on constraint land_use_class_pk do update
		set level = excluded.level, parent_code = excluded.parent_code, name_zh = excluded.name_zh,
			name_en = excluded.name_en, color_hex = excluded.color_hex, color_note = excluded.color_note,
			pattern = excluded.pattern, publication_grade = excluded.publication_grade,
			national_system = excluded.national_system, national_version = excluded.national_version,
			national_code = excluded.national_code, sort = excluded.sort, source = excluded.source,
			status = excluded.status`;
}

export async function putLandUseCategories(sql: Sql, rows: readonly LandUseCategoryRow[]): Promise<void> {
	await sql`
		insert into land_use_category (system, version, code, category, note, source, status)
		select row.system, row.version, row.code, row.category, row.note, row.source, row.status
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (
			system text, version text, code text, category text, note text, source text, status text)
		on conflict on constraint land_use_category_pk do update
		set category = excluded.category, note = excluded.note, source = excluded.source, status = excluded.status`;
}

export async function putLandUseCrosswalk(sql: Sql, rows: readonly LandUseCrosswalkRow[]): Promise<void> {
	await sql`
		insert into land_use_crosswalk (from_system, from_version, from_code, to_system, to_version, to_code, relation, note,
			source, status)
		select row."fromSystem", row."fromVersion", row."fromCode", row."toSystem", row."toVersion", row."toCode",
			row.relation, row.note, row.source, row.status
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (
			"fromSystem" text, "fromVersion" text, "fromCode" text, "toSystem" text, "toVersion" text, "toCode" text,
			relation text, note text, source text, status text)
		on conflict on constraint land_use_crosswalk_pk do update
		set relation = excluded.relation, note = excluded.note, source = excluded.source, status = excluded.status`;
}
