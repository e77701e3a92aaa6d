import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '$geo/arrangement/arrange.ts';
import { roundedCrossing } from '$geo/arrangement/crossing.ts';
import { passesHotPixel } from '$geo/arrangement/hot-pixel.ts';
import { anyPolygons, polygonsOfSteps } from '../coverage/random-polygons.ts';
import type { Steps } from '../coverage/random-polygons.ts';

const CORNER: Steps = [123.375 * 2 ** 33, 41.75 * 2 ** 33];

/** The nodes and edges, in steps from the corner, that triangles and other rings are rounded to. */
function round(...rings: Steps[][]) {
	const { rounded } = arrange(rings.map((ring) => polygonsOfSteps([[[ring]]])));
	const node = (n: number) => `${rounded.nodeX[n] - CORNER[0]},${rounded.nodeY[n] - CORNER[1]}`;
	const edges = Array.from(rounded.edgeLow, (n, e) => `${node(n)} ${node(rounded.edgeHigh[e])}`);
	return { edges, rounds: rounded.routes.rounds };
}

/** Whether a–b meets the half-open pixel of c, by clipping with rationals. */
function meetsPixel([ax, ay]: Steps, [bx, by]: Steps, [cx, cy]: Steps): boolean {
	// Doubled coordinates make the sides integers; the segment is a + t·d, 0 ≤ t ≤ 1, t = n / m.
	const d = [2n * BigInt(bx - ax), 2n * BigInt(by - ay)];
	const from = [2n * BigInt(ax - cx), 2n * BigInt(ay - cy)];
	let low: [bigint, bigint, boolean] = [0n, 1n, true];
	let high: [bigint, bigint, boolean] = [1n, 1n, true];
	for (const axis of [0, 1]) {
		if (d[axis] === 0n) {
			if (from[axis] < -1n || from[axis] >= 1n) return false;
			continue;
		}
		const size = d[axis] < 0n ? -d[axis] : d[axis];
		const sign = d[axis] < 0n ? -1n : 1n;
		const toMinus: [bigint, bigint, boolean] = [(-1n - from[axis]) * sign, size, true];
		const toPlus: [bigint, bigint, boolean] = [(1n - from[axis]) * sign, size, false];
		const [enter, leave] = sign > 0n ? [toMinus, toPlus] : [toPlus, toMinus];
		const e = enter[0] * low[1] - low[0] * enter[1];
		if (e > 0n || (e === 0n && !enter[2])) low = enter;
		const l = leave[0] * high[1] - high[0] * leave[1];
		if (l < 0n || (l === 0n && !leave[2])) high = leave;
	}
	const gap = high[0] * low[1] - low[0] * high[1];
	return gap > 0n || (gap === 0n && low[2] && high[2]);
}

describe('passesHotPixel', () => {
	it('agrees with exact clipping against the half-open pixel', () => {
		const scales = fc.constantFrom(4, 12, 1000, 2 ** 30, 2 ** 43);
		const cases = scales.chain((scale) => {
			const c = fc.integer({ min: -scale, max: scale });
			return fc.tuple(fc.tuple(c, c), fc.tuple(c, c), fc.double({ min: 0, max: 1, noNaN: true }), c, c);
		});
		fc.assert(
			fc.property(cases, fc.integer({ min: -1, max: 1 }), fc.boolean(), ([a, b, t, x, y], off, near) => {
				const c: Steps = near
					? [Math.round(a[0] + t * (b[0] - a[0])) + off, Math.round(a[1] + t * (b[1] - a[1]))]
					: [x, y];
				expect(passesHotPixel(...a, ...b, ...c)).toBe(meetsPixel(a, b, c));
				expect(passesHotPixel(...b, ...a, ...c)).toBe(meetsPixel(a, b, c));
			}),
			{ numRuns: 20_000 },
		);
	});

	it('gives a line through corners to the lower left corner alone', () => {
		// Falling lines pass lower left and upper right pixels at a corner; rising ones touch upper left and lower right.
		expect(passesHotPixel(-1, 0, 0, -1, 0, 0)).toBe(true);
		expect(passesHotPixel(0, 1, 1, 0, 0, 0)).toBe(false);
		expect(passesHotPixel(-1, 0, 0, 1, 0, 0)).toBe(false);
		expect(passesHotPixel(0, -1, 1, 0, 0, 0)).toBe(false);
		const far = 2 ** 42;
		expect(passesHotPixel(-far - 1, far, far, -far - 1, 0, 0)).toBe(true);
		expect(passesHotPixel(-far, far + 1, far + 1, -far, 0, 0)).toBe(false);
	});
});

