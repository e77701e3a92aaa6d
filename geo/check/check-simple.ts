import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { checkRings } from './check-rings.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import { passesHotPixel } from '../arrangement/hot-pixel.ts';
import { turn } from '../arrangement/turn.ts';

/** Polygons of at most this many vertices are compared edge by edge. */
const FEW_VERTICES = 120;

/** The edges of one polygon: from (x, y)[i] to (x, y)[next[i]], nodes by number, ring by ring. */
interface FewEdges {
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly node: Int32Array;
	readonly ring: Int32Array;
	readonly next: Int32Array;
	count: number;
}

/**
 * Says whether each polygon by itself is valid and keeps its distance: no ring meets itself, rings meet at common vertices only, holes lie
 * in their shell and apart, the inside is connected, and no edge passes the hot pixel of a vertex of its polygon that it does not end at.
 *
 * `soup` holds the edges of these polygons alone. O(positions), times a logarithm for polygons of many vertices or whose rings meet.
 */
export function arePolygonsSimple(soup: EdgeSoup, polygons: FlatPolygons): boolean {
	const { polygonOffsets, ringOffsets } = polygons;
	const few: FewEdges = {
		x: new Float64Array(FEW_VERTICES),
		y: new Float64Array(FEW_VERTICES),
		node: new Int32Array(FEW_VERTICES),
		ring: new Int32Array(FEW_VERTICES),
		next: new Int32Array(FEW_VERTICES),
		count: 0,
	};
	const intricate: number[] = [];
	for (let polygon = 0; polygon + 1 < polygonOffsets.length; polygon++) {
		const first = polygonOffsets[polygon];
		const last = polygonOffsets[polygon + 1];
		if (first === last) return false;
		if (ringOffsets[last] - ringOffsets[first] > FEW_VERTICES) {
			intricate.push(polygon);
			continue;
		}
		takeEdges(soup, ringOffsets, first, last, few);
		if (doRingsShareNode(few)) intricate.push(polygon);
		else if (!keepDistance(few) || !areHolesInPlace(few, last - first)) return false;
	}
	return intricate.length === 0 || areFaultless(pickPolygons(polygons, intricate));
}

function takeEdges(
	{ nodeX, nodeY, nodeOfPosition }: EdgeSoup,
	ringOffsets: Uint32Array,
	first: number,
	last: number,
	few: FewEdges,
): void {
	let count = 0;
	for (let r = first; r < last; r++) {
		const start = count;
		for (let o = ringOffsets[r]; o < ringOffsets[r + 1]; o++) {
			const node = nodeOfPosition[o];
			few.x[count] = nodeX[node];
			few.y[count] = nodeY[node];
			few.node[count] = node;
			few.ring[count] = r - first;
			few.next[count] = count + 1;
			count++;
		}
		few.next[count - 1] = start;
	}
	few.count = count;
}

function doRingsShareNode({ node, ring, count }: FewEdges): boolean {
	if (ring[count - 1] === 0) return false;
	for (let i = 0; i < count; i++) {
		for (let j = i + 1; j < count; j++) if (node[i] === node[j] && ring[i] !== ring[j]) return true;
	}
	return false;
}

/** Says whether no edge crosses another or passes the hot pixel of a vertex that it does not end at, and no vertex comes twice. O(edges²). */
function keepDistance({ x, y, node, next, count }: FewEdges): boolean {
	for (let i = 0; i < count; i++) {
		const b = next[i];
		const ax = x[i];
		const ay = y[i];
		const bx = x[b];
		const by = y[b];
		const minX = ax < bx ? ax : bx;
		const maxX = ax < bx ? bx : ax;
		const minY = ay < by ? ay : by;
		const maxY = ay < by ? by : ay;
		for (let j = i + 1; j < count; j++) {
			const cx = x[j];
			const d = next[j];
			const dx = x[d];
			if ((cx < minX && dx < minX) || (cx > maxX && dx > maxX)) continue;
			const cy = y[j];
			const dy = y[d];
			if ((cy < minY && dy < minY) || (cy > maxY && dy > maxY)) continue;
			if (b === j) {
				if (passesHotPixel(ax, ay, bx, by, dx, dy) || passesHotPixel(cx, cy, dx, dy, ax, ay)) return false;
			} else if (d === i) {
				if (passesHotPixel(ax, ay, bx, by, cx, cy) || passesHotPixel(cx, cy, dx, dy, bx, by)) return false;
			} else if (
				node[i] === node[j] ||
				passesHotPixel(ax, ay, bx, by, cx, cy) ||
				passesHotPixel(ax, ay, bx, by, dx, dy) ||
				passesHotPixel(cx, cy, dx, dy, ax, ay) ||
				passesHotPixel(cx, cy, dx, dy, bx, by) ||
				isCrossing(ax, ay, bx, by, cx, cy, dx, dy)
			) {
				return false;
			}
		}
	}
	return true;
}

