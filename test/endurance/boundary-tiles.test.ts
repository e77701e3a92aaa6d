import { describe, expect, it } from 'vitest';
import { THEME_RULES } from '$lib/server/tile/theme.ts';
import { DEFAULT_DEMO, generateDemoZone } from '$seeds/demo/generate.ts';
import { boundaryTilesOf, readBoundaries } from '../support/boundary-tiles.ts';
import { namesOf, readByGdal, tilesOf } from '../support/third-party-tiles.ts';

const ZOOMS = [8, 9, 10, 11, 12, 13, 14];

describe.each(boundaryTilesOf(generateDemoZone(DEFAULT_DEMO)))('every tile of $name of the demo', (drawn) => {
	const { layer, layers, polygons, attributes, bytesOf } = drawn;

	it.each(ZOOMS)('is read by others as what it holds: z%i', async (zoom) => {
		const tiles = [...tilesOf(polygons, zoom, bytesOf)];
		const met = new Set<number>();
		let features = 0;
		for (const [tile, bytes] of tiles) {
			const { ids, faults } = readBoundaries(bytes, drawn);
			expect([tile, faults]).toEqual([tile, []]);
			for (const id of ids) met.add(id);
			features += ids.length;
		}
		expect([...met].sort((a, b) => a - b)).toEqual([...attributes.keys()]);
		expect(await readByGdal(tiles, layer)).toEqual({ features, invalid: 0 });
	});

	if (layers.includes('park-label'))
		it.each(ZOOMS.filter((zoom) => zoom <= THEME_RULES.parks.maxZoom.office))(
			'writes each name in one tile only: z%i',
			(zoom) => {
				const tiles = [...tilesOf(polygons, zoom, bytesOf)];
				const written = tiles.flatMap(([, bytes]) => namesOf(bytes, 'park-label').map(Number));
				expect(written.sort((a, b) => a - b)).toEqual([...attributes.keys()]);
			},
		);
});