describe('roundedCrossing', () => {
	it('rounds to the pixel that the exact crossing lies in', () => {
		const cases = fc.constantFrom(8, 200, 2 ** 31, 2 ** 42).chain((scale) => {
			const c = fc.integer({ min: -scale, max: scale });
			const point = fc.tuple(c, c);
			return fc.tuple(point, point, point, point);
		});
		const out = new Float64Array(2);
		let crossings = 0;
		fc.assert(
			fc.property(cases, ([a, b, c, d]) => {
				if (!roundedCrossing(...a, ...b, ...c, ...d, out)) return;
				crossings++;
				const [nx, ny, m] = exactCrossing(a, b, c, d);
				for (const [n, rounded] of [
					[nx, out[0]],
					[ny, out[1]],
				] as const) {
					const twice = 2n * (n - BigInt(rounded) * m);
					expect(twice >= -m && twice < m).toBe(true);
				}
			}),
			{ numRuns: 5000 },
		);
		expect(crossings).toBeGreaterThan(500);
	});

	it('rounds nearly parallel lines and exact halves right', () => {
		const out = new Float64Array(2);
		const far = 2 ** 40;
		expect(roundedCrossing(0, 0, far, 1, 0, 1, far, 0, out)).toBe(true);
		expect([...out]).toEqual([far / 2, 1]);
		expect(roundedCrossing(0, 0, 1, 1, 0, 1, 1, 0, out)).toBe(true);
		expect([...out]).toEqual([1, 1]);
		expect(roundedCrossing(-1, -1, 0, 0, -1, 0, 0, -1, out)).toBe(true);
		expect([...out]).toEqual([0, 0]);
	});

	it('is silent where segments touch, overlap or pass by', () => {
		const out = new Float64Array(2);
		expect(roundedCrossing(0, 0, 4, 0, 2, 0, 2, 5, out)).toBe(false);
		expect(roundedCrossing(0, 0, 4, 0, 2, 0, 9, 0, out)).toBe(false);
		expect(roundedCrossing(0, 0, 4, 4, 3, 4, 0, 1, out)).toBe(false);
	});
});

/** The crossing as numerators of x and y over one positive denominator. */
function exactCrossing(a: Steps, b: Steps, c: Steps, d: Steps): [bigint, bigint, bigint] {
	const [ux, uy] = [BigInt(b[0]) - BigInt(a[0]), BigInt(b[1]) - BigInt(a[1])];
	const [vx, vy] = [BigInt(d[0]) - BigInt(c[0]), BigInt(d[1]) - BigInt(c[1])];
	const t = (BigInt(c[0]) - BigInt(a[0])) * vy - (BigInt(c[1]) - BigInt(a[1])) * vx;
	const m = ux * vy - uy * vx;
	const sign = m < 0n ? -1n : 1n;
	return [sign * (BigInt(a[0]) * m + ux * t), sign * (BigInt(a[1]) * m + uy * t), sign * m];
}

