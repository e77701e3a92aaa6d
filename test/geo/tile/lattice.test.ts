import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapToLattice } from '$geo/tile/lattice.ts';
import { anyCurvedCoverage } from './curved-coverage.ts';
import { latticeReader, tileReader, tilesOver, totalDoubledArea, type DecodedTile } from './decoded-tile.ts';
import { anySet, faults, ZOOMS } from './tile-faults.ts';

const BUFFER = 64;
const EXTENT = 4096;

/** Directed edges with both ends where a test holds, shifted, in words. */
function edgesWhere({ features }: DecodedTile, isIn: (x: number) => boolean, shift: number): Set<string> {
	const edges = new Set<string>();
	for (const ring of features.flat(2)) {
		for (let i = 0; i + 1 < ring.length; i++) {
			const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
			if ([ax, bx].every(isIn) && [ay, by].every((y) => y > -BUFFER && y < EXTENT + BUFFER))
				edges.add(`${ax + shift} ${ay} ${bx + shift} ${by}`);
		}
	}
	return edges;
}

describe('polygons on the lattice of a zoom', () => {
	it('are cut into tiles that hold valid polygons without overlaps or gaps', () => {
		fc.assert(
			fc.property(anySet, fc.constantFrom(...ZOOMS), (set, zoom) => {
				const read = latticeReader(set, zoom);
				for (const tile of tilesOver(set.polygons, zoom, 3))
					expect([tile, faults(read(tile))]).toEqual([tile, []]);
			}),
			{ numRuns: 300 },
		);
	});

	it('fill every tile inside the outline to the unit, and are what tiles round one by one to a unit', () => {
		let inside = 0;
		fc.assert(
			fc.property(
				anyCurvedCoverage(2 ** 32),
				fc.nat(),
				fc.constantFrom(12, 13, 14, 16),
				(set, pick, zoom) => {
					const tiles = tilesOver(set.polygons, zoom, 4000);
					const tile = tiles[pick % tiles.length];
					const decoded = latticeReader(set, zoom)(tile);
					const alone = tileReader(set)(tile);
					const areas = [totalDoubledArea(decoded), totalDoubledArea(alone)];
					const border = decoded.features.flat(2).reduce((sum, ring) => sum + ring.length, 0);
					expect(Math.abs(areas[0] - areas[1])).toBeLessThanOrEqual(2 * (EXTENT + border));
					if (areas[1] !== 2 * (EXTENT + 2 * BUFFER) ** 2) return;
					inside++;
					expect(areas[0]).toBe(areas[1]);
				},
			),
			{ numRuns: 60 },
		);
		expect(inside).toBeGreaterThan(20);
	});

	it('give neighbouring tiles the same edges where both have them', () => {
		fc.assert(
			fc.property(anyCurvedCoverage(2 ** 32), fc.nat(), fc.constantFrom(11, 12, 13), (set, pick, zoom) => {
				const tiles = tilesOver(set.polygons, zoom, 4000);
				const tile = tiles[pick % tiles.length];
				const read = latticeReader(set, zoom);
				const west = edgesWhere(read(tile), (x) => x > EXTENT - BUFFER && x < EXTENT + BUFFER, 0);
				const east = edgesWhere(read({ ...tile, x: tile.x + 1 }), (x) => x > -BUFFER && x < BUFFER, EXTENT);
				expect(west).toEqual(east);
			}),
			{ numRuns: 60 },
		);
	});

	it('are none where all is narrower than a unit', () => {
		const speck = {
			coordinates: Float64Array.of(123, 41, 123.00001, 41, 123, 41.00001),
			ringOffsets: Uint32Array.of(0, 3),
			polygonOffsets: Uint32Array.of(0, 1),
			featureOffsets: Uint32Array.of(0, 1),
		};
		const { bounds, featureOffsets } = snapToLattice(speck, 8);
		expect([bounds.length, ...featureOffsets]).toEqual([0, 0, 0]);
	});
});
