import { inspectSet } from '../check/check.ts';
import { basePolygons, OUTSIDE } from '../coverage/coverage-base.ts';
import type { CoverageBase } from '../coverage/coverage-base.ts';
import { latToWorldY, worldYToLat } from '../crs/web-mercator.ts';
import { snapToGrid } from '../grid.ts';
import { mapAreas } from './merge-small.ts';

/** Each time what the last one left is spread again; later ones find little. */
const ROUNDS = 4;
/** How often boundaries that came to cross are put back and the rest looked at again. */
const REPAIRS = 5;
/** Numbers without room to grow are not pressed for ever: the share of its whole boundary that each leans on where it is. */
const STIFFNESS = 1e-3;
const SOLVER_STEPS = 200;
/** Of the least boundary length at a corner, what holds it along an edge. */
const CORNER_HOLD = 1e-6;

/**
 * Moves the boundaries of a coverage a little, so that the parcels of each number have the area that they shall have.
 *
 * `areas` are in square degrees of longitude on the Web Mercator plane, as `mapAreas` measures. Every number presses on its neighbours, all along their common
 * boundary alike: the pressures solve the graph Laplacian of boundary lengths, so that what one number has too much comes by way of others to those that
 * lack it, and each boundary moves by the difference of pressures on its two sides, `mostDeg` at most. The outer boundary stays; so does what would
 * come to cross. Arcs, nodes and neighbours are those of `base`, and all but its vertices is shared with it. O(vertices log vertices).
 */
export function pressBoundaries(
	base: CoverageBase,
	areas: ReadonlyMap<number, number>,
	mostDeg: number,
): CoverageBase {
	const plane = toPlane(base.vertices);
	const contacts = contactsOf(base, plane);
	const pressures = new Float64Array(base.parcelNos.length);
	const isHeld = outerVertices(base);
	let pressed = base;
	for (let round = 0; round < ROUNDS; round++) {
		const now = mapAreas(pressed);
		const lacking = Float64Array.from(base.parcelNos, (no) => (areas.get(no) ?? 0) - (now.get(no) ?? 0));
		solve(contacts, lacking).forEach((pressure, parcel) => (pressures[parcel] += pressure));
		pressed = moved(base, plane, pressures, isHeld, mostDeg);
	}
	for (let repair = 0; repair < REPAIRS; repair++) {
		const places = crossings(pressed);
		if (places.length === 0) return pressed;
		hold(isHeld, base, plane, places, 2 * mostDeg * 2 ** repair);
		pressed = moved(base, plane, pressures, isHeld, mostDeg);
	}
	return crossings(pressed).length === 0 ? pressed : base;
}

/** Positions x (degrees of longitude), y (the same unit, northwards) on the Web Mercator plane. */
function toPlane(vertices: Float64Array): Float64Array {
	return vertices.map((value, i) => (i % 2 === 0 ? value : -360 * latToWorldY(value)));
}

/** Pairs of parcels with the length of their common boundary: parcel indexes at 2k, 2k + 1. */
interface Contacts {
	readonly sides: Int32Array;
	readonly lengths: Float64Array;
}

function contactsOf(
	{ arcOffsets, arcVertices, arcLeft, arcRight, parcelNos }: CoverageBase,
	plane: Float64Array,
) {
	const lengthOf = new Map<number, number>();
	for (let a = 0; a < arcLeft.length; a++) {
		const [low, high] = [Math.min(arcLeft[a], arcRight[a]), Math.max(arcLeft[a], arcRight[a])];
		if (low === OUTSIDE || low === high) continue;
		let length = 0;
		for (let i = arcOffsets[a] + 1; i < arcOffsets[a + 1]; i++) {
			const [v, w] = [arcVertices[i - 1], arcVertices[i]];
			length += Math.hypot(plane[2 * w] - plane[2 * v], plane[2 * w + 1] - plane[2 * v + 1]);
		}
		const key = low * parcelNos.length + high;
		lengthOf.set(key, (lengthOf.get(key) ?? 0) + length);
	}
	const sides = new Int32Array(2 * lengthOf.size);
	[...lengthOf.keys()].forEach((key, k) => {
		sides[2 * k] = Math.floor(key / parcelNos.length);
		sides[2 * k + 1] = key % parcelNos.length;
	});
	return { sides, lengths: Float64Array.from(lengthOf.values()) };
}

/** The pressures by which each parcel gains what it lacks, by conjugate gradients with the diagonal as preconditioner. */
function solve({ sides, lengths }: Contacts, lacking: Float64Array): Float64Array {
	const diagonal = new Float64Array(lacking.length);
	lengths.forEach((length, k) => {
		diagonal[sides[2 * k]] += length;
		diagonal[sides[2 * k + 1]] += length;
	});
	const times = (p: Float64Array) => {
		const result = p.map((pressure, i) => STIFFNESS * diagonal[i] * pressure);
		lengths.forEach((length, k) => {
			const flow = length * (p[sides[2 * k]] - p[sides[2 * k + 1]]);
			result[sides[2 * k]] += flow;
			result[sides[2 * k + 1]] -= flow;
		});
		return result;
	};
	const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
	const eased = (r: Float64Array) => r.map((value, i) => (diagonal[i] > 0 ? value / diagonal[i] : 0));
	const pressures = new Float64Array(lacking.length);
	let left = lacking.map((value, i) => (diagonal[i] > 0 ? value : 0));
	let way = eased(left);
	let size = dot(left, way);
	const enough = size * 1e-12;
	for (let step = 0; step < SOLVER_STEPS && size > enough; step++) {
		const along = times(way);
		const far = size / dot(way, along);
		way.forEach((value, i) => (pressures[i] += far * value));
		left = left.map((value, i) => value - far * along[i]);
		const next = eased(left);
		const nextSize = dot(left, next);
		way = next.map((value, i) => value + (nextSize / size) * way[i]);
		size = nextSize;
	}
	return pressures;
}

