import { writeEwkbMultiPolygon } from '$geo/format/ewkb.ts';
import type { OverviewLevel } from '$geo/tile/overview.ts';
import type { Database } from '$lib/server/db/connect.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { overviewAttribute } from '$lib/server/tile/overview-subject.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';

/** One connection of the pool, kept for the whole measurement. */
export type Connection = Awaited<ReturnType<Database['sql']['reserve']>>;

/** `stored`: shapes in degrees, brought to Web Mercator in the query; `mercator`: a column of them, made beforehand. */
export const SHAPE_COLUMNS = ['stored', 'mercator'] as const;
export type ShapeColumn = (typeof SHAPE_COLUMNS)[number];

const CODE_FROM_ZOOM = 14;
const SRID = 4490;

/**
 * Puts the parcels of snapshots into one table as PostGIS would like to serve them: attributes ready, no join, no row-level
 * security, an index on each shape column, fresh statistics. JIT is off: it makes these queries slower.
 */
export async function prepareParcels(
	connection: Connection,
	snapshots: readonly CoverageSnapshot[],
): Promise<void> {
	await connection`set jit = off`;
	await connection`drop table if exists tile_parcel`;
	await connection`
		create unlogged table tile_parcel (parcel_no integer, k integer, p integer, c text, stored geometry, mercator geometry)`;
	for (const { zoneId, coverageId, base } of snapshots)
		await connection`
			insert into tile_parcel
			select parcel.parcel_no, given.k, given.p, given.c, parcel.geom, st_transform(parcel.geom, 3857)
			from yuantu.parcel
			join unnest(${[...base.parcelNo]}::integer[], ${[...base.landUse]}::integer[],
				${[...base.park]}::integer[], ${[...base.code]}::text[]) as given (parcel_no, k, p, c)
				on given.parcel_no = parcel.parcel_no
			where parcel.zone_id = ${zoneId} and parcel.coverage_id = ${coverageId} and parcel.rev_to is null`;
	await indexShapes(connection, 'tile_parcel');
}

/** Puts the polygons of overviews into a table of the same kind: the rows of the zooms at which parcels are drawn together. */
export async function prepareOverviews(
	connection: Connection,
	overviews: readonly { readonly plan: CoverageSnapshot; readonly levels: readonly OverviewLevel[] }[],
): Promise<void> {
	await connection`drop table if exists tile_overview`;
	await connection`
		create unlogged table tile_overview (zoom integer, k integer, stored geometry, mercator geometry)`;
	for (const { plan, levels } of overviews)
		for (const { zoom, polygons, labels } of levels) {
			const classes = Array.from(overviewAttribute(plan, 'office', labels).values, Number);
			const shapes = classes.map((_, f) =>
				Buffer.from(writeEwkbMultiPolygon(polygons, f, SRID)).toString('hex'),
			);
			await connection`
				insert into tile_overview
				select ${zoom}, k, shape::geometry, st_transform(shape::geometry, 3857)
				from unnest(${classes}::integer[], ${shapes}::text[]) as given (k, shape)`;
		}
	await indexShapes(connection, 'tile_overview');
}

async function indexShapes(connection: Connection, table: string): Promise<void> {
	for (const column of SHAPE_COLUMNS)
		await connection`create index on ${connection(table)} using gist (${connection(column)})`;
	await connection`vacuum analyze ${connection(table)}`;
}

/** A tile of an overview as `ST_AsMVT` makes it of the same polygons, in the units of the same zoom, with the same attribute and no ids. */
export async function postgisOverviewTile(
	connection: Connection,
	column: ShapeColumn,
	tile: TileAddress,
	unitZoom: number,
): Promise<Uint8Array> {
	const { z, x, y } = tile;
	const finer = 2 ** (unitZoom - z);
	const { shape, near } = expressionsOf(connection, column, tile);
	const [{ bytes }] = await connection<{ bytes: Uint8Array }[]>`
		select st_asmvt(tile, 'parcel', ${4096 * finer}::integer, 'geom') as bytes
		from (
			select k, st_asmvtgeom(${shape}, st_tileenvelope(${z}, ${x}, ${y}), ${4096 * finer}::integer, ${64 * finer}::integer) as geom
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
