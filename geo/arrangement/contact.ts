import { visitOverlappingPairs } from './box-pairs.ts';
import { roundedCrossing } from './crossing.ts';
import { passesHotPixel } from './hot-pixel.ts';
import type { Lines } from './lines.ts';

/** Where edges meet other than at shared ends. Coordinates are whole grid steps. */
export interface Contacts {
	/** 1 for each edge that passes through the hot pixel of another edge's end. */
	readonly touched: Uint8Array;
	/** Pairs of edges that cross in their interiors, flat: e₀ f₀ e₁ f₁ … */
	readonly crossingEdges: readonly number[];
	/** The grid points that the crossings round to, one per pair. */
	readonly crossingX: readonly number[];
	readonly crossingY: readonly number[];
}

/** Finds all crossings and all edges that pass a foreign end point's hot pixel. O(n) pairs for parcels of like size. */
export function findContacts({ nodeX, nodeY, edgeLow, edgeHigh }: Lines): Contacts {
	const count = edgeLow.length;
	const minX = new Float64Array(count);
	const minY = new Float64Array(count);
	const maxX = new Float64Array(count);
	const maxY = new Float64Array(count);
	for (let e = 0; e < count; e++) {
		const lowY = nodeY[edgeLow[e]];
		const highY = nodeY[edgeHigh[e]];
		minX[e] = nodeX[edgeLow[e]];
		maxX[e] = nodeX[edgeHigh[e]];
		minY[e] = Math.min(lowY, highY);
		maxY[e] = Math.max(lowY, highY);
	}
	const touched = new Uint8Array(count);
	const touch = (e: number, node: number) => {
		if (touched[e] === 1) return;
		const x = nodeX[node];
		const y = nodeY[node];
		if (x < minX[e] || x > maxX[e] || y < minY[e] || y > maxY[e]) return;
		const low = edgeLow[e];
		const high = edgeHigh[e];
		if (passesHotPixel(nodeX[low], nodeY[low], nodeX[high], nodeY[high], x, y)) touched[e] = 1;
	};

	const crossingEdges: number[] = [];
	const crossingX: number[] = [];
	const crossingY: number[] = [];
	const rounded = new Float64Array(2);
	visitOverlappingPairs({ minX, minY, maxX, maxY }, (e, f) => {
		const a = edgeLow[e];
		const b = edgeHigh[e];
		const c = edgeLow[f];
		const d = edgeHigh[f];
		if (c !== a && c !== b) touch(e, c);
		if (d !== a && d !== b) touch(e, d);
		if (a !== c && a !== d) touch(f, a);
		if (b !== c && b !== d) touch(f, b);
		if (a === c || a === d || b === c || b === d) return;
		if (
			roundedCrossing(nodeX[a], nodeY[a], nodeX[b], nodeY[b], nodeX[c], nodeY[c], nodeX[d], nodeY[d], rounded)
		) {
			crossingEdges.push(e, f);
			crossingX.push(rounded[0]);
			crossingY.push(rounded[1]);
		}
	});
	return { touched, crossingEdges, crossingX, crossingY };
}
