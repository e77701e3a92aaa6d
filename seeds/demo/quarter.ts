import { arrange } from '$geo/arrangement/arrange.ts';
import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import { flatRings } from './cut-sheet.ts';
import { ringAreaM2, ringCentroid } from './curve.ts';
import { districtAt } from './district.ts';
import { metrePoint } from './frame.ts';
import type { LocalFrame, PointM, RingM } from './frame.ts';
import type { District, ParkLayout } from './park-layout.ts';

/** Less ground than this between two bands is part of what lies beside it. */
const LEAST_M2 = 2500;
const CELL_M = 60;

/** A piece of a park between its bands: avenues, water, railways and the outline. */
export interface Quarter {
	readonly ring: RingM;
	readonly areaM2: number;
	readonly centre: PointM;
	readonly district: District;
}

/** The ground of a park that no band's ring covers, a quarter for each connected piece. Near linear in the points. */
export function quartersOf(
	layout: ParkLayout,
	frame: LocalFrame,
	outline: RingM,
	bandRings: readonly RingM[],
	seed: number,
): Quarter[] {
	const arrangement = arrange([flatRings(frame, [outline]), flatRings(frame, bandRings)]);
	const [inside, banded] = arrangement.covers;
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		inside.offsets[face] < inside.offsets[face + 1] && banded.offsets[face] === banded.offsets[face + 1]
			? face
			: 0,
	);
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = dissolveFaces(
		arrangement,
		labels,
	).polygons;
	const quarters: Quarter[] = [];
	for (let f = 0; f + 1 < featureOffsets.length; f++) {
		const shell = polygonOffsets[featureOffsets[f]];
		const ring: PointM[] = [];
		for (let i = ringOffsets[shell]; i < ringOffsets[shell + 1]; i++)
			ring.push(metrePoint(frame, coordinates[2 * i], coordinates[2 * i + 1]));
		const areaM2 = ringAreaM2(ring);
		if (areaM2 < LEAST_M2) continue;
		const centre = ringCentroid(ring);
		quarters.push({ ring, areaM2, centre, district: districtAt(layout, centre, seed) });
	}
	return quarters;
}

/**
 * Says which quarter is nearest to a point, to about 60 m: the quarters are painted on cells and grow until they meet.
 *
 * Painting is O(cells · quarters' points per row), a question O(1). −1 only when there is no quarter.
 */
export function quarterFinder(quarters: readonly Quarter[]): (point: PointM) => number {
	const all = quarters.flatMap(({ ring }) => ring);
	const west = Math.min(...all.map(([east]) => east)) - 8 * CELL_M;
	const south = Math.min(...all.map(([, north]) => north)) - 8 * CELL_M;
	const columns = Math.ceil((Math.max(...all.map(([east]) => east)) - west) / CELL_M) + 8;
	const rows = Math.ceil((Math.max(...all.map(([, north]) => north)) - south) / CELL_M) + 8;
	const owner = new Int32Array(columns * rows).fill(-1);
	quarters.forEach(({ ring }, q) => {
		for (const cell of cellsInside(ring, west, south, columns)) owner[cell] = q;
	});
	let front: number[] = [];
	owner.forEach((q, cell) => q >= 0 && front.push(cell));
	while (front.length > 0) {
		const next: number[] = [];
		for (const cell of front) {
			const column = cell % columns;
			const beside = [
				column > 0 ? cell - 1 : -1,
				column + 1 < columns ? cell + 1 : -1,
				cell - columns,
				cell + columns,
			];
			for (const other of beside) {
				if (other < 0 || other >= owner.length || owner[other] >= 0) continue;
				owner[other] = owner[cell];
				next.push(other);
			}
		}
		front = next;
	}
	const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)));
	return ([east, north]) =>
		owner[clamp((north - south) / CELL_M, rows) * columns + clamp((east - west) / CELL_M, columns)];
}

/** The cells whose middle lies inside a ring. O(rows · points + cells). */
function cellsInside(ring: RingM, west: number, south: number, columns: number): number[] {
	const cells: number[] = [];
	const norths = ring.map(([, north]) => north);
	const first = Math.floor((Math.min(...norths) - south) / CELL_M);
	const last = Math.floor((Math.max(...norths) - south) / CELL_M);
	for (let row = first; row <= last; row++) {
		const north = south + (row + 0.5) * CELL_M;
		const crossings: number[] = [];
		for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
			const [[ax, ay], [bx, by]] = [ring[j], ring[i]];
			if (ay > north !== by > north) crossings.push(ax + ((bx - ax) * (north - ay)) / (by - ay));
		}
		crossings.sort((a, b) => a - b);
		for (let c = 0; c + 1 < crossings.length; c += 2) {
			const from = Math.ceil((crossings[c] - west) / CELL_M - 0.5);
			const to = Math.floor((crossings[c + 1] - west) / CELL_M - 0.5);
			for (let column = from; column <= to; column++) cells.push(row * columns + column);
		}
	}
	return cells;
}
