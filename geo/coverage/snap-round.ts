import Flatbush from 'flatbush';
import { findContacts } from './contact.ts';
import type { Contacts } from './contact.ts';
import type { EdgeSoup } from './edge-soup.ts';
import { passesHotPixel } from './hot-pixel.ts';
import { radixOrder } from './radix-order.ts';
import { routeEdges } from './route.ts';
import type { Routes } from './route.ts';

/** Edges that meet only at their ends, on the grid. Nodes in ascending (x, y), whole grid steps; edges from low to high. */
export interface SnapRounded {
	readonly nodeX: Float64Array;
	readonly nodeY: Float64Array;
	/** Both ends of every edge; edges ascend by (low, high). */
	readonly edgeLow: Uint32Array;
	readonly edgeHigh: Uint32Array;
	/** The rings that run along edge e an odd number of times, ascending: `useRings[useOffsets[e]] …`. */
	readonly useOffsets: Uint32Array;
	readonly useRings: Uint32Array;
	/** How each edge of the soup runs now. */
	readonly routes: Routes;
	readonly contacts: Contacts;
	/** The number that each node of the soup has now. */
	readonly nodeOfSoupNode: Uint32Array;
}

/**
 * Snap rounding: hot pixels at all ends and all rounded crossings; every edge runs through the hot pixels it passes.
 *
 * Edges that pass no foreign hot pixel keep their two ends exactly. An edge along which every ring runs an even number of
 * times bounds nothing (a spike, a collapsed ring) and vanishes. The result depends on the set of lines alone: not on their
 * order or direction, and it moves along with a translation by whole grid steps. O(edges + crossings), times a logarithm.
 *
 * Source: Hobby, Practical segment intersection with finite precision output, Computational Geometry 13 (1999); Guibas &
 * Marimont, Rounding arrangements dynamically, IJCGA 8 (1998).
 */
export function snapRound(soup: EdgeSoup): SnapRounded {
	const contacts = findContacts(soup);
	const { nodeX, nodeY, nodeOfSoupNode, addedNodes } = addCrossings(soup, contacts);
	const edgeLow = soup.edgeLow.map((n) => nodeOfSoupNode[n]);
	const edgeHigh = soup.edgeHigh.map((n) => nodeOfSoupNode[n]);
	const { touched, crossingEdges } = contacts;
	for (const edge of crossingEdges) touched[edge] = 1;
	touchAdded(nodeX, nodeY, edgeLow, edgeHigh, addedNodes, touched);
	const routes = routeEdges(nodeX, nodeY, edgeLow, edgeHigh, touched);
	return { nodeX, nodeY, routes, contacts, nodeOfSoupNode, ...uniquePieces(routes, soup) };
}

/** Numbers old and new nodes together in ascending (x, y); a position without any edge is no node. */
function addCrossings(soup: EdgeSoup, { crossingX, crossingY }: Contacts) {
	const oldCount = soup.nodeX.length;
	const nodeOfSoupNode = new Uint32Array(oldCount);
	const total = oldCount + crossingX.length;
	const x = new Float64Array(total);
	const y = new Float64Array(total);
	x.set(soup.nodeX);
	y.set(soup.nodeY);
	x.set(crossingX, oldCount);
	y.set(crossingY, oldCount);
	const nodeX = new Float64Array(total);
	const nodeY = new Float64Array(total);
	const addedNodes: number[] = [];
	const used = new Uint8Array(total).fill(1, oldCount);
	for (const n of soup.edgeLow) used[n] = 1;
	for (const n of soup.edgeHigh) used[n] = 1;
	const order = crossingX.length === 0 ? null : radixOrder([x, y], total);
	let count = 0;
	for (let i = 0; i < total; i++) {
		// Sorting is stable: where an old and a new node coincide, the old one comes first.
		const o = order === null ? i : order[i];
		if (used[o] === 0) continue;
		if (count === 0 || x[o] !== nodeX[count - 1] || y[o] !== nodeY[count - 1]) {
			nodeX[count] = x[o];
			nodeY[count] = y[o];
			if (o >= oldCount) addedNodes.push(count);
			count++;
		}
		if (o < oldCount) nodeOfSoupNode[o] = count - 1;
	}
	return { nodeX: nodeX.slice(0, count), nodeY: nodeY.slice(0, count), nodeOfSoupNode, addedNodes };
}

/** Marks the edges that pass the hot pixel of an added node. */
function touchAdded(
	nodeX: Float64Array,
	nodeY: Float64Array,
	edgeLow: Uint32Array,
	edgeHigh: Uint32Array,
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

/** Brings pieces that coincide together and keeps those that bound something. */
function uniquePieces({ offsets, nodes }: Routes, soup: EdgeSoup) {
	const pieceCount = nodes.length - soup.edgeLow.length;
	const low = new Uint32Array(pieceCount);
	const high = new Uint32Array(pieceCount);
	const source = new Uint32Array(pieceCount);
	let pieces = 0;
	let useBound = 0;
	for (let e = 0; e < soup.edgeLow.length; e++) {
		for (let i = offsets[e]; i + 1 < offsets[e + 1]; i++) {
			low[pieces] = Math.min(nodes[i], nodes[i + 1]);
			high[pieces] = Math.max(nodes[i], nodes[i + 1]);
			source[pieces++] = e;
			useBound += soup.useOffsets[e + 1] - soup.useOffsets[e];
		}
	}
	const order = radixOrder([low, high], pieces);
	const edgeLow = new Uint32Array(pieces);
	const edgeHigh = new Uint32Array(pieces);
	const useOffsets = new Uint32Array(pieces + 1);
	const useRings = new Uint32Array(useBound);
	let edges = 0;
	let uses = 0;
	for (let i = 0; i < pieces;) {
		const from = uses;
		let j = i;
		for (; j < pieces && low[order[j]] === low[order[i]] && high[order[j]] === high[order[i]]; j++) {
			const e = source[order[j]];
			for (let u = soup.useOffsets[e]; u < soup.useOffsets[e + 1]; u++) useRings[uses++] = soup.useRings[u];
		}
		if (j > i + 1) useRings.subarray(from, uses).sort();
		uses = keepOdd(useRings, from, uses);
		if (uses > from) {
			edgeLow[edges] = low[order[i]];
			edgeHigh[edges] = high[order[i]];
			useOffsets[++edges] = uses;
		}
		i = j;
	}
	return {
		edgeLow: edgeLow.slice(0, edges),
		edgeHigh: edgeHigh.slice(0, edges),
		useOffsets: useOffsets.slice(0, edges + 1),
		useRings: useRings.slice(0, uses),
	};
}

/** Keeps, in place, one of each value that occurs an odd number of times in the ascending stretch; returns its new end. */
function keepOdd(values: Uint32Array, from: number, to: number): number {
	let end = from;
	for (let i = from; i < to;) {
		let j = i;
		while (j < to && values[j] === values[i]) j++;
		if ((j - i) % 2 === 1) values[end++] = values[i];
		i = j;
	}
	return end;
}
