import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinFeatures } from '$geo/flat-polygons.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { simplifyArcs, unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { rankVertices } from '$geo/tile/vertex-importance.ts';
import { PARK_LAYOUTS } from '$seeds/demo/park-layout.ts';
import { drawPark } from '$seeds/demo/park-map.ts';
import { baseOf, setOf } from '../geo/tile/curved-coverage.ts';
import { tileReader, tilesOver } from '../geo/tile/decoded-tile.ts';
import { anySet, faults, listTiles } from '../geo/tile/tile-faults.ts';

const MOST_TILES_A_ZOOM = 60;

describe('tiles, at length', () => {
	it('are valid and without overlap or gap for a thousand coverages by chance, at every zoom', () => {
		fc.assert(
			fc.property(anySet, (set) => {
				const read = tileReader(set);
				for (const tile of listTiles(set.polygons, 3)) expect([tile, faults(read(tile))]).toEqual([tile, []]);
			}),
			{ numRuns: 1000 },
		);
	});

	const parks = PARK_LAYOUTS.map((layout, k) => drawPark(layout, 4000, 101 + k));
	it.each(['plan', 'current'] as const)('are so for the %s of the demo, as it is and simplified', (kind) => {
		const polygons = joinFeatures(parks.map((park) => park[kind].polygons));
		const classes = parks.flatMap((park) => park[kind].drafts.map(({ classCode }) => classCode));
		const codes = [...new Set(classes)];
		const set = { parcelNos: Int32Array.from(classes, (_, f) => f + 1), polygons };
		const dissolved = dissolveArcs(
			baseOf(set),
			Int32Array.from(classes, (code) => codes.indexOf(code) + 1),
		);
		const importance = rankVertices(dissolved);
		const read = tileReader(set);
		for (let z = 6; z <= 18; z++) {
			const simple = setOf(simplifyArcs(dissolved, unitsAtZoomDeg(z, 4), importance));
			const readSimple = tileReader(simple);
			for (const tile of tilesOver(polygons, z, MOST_TILES_A_ZOOM)) {
				expect([tile, faults(read(tile))]).toEqual([tile, []]);
				expect([tile, faults(readSimple(tile))]).toEqual([tile, []]);
			}
		}
	});
});
