import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import type { EdgeSides } from './check-sides.ts';
import { findContacts } from '../arrangement/contact.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import { traceFaces } from '../arrangement/face.ts';
import { fromGridSteps, isUsablePosition, toGridSteps } from '../arrangement/grid-position.ts';
import { linkHalfEdges } from '../arrangement/half-edge.ts';
import { passesHotPixel } from '../arrangement/hot-pixel.ts';
import type { Lines } from '../arrangement/lines.ts';

/** What leading the outline through the polygons' vertices did. */
export interface OutlineLeading {
	/** How many vertices its edges were led through. */
	readonly nodesInserted: number;
	/** The farthest of these from their edge, in grid steps. */
	readonly movedMaxSteps: number;
}

/** Edges with a polygon on one side only, over the nodes that they use; `isInsideLeft` tells which. */
interface Border extends Lines {
	readonly isInsideLeft: Uint8Array;
}

/** Takes the edges that have a ring on one side only. O(edges + nodes). */
function borderOf(soup: EdgeSoup, { left, right }: EdgeSides): Border {
	const edges: number[] = [];
	for (let e = 0; e < left.length; e++) if (left[e] < 0 !== right[e] < 0) edges.push(e);
	const numberOf = new Map<number, number>();
	const ends = [...new Set(edges.flatMap((e) => [soup.edgeLow[e], soup.edgeHigh[e]]))].sort((a, b) => a - b);
	ends.forEach((node, n) => numberOf.set(node, n));
	const renumber = (nodes: Uint32Array) => Uint32Array.from(edges, (e) => numberOf.get(nodes[e]) ?? 0);
	return {
		nodeX: Float64Array.from(ends, (node) => soup.nodeX[node]),
		nodeY: Float64Array.from(ends, (node) => soup.nodeY[node]),
		edgeLow: renumber(soup.edgeLow),
		edgeHigh: renumber(soup.edgeHigh),
		useOffsets: new Uint32Array(edges.length + 1),
		useRings: new Uint32Array(0),
		isInsideLeft: Uint8Array.from(edges, (e) => (left[e] < 0 ? 0 : 1)),
	};
}

/**
 * Proves that the ground that polygons cover, told from the edges with a polygon on one side only, is that of the outline, or without outline
 * encloses no ground that is not covered; and that no such edge passes a foreign hot pixel.
 *
 * `soup` and `sides` are those of valid polygons. Outline edges are led through the polygons' vertices that they pass; null where nothing is proven,
 * as where a vertex of the outline is none of the polygons. O(edges), plus for outline edges that are led the nodes between their ends.
 */
export function proveBorder(soup: EdgeSoup, sides: EdgeSides, outline?: FlatPolygons): OutlineLeading | null {
	const border = borderOf(soup, sides);
	if (outline === undefined) return enclosesNothing(border) ? { nodesInserted: 0, movedMaxSteps: 0 } : null;
	const led = leadOutline(soup, outline);
	return led !== null && isOutline(border, led.outline) ? led : null;
}

/** Outside is on the other side of every edge: then every bounded face is covered, once, and no other ground is enclosed. */
function enclosesNothing(border: Border): boolean {
	const { nodeX, nodeY, edgeLow, edgeHigh, isInsideLeft } = border;
	const contacts = findContacts(border);
	if (contacts.crossingX.length > 0 || contacts.touched.includes(1)) return false;
	const halfEdges = linkHalfEdges(nodeX, nodeY, edgeLow, edgeHigh);
	const { faceOf } = traceFaces(nodeX, nodeY, edgeLow, edgeHigh, halfEdges);
	return isInsideLeft.every((isLeft, e) => {
		const inside = isLeft === 1 ? 2 * e : 2 * e + 1;
		return faceOf[inside] !== 0 && faceOf[inside ^ 1] === 0;
	});
}

/** Says whether the led outline has the same edges as the border, with the same side inside. */
function isOutline(border: Border, outline: FlatPolygons): boolean {
	const arrangement = arrange([outline]);
	const { soup, edgeLow, edgeHigh, faceOf, covers } = arrangement;
	const { nodeX, nodeY, isInsideLeft } = border;
	if (!isUntouched(arrangement) || soup.edgeLow.length !== isInsideLeft.length) return false;
	if (edgeLow.length !== isInsideLeft.length) return false;
	const [{ offsets }] = covers;
	const isInside = (face: number) => offsets[face + 1] > offsets[face];
	return isInsideLeft.every((isLeft, e) => {
		const [a, b, c, d] = [edgeLow[e], edgeHigh[e], border.edgeLow[e], border.edgeHigh[e]];
		if (soup.nodeX[a] !== nodeX[c] || soup.nodeY[a] !== nodeY[c]) return false;
		if (soup.nodeX[b] !== nodeX[d] || soup.nodeY[b] !== nodeY[d]) return false;
		const inside = isLeft === 1 ? 2 * e : 2 * e + 1;
		return isInside(faceOf[inside]) && !isInside(faceOf[inside ^ 1]);
	});
}

