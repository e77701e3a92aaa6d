import { writeEwkbMultiPolygon } from '$geo/format/ewkb.ts';
import type { OverviewLevel } from '$geo/tile/overview.ts';
import type { Database } from '$lib/server/db/connect.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import type { Overview } from '$lib/server/tile/overview.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';

/** One connection of the pool, kept for the whole measurement. */
export type Connection = Awaited<ReturnType<Database['sql']['reserve']>>;

/** `stored`: shapes in degrees, brought to Web Mercator in the query; `mercator`: a column of them, made beforehand. */
export const SHAPE_COLUMNS = ['stored', 'mercator'] as const;
export type ShapeColumn = (typeof SHAPE_COLUMNS)[number];

const CODE_FROM_ZOOM = 14;
const SRID = 4490;

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
		join unnest(${[...snapshot.base.parcelNo]}::integer[], ${[...snapshot.base.landUse]}::integer[],
			${[...snapshot.base.park]}::integer[], ${[...snapshot.base.code]}::text[]) as given (parcel_no, k, p, c)
			on given.parcel_no = parcel.parcel_no
		where parcel.zone_id = ${snapshot.zoneId} and parcel.coverage_id = ${snapshot.coverageId} and parcel.rev_to is null`;
	await connection`create index on tile_parcel using gist (stored)`;
	await connection`create index on tile_parcel using gist (mercator)`;
	await connection`analyze tile_parcel`;
}

/** Puts the polygons of an overview into a table of the same kind: the rows of the zooms at which parcels are drawn together. */
export async function prepareOverview(
	connection: Connection,
	levels: readonly OverviewLevel[],
	overview: Overview,
): Promise<void> {
	await connection`
		create temporary table tile_overview (zoom integer, k integer, stored geometry, mercator geometry)`;
	for (const { zoom, polygons } of levels) {
		const classes = Array.from(overview.levels.get(zoom)?.attribute.values ?? [], Number);
		const shapes = classes.map((_, f) =>
			Buffer.from(writeEwkbMultiPolygon(polygons, f, SRID)).toString('hex'),
		);
		await connection`
			insert into tile_overview
			select ${zoom}, k, shape::geometry, st_transform(shape::geometry, 3857)
			from unnest(${classes}::integer[], ${shapes}::text[]) as given (k, shape)`;
	}
	await connection`create index on tile_overview using gist (stored)`;
	await connection`create index on tile_overview using gist (mercator)`;
	await connection`analyze tile_overview`;
}

/** A tile of an overview as `ST_AsMVT` makes it of the same polygons, with the same attribute and no ids. */
export async function postgisOverviewTile(
	connection: Connection,
	column: ShapeColumn,
	tile: TileAddress,
): Promise<Uint8Array> {
	const { z, x, y } = tile;
	const { shape, near } = expressionsOf(connection, column, tile);
	const [{ bytes }] = await connection<{ bytes: Uint8Array }[]>`
		select st_asmvt(tile, 'parcel', 4096, 'geom') as bytes
		from (
			select k, st_asmvtgeom(${shape}, st_tileenvelope(${z}, ${x}, ${y}), 4096, 64) as geom
			from tile_overview where zoom = ${z} and ${near}
		) as tile
		where geom is not null`;
	return bytes;
}

function expressionsOf(connection: Connection, column: ShapeColumn, { z, x, y }: TileAddress) {
	return {
		shape: column === 'stored' ? connection`st_transform(stored, 3857)` : connection`mercator`,
		near:
			column === 'stored'
				? connection`stored && st_transform(st_tileenvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096), 4490)`
				: connection`mercator && st_tileenvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096)`,
	};
}

/** The tile as `ST_AsMVT` makes it, with the same extent, buffer, ids and attributes as ours; empty bytes of nothing. */
export async function postgisTile(
	connection: Connection,
	column: ShapeColumn,
	tile: TileAddress,
): Promise<Uint8Array> {
	const { z, x, y } = tile;
	const code = z >= CODE_FROM_ZOOM ? connection`, c` : connection``;
	const { shape, near } = expressionsOf(connection, column, tile);
	const [{ bytes }] = await connection<{ bytes: Uint8Array }[]>`
		select st_asmvt(tile, 'parcel', 4096, 'geom', 'parcel_no') as bytes
		from (
			select parcel_no, k, p${code}, st_asmvtgeom(${shape}, st_tileenvelope(${z}, ${x}, ${y}), 4096, 64) as geom
			from tile_parcel where ${near}
		) as tile
		where geom is not null`;
	return bytes;
}
