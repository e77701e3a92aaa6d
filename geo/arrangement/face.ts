import Flatbush from 'flatbush';
import { innerVertices, NO_CHAINS } from './chain-edge.ts';
import type { ChainEdges } from './chain-edge.ts';
import { toGridSteps } from './grid-position.ts';
import type { HalfEdges } from './half-edge.ts';
import { turn } from './turn.ts';

/** Faces of the subdivision; face 0 is the unbounded one. */
export interface Faces {
	/** The face on the left of each half-edge. */
	readonly faceOf: Uint32Array;
	readonly faceCount: number;
}

/** A box in grid steps. */
interface Box {
	minX: number;
	minY: number;
	maxX: number;
	maxY: number;
}

/** One connected group of edges. */
interface Component extends Box {
	/** Its lexicographically smallest node. */
	readonly node: number;
	/** The boundary cycle that it turns to the outside. */
	readonly outerCycle: number;
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
	chains: ChainEdges = NO_CHAINS,
): Faces {
	const { cycleOf, cycleCount } = traceCycles(halfEdges);
	const { components, componentOf } = findComponents(nodeX, nodeY, halfEdges, cycleOf);
	for (const [edge, inner] of chains) extendBox(components[componentOf[edgeLow[edge]]], inner);
	const faceOfCycle = new Int32Array(cycleCount).fill(-1);
	for (const { outerCycle } of components) faceOfCycle[outerCycle] = -2;
	let faceCount = 1;
	for (let c = 0; c < cycleCount; c++) if (faceOfCycle[c] === -1) faceOfCycle[c] = faceCount++;
	const facingLeftOf = rayShooter(nodeX, nodeY, edgeLow, edgeHigh, chains, components, componentOf);
	// Ascending in x, so a component that a ray meets has been placed before.
	for (let k = 0; k < components.length; k++) {
		const facing = facingLeftOf(k);
		faceOfCycle[components[k].outerCycle] = facing < 0 ? 0 : faceOfCycle[cycleOf[facing]];
	}
	return { faceOf: Uint32Array.from(cycleOf, (c) => faceOfCycle[c]), faceCount };
}

/** Makes a box hold the vertices of a chain. */
function extendBox(box: Box, inner: Float64Array): void {
	for (let i = 0; i < inner.length; i += 2) {
		const x = toGridSteps(inner[i]);
		const y = toGridSteps(inner[i + 1]);
		box.minX = Math.min(box.minX, x);
		box.minY = Math.min(box.minY, y);
		box.maxX = Math.max(box.maxX, x);
		box.maxY = Math.max(box.maxY, y);
	}
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

/** A line that rises from its bottom to its top, and the half-edge along it that faces a ray from the right. */
interface Rising {
	readonly bottomX: number;
	readonly bottomY: number;
	readonly topX: number;
	readonly topY: number;
	readonly facing: number;
}

/** Returns a function that finds the half-edge next to the left of a component's smallest node, facing it; −1 when there is none. */
function rayShooter(
	nodeX: Float64Array,
	nodeY: Float64Array,
	edgeLow: Uint32Array,
	edgeHigh: Uint32Array,
	chains: ChainEdges,
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
			const box: Box = {
				minX: nodeX[edgeLow[e]],
				minY: Math.min(y, z),
				maxX: nodeX[edgeHigh[e]],
				maxY: Math.max(y, z),
			};
			extendBox(box, innerVertices(chains, 2 * e));
			index.add(box.minX, box.minY, box.maxX, box.maxY);
		}
		index.finish();
		return index;
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
		let nearest: Rising | null = null;
		/** Takes a line in the direction of half-edge `half` if it is the nearest so far. */
		const look = (ax: number, ay: number, bx: number, by: number, half: number) => {
			// Half-open in y, as if the ray ran a hair above: horizontal edges and upper ends do not count.
			if (Math.min(ay, by) > y || Math.max(ay, by) <= y || Math.min(ax, bx) > x) return;
			const line: Rising =
				ay < by
					? { bottomX: ax, bottomY: ay, topX: bx, topY: by, facing: half ^ 1 }
					: { bottomX: bx, bottomY: by, topX: ax, topY: ay, facing: half };
			if (rightOf(line, x, y) > 0 && (nearest === null || isNearer(line, nearest))) nearest = line;
		};
		edges.search(startX, y, x, y, (e) => {
			if (componentOf[edgeLow[e]] === component) return false;
			let ax = nodeX[edgeLow[e]];
			let ay = nodeY[edgeLow[e]];
			const inner = innerVertices(chains, 2 * e);
			for (let i = 0; i < inner.length; i += 2) {
				const [bx, by] = [toGridSteps(inner[i]), toGridSteps(inner[i + 1])];
				look(ax, ay, bx, by, 2 * e);
				[ax, ay] = [bx, by];
			}
			look(ax, ay, nodeX[edgeHigh[e]], nodeY[edgeHigh[e]], 2 * e);
			return false;
		});
		return facingOf(nearest);
	};
}

function facingOf(line: Rising | null): number {
	return line === null ? -1 : line.facing;
}

/** > 0 when a point lies right of a rising line. */
function rightOf({ bottomX, bottomY, topX, topY }: Rising, x: number, y: number): number {
	return -turn(bottomX, bottomY, topX, topY, x, y);
}

/** Says whether e is nearer to the start of a ray from the right than f; both span its height and do not cross. */
function isNearer(e: Rising, f: Rising): boolean {
	if (e.bottomX === f.bottomX && e.bottomY === f.bottomY) return rightOf(f, e.topX, e.topY) > 0;
	return e.bottomY >= f.bottomY ? rightOf(f, e.bottomX, e.bottomY) > 0 : rightOf(e, f.bottomX, f.bottomY) < 0;
}
