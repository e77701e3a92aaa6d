import type { FlatPolygons } from '../flat-polygons.ts';
import { asPolygonFeatures, pickFeatures } from '../flat-polygons.ts';
import { arrange, ownerOfEach } from '../arrangement/arrange.ts';
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
 * Finds the polygons that are not by themselves valid and at a distance; one byte each, 1 for these.
 *
 * A polygon is so where every ring has at least three edges and none without length, no ring meets itself, rings meet at common vertices only,
 * holes lie in their shell and apart, the inside is connected, and no edge passes the hot pixel of a vertex of its polygon that it does not end
 * at. One of many vertices, or whose rings meet, may be found though only another comes near it. `soup` holds the edges of these polygons alone.
 * O(positions), times a logarithm for polygons of many vertices or whose rings meet.
 */
export function findFaultyPolygons(soup: EdgeSoup, polygons: FlatPolygons): Uint8Array {
	const { polygonOffsets, ringOffsets } = polygons;
	const faulty = new Uint8Array(Math.max(0, polygonOffsets.length - 1));
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
		if (!areRingsDrawn(soup, ringOffsets, first, last)) {
			faulty[polygon] = 1;
			continue;
		}
		if (ringOffsets[last] - ringOffsets[first] > FEW_VERTICES) {
			intricate.push(polygon);
			continue;
		}
		takeEdges(soup, ringOffsets, first, last, few);
		if (doRingsShareNode(few)) intricate.push(polygon);
		else if (!keepDistance(few) || !areHolesInPlace(few, last - first)) faulty[polygon] = 1;
	}
	if (intricate.length > 0) {
		const found = findFaultyTogether(pickFeatures(asPolygonFeatures(polygons), intricate));
		intricate.forEach((polygon, i) => (faulty[polygon] = found[i]));
	}
	return faulty;
}

/** Says whether there is a ring, and each has at least three positions, all usable and none like the next. */
function areRingsDrawn(
	{ edgeOfPosition }: EdgeSoup,
	ringOffsets: Uint32Array,
	first: number,
	last: number,
): boolean {
	if (first === last) return false;
	for (let r = first; r < last; r++) if (ringOffsets[r + 1] - ringOffsets[r] < 3) return false;
	for (let o = ringOffsets[first]; o < ringOffsets[last]; o++) if (edgeOfPosition[o] < 0) return false;
	return true;
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

/** The same, one feature a polygon, from one arrangement of all: what it moves or nodes, what is not valid, and what is not in one piece. */
function findFaultyTogether(polygons: FlatPolygons): Uint8Array {
	const arrangement = arrange([polygons]);
	const { soup, rounded, covers } = arrangement;
	const count = polygons.featureOffsets.length - 1;
	const faulty = new Uint8Array(count);
	const polygonOfRing = ownerOfEach(polygons.polygonOffsets, polygons.ringOffsets.length - 1);
	const { offsets } = rounded.routes;
	for (let e = 0; e + 1 < offsets.length; e++) {
		if (offsets[e + 1] - offsets[e] === 2) continue;
		for (let u = soup.useOffsets[e]; u < soup.useOffsets[e + 1]; u++)
			faulty[polygonOfRing[soup.useRings[u]]] = 1;
	}
	const faces = new Uint32Array(count);
	for (const polygon of covers[0].features) if (++faces[polygon] > 1) faulty[polygon] = 1;
	const numbers = Int32Array.from({ length: count }, (_, f) => f + 1);
	for (const { parcelNos } of checkRings(arrangement, numbers)) faulty[parcelNos[0] - 1] = 1;
	return faulty;
}