describe('snap rounding', () => {
	it.each([1, 2, 3])('keeps lines %i steps apart apart where they are parallel to the grid', (gap) => {
		const { edges } = round(
			[
				[0, 0],
				[1000, 0],
				[1000, -500],
			],
			[
				[0, gap],
				[1000, gap],
				[500, 900],
			],
		);
		expect(edges).toHaveLength(6);
	});

	it('brings a vertex within half a step onto a long edge', () => {
		//        (1 000 000, 1)   the edge passes (500 000, ½): half-open, so it belongs to y = 1
		const { edges } = round(
			[
				[0, 0],
				[1_000_000, 1],
				[0, 900],
			],
			[
				[500_000, 1],
				[400_000, 900],
				[600_000, 900],
			],
		);
		expect(edges).toContain('0,0 500000,1');
		expect(edges).toContain('500000,1 1000000,1');
	});

	it('leaves a vertex beyond half a step alone', () => {
		const { edges } = round(
			[
				[0, 0],
				[1_000_000, 1],
				[0, 900],
			],
			[
				[499_999, 1],
				[400_000, 900],
				[600_000, 900],
			],
		);
		expect(edges).toContain('0,0 1000000,1');
	});

	it('collapses a sliver narrower than a step onto one line', () => {
		const { edges } = round(
			[
				[0, 0],
				[900, 0],
				[450, 0],
				[300, 500],
			],
			[
				[0, 0],
				[600, 0],
				[900, 0],
				[300, -500],
			],
		);
		expect(edges.filter((edge) => edge.split(' ').every((node) => node.endsWith(',0')))).toEqual([
			'0,0 450,0',
			'450,0 600,0',
			'600,0 900,0',
		]);
	});

	it('drops a ring that collapses to a line or a point', () => {
		expect(
			round([
				[0, 0],
				[9, 3],
				[0, 0],
				[9, 3],
			]).edges,
		).toEqual([]);
		expect(
			round([
				[5, 5],
				[5, 5],
				[5, 5],
			]).edges,
		).toEqual([]);
	});

	it('does not bend a line at a point that bounds nothing', () => {
		expect(
			round(
				[
					[0, 0],
					[90, 0],
					[0, 90],
				],
				[
					[40, 0],
					[40, 0],
					[40, 0],
				],
			).edges,
		).toContain('0,0 90,0');
	});

	it('keeps edges that pass no foreign hot pixel to the bit', () => {
		fc.assert(
			fc.property(fc.array(anyPolygons(2), { minLength: 1, maxLength: 2 }), (input) => {
				const { soup, rounded } = arrange(input);
				const { nodeX, nodeY, routes } = rounded;
				const bent: number[] = [];
				for (let e = 0; e < soup.edgeLow.length; e++) {
					const from = routes.nodes[routes.offsets[e]];
					const to = routes.nodes[routes.offsets[e + 1] - 1];
					expect([nodeX[from], nodeY[from]]).toEqual([
						soup.nodeX[soup.edgeLow[e]],
						soup.nodeY[soup.edgeLow[e]],
					]);
					expect([nodeX[to], nodeY[to]]).toEqual([
						soup.nodeX[soup.edgeHigh[e]],
						soup.nodeY[soup.edgeHigh[e]],
					]);
					const passes = nodeX.some(
						(_, n) =>
							n !== from &&
							n !== to &&
							passesHotPixel(nodeX[from], nodeY[from], nodeX[to], nodeY[to], nodeX[n], nodeY[n]),
					);
					if (!passes && routes.offsets[e + 1] - routes.offsets[e] > 2) bent.push(e);
				}
				expect(bent).toEqual([]);
			}),
			{ numRuns: 200 },
		);
	});

	it('routes again where a bent edge comes to pass another pixel, and stops', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 })), {
					minLength: 6,
					maxLength: 40,
				}),
				(points) => {
					const { soup, rounded } = arrange([polygonsOfSteps([[[points]]])]);
					const { nodeX, nodeY, routes } = rounded;
					expect(routes.rounds).toBeLessThanOrEqual(8);
					for (let e = 0; e < soup.edgeLow.length; e++) {
						const route = [...routes.nodes.subarray(routes.offsets[e], routes.offsets[e + 1])];
						const [from, to] = [route[0], route[route.length - 1]];
						const length = (m: number, n: number) =>
							Math.abs(nodeX[m] - nodeX[n]) + Math.abs(nodeY[m] - nodeY[n]);
						const pieces = route.slice(1).map((n, i) => length(route[i], n));
						expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(length(from, to));
						const [dx, dy] = [nodeX[to] - nodeX[from], nodeY[to] - nodeY[from]];
						for (const n of route) {
							const across = dx * (nodeY[n] - nodeY[from]) - dy * (nodeX[n] - nodeX[from]);
							const moved = Math.abs(across) / Math.hypot(dx, dy);
							expect(moved).toBeLessThanOrEqual(routes.rounds * Math.SQRT1_2 + 1e-9);
						}
					}
				},
			),
			{ numRuns: 100 },
		);
	});
});