/** Says whether edges meet at their ends only, and none passes a foreign hot pixel. O(1). */
function isUntouched({ soup, rounded: { routes, contacts } }: Arrangement): boolean {
	return contacts.crossingX.length === 0 && routes.nodes.length === 2 * soup.edgeLow.length;
}

/** The outline with every node of the soup that one of its edges passes as a vertex; null where a vertex of it is no node. */
function leadOutline(
	soup: EdgeSoup,
	outline: FlatPolygons,
): (OutlineLeading & { readonly outline: FlatPolygons }) | null {
	const { coordinates, ringOffsets } = outline;
	let nodesInserted = 0;
	let movedMaxSteps = 0;
	const led: number[] = [];
	const ends = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		const ring: number[] = [];
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const node = nodeAt(soup, coordinates[2 * i], coordinates[2 * i + 1]);
			if (node < 0) return null;
			ring.push(node);
		}
		ring.forEach((node, i) => {
			const next = ring[(i + 1) % ring.length];
			const passed = nodesPassed(soup, node, next);
			nodesInserted += passed.length;
			for (const n of passed) movedMaxSteps = Math.max(movedMaxSteps, offsetFrom(soup, node, next, n));
			led.push(node, ...passed);
		});
		ends[r + 1] = led.length;
	}
	const positions = new Float64Array(2 * led.length);
	led.forEach((node, i) => {
		positions[2 * i] = fromGridSteps(soup.nodeX[node]);
		positions[2 * i + 1] = fromGridSteps(soup.nodeY[node]);
	});
	return {
		outline: { ...outline, coordinates: positions, ringOffsets: ends },
		nodesInserted,
		movedMaxSteps,
	};
}

/** How far node n lies from the line through a and b, in grid steps. */
function offsetFrom({ nodeX, nodeY }: EdgeSoup, a: number, b: number, n: number): number {
	const dx = nodeX[b] - nodeX[a];
	const dy = nodeY[b] - nodeY[a];
	return Math.abs(dx * (nodeY[n] - nodeY[a]) - dy * (nodeX[n] - nodeX[a])) / Math.hypot(dx, dy);
}

/** The node at a position, −1 where none is: binary search in ascending (x, y). */
function nodeAt({ nodeX, nodeY }: EdgeSoup, lon: number, lat: number): number {
	if (!isUsablePosition(lon, lat)) return -1;
	const x = toGridSteps(lon);
	const y = toGridSteps(lat);
	let low = 0;
	let high = nodeX.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (nodeX[middle] < x || (nodeX[middle] === x && nodeY[middle] < y)) low = middle + 1;
		else high = middle;
	}
	return nodeX[low] === x && nodeY[low] === y ? low : -1;
}

/** The nodes whose hot pixel the way from a to b passes, in its order, unless it is an edge of the soup. */
function nodesPassed({ nodeX, nodeY, edgeLow, edgeHigh }: EdgeSoup, a: number, b: number): number[] {
	if (a === b || hasEdge(edgeLow, edgeHigh, Math.min(a, b), Math.max(a, b))) return [];
	let from = Math.min(a, b);
	let to = Math.max(a, b);
	while (from > 0 && nodeX[from - 1] === nodeX[from]) from--;
	while (to + 1 < nodeX.length && nodeX[to + 1] === nodeX[to]) to++;
	const passed: number[] = [];
	for (let n = from; n <= to; n++) {
		if (n !== a && n !== b && passesHotPixel(nodeX[a], nodeY[a], nodeX[b], nodeY[b], nodeX[n], nodeY[n]))
			passed.push(n);
	}
	const east = Math.sign(nodeX[b] - nodeX[a]);
	const north = Math.sign(nodeY[b] - nodeY[a]);
	return passed.sort((m, n) => east * (nodeX[m] - nodeX[n]) || north * (nodeY[m] - nodeY[n]));
}

/** Whether there is an edge from `low` to `high`: binary search. */
function hasEdge(edgeLow: Uint32Array, edgeHigh: Uint32Array, low: number, high: number): boolean {
	let from = 0;
	let to = edgeLow.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if (edgeLow[middle] < low || (edgeLow[middle] === low && edgeHigh[middle] < high)) from = middle + 1;
		else to = middle;
	}
	return edgeLow[from] === low && edgeHigh[from] === high;
}
