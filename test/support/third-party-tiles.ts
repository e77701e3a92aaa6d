import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import type { FlatPolygons } from '../../geo/flat-polygons.ts';
import type { TileAddress } from '../../geo/tile/clip.ts';
import { tilesOver } from '../geo/tile/decoded-tile.ts';

/** A tile that is not empty, with its address. */
export type AddressedTile = readonly [TileAddress, Uint8Array];

/** Every tile of a zoom over the box of polygons that is not empty. */
export function* tilesOf(
	polygons: FlatPolygons,
	zoom: number,
	bytesOf: (tile: TileAddress) => Uint8Array | null,
): Generator<AddressedTile> {
	for (const tile of tilesOver(polygons, zoom, Infinity)) {
		const bytes = bytesOf(tile);
		if (bytes !== null) yield [tile, bytes];
	}
}

/** What GDAL reads out of a layer of tiles of one zoom: features, and those with geometry that is not valid. */
export async function readByGdal(
	tiles: readonly AddressedTile[],
	layer: string,
): Promise<{ features: number; invalid: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'yuantu-tiles-'));
	try {
		for (const [{ z, x, y }, bytes] of tiles) {
			await mkdir(join(folder, String(z), String(x)), { recursive: true });
			await writeFile(join(folder, String(z), String(x), `${y}.pbf`), bytes);
		}
		const sql = `select count(*) as features, total(not ST_IsValid(geometry)) as invalid from "${layer}"`;
		const run = spawnSync(
			'ogrinfo',
			['-q', '-ro', '-oo', 'CLIP=NO', '-dialect', 'SQLite', '-sql', sql].concat(
				`MVT:${join(folder, String(tiles[0][0].z))}`,
			),
			{ encoding: 'utf8' },
		);
		if (run.status !== 0 || run.stderr !== '') throw new Error(`ogrinfo ${run.status}: ${run.stderr}`);
		const read = (name: string) => Number(new RegExp(`${name} \\(\\w+\\) = (\\S+)`).exec(run.stdout)?.[1]);
		return { features: read('features'), invalid: read('invalid') };
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** Names of the points of a layer of a tile, by a property or their ids; throws where one lies outside its tile. */
export function namesOf(bytes: Uint8Array, name: string, property?: string): unknown[] {
	const { [name]: layer } = new VectorTile(new PbfReader(bytes)).layers;
	return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
		const feature = layer.feature(i);
		const [[{ x, y }]] = feature.loadGeometry();
		if (Math.min(x, y) < 0 || Math.max(x, y) > layer.extent) throw new Error(`${name} outside its tile`);
		return property === undefined ? feature.id : feature.properties[property];
	});
}
