import { describe, expect, it } from 'vitest';
import { FrameWatch } from '$lib/map/moving-detail.ts';

/** Whether each of the frames that follow one another after so many ms is the one that shows a map to be slow. */
function seen(gapsMs: readonly number[]): boolean[] {
	const watch = new FrameWatch();
	let now = 0;
	watch.isSlow(now);
	return gapsMs.map((gap) => watch.isSlow((now += gap)));
}

describe('a map that moves', () => {
	it('is slow after three slow frames in a row', () => {
		expect(seen([90, 90, 90])).toEqual([false, false, true]);
	});

	it('is not slow for a jerk or two', () => {
		expect(seen([90, 90, 16, 90, 90, 16])).not.toContain(true);
	});

	it('is never slow at 30 frames a second', () => {
		expect(seen(Array<number>(200).fill(34))).not.toContain(true);
	});
});
