import Flatbush from 'flatbush';
import { passesHotPixel } from './hot-pixel.ts';
import type { Lines } from './lines.ts';

/** For each edge the nodes that it was routed through, from its lower to its higher node, ends included. */
export interface Routes {
	/** Route e is `nodes[offsets[e]] … nodes[offsets[e + 1] − 1]`. */
	readonly offsets: Uint32Array;
	readonly nodes: Uint32Array;
	/** How often the longest-lasting edge was routed again before no piece passed a foreign hot pixel. */
	readonly rounds: number;
}

/**
 * Routes edges through the centre of every hot pixel that they pass, and their pieces again, until no piece passes another.
 *
 * `hotNodes` are the centres of the hot pixels, all ends of edges among them; only edges marked in `touched` are looked at, the
 * others keep their two ends. All edges see the same fixed set of pixels, so routing each alone is the same as rounding
 * everything in rounds.
 *
 * Why it ends: a pixel that a–b passes has its centre in the box of a and b, so the pieces are monotone and their L1 lengths,
 * whole numbers ≥ 1, add up to that of a–b; every routing makes strictly shorter pieces. Each round moves a line by at most
 * half a grid diagonal. Why no two routes cross: Guibas & Marimont 1998, theorem 1 (one round); each later round is a snap
 * rounding of lines that do not cross, with the same pixels. O(touched edges · log nodes + inserted).
 *
 * Source: Halperin & Packer, Iterated snap rounding, Computational Geometry 23 (2002).
 */
export function routeEdges(
	{ nodeX, nodeY, edgeLow, edgeHigh }: Lines,
	hotNodes: Uint32Array,
	touched: Uint8Array,
): Routes {
	const count = edgeLow.length;
	const offsets = new Uint32Array(count + 1);
	if (hotNodes.length === 0) return straightRoutes(edgeLow, edgeHigh);
	const index = new Flatbush(hotNodes.length);
	for (const n of hotNodes) index.add(nodeX[n], nodeY[n], nodeX[n], nodeY[n]);
	index.finish();

	let rounds = 0;
	let inserted: number[] = [];
	const nodes: number[] = [];
	/** Appends what lies after `from` up to and including `to`. */
	const route = (from: number, to: number, round: number) => {
		const ax = nodeX[from];
		const ay = nodeY[from];
		const bx = nodeX[to];
		const by = nodeY[to];
		inserted = [];
		index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), (i) => {
			const n = hotNodes[i];
			if (n !== from && n !== to && passesHotPixel(ax, ay, bx, by, nodeX[n], nodeY[n])) inserted.push(n);
			return false;
		});
		if (inserted.length === 0) {
			nodes.push(to);
			return;
		}
		rounds = Math.max(rounds, round);
		const stops = inserted;
		const up = ay <= by;
		stops.sort((m, n) => nodeX[m] - nodeX[n] || (up ? nodeY[m] - nodeY[n] : nodeY[n] - nodeY[m]));
		stops.push(to);
		let previous = from;
		for (const stop of stops) {
			route(previous, stop, round + 1);
			previous = stop;
		}
	};
	for (let e = 0; e < count; e++) {
		nodes.push(edgeLow[e]);
		if (touched[e] === 1) route(edgeLow[e], edgeHigh[e], 1);
		else nodes.push(edgeHigh[e]);
		offsets[e + 1] = nodes.length;
	}
	return { offsets, nodes: Uint32Array.from(nodes), rounds };
}

/** Routes that leave every edge as it is. */
export function straightRoutes(edgeLow: Uint32Array, edgeHigh: Uint32Array): Routes {
	const offsets = Uint32Array.from({ length: edgeLow.length + 1 }, (_, e) => 2 * e);
	const nodes = new Uint32Array(2 * edgeLow.length);
	for (let e = 0; e < edgeLow.length; e++) {
		nodes[2 * e] = edgeLow[e];
		nodes[2 * e + 1] = edgeHigh[e];
	}
	return { offsets, nodes, rounds: 0 };
}
