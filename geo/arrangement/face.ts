import Flatbush from 'flatbush';
import type { HalfEdges } from './half-edge.ts';
import { turn } from './turn.ts';

/** Faces of the subdivision; face 0 is the unbounded one. */
export interface Faces {
	/** The face on the left of each half-edge. */
	readonly faceOf: Uint32Array;
	readonly faceCount: number;
}

/** One connected group of edges. */
interface Component {
	/** Its lexicographically smallest node. */
	readonly node: number;
	/** The boundary cycle that it turns to the outside. */
	readonly outerCycle: number;
	minX: number;
	minY: number;
	maxX: number;
	maxY: number;
}

/**
 * Traces the boundary cycles and joins them to faces, holes included.
 *
 * Within a connected component every cycle but one bounds a face of its own; the one that turns to the outside is found at the
 * component's lexicographically smallest node (no area is needed) and belongs to the face that contains the component.
 * O(half-edges), plus one ray per component that lies inside the box of another.
 */
export function traceFaces(
	nodeX: Float64Array,
	nodeY: Float64Array,
	edgeLow: Uint32Array,
	edgeHigh: Uint32Array,
	halfEdges: HalfEdges,
): Faces {
	const { cycleOf, cycleCount } = traceCycles(halfEdges);
	const { components, componentOf } = findComponents(nodeX, nodeY, halfEdges, cycleOf);
	const faceOfCycle = new Int32Array(cycleCount).fill(-1);
	for (const { outerCycle } of components) faceOfCycle[outerCycle] = -2;
	let faceCount = 1;
	for (let c = 0; c < cycleCount; c++) if (faceOfCycle[c] === -1) faceOfCycle[c] = faceCount++;
	const edgeLeftOf = rayShooter(nodeX, nodeY, edgeLow, edgeHigh, components, componentOf);
	// Ascending in x, so a component that a ray meets has been placed before.
	for (let k = 0; k < components.length; k++) {
		const edge = edgeLeftOf(k);
		const facing = edge < 0 ? -1 : nodeY[edgeLow[edge]] < nodeY[edgeHigh[edge]] ? 2 * edge + 1 : 2 * edge;
		faceOfCycle[components[k].outerCycle] = edge < 0 ? 0 : faceOfCycle[cycleOf[facing]];
	}
	return { faceOf: Uint32Array.from(cycleOf, (c) => faceOfCycle[c]), faceCount };
}

function traceCycles({ next }: HalfEdges) {
	const cycleOf = new Int32Array(next.length).fill(-1);
	let cycleCount = 0;
	for (let h = 0; h < next.length; h++) {
		if (cycleOf[h] >= 0) continue;
		for (let g = h; cycleOf[g] < 0; g = next[g]) cycleOf[g] = cycleCount;
		cycleCount++;
	}
	return { cycleOf, cycleCount };
}

function findComponents(
	nodeX: Float64Array,
	nodeY: Float64Array,
	{ origin, nodeOffsets, leaving }: HalfEdges,
	cycleOf: Int32Array,
) {
	const componentOf = new Int32Array(nodeX.length).fill(-1);
	const components: Component[] = [];
	const queue: number[] = [];
	for (let node = 0; node < nodeX.length; node++) {
		if (componentOf[node] >= 0 || nodeOffsets[node] === nodeOffsets[node + 1]) continue;
		const x = nodeX[node];
		const y = nodeY[node];
		const component = { node, outerCycle: 0, minX: x, minY: y, maxX: x, maxY: y };
		// All edges leave the smallest node to the right or straight up; the steepest has the outside on its left.
		for (let i = nodeOffsets[node]; i < nodeOffsets[node + 1]; i++) {
			component.outerCycle = cycleOf[leaving[i]];
			const last = i + 1 === nodeOffsets[node + 1];
			if (last || (nodeY[origin[leaving[i] ^ 1]] >= y && nodeY[origin[leaving[i + 1] ^ 1]] < y)) break;
		}
		componentOf[node] = components.length;
		queue.push(node);
		for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
			component.maxX = Math.max(component.maxX, nodeX[n]);
			component.minY = Math.min(component.minY, nodeY[n]);
			component.maxY = Math.max(component.maxY, nodeY[n]);
			for (let i = nodeOffsets[n]; i < nodeOffsets[n + 1]; i++) {
				const m = origin[leaving[i] ^ 1];
				if (componentOf[m] >= 0) continue;
				componentOf[m] = components.length;
				queue.push(m);
			}
		}
		components.push(component);
	}
	return { components, componentOf };
}

/** Returns a function that finds the edge next to the left of a component's smallest node, −1 when there is none. */
function rayShooter(
	nodeX: Float64Array,
	nodeY: Float64Array,
	edgeLow: Uint32Array,
	edgeHigh: Uint32Array,
	components: readonly Component[],
	componentOf: Int32Array,
): (component: number) => number {
	if (components.length < 2) return () => -1;
	const boxes = new Flatbush(components.length);
	for (const { minX, minY, maxX, maxY } of components) boxes.add(minX, minY, maxX, maxY);
	boxes.finish();
	let edges: Flatbush | null = null;
	const indexEdges = () => {
		const index = new Flatbush(edgeLow.length);
		for (let e = 0; e < edgeLow.length; e++) {
			const y = nodeY[edgeLow[e]];
			const z = nodeY[edgeHigh[e]];
			index.add(nodeX[edgeLow[e]], Math.min(y, z), nodeX[edgeHigh[e]], Math.max(y, z));
		}
		index.finish();
		return index;
	};
	const bottom = (e: number) => (nodeY[edgeLow[e]] < nodeY[edgeHigh[e]] ? edgeLow[e] : edgeHigh[e]);
	const top = (e: number) => (nodeY[edgeLow[e]] < nodeY[edgeHigh[e]] ? edgeHigh[e] : edgeLow[e]);
	/** > 0 when node n lies right of the rising edge e. */
	const rightOf = (e: number, n: number) => {
		const b = bottom(e);
		const t = top(e);
		return -turn(nodeX[b], nodeY[b], nodeX[t], nodeY[t], nodeX[n], nodeY[n]);
	};
	/** Says whether e is nearer to the ray's start than f; both span its height and do not cross. */
	const isNearer = (e: number, f: number) => {
		const be = bottom(e);
		const bf = bottom(f);
		if (be === bf) return rightOf(f, top(e)) > 0;
		return nodeY[be] >= nodeY[bf] ? rightOf(f, be) > 0 : rightOf(e, bf) < 0;
	};
	return (component) => {
		const { node, minX } = components[component];
		const x = nodeX[node];
		const y = nodeY[node];
		let startX = Infinity;
		boxes.search(x, y, x, y, (c) => {
			if (c !== component && components[c].minX < minX) startX = Math.min(startX, components[c].minX);
			return false;
		});
		if (startX === Infinity) return -1;
		edges ??= indexEdges();
		let nearest = -1;
		edges.search(startX, y, x, y, (e) => {
			// Half-open in y, as if the ray ran a hair above: horizontal edges and upper ends do not count.
			if (nodeY[bottom(e)] > y || nodeY[top(e)] <= y) return false;
			if (componentOf[edgeLow[e]] === component || rightOf(e, node) <= 0) return false;
			if (nearest < 0 || isNearer(e, nearest)) nearest = e;
			return false;
		});
		return nearest;
	};
}
