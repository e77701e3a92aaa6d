import { describe, expect, it } from 'vitest';
import { checkParcelSet } from '$geo/check/check.ts';
import { PARK_LAYOUTS } from '$seeds/demo/park-layout.ts';
import { drawPark } from '$seeds/demo/park-map.ts';

describe('a park drawn for 100,000 parcels', () => {
	/*
	 * Once the ground was drawn up to the outline: the corner of a lot came to lie a part of a grid step beside it, and the points that the
	 * plan's lots put on the outline bent that stretch over the corner.
	 */
	it.each(['plan', 'current'] as const)('has a clean %s coverage where lines end on the outline', (kind) => {
		const k = PARK_LAYOUTS.findIndex(({ parkId }) => parkId === 'heping');
		const { polygons } = drawPark(PARK_LAYOUTS[k], 100_000, 101 + k)[kind];
		const parcelNos = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
		expect(checkParcelSet({ parcelNos, polygons })).toEqual([]);
	});
});
