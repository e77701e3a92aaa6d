import { ellipsoidalRingAreaM2 } from '$geo/area/ellipsoidal.ts';
import { GRID_STEP_DEG, snapToGrid } from '$geo/grid.ts';
import { between, smoothNoise } from './chance.ts';
import { ringAreaM2, smoothCurve } from './curve.ts';
import { gridPoint } from './frame.ts';
import type { LocalFrame, PointM, RingM } from './frame.ts';
import type { ParkLayout } from './park-layout.ts';

const STEP_M = 90;
/** Reach in grid steps of the search for the last hundredths of a square metre. */
const FINE_STEPS = 4;

/**
 * The smooth outline of a park, counter-clockwise in metres, scaled about its origin until the ellipsoidal area of its grid
 * points is nominal to about a square metre.
 */
export function smoothOutline(layout: ParkLayout, frame: LocalFrame, seed: number): RingM {
	const controls = layout.outline.map(([eastM, northM], k): PointM => {
		const angle = between(0, 2 * Math.PI, seed, 131, k);
		const reach = layout.jitterM * between(0, 1, seed, 132, k);
		return [eastM + reach * Math.cos(angle), northM + reach * Math.sin(angle)];
	});
	const roughM = layout.jitterM * 0.55;
	const drawn = smoothCurve(controls, STEP_M, true).map(([eastM, northM]): PointM => {
		const shift = [133, 134].map((salt) => roughM * smoothNoise(seed, salt, eastM, northM, 8 * roughM));
		return [eastM + shift[0], northM + shift[1]];
	});
	if (ringAreaM2(drawn) < 0) drawn.reverse();
	const nominalM2 = layout.nominalKm2 * 1e6;
	let scale = Math.sqrt(nominalM2 / ringAreaM2(drawn));
	for (let round = 0; round < 4; round++) {
		const areaM2 = openRingAreaM2(gridRing(frame, scaled(drawn, scale)));
		scale *= Math.sqrt(nominalM2 / areaM2);
	}
	return scaled(drawn, scale);
}

function scaled(ring: RingM, scale: number): PointM[] {
	return ring.map(([eastM, northM]): PointM => [eastM * scale, northM * scale]);
}

/** A ring's points on the grid as longitude, latitude pairs. */
export function gridRing(frame: LocalFrame, ring: RingM): Float64Array {
	return Float64Array.from(ring.flatMap((point) => gridPoint(frame, point)));
}

/** Signed ellipsoidal area in m² of an open ring of longitude, latitude pairs. O(points). */
export function openRingAreaM2(ring: Float64Array): number {
	return ellipsoidalRingAreaM2(ring, 0, ring.length / 2);
}

/** One vertex moved: `from` to `to`, both on the grid. */
export interface VertexMove {
	readonly from: readonly [lon: number, lat: number];
	readonly to: readonly [lon: number, lat: number];
}

/**
 * Finds the small move of one of the `free` vertices that gives a ring the nominal area, to 0.001 m².
 *
 * The vertex whose neighbours are farthest apart moves across their chord; a search over the grid points about the goal takes the
 * best. Refuses (throws) when a move of more than a metre would be needed: the outline was not scaled first.
 */
export function areaMove(
	frame: LocalFrame,
	ring: Float64Array,
	free: readonly number[],
	nominalM2: number,
): VertexMove {
	const count = ring.length / 2;
	const chordM = (vertex: number): PointM => {
		const before = (vertex + count - 1) % count;
		const after = (vertex + 1) % count;
		return [
			(ring[2 * after] - ring[2 * before]) / frame.lonPerM,
			(ring[2 * after + 1] - ring[2 * before + 1]) / frame.latPerM,
		];
	};
	const vertex = free.reduce((best, v) =>
		Math.hypot(...chordM(v)) > Math.hypot(...chordM(best)) ? v : best,
	);
	const [eastM, northM] = chordM(vertex);
	const chord2 = eastM * eastM + northM * northM;
	const from: [number, number] = [ring[2 * vertex], ring[2 * vertex + 1]];
	const moved = ring.slice();
	const place = (lon: number, lat: number): number => {
		moved[2 * vertex] = lon;
		moved[2 * vertex + 1] = lat;
		return nominalM2 - openRingAreaM2(moved);
	};
	let to = from;
	for (let round = 0; round < 3; round++) {
		const pushM = (2 * place(...to)) / chord2;
		const [lonM, latM] = [northM * pushM, -eastM * pushM];
		to = [snapToGrid(to[0] + lonM * frame.lonPerM), snapToGrid(to[1] + latM * frame.latPerM)];
	}
	let least = Math.abs(place(...to));
	const goal = to;
	for (let i = -FINE_STEPS; i <= FINE_STEPS; i++) {
		for (let j = -FINE_STEPS; j <= FINE_STEPS; j++) {
			const candidate: [number, number] = [goal[0] + i * GRID_STEP_DEG, goal[1] + j * GRID_STEP_DEG];
			const lacking = Math.abs(place(...candidate));
			if (lacking < least) [least, to] = [lacking, candidate];
		}
	}
	if (Math.abs(to[0] - from[0]) > frame.lonPerM || Math.abs(to[1] - from[1]) > frame.latPerM) {
		throw new Error('the outline is too far from its nominal area to be fitted by one vertex');
	}
	return { from, to };
}
