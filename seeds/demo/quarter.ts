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
const CELL_M = 30;
/** Ground of a band so near to a quarter in its south-west is that quarter's: wide rivers are parted in their middle. */
const BESIDE_M = 200;
/** The way from there, between those of avenues. */
const BESIDE = [0.57, 0.82] as const;

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
 * Says which quarter a point belongs to, to about 30 m: the quarters are painted on cells and grow until they meet.
 *
 * A road between two quarters is of the one to its south-west, and so is their crossing: what is made of quarters then runs on along one kerb.
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
	const painted = owner.slice();
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
	const cellAt = (east: number, north: number) =>
		clamp((north - south) / CELL_M, rows) * columns + clamp((east - west) / CELL_M, columns);
	return ([east, north]) => {
		for (let farM = 0; farM <= BESIDE_M; farM += CELL_M / 2) {
			const quarter = painted[cellAt(east - farM * BESIDE[0], north - farM * BESIDE[1])];
			if (quarter >= 0) return quarter;
		}
		return owner[cellAt(east, north)];
	};
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
