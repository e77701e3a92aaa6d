import { featureCount, type FlatPolygons } from '$geo/flat-polygons.ts';
import type { Sql } from './connect.ts';
import { writeShape } from './shape.ts';

/** A planning unit between park and parcel. */
export interface BlockRow {
	readonly blockId: string;
	readonly parkId: string | null;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly source: string;
}

export async function listBlocks(sql: Sql, zoneId: string): Promise<BlockRow[]> {
	return sql<BlockRow[]>`
		select block_id as "blockId", park_id as "parkId", name_zh as "nameZh", name_en as "nameEn", source
		from block where zone_id = ${zoneId} order by block_id`;
}

/** Whether a zone has blocks. */
export async function hasBlocks(sql: Sql, zoneId: string): Promise<boolean> {
	const [{ found }] = await sql<{ found: boolean }[]>`
		select exists (select from block where zone_id = ${zoneId}) as found`;
	return found;
}

/** Adds blocks; a shape is one feature on the grid, or null where it is not known. */
export async function insertBlocks(
	sql: Sql,
	zoneId: string,
	blocks: readonly (BlockRow & { readonly polygons: FlatPolygons | null })[],
): Promise<void> {
	const shapes = blocks.map(({ polygons }) =>
		polygons !== null && featureCount(polygons) > 0 ? writeShape(polygons) : null,
	);
	await sql`
		insert into block (zone_id, block_id, park_id, name_zh, name_en, geom, source)
		select ${zoneId}, row.block_id, row.park_id, row.name_zh, row.name_en, row.shape::geometry, row.source
		from unnest(${blocks.map((block) => block.blockId)}::text[], ${blocks.map((block) => block.parkId)}::text[],
			${blocks.map((block) => block.nameZh)}::text[], ${blocks.map((block) => block.nameEn)}::text[],
			${shapes}::text[], ${blocks.map((block) => block.source)}::text[]
		) as row (block_id, park_id, name_zh, name_en, shape, source)`;
}
