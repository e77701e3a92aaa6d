import Flatbush from 'flatbush';
import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { arrange } from '../arrangement/arrange.ts';

/** Crossings in the plane are rounded to 2⁻²⁰ m, about a micrometre: one grid step stands for one of these. */
const STEPS_PER_M = 2 ** 20;

/** A cell and the eight round it. */
const NEAR_CELLS = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy]));

/** Planar polygons with all nodes in all edges that they lie on. */
export interface NodedPlanar {
	readonly planar: FlatPolygons;
	/** The farthest that a vertex or a point of an edge of each feature moved, metres. */
	readonly movedM: Float64Array;
	readonly nodesInserted: number;
}

/** Vertices on their way to the noded polygons. */
interface Vertices {
	/** Representatives, ascending by (x, y). */
	readonly x: number[];
	readonly y: number[];
	/** The representative of each position, −1 for one that is not finite. */
	readonly ofPosition: Int32Array;
}

/**
 * Nodes polygons in a plane, with a tolerance in metres: coordinates are x, y pairs in metres.
 *
 * Vertices within the tolerance of one that comes before them by (x, y) become that one; then every edge is led through all vertices within
 * the tolerance of it; then edges that still cross get a vertex there. Nothing else moves: coordinates are kept to the bit. What the
 * bending makes cross anew within the tolerance is a sliver, for cleaning to settle. The result does not depend on order or
 * direction. O((edges + crossings) log).
 */
export function nodePlanar(planar: FlatPolygons, toleranceM: number): NodedPlanar {
	const tolerance = toleranceM > 0 ? toleranceM : 0;
	const vertices = clusterVertices(planar.coordinates, tolerance);
	const movedM = new Float64Array(planar.featureOffsets.length - 1);
	const bent = leadThrough(planar, vertices, tolerance, movedM);
	const crossed = addCrossings(bent);
	return {
		planar: crossed,
		movedM,
		nodesInserted: (crossed.coordinates.length - planar.coordinates.length) / 2,
	};
}

function clusterVertices(coordinates: Float64Array, tolerance: number): Vertices {
	const count = coordinates.length / 2;
	const isFinitePosition = (i: number) =>
		Number.isFinite(coordinates[2 * i]) && Number.isFinite(coordinates[2 * i + 1]);
	const order = Array.from({ length: count }, (_, i) => i)
		.filter(isFinitePosition)
		.sort(
			(a, b) => coordinates[2 * a] - coordinates[2 * b] || coordinates[2 * a + 1] - coordinates[2 * b + 1],
		);
	const ofPosition = new Int32Array(count).fill(-1);
	const x: number[] = [];
	const y: number[] = [];
	/** Representatives by cells of the tolerance. */
	const cells = new Map<string, number[]>();
	const cellOf = (value: number) => (tolerance > 0 ? Math.floor(value / tolerance) : value);
	for (const i of order) {
		const px = coordinates[2 * i];
		const py = coordinates[2 * i + 1];
		const cellX = cellOf(px);
		const cellY = cellOf(py);
		let nearest = -1;
		let least = Infinity;
		for (const shift of tolerance > 0 ? NEAR_CELLS : [[0, 0]]) {
			for (const r of cells.get(`${cellX + shift[0]} ${cellY + shift[1]}`) ?? []) {
				const away = Math.hypot(x[r] - px, y[r] - py);
				if (away > tolerance || away > least || (away === least && r > nearest)) continue;
				nearest = r;
				least = away;
			}
		}
		if (nearest < 0) {
			nearest = x.length;
			x.push(px);
			y.push(py);
			const key = `${cellX} ${cellY}`;
			cells.set(key, [...(cells.get(key) ?? []), nearest]);
		}
		ofPosition[i] = nearest;
	}
	return { x, y, ofPosition };
}

