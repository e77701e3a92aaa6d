import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import type { EdgeSides } from './check-sides.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';

/** Places, in grid steps, where settled ground is not proven: boxes and lines, four numbers each (x, y of either end). */
export interface Trouble {
	readonly lines: readonly number[];
	readonly boxes: readonly number[];
}

/**
 * The ground of settled polygons as one polygon: rings along the edges that have such a polygon on one side only, with it on the left.
 *
 * A ring may come to a node again; no edge is in two. O(edges).
 */
export function groundOf(
	{ nodeX, nodeY, edgeLow, edgeHigh }: EdgeSoup,
	{ left, right }: EdgeSides,
	isSettled: Uint8Array,
): FlatPolygons {
	const leadsTo = new Map<number, number[]>();
	for (let e = 0; e < left.length; e++) {
		const isLeft = left[e] >= 0 && isSettled[left[e]] === 1;
		if (isLeft === (right[e] >= 0 && isSettled[right[e]] === 1)) continue;
		const from = isLeft ? edgeLow[e] : edgeHigh[e];
		const to = isLeft ? edgeHigh[e] : edgeLow[e];
		const ends = leadsTo.get(from);
		if (ends === undefined) leadsTo.set(from, [to]);
		else ends.push(to);
	}
	const coordinates: number[] = [];
	const ringOffsets: number[] = [0];
	for (const [start, ends] of leadsTo) {
		while (ends.length > 0) {
			let node = start;
			// As many edges lead to a node as away, so a walk comes back to where it began.
			do {
				coordinates.push(fromGridSteps(nodeX[node]), fromGridSteps(nodeY[node]));
				node = leadsTo.get(node)?.pop() ?? start;
			} while (node !== start);
			ringOffsets.push(coordinates.length / 2);
		}
	}
	return {
		coordinates: Float64Array.from(coordinates),
		ringOffsets: Uint32Array.from(ringOffsets),
		polygonOffsets: Uint32Array.of(0, ringOffsets.length - 1),
		featureOffsets: Uint32Array.of(0, 1),
	};
}

/**
 * Finds where ground that is settled meets anything else than along its border.
 *
 * The ground is the last feature of layer 0 of the arrangement, and begins at position `firstPosition`; layer 1, if there is one, is the outline.
 * All rings are drawn as lines too. Trouble is a border edge that is led through another vertex, a vertex of the border that another edge is led through, a
 * border edge without the ground on its left alone or without a parcel on its right, and a line in the ground; if there is none of these, then ground
 * that a parcel covers or that is outside the outline. O(half-edges).
 */
export function findTrouble(arrangement: Arrangement, firstPosition: number): Trouble {
	const { soup, rounded, edgeLow, edgeHigh, faceOf, layers } = arrangement;
	const { nodeX, nodeY } = rounded;
	const { offsets, nodes } = rounded.routes;
	const [{ offsets: coverOffsets, features }] = arrangement.covers;
	const ground = layers[0].featureOffsets.length - 2;
	const isGround = (face: number) =>
		coverOffsets[face + 1] > coverOffsets[face] && features[coverOffsets[face + 1] - 1] === ground;
	const lines: number[] = [];
	const addLine = (a: number, b: number) => lines.push(nodeX[a], nodeY[a], nodeX[b], nodeY[b]);

	const leftOf = bordersOf(soup, firstPosition);
	const isBorderNode = new Uint8Array(nodeX.length);
	for (let e = 0; e < leftOf.length; e++)
		if (leftOf[e] > 0) isBorderNode[nodes[offsets[e]]] = isBorderNode[nodes[offsets[e + 1] - 1]] = 1;
	let edge = 0;
	const isBorder = new Uint8Array(edgeLow.length);
	for (let e = 0; e < leftOf.length; e++) {
		const from = nodes[offsets[e]];
		const to = nodes[offsets[e + 1] - 1];
		if (leftOf[e] === 0) {
			for (let i = offsets[e] + 1; i < offsets[e + 1] - 1; i++)
				if (isBorderNode[nodes[i]] === 1) addLine(nodes[i], nodes[i]);
			continue;
		}
		while (edgeLow[edge] < from || (edgeLow[edge] === from && edgeHigh[edge] < to)) edge++;
		if (edgeLow[edge] !== from || edgeHigh[edge] !== to) {
			addLine(from, to);
			continue;
		}
		isBorder[edge] = 1;
		const inside = faceOf[leftOf[e] === 1 ? 2 * edge : 2 * edge + 1];
		const outside = faceOf[leftOf[e] === 1 ? 2 * edge + 1 : 2 * edge];
		const isBeside = !isGround(outside) && coverOffsets[outside + 1] > coverOffsets[outside];
		if (!isGround(inside) || !isBeside) addLine(from, to);
	}
	for (let e = 0; e < edgeLow.length; e++)
		if (isBorder[e] === 0 && isGround(faceOf[2 * e])) addLine(edgeLow[e], edgeHigh[e]);
	return { lines, boxes: lines.length > 0 ? [] : boxesOfWrongGround(arrangement, isGround) };
}

/** For each edge of the soup: 1 where the ground is on its left, 2 on its right, 0 where it is none of its border. */
function bordersOf(
	{ nodeOfPosition, edgeOfPosition, edgeLow, layerPositions }: EdgeSoup,
	firstPosition: number,
): Uint8Array {
	const leftOf = new Uint8Array(edgeLow.length);
	for (let o = firstPosition; o < layerPositions[1]; o++) {
		const edge = edgeOfPosition[o];
		leftOf[edge] = edgeLow[edge] === nodeOfPosition[o] ? 1 : 2;
	}
	return leftOf;
}

/** The boxes of faces of the ground that are covered otherwise too, or outside the outline. */
function boxesOfWrongGround(
	{ covers: [parcels, outline], faceOf, edgeLow, edgeHigh, faceCount, rounded }: Arrangement,
	isGround: (face: number) => boolean,
): number[] {
	const { nodeX, nodeY } = rounded;
	const isWrong = (face: number) =>
		isGround(face) &&
		(parcels.offsets[face + 1] - parcels.offsets[face] > 1 ||
			(outline !== undefined && outline.offsets[face + 1] === outline.offsets[face]));
	const boxOf = new Map<number, number[]>();
	for (let face = 0; face < faceCount; face++)
		if (isWrong(face)) boxOf.set(face, [Infinity, Infinity, -Infinity, -Infinity]);
	if (boxOf.size === 0) return [];
	for (let half = 0; half < faceOf.length; half++) {
		const box = boxOf.get(faceOf[half]);
		if (box === undefined) continue;
		const node = half % 2 === 0 ? edgeLow[half >> 1] : edgeHigh[half >> 1];
		box[0] = Math.min(box[0], nodeX[node]);
		box[1] = Math.min(box[1], nodeY[node]);
		box[2] = Math.max(box[2], nodeX[node]);
		box[3] = Math.max(box[3], nodeY[node]);
	}
	return [...boxOf.values()].flat();
}
