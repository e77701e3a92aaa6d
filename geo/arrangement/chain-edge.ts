import type { Chain } from './chain.ts';
import { nodeAt } from './lines.ts';
import { boundingLines } from './piece.ts';
import { radixOrder } from './radix-order.ts';
import type { Subdivision } from './region.ts';
import type { SnapRounded } from './snap-round.ts';

/** For each edge that is a chain the vertices on its way, from its lower node to its higher: longitude, latitude in degrees. */
export type ChainEdges = ReadonlyMap<number, Float64Array>;

export const NO_CHAINS: ChainEdges = new Map();

/** Puts chains among the edges of what else was rounded. Their ends are nodes. O((edges + chains) log). */
export function addChains(
	plain: SnapRounded,
	chains: readonly Chain[],
): { readonly rounded: SnapRounded; readonly chains: ChainEdges } {
	const plainCount = plain.edgeLow.length;
	const count = plainCount + chains.length;
	const low = new Uint32Array(count);
	const high = new Uint32Array(count);
	low.set(plain.edgeLow);
	high.set(plain.edgeHigh);
	const isBackward = chains.map(({ from, to }, c) => {
		const [a, b] = [nodeAt(plain, ...from), nodeAt(plain, ...to)];
		low[plainCount + c] = Math.min(a, b);
		high[plainCount + c] = Math.max(a, b);
		return a > b;
	});
	const order = radixOrder([low, high], count);
	const useOffsets = new Uint32Array(count + 1);
	const useRings: number[] = [];
	order.forEach((edge, e) => {
		if (edge < plainCount) {
			for (let u = plain.useOffsets[edge]; u < plain.useOffsets[edge + 1]; u++)
				useRings.push(plain.useRings[u]);
		} else useRings.push(...chains[edge - plainCount].rings);
		useOffsets[e + 1] = useRings.length;
	});
	const bounding = boundingLines({
		nodeX: plain.nodeX,
		nodeY: plain.nodeY,
		edgeLow: order.map((edge) => low[edge]),
		edgeHigh: order.map((edge) => high[edge]),
		useOffsets,
		useRings: Uint32Array.from(useRings),
	});
	const nodeCount = plain.nodeX.length;
	const chainOfEnds = new Map(
		chains.map((_, c) => [low[plainCount + c] * nodeCount + high[plainCount + c], c]),
	);
	const edges = new Map<number, Float64Array>();
	for (let e = 0; e < bounding.edgeLow.length; e++) {
		const c = chainOfEnds.get(bounding.edgeLow[e] * nodeCount + bounding.edgeHigh[e]);
		if (c !== undefined) edges.set(e, isBackward[c] ? reversed(chains[c].inner) : chains[c].inner);
	}
	return { rounded: { ...plain, ...bounding }, chains: edges };
}

const NONE = new Float64Array(0);

/** The vertices on the way of a half-edge, in the order of its edge. O(1). */
export function innerVertices(chains: ChainEdges, half: number): Float64Array {
	return chains.get(half >> 1) ?? NONE;
}

/** Vertex k along a half-edge: 0 is its origin, then those on its way, the end of the half-edge; −1 is the last before the end. O(1). */
export function vertexAlong(
	{ coordinates, halfEdges: { origin }, chains = NO_CHAINS }: Subdivision,
	half: number,
	k: number,
): readonly [lon: number, lat: number] {
	const inner = innerVertices(chains, half);
	const count = inner.length / 2;
	const at = k < 0 ? count : k;
	if (at > 0 && at <= count) {
		const i = 2 * (half % 2 === 0 ? at - 1 : count - at);
		return [inner[i], inner[i + 1]];
	}
	const node = origin[at === 0 ? half : half ^ 1];
	return [coordinates[2 * node], coordinates[2 * node + 1]];
}

/** The same positions the other way. */
function reversed(line: Float64Array): Float64Array {
	const back = new Float64Array(line.length);
	for (let i = 0; i < line.length; i += 2) {
		back[i] = line[line.length - 2 - i];
		back[i + 1] = line[line.length - 1 - i];
	}
	return back;
}
