import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RingClipper, tileFrame } from '../../../geo/tile/clip.ts';

const FRAME = { scale: 1, originX: 0, originY: 0, min: 0, max: 100 };

/** Rings that wander around and across the frame 0…100; they may cross themselves. */
const ring = fc
	.array(
		fc.tuple(
			fc.double({ min: -150, max: 250, noNaN: true }),
			fc.double({ min: -150, max: 250, noNaN: true }),
		),
		{
			minLength: 3,
			maxLength: 14,
		},
	)
	.map((positions) => positions.flat());

function clip(positions: readonly number[], frame = FRAME): number[] {
	const clipper = new RingClipper();
	const count = clipper.clip(Float64Array.from(positions), 0, positions.length / 2, frame);
	return [...clipper.positions.subarray(0, 2 * count)];
}

function area(positions: readonly number[]): number {
	let doubled = 0;
	for (let i = 0; i < positions.length; i += 2) {
		const j = (i + 2) % positions.length;
		doubled += positions[i] * positions[j + 1] - positions[j] * positions[i + 1];
	}
	return doubled / 2;
}

function reversed(positions: readonly number[]): number[] {
	return positions.flatMap((_, i) =>
		i % 2 === 0 ? [positions.at(-i - 2) ?? 0, positions.at(-i - 1) ?? 0] : [],
	);
}

describe('clipping a ring to a tile', () => {
	it('keeps nothing outside the frame', () => {
		fc.assert(
			fc.property(ring, (positions) => {
				for (const value of clip(positions)) {
					expect(value).toBeGreaterThanOrEqual(-1e-9);
					expect(value).toBeLessThanOrEqual(100 + 1e-9);
				}
			}),
		);
	});

	it('shares the area out to the tiles that the ring lies in', () => {
		fc.assert(
			fc.property(ring, (positions) => {
				let sum = 0;
				for (const min of [-200, -100, 0, 100, 200]) {
					for (const originY of [-200, -100, 0, 100, 200]) {
						sum += area(clip(positions, { ...FRAME, originX: min, originY }));
					}
				}
				expect(Math.abs(sum - area(positions))).toBeLessThan(1e-6);
			}),
		);
	});

	it('cuts the two directions of a ring at the very same points', () => {
		fc.assert(
			fc.property(ring, (positions) => {
				const points = (values: number[]) =>
					values.flatMap((x, i) => (i % 2 === 0 ? [`${x} ${values[i + 1]}`] : [])).sort();
				expect(points(clip(reversed(positions)))).toEqual(points(clip(positions)));
			}),
		);
	});

	it('leaves a ring inside alone', () => {
		const inside = [10, 10, 90, 20, 50, 80];
		expect(clip(inside)).toEqual(inside);
	});

	it('answers the whole frame for a ring around the tile', () => {
		expect(area(clip([-50, -40, 300, -30, 280, 250, -60, 260]))).toBe(10_000);
		const letterU = [-50, -50, 300, -50, 300, 300, 120, 300, 120, -20, 110, -20, 110, 300, -50, 300];
		expect(area(clip(letterU))).toBe(10_000);
	});

	it('answers no area for a ring that touches a corner or a side', () => {
		expect(area(clip([100, 100, 150, 100, 150, 150]))).toBe(0);
		expect(area(clip([50, 100, 150, 150, -50, 150]))).toBe(0);
	});

	it('answers nothing for a ring beside the tile or around a corner of it', () => {
		expect(clip([101, 0, 150, 0, 150, 100])).toEqual([]);
		expect(area(clip([90, 120, 120, 90, 130, 130]))).toBe(0);
	});

	it('sets the frame of a tile in units with its buffer', () => {
		const frame = tileFrame({ z: 2, x: 1, y: 3 }, 4096, 64);
		const clipper = new RingClipper();
		clipper.place(Float64Array.of(0.25, 0.75, 0.5, 1, 0.375, 0.875), 0, 3, frame);
		expect([...clipper.positions.subarray(0, 6)]).toEqual([0, 0, 4096, 4096, 2048, 2048]);
		expect([frame.min, frame.max]).toEqual([-64, 4160]);
	});
});