/** Says whether two edges cross; neither has an end on the other. */
function isCrossing(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	cx: number,
	cy: number,
	dx: number,
	dy: number,
): boolean {
	if (turn(ax, ay, bx, by, cx, cy) > 0 === turn(ax, ay, bx, by, dx, dy) > 0) return false;
	return turn(cx, cy, dx, dy, ax, ay) > 0 !== turn(cx, cy, dx, dy, bx, by) > 0;
}

/** Says whether each hole lies in the shell, ring 0, and in no other hole; the rings do not meet. O(holes × edges). */
function areHolesInPlace(few: FewEdges, rings: number): boolean {
	for (let hole = 1, i = 0; hole < rings; hole++) {
		while (few.ring[i] !== hole) i++;
		for (let other = 0; other < rings; other++) {
			if (other !== hole && isInRing(few, other, few.x[i], few.y[i]) !== (other === 0)) return false;
		}
	}
	return true;
}

/** Says whether a point that is not on a ring lies in it: crossings of a ray to the east. */
function isInRing({ x, y, ring, next, count }: FewEdges, inRing: number, px: number, py: number): boolean {
	let isInside = false;
	for (let i = 0; i < count; i++) {
		if (ring[i] !== inRing) continue;
		const b = next[i];
		if (y[i] > py === y[b] > py) continue;
		if (turn(x[i], y[i], x[b], y[b], px, py) > 0 === y[b] > y[i]) isInside = !isInside;
	}
	return isInside;
}

/** Polygons by themselves, one feature each. */
function pickPolygons(polygons: FlatPolygons, picked: readonly number[]): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets } = polygons;
	const rings = picked.flatMap((p) =>
		Array.from({ length: polygonOffsets[p + 1] - polygonOffsets[p] }, (_, r) => polygonOffsets[p] + r),
	);
	const ends = new Uint32Array(rings.length + 1);
	rings.forEach((r, i) => (ends[i + 1] = ends[i] + ringOffsets[r + 1] - ringOffsets[r]));
	const kept = new Float64Array(2 * ends[rings.length]);
	rings.forEach((r, i) =>
		kept.set(coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1]), 2 * ends[i]),
	);
	const polygonEnds = new Uint32Array(picked.length + 1);
	picked.forEach((p, i) => (polygonEnds[i + 1] = polygonEnds[i] + polygonOffsets[p + 1] - polygonOffsets[p]));
	return {
		coordinates: kept,
		ringOffsets: ends,
		polygonOffsets: polygonEnds,
		featureOffsets: Uint32Array.from({ length: picked.length + 1 }, (_, f) => f),
	};
}

/** Says whether edges meet at their ends only, and none passes a foreign hot pixel. O(1). */
export function isUntouched({ soup, rounded: { routes, contacts } }: Arrangement): boolean {
	return contacts.crossingX.length === 0 && routes.nodes.length === 2 * soup.edgeLow.length;
}

/** Says whether arranging polygons moves and nodes nothing, and each is valid by itself and in one piece. */
function areFaultless(polygons: FlatPolygons): boolean {
	const arrangement = arrange([polygons]);
	if (!isUntouched(arrangement)) return false;
	const faces = new Uint32Array(polygons.featureOffsets.length - 1);
	if (arrangement.covers[0].features.some((polygon) => ++faces[polygon] > 1)) return false;
	const numbers = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
	return checkRings(arrangement, numbers).length === 0;
}
