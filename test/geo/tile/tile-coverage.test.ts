import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { simplifyArcs, unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { PARK_LAYOUTS } from '$seeds/demo/park-layout.ts';
import { drawPark } from '$seeds/demo/park-map.ts';
import { anyCurvedCoverage, baseOf, setOf } from './curved-coverage.ts';
import { tileReader, tilesOver, totalDoubledArea } from './decoded-tile.ts';
import { anySet, faults, listTiles, ZOOMS } from './tile-faults.ts';

describe('tiles of a coverage', () => {
	it('hold valid polygons that neither overlap nor leave gaps, at every zoom', () => {
		fc.assert(
			fc.property(anySet, (set) => {
				const read = tileReader(set);
				for (const tile of listTiles(set.polygons, 2)) expect([tile, faults(read(tile))]).toEqual([tile, []]);
			}),
			{ numRuns: 60 },
		);
	});

	it('fill every tile inside the outline to the unit', () => {
		let inside = 0;
		fc.assert(
			fc.property(anyCurvedCoverage(2 ** 32), fc.nat(), (set, pick) => {
				const read = tileReader(set);
				for (const z of [12, 13, 14, 16, 18]) {
					const tiles = tilesOver(set.polygons, z, 4000);
					const tile = tiles[pick % tiles.length];
					const decoded = read(tile);
					const across = tilesOver(set.polygons, z, Infinity);
					const isInside = [-1, 1].every((d) =>
						[-1, 1].every((e) => across.some(({ x, y }) => x === tile.x + d && y === tile.y + e)),
					);
					if (!isInside) continue;
					inside++;
					expect(totalDoubledArea(decoded)).toBe(2 * (4096 + 128) ** 2);
				}
			}),
			{ numRuns: 40 },
		);
		expect(inside).toBeGreaterThan(40);
	});

	it('stay so when the coverage was dissolved and simplified for the zoom', () => {
		const pattern = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(anySet, pattern, fc.constantFrom(...ZOOMS), (set, labels, z) => {
				const base = baseOf(set);
				const dissolved = dissolveArcs(
					base,
					base.parcelNos.map((_, parcel) => labels[parcel % labels.length]),
				);
				const simple = setOf(simplifyArcs(dissolved, unitsAtZoomDeg(z, 4)));
				const read = tileReader(simple);
				for (const tile of tilesOver(set.polygons, z, 4)) expect(faults(read(tile))).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	it('stay so for a park of the demo', () => {
		const layout = PARK_LAYOUTS.find(({ parkId }) => parkId === 'heping');
		if (layout === undefined) throw new Error('no such park');
		const { polygons } = drawPark(layout, 4000, 1).plan;
		const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
		const read = tileReader({ parcelNos, polygons });
		for (const tile of listTiles(polygons, 6)) expect([tile, faults(read(tile))]).toEqual([tile, []]);
	});
});