function leadThrough(
	planar: FlatPolygons,
	{ x, y, ofPosition }: Vertices,
	tolerance: number,
	movedM: Float64Array,
): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = planar;
	const index = x.length === 0 ? null : new Flatbush(x.length);
	x.forEach((px, r) => index?.add(px, y[r], px, y[r]));
	index?.finish();
	/** The vertices near edge a–b in order from a, and the farthest of them from it. */
	const onEdge = (a: number, b: number) => {
		// In one direction for both neighbours, so that they agree to the bit.
		const [low, high] = a < b ? [a, b] : [b, a];
		const dx = x[high] - x[low];
		const dy = y[high] - y[low];
		const length = Math.hypot(dx, dy);
		const places: { r: number; along: number }[] = [];
		let farthest = 0;
		index?.search(
			Math.min(x[a], x[b]) - tolerance,
			Math.min(y[a], y[b]) - tolerance,
			Math.max(x[a], x[b]) + tolerance,
			Math.max(y[a], y[b]) + tolerance,
			(r) => {
				if (r === a || r === b) return false;
				const along = ((x[r] - x[low]) * dx + (y[r] - y[low]) * dy) / length;
				const across = Math.abs((x[r] - x[low]) * dy - (y[r] - y[low]) * dx) / length;
				if (along > 0 && along < length && across <= tolerance) {
					places.push({ r, along });
					farthest = Math.max(farthest, across);
				}
				return false;
			},
		);
		places.sort((p, q) => p.along - q.along || p.r - q.r);
		const nodes = places.map(({ r }) => r);
		return { nodes: a < b ? nodes : nodes.reverse(), farthest };
	};
	const out: number[] = [];
	const outOffsets = [0];
	const featureOfRing = ringFeatures(polygonOffsets, featureOffsets);
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		const feature = featureOfRing[ring];
		const end = ringOffsets[ring + 1];
		for (let i = ringOffsets[ring]; i < end; i++) {
			const a = ofPosition[i];
			if (a < 0) {
				out.push(coordinates[2 * i], coordinates[2 * i + 1]);
				continue;
			}
			out.push(x[a], y[a]);
			const movedByM = Math.hypot(x[a] - coordinates[2 * i], y[a] - coordinates[2 * i + 1]);
			const b = ofPosition[i + 1 === end ? ringOffsets[ring] : i + 1];
			const { nodes, farthest } = b < 0 || a === b ? { nodes: [], farthest: 0 } : onEdge(a, b);
			for (const r of nodes) out.push(x[r], y[r]);
			movedM[feature] = Math.max(movedM[feature], movedByM, farthest);
		}
		outOffsets.push(out.length / 2);
	}
	return { ...planar, coordinates: Float64Array.from(out), ringOffsets: Uint32Array.from(outOffsets) };
}

function ringFeatures(polygonOffsets: Uint32Array, featureOffsets: Uint32Array): Uint32Array {
	const features = new Uint32Array(polygonOffsets[polygonOffsets.length - 1]);
	for (let f = 0; f + 1 < featureOffsets.length; f++)
		features.fill(f, polygonOffsets[featureOffsets[f]], polygonOffsets[featureOffsets[f + 1]]);
	return features;
}

/** Puts a vertex where edges cross, with the arrangement on a grid of micrometres. */
function addCrossings(planar: FlatPolygons): FlatPolygons {
	const { coordinates: c, ringOffsets } = planar;
	const originX = wholeKilometres(c, 0);
	const originY = wholeKilometres(c, 1);
	const scale = STEPS_PER_M * GRID_STEP_DEG;
	const scaled = c.map((value, i) => (value - (i % 2 === 0 ? originX : originY)) * scale);
	const { soup, rounded } = arrange([{ ...planar, coordinates: scaled }]);
	const { routes, nodeX, nodeY } = rounded;
	const firstAt = new Map<string, number>();
	const keyOf = (node: number) => `${nodeX[node]} ${nodeY[node]}`;
	const inserted = new Set<string>();
	for (let e = 0; e + 1 < routes.offsets.length; e++)
		for (let k = routes.offsets[e] + 1; k + 1 < routes.offsets[e + 1]; k++)
			inserted.add(keyOf(routes.nodes[k]));
	if (inserted.size === 0) return planar;
	soup.nodeOfPosition.forEach((node, i) => {
		if (node < 0) return;
		const key = `${soup.nodeX[node]} ${soup.nodeY[node]}`;
		if (!inserted.has(key)) return;
		const known = firstAt.get(key);
		if (
			known === undefined ||
			c[2 * i] < c[2 * known] ||
			(c[2 * i] === c[2 * known] && c[2 * i + 1] < c[2 * known + 1])
		)
			firstAt.set(key, i);
	});
	const out: number[] = [];
	const outOffsets = [0];
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
			out.push(c[2 * i], c[2 * i + 1]);
			const edge = soup.edgeOfPosition[i];
			if (edge < 0) continue;
			const from = routes.offsets[edge];
			const last = routes.offsets[edge + 1] - 1;
			const forward = soup.edgeLow[edge] === soup.nodeOfPosition[i];
			for (let k = 1; k < last - from; k++) {
				const node = routes.nodes[forward ? from + k : last - k];
				const known = firstAt.get(keyOf(node));
				if (known !== undefined) out.push(c[2 * known], c[2 * known + 1]);
				else out.push(nodeX[node] / STEPS_PER_M + originX, nodeY[node] / STEPS_PER_M + originY);
			}
		}
		outOffsets.push(out.length / 2);
	}
	return { ...planar, coordinates: Float64Array.from(out), ringOffsets: Uint32Array.from(outOffsets) };
}

/**
 * The whole kilometre at or below the middle one of all finite x (axis 0) or y (axis 1).
 *
 * The arrangement reaches some 700 km either way from it: from the smallest, one stray position would take all others out of reach.
 */
function wholeKilometres(coordinates: Float64Array, axis: 0 | 1): number {
	const values = coordinates.filter((value, i) => i % 2 === axis && Number.isFinite(value)).sort();
	return values.length === 0 ? 0 : Math.floor(values[values.length >> 1] / 1000) * 1000;
}
