import Flatbush from 'flatbush';
import { findContacts } from './contact.ts';
import type { Contacts } from './contact.ts';
import type { EdgeSoup } from './edge-soup.ts';
import { passesHotPixel } from './hot-pixel.ts';
import { boundingLines, composeRoutes, uniquePieces } from './piece.ts';
import type { Lines } from './lines.ts';
import { radixOrder } from './radix-order.ts';
import { routeEdges, straightRoutes } from './route.ts';
import type { Routes } from './route.ts';

/** Lines that meet only at their ends, on the grid, each bounding something. A node where only vanished lines met ends none. */
export interface SnapRounded extends Lines {
	/** How each edge of the soup runs now. */
	readonly routes: Routes;
	/** The lines after the first stage, and the pairs of them that crossed. */
	readonly crossed: Lines;
	readonly contacts: Contacts;
}

/**
 * Snap rounding in two stages: hot pixels at all ends first, then at all crossings that are left, rounded.
 *
 * Every edge runs through the centres of the hot pixels that it passes, and its pieces again. Bending edges to vertices first lets
 * nearly coincident boundaries (a straight one and one with vertices within half a step of it) become one line before anything is
 * said to cross, so vertices only are inserted there. Edges that pass no foreign hot pixel keep their two ends exactly. An edge
 * along which every ring runs an even number of times bounds nothing (a spike, a collapsed ring) and vanishes. The
 * result depends on the set of lines alone: not on their order or direction, and it moves along with a translation by whole grid
 * steps. O(edges + crossings), times a logarithm.
 *
 * Source: Hobby, Practical segment intersection with finite precision output, Computational Geometry 13 (1999); Guibas &
 * Marimont, Rounding arrangements dynamically, IJCGA 8 (1998).
 */
export function snapRound(soup: EdgeSoup): SnapRounded {
	const first = findContacts(soup);
	const isTouched = first.touched.includes(1);
	const toVertices = isTouched
		? routeEdges(soup, endsOf(soup), first.touched)
		: straightRoutes(soup.edgeLow, soup.edgeHigh);
	const { lines: crossed, edgeOfPiece } = uniquePieces(soup, toVertices);
	const contacts = isTouched ? findContacts(crossed) : first;
	if (contacts.crossingX.length === 0) {
		return { ...boundingLines(crossed), routes: toVertices, crossed, contacts };
	}

	const { lines: numbered, nodeOf, addedNodes } = addCrossings(crossed, contacts);
	const touched = new Uint8Array(numbered.edgeLow.length);
	for (const edge of contacts.crossingEdges) touched[edge] = 1;
	touchAdded(numbered, addedNodes, touched);
	const hotNodes = Uint32Array.from([...endsOf(numbered), ...addedNodes]);
	const toCrossings = routeEdges(numbered, hotNodes, touched);
	const routes = composeRoutes(toVertices, edgeOfPiece, nodeOf, toCrossings);
	return { ...boundingLines(uniquePieces(numbered, toCrossings).lines), routes, crossed, contacts };
}

/** The nodes at which an edge ends. */
function endsOf({ nodeX, edgeLow, edgeHigh }: Lines): Uint32Array {
	const isEnd = new Uint8Array(nodeX.length);
	for (const n of edgeLow) isEnd[n] = 1;
	for (const n of edgeHigh) isEnd[n] = 1;
	const ends = new Uint32Array(nodeX.length);
	let count = 0;
	for (let n = 0; n < nodeX.length; n++) if (isEnd[n] === 1) ends[count++] = n;
	return ends.subarray(0, count);
}

/** Numbers the nodes and the crossings together in ascending (x, y); `addedNodes` are crossings where no edge ended yet. */
function addCrossings(lines: Lines, { crossingX, crossingY }: Contacts) {
	const oldCount = lines.nodeX.length;
	const total = oldCount + crossingX.length;
	const x = new Float64Array(total);
	const y = new Float64Array(total);
	x.set(lines.nodeX);
	y.set(lines.nodeY);
	x.set(crossingX, oldCount);
	y.set(crossingY, oldCount);
	const nodeOf = new Uint32Array(total);
	const nodeX = new Float64Array(total);
	const nodeY = new Float64Array(total);
	let count = 0;
	for (const o of radixOrder([x, y], total)) {
		if (count === 0 || x[o] !== nodeX[count - 1] || y[o] !== nodeY[count - 1]) {
			nodeX[count] = x[o];
			nodeY[count++] = y[o];
		}
		nodeOf[o] = count - 1;
	}
	const numbered: Lines = {
		...lines,
		nodeX: nodeX.slice(0, count),
		nodeY: nodeY.slice(0, count),
		edgeLow: lines.edgeLow.map((n) => nodeOf[n]),
		edgeHigh: lines.edgeHigh.map((n) => nodeOf[n]),
	};
	const isEnd = new Uint8Array(count);
	for (const n of endsOf(numbered)) isEnd[n] = 1;
	const addedNodes = [...new Set(nodeOf.subarray(oldCount))].filter((n) => isEnd[n] === 0);
	return { lines: numbered, nodeOf, addedNodes };
}

/** Marks the edges that pass the hot pixel of an added node. */
function touchAdded(
	{ nodeX, nodeY, edgeLow, edgeHigh }: Lines,
	addedNodes: readonly number[],
	touched: Uint8Array,
): void {
	if (addedNodes.length === 0) return;
	const index = new Flatbush(addedNodes.length);
	for (const n of addedNodes) index.add(nodeX[n], nodeY[n], nodeX[n], nodeY[n]);
	index.finish();
	for (let e = 0; e < edgeLow.length; e++) {
		if (touched[e] === 1) continue;
		const ax = nodeX[edgeLow[e]];
		const ay = nodeY[edgeLow[e]];
		const bx = nodeX[edgeHigh[e]];
		const by = nodeY[edgeHigh[e]];
		const passes = index.collides(ax, Math.min(ay, by), bx, Math.max(ay, by), (i) =>
			passesHotPixel(ax, ay, bx, by, nodeX[addedNodes[i]], nodeY[addedNodes[i]]),
		);
		if (passes) touched[e] = 1;
	}
}
