import { DRAWN } from './lines.ts';
import type { Lines } from './lines.ts';
import { radixOrder } from './radix-order.ts';
import type { Routes } from './route.ts';

/**
 * Brings pieces of routes that coincide together, with all rings along them.
 *
 * `edgeOfPiece` names the edge that each step of the routes became; step i of route e is piece `offsets[e] − e + i`. O(pieces).
 */
export function uniquePieces(lines: Lines, { offsets, nodes }: Routes) {
	const sourceCount = lines.edgeLow.length;
	const pieceCount = nodes.length - sourceCount;
	const low = new Uint32Array(pieceCount);
	const high = new Uint32Array(pieceCount);
	const source = new Uint32Array(pieceCount);
	let pieces = 0;
	let useBound = 0;
	for (let e = 0; e < sourceCount; e++) {
		for (let i = offsets[e]; i + 1 < offsets[e + 1]; i++) {
			low[pieces] = Math.min(nodes[i], nodes[i + 1]);
			high[pieces] = Math.max(nodes[i], nodes[i + 1]);
			source[pieces++] = e;
			useBound += lines.useOffsets[e + 1] - lines.useOffsets[e];
		}
	}
	const order = pieceCount === sourceCount ? low.map((_, i) => i) : radixOrder([low, high], pieces);
	const edgeLow = new Uint32Array(pieces);
	const edgeHigh = new Uint32Array(pieces);
	const useOffsets = new Uint32Array(pieces + 1);
	const useRings = new Uint32Array(useBound);
	const edgeOfPiece = new Uint32Array(pieces);
	let edges = 0;
	let uses = 0;
	for (let i = 0; i < pieces;) {
		const from = uses;
		let j = i;
		for (; j < pieces && low[order[j]] === low[order[i]] && high[order[j]] === high[order[i]]; j++) {
			const e = source[order[j]];
			for (let u = lines.useOffsets[e]; u < lines.useOffsets[e + 1]; u++)
				useRings[uses++] = lines.useRings[u];
			edgeOfPiece[order[j]] = edges;
		}
		if (j > i + 1) useRings.subarray(from, uses).sort();
		edgeLow[edges] = low[order[i]];
		edgeHigh[edges] = high[order[i]];
		useOffsets[++edges] = uses;
		i = j;
	}
	const unique: Lines = {
		nodeX: lines.nodeX,
		nodeY: lines.nodeY,
		edgeLow: edgeLow.slice(0, edges),
		edgeHigh: edgeHigh.slice(0, edges),
		useOffsets: useOffsets.slice(0, edges + 1),
		useRings,
	};
	return { lines: unique, edgeOfPiece };
}

/** Keeps the edges that are drawn or that some ring runs along an odd number of times, and of the rings only those. O(edges + uses). */
export function boundingLines(lines: Lines): Lines {
	const edgeLow = new Uint32Array(lines.edgeLow.length);
	const edgeHigh = new Uint32Array(lines.edgeLow.length);
	const useOffsets = new Uint32Array(lines.edgeLow.length + 1);
	const useRings = lines.useRings.slice();
	let edges = 0;
	let uses = 0;
	for (let e = 0; e < lines.edgeLow.length; e++) {
		const end = keepOdd(lines.useRings, lines.useOffsets[e], lines.useOffsets[e + 1], useRings, uses);
		if (end === uses) continue;
		uses = end;
		edgeLow[edges] = lines.edgeLow[e];
		edgeHigh[edges] = lines.edgeHigh[e];
		useOffsets[++edges] = uses;
	}
	return {
		nodeX: lines.nodeX,
		nodeY: lines.nodeY,
		edgeLow: edgeLow.slice(0, edges),
		edgeHigh: edgeHigh.slice(0, edges),
		useOffsets: useOffsets.slice(0, edges + 1),
		useRings: useRings.slice(0, uses),
	};
}

/** Copies one of each value that occurs an odd number of times (DRAWN: ever) in an ascending stretch to `kept` from `at` on; returns the end. */
function keepOdd(values: Uint32Array, from: number, to: number, kept: Uint32Array, at: number): number {
	let end = at;
	for (let i = from; i < to;) {
		let j = i;
		while (j < to && values[j] === values[i]) j++;
		if ((j - i) % 2 === 1 || values[i] === DRAWN) kept[end++] = values[i];
		i = j;
	}
	return end;
}

/**
 * Follows one routing by another: each step of `first` is replaced by the route that its edge took in `second`.
 *
 * `edgeOfPiece` names the edge of each step, `nodeOf` the later number of each node. O(result).
 */
export function composeRoutes(
	first: Routes,
	edgeOfPiece: Uint32Array,
	nodeOf: Uint32Array,
	second: Routes,
): Routes {
	const offsets = new Uint32Array(first.offsets.length);
	const nodes: number[] = [];
	for (let e = 0; e + 1 < first.offsets.length; e++) {
		const from = first.offsets[e];
		const last = first.offsets[e + 1] - 1;
		for (let i = from; i < last; i++) {
			const node = nodeOf[first.nodes[i]];
			nodes.push(node);
			const edge = edgeOfPiece[i - e];
			const start = second.offsets[edge];
			const end = second.offsets[edge + 1] - 1;
			const forward = second.nodes[start] === node;
			for (let k = 1; k < end - start; k++) nodes.push(second.nodes[forward ? start + k : end - k]);
		}
		nodes.push(nodeOf[first.nodes[last]]);
		offsets[e + 1] = nodes.length;
	}
	return { offsets, nodes: Uint32Array.from(nodes), rounds: first.rounds + second.rounds };
}
