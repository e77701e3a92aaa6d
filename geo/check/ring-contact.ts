import type { Arrangement } from '../arrangement/arrange.ts';
import type { RingFault } from './issue.ts';
import { nodeAt } from '../arrangement/lines.ts';
import { turn } from '../arrangement/turn.ts';

/** A place where a ring meets itself or another ring of its polygon; `node` is a node of the arrangement. */
export interface RingContact {
	readonly fault: Extract<RingFault, 'self-crossing' | 'self-touching'>;
	readonly ring: number;
	readonly node: number;
}

/**
 * Finds where rings of layer 0 cross or touch themselves, or run along another ring of their polygon; at most one of each per ring, at its smallest node.
 *
 * Rings are followed along their routes, so what comes together within half a grid step counts as touching. Two holes, or a hole
 * and its shell, may touch at single nodes. O(positions), plus the passages at nodes that a ring comes to again.
 */
export function findRingContacts(arrangement: Arrangement, polygonOfRing: Uint32Array): RingContact[] {
	const contacts = new Map<string, RingContact>();
	const add = (fault: RingContact['fault'], ring: number, node: number) => {
		const key = `${ring} ${fault}`;
		if (node < (contacts.get(key)?.node ?? Infinity)) contacts.set(key, { fault, ring, node });
	};
	const { rounded } = arrangement;
	const { crossingEdges, crossingX, crossingY } = rounded.contacts;
	for (let c = 0; c < crossingX.length; c++) {
		const ring = ringOnBoth(arrangement, polygonOfRing, crossingEdges[2 * c], crossingEdges[2 * c + 1]);
		if (ring >= 0) add('self-crossing', ring, nodeAt(rounded, crossingX[c], crossingY[c]));
	}
	const { useOffsets, useRings } = rounded;
	for (let e = 0; e + 1 < useOffsets.length; e++) {
		for (let u = useOffsets[e] + 1; u < useOffsets[e + 1]; u++) {
			const polygon = polygonOfRing[useRings[u]];
			if (polygon !== undefined && polygon === polygonOfRing[useRings[u - 1]])
				add('self-touching', useRings[u], rounded.edgeLow[e]);
		}
	}
	const seenBy = new Int32Array(rounded.nodeX.length).fill(-1);
	const { ringOffsets } = arrangement.layers[0];
	for (let ring = 0; ring + 1 < ringOffsets.length; ring++) {
		const path = ringPath(arrangement, ring);
		const again = new Set<number>();
		for (const node of path) {
			if (seenBy[node] === ring) again.add(node);
			seenBy[node] = ring;
		}
		// The smallest first: behind a crossing no touch matters.
		for (const node of [...again].sort((m, n) => m - n)) {
			const crosses = crossesAt(rounded.nodeX, rounded.nodeY, path, node);
			add(crosses ? 'self-crossing' : 'self-touching', ring, node);
			if (crosses) break;
		}
	}
	const found = [...contacts.values()];
	// A crossing is a touch as well once its point is a node: the stronger word is enough.
	return found.filter(
		({ fault, ring }) => fault === 'self-crossing' || !contacts.has(`${ring} self-crossing`),
	);
}

/** The nodes along a ring of layer 0 as routed. */
function ringPath({ layers: [{ ringOffsets }], soup, rounded }: Arrangement, ring: number): number[] {
	const path: number[] = [];
	const { offsets, nodes } = rounded.routes;
	for (let i = ringOffsets[ring]; i < ringOffsets[ring + 1]; i++) {
		const edge = soup.edgeOfPosition[i];
		if (edge < 0) continue;
		const forward = soup.edgeLow[edge] === soup.nodeOfPosition[i];
		const from = offsets[edge];
		const last = offsets[edge + 1] - 1;
		for (let k = 0; k < last - from; k++) path.push(nodes[forward ? from + k : last - k]);
	}
	return path;
}

/** A ring of a polygon of layer 0 that both edges belong to (of the polygon, if not of one ring), −1 when there is none. */
function ringOnBoth({ rounded }: Arrangement, polygonOfRing: Uint32Array, e: number, f: number): number {
	const { useOffsets, useRings } = rounded.crossed;
	for (let u = useOffsets[e]; u < useOffsets[e + 1]; u++) {
		const polygon = polygonOfRing[useRings[u]];
		if (polygon === undefined) continue;
		for (let v = useOffsets[f]; v < useOffsets[f + 1]; v++) {
			if (polygonOfRing[useRings[v]] === polygon) return Math.max(useRings[u], useRings[v]);
		}
	}
	return -1;
}

/** Says whether two passages of a closed path through a node cross there; passages that share an edge only touch. */
function crossesAt(x: Float64Array, y: Float64Array, path: readonly number[], node: number): boolean {
	const passages: [number, number][] = [];
	path.forEach((at, i) => {
		if (at === node) passages.push([path[(i + path.length - 1) % path.length], path[(i + 1) % path.length]]);
	});
	const side = (m: number, n: number) => turn(x[node], y[node], x[m], y[m], x[n], y[n]);
	/** Says whether n lies strictly within the angle from a counter-clockwise to b. */
	const within = (a: number, b: number, n: number) =>
		side(a, b) > 0 ? side(a, n) > 0 && side(n, b) > 0 : side(a, n) > 0 || side(n, b) > 0;
	return passages.some(([a, b], i) =>
		passages.slice(i + 1).some(([c, d]) => {
			const shared = a === b || c === d || a === c || a === d || b === c || b === d;
			return !shared && within(a, b, c) !== within(a, b, d);
		}),
	);
}
