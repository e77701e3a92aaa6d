import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HotPixels } from '$geo/tile/hot-pixels.ts';
import { meetsPixel } from '$geo/tile/pixel-pass.ts';

const FRAME = { scale: 1, originX: 0, originY: 0, min: -64, max: 4160 };

/** Exact fractions of a unit, so that pixels' sides and corners are hit. */
const half = fc.integer({ min: -8, max: 40 }).map((n) => n / 2);
const third = fc.integer({ min: -12, max: 60 }).map((n) => n / 3);
const anywhere = fc.double({ min: -64, max: 4160, noNaN: true });
const nearFlat = fc.integer({ min: -3, max: 3 }).map((n) => 0.5 + n * 2 ** -40);
const coordinate = fc.oneof(half, third, anywhere, nearFlat);
const place = fc.tuple(coordinate, coordinate);
const near = fc.tuple(fc.oneof(half, third), fc.oneof(half, third));

/** Clips a segment of whole multiples of 1/6 to a half-open pixel with fractions, by the definition. */
function meetsByClipping(a: readonly number[], b: readonly number[], c: readonly number[]): boolean {
	const six = (value: number) => BigInt(Math.round(6 * value));
	// a + t (b − a), t = n / d: each bound is n · k < or ≤ d · m.
	let [low, high] = [
		{ n: 0n, d: 1n, open: false },
		{ n: 1n, d: 1n, open: false },
	];
	for (const axis of [0, 1]) {
		const start = six(a[axis]);
		const delta = six(b[axis]) - start;
		const min = six(c[axis]) - 3n;
		const max = min + 6n;
		if (delta === 0n) {
			if (start < min || start >= max) return false;
			continue;
		}
		const atMin = { n: min - start, d: delta, open: false };
		const atMax = { n: max - start, d: delta, open: true };
		for (const bound of [atMin, atMax]) if (bound.d < 0n) [bound.n, bound.d] = [-bound.n, -bound.d];
		const [enter, leave] = delta > 0n ? [atMin, atMax] : [atMax, atMin];
		const order = (p: typeof low, q: typeof low) => p.n * q.d - q.n * p.d;
		if (order(enter, low) > 0n || (order(enter, low) === 0n && enter.open)) low = enter;
		if (order(leave, high) < 0n || (order(leave, high) === 0n && leave.open)) high = leave;
	}
	const gap = high.n * low.d - low.n * high.d;
	return gap > 0n || (gap === 0n && !low.open && !high.open);
}

describe('meetsPixel', () => {
	it('is what clipping to the half-open pixel says, from either end', () => {
		const pixel = fc.tuple(fc.integer({ min: -4, max: 20 }), fc.integer({ min: -4, max: 20 }));
		fc.assert(
			fc.property(near, near, pixel, (a, b, c) => {
				const sixths = (at: readonly number[]) => at.map((value) => Math.round(6 * value) / 6);
				const expected = meetsByClipping(a, b, c);
				const isExact = [...a, ...b].every((value) => Number.isInteger(2 * value));
				const met = meetsPixel(...(sixths(a) as [number, number]), ...(sixths(b) as [number, number]), ...c);
				// Thirds are rounded as doubles: only what they decide clearly must agree.
				if (isExact) expect(met).toBe(expected);
				expect(meetsPixel(b[0], b[1], a[0], a[1], ...c)).toBe(meetsPixel(a[0], a[1], b[0], b[1], ...c));
			}),
			{ numRuns: 20_000 },
		);
	});
});

describe('HotPixels', () => {
	it('routes an edge through exactly the pixels that it meets, in its direction', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(place, near), { minLength: 2, maxLength: 60 }),
				fc.oneof(place, near),
				fc.oneof(place, near),
				(places, a, b) => {
					const hot = new HotPixels(FRAME);
					for (const [x, y] of places) hot.add(x, y);
					const from = hot.add(...a);
					const to = hot.add(...b);
					const routeOf = (count: number) => [...hot.route.subarray(0, count)];
					const route = routeOf(hot.findRoute(...a, ...b, from, to));
					const all = Array.from({ length: hot.count }, (_, p) => p);
					const met = all.filter(
						(p) => p !== from && p !== to && from !== to && meetsPixel(...a, ...b, hot.xs[p], hot.ys[p]),
					);
					expect([...route].sort((p, q) => p - q)).toEqual(met);
					const along = (p: number) => (b[0] - a[0]) * hot.xs[p] + (b[1] - a[1]) * hot.ys[p];
					expect(route.every((p, k) => k === 0 || along(route[k - 1]) <= along(p))).toBe(true);
					expect(routeOf(hot.findRoute(...b, ...a, to, from)).reverse()).toEqual(route);
				},
			),
			{ numRuns: 5000 },
		);
	});

	it('numbers equal pixels once, however many there are', () => {
		const hot = new HotPixels(FRAME);
		const numbers = Array.from({ length: 20_000 }, (_, k) =>
			hot.add((k % 141) * 7 - 0.4, Math.floor(k / 141) * 5 + 0.3),
		);
		expect(new Set(numbers).size).toBe(20_000);
		expect(numbers.map((_, k) => hot.add((k % 141) * 7, Math.floor(k / 141) * 5))).toEqual(numbers);
	});

	it('numbers but does not route through what is added once frozen', () => {
		const hot = new HotPixels(FRAME);
		const [from, to] = [hot.add(0, 0), hot.add(10, 0)];
		hot.freeze();
		expect(hot.add(5, 0)).toBe(2);
		expect(hot.findRoute(0, 0, 10, 0, from, to)).toBe(0);
	});
});
