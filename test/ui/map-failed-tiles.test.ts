import { describe, expect, it } from 'vitest';
import { FailedTiles } from '$lib/map/failed-tiles.ts';

const tile = (x: number, z = 12) => ({ x, y: 7, z });

describe('tiles that did not come', () => {
	it('are held once each, by source, and given out once', () => {
		const failed = new FailedTiles();
		expect(failed.isEmpty).toBe(true);
		for (const x of [1, 1, 2]) failed.add('parcels', tile(x));
		failed.add('labels', tile(1));
		expect(failed.take()).toEqual([
			['parcels', [tile(1), tile(2)]],
			['labels', [tile(1)]],
		]);
		expect(failed.isEmpty).toBe(true);
	});

	it('heal when they come after all, each for its source and zoom', () => {
		const failed = new FailedTiles();
		failed.add('parcels', tile(1));
		failed.remove('labels', tile(1));
		failed.remove('parcels', tile(1, 13));
		expect(failed.isEmpty).toBe(false);
		failed.remove('parcels', tile(1));
		expect(failed.isEmpty).toBe(true);
	});

	it('are forgotten when nobody looks there any more', () => {
		const failed = new FailedTiles();
		failed.add('parcels', tile(1));
		failed.add('parcels', tile(2));
		failed.keep((source, { x }) => source === 'parcels' && x === 2);
		expect(failed.take()).toEqual([['parcels', [tile(2)]]]);
	});
});
