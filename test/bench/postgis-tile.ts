import type { Database } from '$lib/server/db/connect.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';

/** One connection of the pool, kept for the whole measurement. */
export type Connection = Awaited<ReturnType<Database['sql']['reserve']>>;

/** `stored`: shapes in degrees, brought to Web Mercator in the query; `mercator`: a column of them, made beforehand. */
export const SHAPE_COLUMNS = ['stored', 'mercator'] as const;
export type ShapeColumn = (typeof SHAPE_COLUMNS)[number];

const CODE_FROM_ZOOM = 14;

/**
 * Puts the snapshot's parcels into a table as PostGIS would like to serve them: attributes ready, no join, no row-level
 * security, an index on each shape column, fresh statistics. JIT is off: it makes these queries slower.
 */
export async function prepareParcels(connection: Connection, snapshot: CoverageSnapshot): Promise<void> {
	await connection`set jit = off`;
	await connection`
		create temporary table tile_parcel as
		select parcel.parcel_no, given.k, given.p, given.c, parcel.geom as stored,
			st_transform(parcel.geom, 3857) as mercator
		from yuantu.parcel
		join unnest(${[...snapshot.parcelNo]}::integer[], ${[...snapshot.landUse]}::integer[],
			${[...snapshot.park]}::integer[], ${[...snapshot.code]}::text[]) as given (parcel_no, k, p, c)
			on given.parcel_no = parcel.parcel_no
		where parcel.zone_id = ${snapshot.zoneId} and parcel.coverage_id = ${snapshot.coverageId} and parcel.rev_to is null`;
	await connection`create index on tile_parcel using gist (stored)`;
	await connection`create index on tile_parcel using gist (mercator)`;
	await connection`analyze tile_parcel`;
}

/** The tile as `ST_AsMVT` makes it, with the same extent, buffer, ids and attributes as ours; empty bytes of nothing. */
export async function postgisTile(
	connection: Connection,
	column: ShapeColumn,
	{ z, x, y }: TileAddress,
): Promise<Uint8Array> {
	const code = z >= CODE_FROM_ZOOM ? connection`, c` : connection``;
	const shape = column === 'stored' ? connection`st_transform(stored, 3857)` : connection`mercator`;
	const near =
		column === 'stored'
			? connection`stored && st_transform(st_tileenvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096), 4490)`
			: connection`mercator && st_tileenvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096)`;
	const [{ bytes }] = await connection<{ bytes: Uint8Array }[]>`
		select st_asmvt(tile, 'parcel', 4096, 'geom', 'parcel_no') as bytes
		from (
			select parcel_no, k, p${code}, st_asmvtgeom(${shape}, st_tileenvelope(${z}, ${x}, ${y}), 4096, 64) as geom
			from tile_parcel where ${near}
		) as tile
		where geom is not null`;
	return bytes;
}
