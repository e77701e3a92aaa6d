import { writeEwkbMultiPolygon } from '$geo/format/ewkb.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import type { Connection } from './postgis-tile.ts';

const ROWS_A_TIME = 5000;

/** Puts parcels into a temporary table with an index on the shapes and fresh statistics. */
export async function loadParcels(connection: Connection, { parcelNos, polygons }: ParcelSet): Promise<void> {
	await connection`set jit = off`;
	await connection`drop table if exists check_parcel`;
	await connection`create temporary table check_parcel (parcel_no integer primary key, geom geometry(multipolygon, 4490))`;
	for (let from = 0; from < parcelNos.length; from += ROWS_A_TIME) {
		const nos = [...parcelNos.subarray(from, from + ROWS_A_TIME)];
		const shapes = nos.map((_, i) =>
			Buffer.from(writeEwkbMultiPolygon(polygons, from + i, 4490)).toString('hex'),
		);
		await connection`
			insert into check_parcel
			select given.parcel_no, given.shape::geometry
			from unnest(${nos}::integer[], ${shapes}::text[]) as given (parcel_no, shape)`;
	}
	await connection`create index on check_parcel using gist (geom)`;
	await connection`analyze check_parcel`;
}

/** How many pairs of parcels share ground: a self-join over boxes that meet, each pair once. */
export async function countOverlaps(connection: Connection): Promise<number> {
	const [{ pairs }] = await connection<{ pairs: number }[]>`
		select count(*)::integer as pairs
		from check_parcel as a
		join check_parcel as b on a.geom && b.geom and a.parcel_no < b.parcel_no
		where st_relate(a.geom, b.geom, '2********')`;
	return pairs;
}
