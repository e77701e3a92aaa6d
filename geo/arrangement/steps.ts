import type { Arrangement } from './arrange.ts';
import { fromGridSteps } from './grid-position.ts';
import { passesHotPixel } from './hot-pixel.ts';
import type { MetresPerDegree } from './metres.ts';

/** A position in whole grid steps. */
export type Steps = readonly [x: number, y: number];

/** Where a node of an arrangement lies. */
export function stepsOf({ rounded }: Arrangement, node: number): Steps {
	return [rounded.nodeX[node], rounded.nodeY[node]];
}

/** The length of an edge in metres, by a flat frame. */
export function lengthM({ east, north }: MetresPerDegree, a: Steps, b: Steps): number {
	return Math.hypot(fromGridSteps(b[0] - a[0]) * east, fromGridSteps(b[1] - a[1]) * north);
}

/** The grid point at a share of an edge whose hot pixel the edge passes; null if rounding leaves none. */
export function snapOnto(a: Steps, b: Steps, share: number): Steps | null {
	const x = a[0] + share * (b[0] - a[0]);
	const y = a[1] + share * (b[1] - a[1]);
	const candidates = [Math.floor(x), Math.floor(x) + 1]
		.flatMap((cx) => [Math.floor(y), Math.floor(y) + 1].map((cy): Steps => [cx, cy]))
		.sort((p, q) => Math.hypot(p[0] - x, p[1] - y) - Math.hypot(q[0] - x, q[1] - y));
	return candidates.find(([cx, cy]) => passesHotPixel(a[0], a[1], b[0], b[1], cx, cy)) ?? null;
}

/** A line from one place to another, in degrees. */
export function lineOfSteps(from: Steps, to: Steps): Float64Array {
	return Float64Array.of(
		fromGridSteps(from[0]),
		fromGridSteps(from[1]),
		fromGridSteps(to[0]),
		fromGridSteps(to[1]),
	);
}