/** Says of each vertex whether it lies on the outer boundary. */
function outerVertices({ vertices, arcOffsets, arcVertices, arcLeft, arcRight }: CoverageBase): Uint8Array {
	const isOuter = new Uint8Array(vertices.length / 2);
	for (let a = 0; a < arcLeft.length; a++) {
		if (arcLeft[a] !== OUTSIDE && arcRight[a] !== OUTSIDE) continue;
		for (let i = arcOffsets[a]; i < arcOffsets[a + 1]; i++) isOuter[arcVertices[i]] = 1;
	}
	return isOuter;
}

/** The base with each vertex where the edges at it, each shifted by the difference of pressures on its sides, meet best. */
function moved(
	base: CoverageBase,
	plane: Float64Array,
	pressures: Float64Array,
	isHeld: Uint8Array,
	mostDeg: number,
): CoverageBase {
	const { arcOffsets, arcVertices, arcLeft, arcRight } = base;
	// Of each vertex, sums over its edges, by length: the normal's products xx, xy, yy, and the shift along it x, y.
	const sums = new Float64Array((5 * plane.length) / 2);
	for (let a = 0; a < arcLeft.length; a++) {
		if (arcLeft[a] === OUTSIDE || arcRight[a] === OUTSIDE) continue;
		const shift = pressures[arcLeft[a]] - pressures[arcRight[a]];
		for (let i = arcOffsets[a] + 1; i < arcOffsets[a + 1]; i++) {
			const [v, w] = [arcVertices[i - 1], arcVertices[i]];
			const [dx, dy] = [plane[2 * w] - plane[2 * v], plane[2 * w + 1] - plane[2 * v + 1]];
			const length = Math.hypot(dx, dy);
			// The normal to the right: the left side grows.
			const [nx, ny] = [dy / length, -dx / length];
			for (const vertex of [v, w]) {
				sums[5 * vertex] += length * nx * nx;
				sums[5 * vertex + 1] += length * nx * ny;
				sums[5 * vertex + 2] += length * ny * ny;
				sums[5 * vertex + 3] += length * shift * nx;
				sums[5 * vertex + 4] += length * shift * ny;
			}
		}
	}
	const vertices = base.vertices.slice();
	for (let v = 0; v < isHeld.length; v++) {
		const [xx, xy, yy, x, y] = sums.subarray(5 * v, 5 * v + 5);
		if (isHeld[v] === 1 || xx + yy === 0) continue;
		const hold = CORNER_HOLD * (xx + yy);
		const determinant = (xx + hold) * (yy + hold) - xy * xy;
		const dx = ((yy + hold) * x - xy * y) / determinant;
		const dy = ((xx + hold) * y - xy * x) / determinant;
		const part = Math.min(1, mostDeg / Math.hypot(dx, dy));
		if (!(part > 0)) continue;
		vertices[2 * v] = snapToGrid(plane[2 * v] + part * dx);
		vertices[2 * v + 1] = snapToGrid(worldYToLat(-(plane[2 * v + 1] + part * dy) / 360));
	}
	return { ...base, vertices };
}

/** Where polygons cross or overlap, on the plane: x, y pairs. */
function crossings(base: CoverageBase): Float64Array {
	const polygons = basePolygons(base, 0, base.parcelNos.length);
	const count = base.polygonOffsets.length - 1;
	const { issues } = inspectSet({
		parcelNos: Int32Array.from({ length: count }, (_, p) => p + 1),
		polygons: { ...polygons, featureOffsets: Uint32Array.from({ length: count + 1 }, (_, p) => p) },
	});
	return toPlane(Float64Array.from(issues.flatMap(({ at }) => at ?? [])));
}

/** Holds the ends of edges that pass near to any of the places. O(edges · places): these are few. */
function hold(
	isHeld: Uint8Array,
	{ arcOffsets, arcVertices }: CoverageBase,
	plane: Float64Array,
	places: Float64Array,
	nearDeg: number,
): void {
	for (let a = 0; a + 1 < arcOffsets.length; a++) {
		for (let i = arcOffsets[a] + 1; i < arcOffsets[a + 1]; i++) {
			const [v, w] = [arcVertices[i - 1], arcVertices[i]];
			if (!passes(plane, v, w, places, nearDeg)) continue;
			isHeld[v] = 1;
			isHeld[w] = 1;
		}
	}
}

/** Says whether the edge between two vertices passes near to any of the places. */
function passes(plane: Float64Array, v: number, w: number, places: Float64Array, nearDeg: number): boolean {
	const [x, y] = [plane[2 * v], plane[2 * v + 1]];
	const [dx, dy] = [plane[2 * w] - x, plane[2 * w + 1] - y];
	const length2 = dx * dx + dy * dy;
	for (let i = 0; i < places.length; i += 2) {
		const [px, py] = [places[i] - x, places[i + 1] - y];
		const along = Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
		if (Math.hypot(px - along * dx, py - along * dy) < nearDeg) return true;
	}
	return false;
}
