import { isArterial } from './street-mesh.ts';
import type { StreetMesh } from './street-mesh.ts';

/** The four arms of a node, counter-clockwise: east, north, west, south. */
export const ARMS = [0, 1, 2, 3] as const;

/**
 * Which stretches of a mesh's lines are streets. Node (i, j) has index j · columns + i; its east stretch has the node's
 * index, its north stretch index + nodes.
 */
export interface StreetGraph {
	readonly columns: number;
	readonly rows: number;
	readonly kept: Uint8Array;
}

/** The stretch at an arm of a node, or −1 at the mesh's rim. */
export function stretchAt(graph: StreetGraph, node: number, arm: number): number {
	const { columns, rows } = graph;
	const column = node % columns;
	const row = (node - column) / columns;
	if (arm === 0) return column + 1 < columns ? node : -1;
	if (arm === 1) return row + 1 < rows ? node + columns * rows : -1;
	if (arm === 2) return column > 0 ? node - 1 : -1;
	return row > 0 ? node - columns + columns * rows : -1;
}

/** Says whether a street leaves a node at an arm. */
export function hasArm(graph: StreetGraph, node: number, arm: number): boolean {
	const stretch = stretchAt(graph, node, arm);
	return stretch >= 0 && graph.kept[stretch] === 1;
}

/** The node at the other end of an arm that exists. */
export function nodeBeyond(graph: StreetGraph, node: number, arm: number): number {
	return node + [1, graph.columns, -1, -graph.columns][arm];
}

/** The mesh line that a stretch is part of: rows for east stretches, columns for north ones. */
export function lineOf(graph: StreetGraph, stretch: number): number {
	const nodes = graph.columns * graph.rows;
	return stretch < nodes ? Math.floor(stretch / graph.columns) : (stretch - nodes) % graph.columns;
}

/** Says whether a stretch is part of an arterial. */
export function isArterialStretch(graph: StreetGraph, stretch: number): boolean {
	return isArterial(lineOf(graph, stretch));
}

/**
 * Builds the graph of stretches with an end in `near` that `keep` wants; dead ends and loose loops are then taken away, so that
 * every street ends at a street. O(nodes).
 */
export function streetGraph(
	mesh: StreetMesh,
	near: Uint8Array,
	keep: (column: number, row: number, arm: 0 | 1) => boolean,
): StreetGraph {
	const columns = mesh.columnsM.length;
	const rows = mesh.rowsM.length;
	const graph = { columns, rows, kept: new Uint8Array(2 * columns * rows) };
	for (let node = 0; node < columns * rows; node++) {
		for (const arm of [0, 1] as const) {
			const stretch = stretchAt(graph, node, arm);
			if (stretch < 0 || !near[node] || !near[nodeBeyond(graph, node, arm)]) continue;
			if (keep(node % columns, Math.floor(node / columns), arm)) graph.kept[stretch] = 1;
		}
	}
	dropDeadEnds(graph);
	dropLooseParts(graph);
	return graph;
}

function degree(graph: StreetGraph, node: number): number {
	return ARMS.filter((arm) => hasArm(graph, node, arm)).length;
}

function dropDeadEnds(graph: StreetGraph): void {
	const pending: number[] = [];
	for (let node = 0; node < graph.columns * graph.rows; node++) pending.push(node);
	for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
		if (degree(graph, node) !== 1) continue;
		const arm = ARMS.find((candidate) => hasArm(graph, node, candidate)) ?? 0;
		graph.kept[stretchAt(graph, node, arm)] = 0;
		pending.push(nodeBeyond(graph, node, arm));
	}
}

function dropLooseParts(graph: StreetGraph): void {
	const part = new Int32Array(graph.columns * graph.rows).fill(-1);
	const sizes: number[] = [];
	for (let start = 0; start < part.length; start++) {
		if (part[start] >= 0 || degree(graph, start) === 0) continue;
		const pending = [start];
		part[start] = sizes.length;
		let size = 0;
		for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
			size++;
			for (const arm of ARMS) {
				if (!hasArm(graph, node, arm)) continue;
				const next = nodeBeyond(graph, node, arm);
				if (part[next] >= 0) continue;
				part[next] = sizes.length;
				pending.push(next);
			}
		}
		sizes.push(size);
	}
	const main = sizes.indexOf(Math.max(...sizes));
	for (let node = 0; node < part.length; node++) {
		if (part[node] < 0 || part[node] === main) continue;
		for (const arm of ARMS) if (hasArm(graph, node, arm)) graph.kept[stretchAt(graph, node, arm)] = 0;
	}
}
