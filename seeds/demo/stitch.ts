import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { VertexMove } from './outline.ts';

/**
 * Merges rings that follow one line but stop at different points on it into one ring with all of their points.
 *
 * The rings start at the same corner, run the same way and share every vertex of `corners` in order; between two corners the
 * points are ordered along the edge. Longitude, latitude pairs. O(points).
 */
export function mergedRing(corners: Float64Array, rings: readonly Float64Array[]): Float64Array {
	const merged: number[] = [];
	const cursors = rings.map((ring) => indexOfPoint(ring, corners[0], corners[1]) + 1);
	const count = corners.length / 2;
	for (let c = 0; c < count; c++) {
		const [ax, ay] = [corners[2 * c], corners[2 * c + 1]];
		const end = (c + 1) % count;
		const [bx, by] = [corners[2 * end], corners[2 * end + 1]];
		const between: { x: number; y: number; t: number }[] = [];
		rings.forEach((ring, r) => {
			const length = ring.length / 2;
			for (let steps = 0; steps <= length; steps++) {
				const i = cursors[r]++ % length;
				const [x, y] = [ring[2 * i], ring[2 * i + 1]];
				if (x === bx && y === by) return;
				if (steps === length) throw new Error('a ring left the outline');
				between.push({ x, y, t: (x - ax) * (bx - ax) + (y - ay) * (by - ay) });
			}
		});
		between.sort((p, q) => p.t - q.t);
		merged.push(ax, ay);
		between.forEach(({ x, y }, k) => {
			if (k === 0 || x !== between[k - 1].x || y !== between[k - 1].y) merged.push(x, y);
		});
	}
	return Float64Array.from(merged);
}

function indexOfPoint(ring: Float64Array, x: number, y: number): number {
	for (let i = 0; i < ring.length; i += 2) if (ring[i] === x && ring[i + 1] === y) return i / 2;
	throw new Error('a ring misses a corner of the outline');
}

/** Rows of one longitude in a ring, for finding a point by its coordinates without text keys. */
export class PointIndex {
	readonly #rows = new Map<number, { lat: number; at: number }[]>();

	constructor(ring: Float64Array) {
		for (let at = 0; at < ring.length / 2; at++) {
			const row = this.#rows.get(ring[2 * at]);
			const entry = { lat: ring[2 * at + 1], at };
			if (row) row.push(entry);
			else this.#rows.set(ring[2 * at], [entry]);
		}
	}

	/** The number of the ring's point at a position, −1 when there is none. */
	find(lon: number, lat: number): number {
		return this.#rows.get(lon)?.find((entry) => entry.lat === lat)?.at ?? -1;
	}
}

/**
 * Gives every ring edge that runs along the outline all of the outline's points there, and moves one vertex.
 *
 * An edge runs along the outline when both its ends are outline points at most `gap` places apart, where `gap` says how many
 * foreign points may stand between; both directions are served. O(points).
 */
export function stitched(
	polygons: FlatPolygons,
	outline: Float64Array,
	along: PointIndex,
	move: VertexMove,
): FlatPolygons {
	const { coordinates, ringOffsets } = polygons;
	const count = outline.length / 2;
	const out: number[] = [];
	const offsets = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const [from, to] = [ringOffsets[r], ringOffsets[r + 1]];
		let here = along.find(coordinates[2 * from], coordinates[2 * from + 1]);
		for (let i = from; i < to; i++) {
			const next = i + 1 < to ? i + 1 : from;
			const there = along.find(coordinates[2 * next], coordinates[2 * next + 1]);
			out.push(coordinates[2 * i], coordinates[2 * i + 1]);
			if (here >= 0 && there >= 0) {
				const ahead = (there - here + count) % count;
				const forward = ahead <= count / 2;
				const steps = forward ? ahead : count - ahead;
				const onLine = steps > 1 && steps < 12 && isStraight(outline, here, there, steps, forward);
				for (let s = 1; onLine && s < steps; s++) {
					const at = (here + (forward ? s : -s) + count) % count;
					out.push(outline[2 * at], outline[2 * at + 1]);
				}
			}
			here = there;
		}
		offsets[r + 1] = out.length / 2;
	}
	for (let i = 0; i < out.length; i += 2) {
		if (out[i] === move.from[0] && out[i + 1] === move.from[1]) [out[i], out[i + 1]] = move.to;
	}
	return { ...polygons, coordinates: Float64Array.from(out), ringOffsets: offsets };
}

/** Says whether the outline's points between two of them lie on the straight line, to a few grid steps. */
function isStraight(
	outline: Float64Array,
	from: number,
	to: number,
	steps: number,
	forward: boolean,
): boolean {
	const count = outline.length / 2;
	const [ax, ay] = [outline[2 * from], outline[2 * from + 1]];
	const dx = outline[2 * to] - ax;
	const dy = outline[2 * to + 1] - ay;
	const length = Math.hypot(dx, dy);
	for (let s = 1; s < steps; s++) {
		const at = (from + (forward ? s : -s) + count) % count;
		const offset = Math.abs(dx * (outline[2 * at + 1] - ay) - dy * (outline[2 * at] - ax)) / length;
		if (offset > 4e-10) return false;
	}
	return true;
}
