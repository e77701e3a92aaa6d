import { turn } from './turn.ts';

/**
 * The two sides of every edge. Half-edge 2e runs from the lower to the higher node of edge e, 2e + 1 back; `h ^ 1` is the
 * other side. `next[h]` follows h along the face on the left of h.
 */
export interface HalfEdges {
	readonly origin: Uint32Array;
	readonly next: Uint32Array;
	/** The half-edges that leave node n, counter-clockwise from the direction of +x: `leaving[nodeOffsets[n]] …`. */
	readonly nodeOffsets: Uint32Array;
	readonly leaving: Uint32Array;
}

/**
 * Sorts the edges around every node by exact angle and links each half-edge to the next along its left face.
 *
 * Nodes in whole grid steps; edges meet only at their ends. O(edges), times the degree of a node.
 */
export function linkHalfEdges(
	nodeX: Float64Array,
	nodeY: Float64Array,
	edgeLow: Uint32Array,
	edgeHigh: Uint32Array,
): HalfEdges {
	const halfCount = 2 * edgeLow.length;
	const nodeCount = nodeX.length;
	const origin = new Uint32Array(halfCount);
	const nodeOffsets = new Uint32Array(nodeCount + 1);
	for (let e = 0; e < edgeLow.length; e++) {
		origin[2 * e] = edgeLow[e];
		origin[2 * e + 1] = edgeHigh[e];
		nodeOffsets[edgeLow[e] + 1]++;
		nodeOffsets[edgeHigh[e] + 1]++;
	}
	for (let n = 0; n < nodeCount; n++) nodeOffsets[n + 1] += nodeOffsets[n];
	const leaving = new Uint32Array(halfCount);
	const cursor = nodeOffsets.slice(0, nodeCount);
	for (let h = 0; h < halfCount; h++) leaving[cursor[origin[h]]++] = h;

	const pointsUp = (h: number) => {
		const dy = nodeY[origin[h ^ 1]] - nodeY[origin[h]];
		return dy > 0 || (dy === 0 && nodeX[origin[h ^ 1]] > nodeX[origin[h]]);
	};
	const comesBefore = (g: number, h: number) => {
		const up = pointsUp(g);
		if (up !== pointsUp(h)) return up;
		const o = origin[g];
		const p = origin[g ^ 1];
		const q = origin[h ^ 1];
		return turn(nodeX[o], nodeY[o], nodeX[p], nodeY[p], nodeX[q], nodeY[q]) > 0;
	};
	const next = new Uint32Array(halfCount);
	for (let n = 0; n < nodeCount; n++) {
		const from = nodeOffsets[n];
		const to = nodeOffsets[n + 1];
		if (to - from > 16) leaving.subarray(from, to).sort((g, h) => (comesBefore(g, h) ? -1 : 1));
		else sortFew(leaving, from, to, comesBefore);
		for (let i = from; i < to; i++) {
			const before = i === from ? to - 1 : i - 1;
			next[leaving[i] ^ 1] = leaving[before];
		}
	}
	return { origin, next, nodeOffsets, leaving };
}

/** Insertion sort of a short stretch in place. */
function sortFew(
	values: Uint32Array,
	from: number,
	to: number,
	comesBefore: (a: number, b: number) => boolean,
): void {
	for (let i = from + 1; i < to; i++) {
		const value = values[i];
		let j = i;
		for (; j > from && comesBefore(value, values[j - 1]); j--) values[j] = values[j - 1];
		values[j] = value;
	}
}
