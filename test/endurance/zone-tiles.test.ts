import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import type { TileAddress } from '$geo/tile/clip.ts';
import { labelTile, landUseTile } from '$lib/server/tile/coverage-layer.ts';
import { drawTask, openOverview, overviewTask, overviewTile } from '$lib/server/tile/overview.ts';
import { demoSnapshot } from '../support/demo-snapshot.ts';
import { decode, tilesOver } from '../geo/tile/decoded-tile.ts';
import { faults } from '../geo/tile/tile-faults.ts';

const PARCELS = 8000;
const ZOOMS = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const EXTENT = 4096;

/** What GDAL reads out of a folder of tiles of one zoom: features, and those with geometry that is not valid. */
function readByGdal(folder: string): { features: number; invalid: number } {
	const sql = 'select count(*) as features, total(not ST_IsValid(geometry)) as invalid from parcel';
	const run = spawnSync(
		'ogrinfo',
		['-q', '-ro', '-oo', 'CLIP=NO', '-dialect', 'SQLite', '-sql', sql, `MVT:${folder}`],
		{ encoding: 'utf8' },
	);
	expect([run.status, run.stderr]).toEqual([0, '']);
	const read = (name: string) => Number(new RegExp(`${name} \\(\\w+\\) = (\\S+)`).exec(run.stdout)?.[1]);
	return { features: read('features'), invalid: read('invalid') };
}

describe.each(['plan', 'current'] as const)('every tile of the %s of the demo', (kind) => {
	const snapshot = demoSnapshot(kind, PARCELS);
	const parcels = snapshot.base;
	const task = overviewTask(snapshot, 'office');
	const overview = openOverview(snapshot, 'office', task === null ? [] : (drawTask(task) ?? []));
	const bytesOf = (tile: TileAddress) =>
		overview.levels.has(tile.z) ? overviewTile(overview, tile) : landUseTile(snapshot, 'office', tile);

	it.each(ZOOMS)('is read by others as what it holds: z%i', async (zoom) => {
		const folder = await mkdtemp(join(tmpdir(), 'yuantu-tiles-'));
		let features = 0;
		try {
			for (const tile of tilesOver(parcels.polygons, zoom, Infinity)) {
				const bytes = bytesOf(tile);
				if (bytes === null) continue;
				const decoded = decode(bytes);
				features += decoded.ids.length;
				const numbered = { ids: decoded.ids.map((_, f) => f + 1), features: decoded.features };
				expect([tile, faults(numbered)]).toEqual([tile, []]);
				expect(attributeFaults(bytes)).toEqual([]);
				await mkdir(join(folder, String(zoom), String(tile.x)), { recursive: true });
				await writeFile(join(folder, String(zoom), String(tile.x), `${tile.y}.pbf`), bytes);
			}
			expect(readByGdal(join(folder, String(zoom)))).toEqual({ features, invalid: 0 });
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	/** What is wrong with the features of a tile: layers, extent, ids and attributes against the snapshot. */
	function attributeFaults(bytes: Uint8Array): string[] {
		const { layers } = new VectorTile(new PbfReader(bytes));
		const found: string[] = [];
		if (Object.keys(layers).join() !== 'parcel') found.push(`layers ${Object.keys(layers).join()}`);
		const { parcel } = layers;
		if (parcel.version !== 2 || parcel.extent !== EXTENT) found.push('version or extent');
		for (let i = 0; i < parcel.length; i++) {
			const { id, type, properties } = parcel.feature(i);
			if (type !== 3) found.push(`type ${type}`);
			if (id === undefined) {
				if (!parcels.landUse.includes(Number(properties['k']))) found.push(`class ${properties['k']}`);
				continue;
			}
			const row = parcels.parcelNo.indexOf(id);
			if (row < 0) found.push(`no parcel ${id}`);
			else if (properties['k'] !== parcels.landUse[row] || properties['p'] !== parcels.park[row])
				found.push(`attributes of ${id}`);
			else if ('c' in properties && properties['c'] !== parcels.code[row]) found.push(`code of ${id}`);
		}
		return found;
	}

	it.each([13, 15, 17])('writes each label in one tile only: z%i', (zoom) => {
		const labelled: number[] = [];
		for (const tile of tilesOver(parcels.polygons, zoom, Infinity)) {
			const bytes = labelTile(snapshot, 'office', tile);
			if (bytes === null) continue;
			const { label } = new VectorTile(new PbfReader(bytes)).layers;
			for (let i = 0; i < label.length; i++) {
				const feature = label.feature(i);
				const [[{ x, y }]] = feature.loadGeometry();
				expect(Math.min(x, y) >= 0 && Math.max(x, y) <= EXTENT).toBe(true);
				labelled.push(feature.id ?? -1);
			}
		}
		expect(labelled.sort((a, b) => a - b)).toEqual([...parcels.parcelNo].sort((a, b) => a - b));
	});
});
