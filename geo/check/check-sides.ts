import type { FlatPolygons } from '../flat-polygons.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import { turn } from '../arrangement/turn.ts';

/** Which polygon is on each side of each edge, looking from the lower to the higher node; −1 where none is. */
export interface EdgeSides {
	readonly left: Int32Array;
	readonly right: Int32Array;
}

/**
 * Finds the polygons along each edge, and marks those as faulty that have another on the same side of an edge.
 *
 * Faulty polygons are passed over. `soup` holds the edges of these polygons alone. The direction in which a ring is drawn does not matter:
 * shells are taken counter-clockwise, holes clockwise, by the turn at the smallest vertex, which is right for rings that do not meet themselves.
 * O(positions).
 */
export function findEdgeSides(
	soup: EdgeSoup,
	{ polygonOffsets, ringOffsets }: FlatPolygons,
	faulty: Uint8Array,
): EdgeSides {
	const left = new Int32Array(soup.edgeLow.length).fill(-1);
	const right = new Int32Array(soup.edgeLow.length).fill(-1);
	const { nodeOfPosition, edgeOfPosition, edgeLow } = soup;
	for (let polygon = 0; polygon + 1 < polygonOffsets.length; polygon++) {
		if (faulty[polygon] === 1) continue;
		const shell = polygonOffsets[polygon];
		for (let ring = shell; ring < polygonOffsets[polygon + 1]; ring++) {
			const from = ringOffsets[ring];
			const to = ringOffsets[ring + 1];
			const isInsideLeft = turnAtSmallest(soup, from, to) > 0 === (ring === shell);
			for (let o = from; o < to; o++) {
				const edge = edgeOfPosition[o];
				const side = (edgeLow[edge] === nodeOfPosition[o]) === isInsideLeft ? left : right;
				if (side[edge] < 0) side[edge] = polygon;
				else faulty[side[edge]] = faulty[polygon] = 1;
			}
		}
	}
	return { left, right };
}

/** How a ring turns at its smallest vertex: > 0 where it runs counter-clockwise. */
function turnAtSmallest({ nodeX, nodeY, nodeOfPosition }: EdgeSoup, from: number, to: number): number {
	let least = from;
	for (let o = from; o < to; o++) if (nodeOfPosition[o] < nodeOfPosition[least]) least = o;
	const a = nodeOfPosition[least === from ? to - 1 : least - 1];
	const b = nodeOfPosition[least];
	const c = nodeOfPosition[least === to - 1 ? from : least + 1];
	return turn(nodeX[a], nodeY[a], nodeX[b], nodeY[b], nodeX[c], nodeY[c]);
}
