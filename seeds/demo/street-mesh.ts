import { between, smoothNoise } from './chance.ts';
import type { PointM, RingM } from './frame.ts';
import type { ParkLayout } from './park-layout.ts';

/** Every third line of the mesh is an arterial; the others are collectors. */
const ARTERIAL_EVERY = 3;
const WAVES: readonly (readonly [lengthM: number, amplitudeM: number])[] = [
	[15000, 420],
	[6400, 170],
	[2900, 45],
];
/** No point of the mesh is farther than this from where it would lie unbent. */
const WARP_MAX_M = 800;

/**
 * A park's street pattern before anything is cut: lines of constant u and v under a smooth warp of the plane.
 *
 * Node (i, j) is where column line i meets row line j; cell (i, j) lies north-east of it.
 */
export interface StreetMesh {
	readonly columnsM: Float64Array;
	readonly rowsM: Float64Array;
	/** The point in metres of parameters (u, v). */
	readonly at: (u: number, v: number) => PointM;
	/** The cell of a point in metres. */
	readonly cellOf: (point: PointM) => [column: number, row: number];
}

/** Says whether line k of either family is an arterial. */
export function isArterial(line: number): boolean {
	return line % ARTERIAL_EVERY === 0;
}

/** The arterial-bounded superblock of a cell, as column and row of superblocks. */
export function superblockOf([column, row]: readonly [number, number]): [column: number, row: number] {
	return [Math.floor(column / ARTERIAL_EVERY), Math.floor(row / ARTERIAL_EVERY)];
}

/**
 * Lays the mesh over an outline with cells of about `spacingM`. `wobbleM` moves lines a little: two surveys of one street.
 *
 * O(lines).
 */
export function streetMesh(
	layout: ParkLayout,
	outline: RingM,
	spacingM: number,
	seed: number,
	wobbleM = 0,
): StreetMesh {
	const turn = (layout.turnDeg * Math.PI) / 180;
	const cos = Math.cos(turn);
	const sin = Math.sin(turn);
	const us = outline.map(([e, n]) => e * cos + n * sin);
	const vs = outline.map(([e, n]) => n * cos - e * sin);
	const phases = WAVES.flatMap((_, k) => [0, 1, 2, 3].map((m) => between(0, 2 * Math.PI, seed, 11, k, m)));
	const warp = (u: number, v: number): PointM => {
		let du = 0;
		let dv = 0;
		WAVES.forEach(([lengthM, amplitudeM], k) => {
			const rate = (2 * Math.PI) / lengthM;
			du += amplitudeM * Math.sin(rate * (v + 0.3 * u) + phases[4 * k]) * 0.8;
			du += amplitudeM * Math.sin(rate * u + phases[4 * k + 1]) * 0.4;
			dv += amplitudeM * Math.sin(rate * (u - 0.3 * v) + phases[4 * k + 2]) * 0.8;
			dv += amplitudeM * Math.sin(rate * v + phases[4 * k + 3]) * 0.4;
		});
		if (wobbleM > 0) {
			du += wobbleM * smoothNoise(seed, 12, u, v, 1100);
			dv += wobbleM * smoothNoise(seed, 13, u, v, 1100);
		}
		return [du, dv];
	};
	const columnsM = linePositions(Math.min(...us), Math.max(...us), spacingM, seed, 1);
	const rowsM = linePositions(Math.min(...vs), Math.max(...vs), spacingM, seed, 2);
	const at = (u: number, v: number): PointM => {
		const [du, dv] = warp(u, v);
		return [(u + du) * cos - (v + dv) * sin, (u + du) * sin + (v + dv) * cos];
	};
	const cellOf = ([eastM, northM]: PointM): [number, number] => {
		const u0 = eastM * cos + northM * sin;
		const v0 = northM * cos - eastM * sin;
		let u = u0;
		let v = v0;
		for (let round = 0; round < 8; round++) {
			const [du, dv] = warp(u, v);
			u = u0 - du;
			v = v0 - dv;
		}
		return [lastAtMost(columnsM, u), lastAtMost(rowsM, v)];
	};
	return { columnsM, rowsM, at, cellOf };
}

function linePositions(
	low: number,
	high: number,
	spacingM: number,
	seed: number,
	family: number,
): Float64Array {
	const positions: number[] = [];
	let position = low - WARP_MAX_M - 4 * spacingM;
	while (position < high + WARP_MAX_M + 4 * spacingM || positions.length < 4) {
		positions.push(position);
		const group = Math.floor(positions.length / ARTERIAL_EVERY);
		const wide = between(0.86, 1.16, seed, 20 + family, group);
		position += spacingM * wide * between(0.85, 1.15, seed, 30 + family, positions.length);
	}
	return Float64Array.from(positions);
}

function lastAtMost(sorted: Float64Array, value: number): number {
	let low = 0;
	let high = sorted.length - 2;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (sorted[middle] <= value) low = middle;
		else high = middle - 1;
	}
	return low;
}
