import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import type { TileAddress } from '$geo/tile/clip.ts';
import { labelTile, stockTile } from '$lib/server/tile/coverage-layer.ts';
import { overviewTile } from '$lib/server/tile/overview.ts';
import { coverageTile, drawnOverview } from '../support/coverage-tile.ts';
import { demoSnapshot } from '../support/demo-snapshot.ts';
import { decode } from '../geo/tile/decoded-tile.ts';
import { faults } from '../geo/tile/tile-faults.ts';
import { namesOf, readByGdal, tilesOf, type AddressedTile } from '../support/third-party-tiles.ts';

const PARCELS = 8000;
const ZOOMS = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const EXTENT = 4096;

/** Expects that others read the polygons of all tiles of a zoom, as many as they hold and all valid. */
async function expectRead(tiles: readonly AddressedTile[], layer: string): Promise<void> {
	let features = 0;
	for (const [tile, bytes] of tiles) {
		const decoded = decode(bytes, layer);
		features += decoded.ids.length;
		const numbered = { ids: decoded.ids.map((_, f) => f + 1), features: decoded.features };
		expect([tile, faults(numbered)]).toEqual([tile, []]);
	}
	expect(await readByGdal(tiles, layer)).toEqual({ features, invalid: 0 });
}

describe.each(['plan', 'current'] as const)('every tile of the %s of the demo', (kind) => {
	const snapshot = demoSnapshot(kind, PARCELS);
	const parcels = snapshot.base;
	const overview = drawnOverview(snapshot, 'office');
	const bytesOf = (tile: TileAddress) => coverageTile(snapshot, overview, 'office', tile);

	it.each(ZOOMS)('is read by others as what it holds: z%i', async (zoom) => {
		const tiles = [...tilesOf(snapshot.base.polygons, zoom, bytesOf)];
		for (const [, bytes] of tiles) expect(attributeFaults(bytes)).toEqual([]);
		await expectRead(tiles, 'parcel');
	});

	/** What is wrong with the features of a tile: layers, extent, ids and attributes against the snapshot. */
	function attributeFaults(bytes: Uint8Array): string[] {
		const { layers } = new VectorTile(new PbfReader(bytes));
		const found: string[] = [];
		if (Object.keys(layers).join() !== 'parcel') found.push(`layers ${Object.keys(layers).join()}`);
		const { parcel } = layers;
		if (parcel.version !== 2 || parcel.extent % EXTENT !== 0) found.push('version or extent');
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

	it.each([13, 14, 15, 16, 17, 18])('writes each label in one tile only: z%i', (zoom) => {
		const tiles = [...tilesOf(snapshot.base.polygons, zoom, (tile) => labelTile(snapshot, 'office', tile))];
		const labelled = tiles.flatMap(([, bytes]) => namesOf(bytes, 'label').map(Number));
		expect(labelled.sort((a, b) => a - b)).toEqual([...parcels.parcelNo].sort((a, b) => a - b));
	});
});

describe('every tile of the blocks of the demo', () => {
	const snapshot = demoSnapshot('plan', PARCELS);
	const overview = drawnOverview(snapshot, 'blocks');
	const blocks = [...new Set(snapshot.base.block)].sort();

	it.each(ZOOMS)('is read by others as what it holds, each block named once: z%i', async (zoom) => {
		const tiles = [...tilesOf(snapshot.base.polygons, zoom, (tile) => overviewTile(overview, tile))];
		await expectRead(tiles, 'block');
		const drawn = new Set<unknown>();
		for (const [, bytes] of tiles) {
			const { block } = new VectorTile(new PbfReader(bytes)).layers;
			for (let i = 0; i < block.length; i++) drawn.add(block.feature(i).properties['b']);
		}
		expect([...drawn].sort()).toEqual(blocks);
		expect(tiles.flatMap(([, bytes]) => namesOf(bytes, 'block-label', 'b')).sort()).toEqual(blocks);
	});
});

describe('every tile of the stock of the demo', () => {
	const snapshot = demoSnapshot('current', PARCELS);
	const overview = drawnOverview(snapshot, 'stock');
	const isCut = (zoom: number) => overview.levels.has(zoom) || overview.singles.has(zoom);

	it.each(ZOOMS)('is read by others as what it holds: z%i', async (zoom) => {
		const bytesOf = (tile: TileAddress) =>
			isCut(zoom) ? overviewTile(overview, tile) : stockTile(snapshot, tile);
		await expectRead([...tilesOf(snapshot.base.polygons, zoom, bytesOf)], 'parcel');
	});
});
