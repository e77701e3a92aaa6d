import { describe, expect, it } from 'vitest';
import { generateDemoZone } from '$seeds/demo/generate.ts';
import { boundaryTilesOf, readBoundaries } from '../support/boundary-tiles.ts';
import { namesOf, tilesOf } from '../support/third-party-tiles.ts';

describe.each(boundaryTilesOf(generateDemoZone({ seed: 1, parcelCount: 1000 })))(
	'tiles of $name of a small demo',
	(drawn) => {
		it.each([8, 11])('are read by others as what they hold: z%i', (zoom) => {
			const tiles = [...tilesOf(drawn.polygons, zoom, drawn.bytesOf)];
			const read = tiles.map(([, bytes]) => readBoundaries(bytes, drawn));
			expect(read.flatMap(({ faults }) => faults)).toEqual([]);
			const met = new Set(read.flatMap(({ ids }) => ids));
			expect([...met].sort((a, b) => a - b)).toEqual([...drawn.attributes.keys()]);
			const written = tiles.flatMap(([, bytes]) => namesOf(bytes, 'park-label').map(Number));
			const expected = drawn.layer === 'park' ? [...drawn.attributes.keys()] : [];
			expect(written.sort((a, b) => a - b)).toEqual(expected);
		});
	},
);
