import { isUsablePosition, toGridSteps } from './grid-position.ts';

/** Stands among the rings of an edge for a line drawn along it: bounds nothing, covers nothing, and keeps the edge. Greater than any ring. */
export const DRAWN = 0xffffffff;

/** An open line of two vertices or more: longitude, latitude pairs in degrees (EPSG:4490), on the grid or not. */
export type Polyline = Float64Array;

/**
 * Distinct edges between nodes, and the rings along them.
 *
 * Nodes in whole grid steps, ascending by (x, y); edges run from the lower to the higher node and ascend by (low, high). The rings
 * along edge e are `useRings[useOffsets[e]] … useRings[useOffsets[e + 1] − 1]`, ascending, DRAWN last.
 */
export interface Lines {
	readonly nodeX: Float64Array;
	readonly nodeY: Float64Array;
	readonly edgeLow: Uint32Array;
	readonly edgeHigh: Uint32Array;
	readonly useOffsets: Uint32Array;
	readonly useRings: Uint32Array;
}

/** The node at a point known to be one: binary search in ascending (x, y). */
export function nodeAt({ nodeX, nodeY }: Pick<Lines, 'nodeX' | 'nodeY'>, x: number, y: number): number {
	let low = 0;
	let high = nodeX.length - 1;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (nodeX[middle] < x || (nodeX[middle] === x && nodeY[middle] < y)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Says whether a line has whole pairs, usable coordinates, and two positions that differ on the grid. */
export function isUsableLine(line: Polyline): boolean {
	if (line.length < 4 || line.length % 2 === 1) return false;
	let moves = false;
	for (let i = 0; i < line.length; i += 2) {
		if (!isUsablePosition(line[i], line[i + 1])) return false;
		moves ||=
			toGridSteps(line[i]) !== toGridSteps(line[0]) || toGridSteps(line[i + 1]) !== toGridSteps(line[1]);
	}
	return moves;
}
