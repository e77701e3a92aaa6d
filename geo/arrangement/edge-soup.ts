import type { FlatPolygons } from '../flat-polygons.ts';
import { isUsablePosition, toGridSteps } from './grid-position.ts';
import { DRAWN } from './lines.ts';
import type { Lines, Polyline } from './lines.ts';
import { radixOrder } from './radix-order.ts';

/**
 * All edges of all layers and drawn lines on the grid, each line and each point once.
 *
 * Nodes are numbered in ascending order of (x, y), in grid steps, so the lower of two node numbers is the lexicographically
 * smaller point. Edges run from the lower to the higher node and ascend by (low, high). The ring edge that starts at
 * position o of the concatenated layers is `edgeOfPosition[o]` (−1 when it has no length or is a chain), and `nodeOfPosition[o]` its start
 * (−1 when unusable). Ring numbers run through all layers; edge e is used by `useRings[useOffsets[e]] …` ascending,
 * repeated when a ring runs along it more than once.
 */
export interface EdgeSoup extends Lines {
	readonly nodeOfPosition: Int32Array;
	readonly edgeOfPosition: Int32Array;
	/** First position of each layer in the concatenation, and one past the last. */
	readonly layerPositions: Uint32Array;
	/** First ring of each layer, and one past the last. */
	readonly layerRings: Uint32Array;
}

/**
 * Snaps all positions, those of drawn lines after the layers', then numbers distinct nodes and edges.
 *
 * Ring edges whose position has a chain (`chainAt[layer][position]` ≥ 0) are left out. O(positions).
 */
export function collectEdges(
	layers: readonly FlatPolygons[],
	drawn: readonly Polyline[] = [],
	chainAt?: readonly Int32Array[],
): EdgeSoup {
	const layerPositions = new Uint32Array(layers.length + 1);
	const layerRings = new Uint32Array(layers.length + 1);
	layers.forEach((layer, l) => {
		layerPositions[l + 1] = layerPositions[l] + layer.coordinates.length / 2;
		layerRings[l + 1] = layerRings[l] + layer.ringOffsets.length - 1;
	});
	const { nodeX, nodeY, nodeOfPosition } = numberNodes([
		...layers.map((layer) => layer.coordinates),
		...drawn,
	]);
	const ends = ringEdges(layers, drawn, chainAt, layerPositions, layerRings, nodeOfPosition);
	return { nodeX, nodeY, nodeOfPosition, layerPositions, layerRings, ...numberEdges(ends) };
}

function numberNodes(stretches: readonly Float64Array[]) {
	const positionCount = stretches.reduce((total, { length }) => total + length / 2, 0);
	const x = new Float64Array(positionCount);
	const y = new Float64Array(positionCount);
	const position = new Uint32Array(positionCount);
	let usable = 0;
	let first = 0;
	for (const coordinates of stretches) {
		for (let i = 0; i < coordinates.length; i += 2) {
			if (!isUsablePosition(coordinates[i], coordinates[i + 1])) continue;
			x[usable] = toGridSteps(coordinates[i]);
			y[usable] = toGridSteps(coordinates[i + 1]);
			position[usable++] = first + i / 2;
		}
		first += coordinates.length / 2;
	}
	const order = radixOrder([x, y], usable);
	const nodeOfPosition = new Int32Array(positionCount).fill(-1);
	const nodeX = new Float64Array(usable);
	const nodeY = new Float64Array(usable);
	let nodeCount = 0;
	for (let i = 0; i < usable; i++) {
		const o = order[i];
		if (nodeCount === 0 || x[o] !== nodeX[nodeCount - 1] || y[o] !== nodeY[nodeCount - 1]) {
			nodeX[nodeCount] = x[o];
			nodeY[nodeCount++] = y[o];
		}
		nodeOfPosition[position[o]] = nodeCount - 1;
	}
	return { nodeX: nodeX.slice(0, nodeCount), nodeY: nodeY.slice(0, nodeCount), nodeOfPosition };
}

/** One record per edge with a length: its nodes, its ring or DRAWN, and the position it starts from. */
interface EdgeEnds {
	readonly low: Uint32Array;
	readonly high: Uint32Array;
	readonly ring: Uint32Array;
	readonly position: Uint32Array;
	readonly count: number;
	readonly positionCount: number;
}

function ringEdges(
	layers: readonly FlatPolygons[],
	drawn: readonly Polyline[],
	chainAt: readonly Int32Array[] | undefined,
	layerPositions: Uint32Array,
	layerRings: Uint32Array,
	nodeOfPosition: Int32Array,
): EdgeEnds {
	const positionCount = nodeOfPosition.length;
	const low = new Uint32Array(positionCount);
	const high = new Uint32Array(positionCount);
	const ring = new Uint32Array(positionCount);
	const position = new Uint32Array(positionCount);
	let count = 0;
	const add = (from: number, to: number, r: number) => {
		const a = nodeOfPosition[from];
		const b = nodeOfPosition[to];
		if (a === b) return;
		low[count] = Math.min(a, b);
		high[count] = Math.max(a, b);
		ring[count] = r;
		position[count++] = from;
	};
	layers.forEach(({ ringOffsets }, l) => {
		const isChain = (o: number) => chainAt !== undefined && chainAt[l][o - layerPositions[l]] >= 0;
		for (let r = 0; r + 1 < ringOffsets.length; r++) {
			let first = -1;
			let previous = -1;
			for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
				const o = layerPositions[l] + i;
				if (nodeOfPosition[o] < 0) continue;
				if (previous < 0) first = o;
				else if (!isChain(previous)) add(previous, o, layerRings[l] + r);
				previous = o;
			}
			if (previous >= 0 && !isChain(previous)) add(previous, first, layerRings[l] + r);
		}
	});
	let o = layerPositions[layers.length];
	for (const line of drawn) {
		let previous = -1;
		for (let i = 0; i < line.length / 2; i++, o++) {
			if (nodeOfPosition[o] < 0) continue;
			if (previous >= 0) add(previous, o, DRAWN);
			previous = o;
		}
	}
	return { low, high, ring, position, count, positionCount };
}

function numberEdges({ low, high, ring, position, count, positionCount }: EdgeEnds) {
	const order = radixOrder([low, high], count);
	const edgeOfPosition = new Int32Array(positionCount).fill(-1);
	const edgeLow = new Uint32Array(count);
	const edgeHigh = new Uint32Array(count);
	const useOffsets = new Uint32Array(count + 1);
	const useRings = new Uint32Array(count);
	let edgeCount = 0;
	for (let i = 0; i < count; i++) {
		const o = order[i];
		if (edgeCount === 0 || low[o] !== edgeLow[edgeCount - 1] || high[o] !== edgeHigh[edgeCount - 1]) {
			edgeLow[edgeCount] = low[o];
			edgeHigh[edgeCount] = high[o];
			useOffsets[edgeCount++] = i;
		}
		edgeOfPosition[position[o]] = edgeCount - 1;
		useRings[i] = ring[o];
	}
	useOffsets[edgeCount] = count;
	return {
		edgeLow: edgeLow.slice(0, edgeCount),
		edgeHigh: edgeHigh.slice(0, edgeCount),
		useOffsets: useOffsets.slice(0, edgeCount + 1),
		useRings,
		edgeOfPosition,
	};
}
