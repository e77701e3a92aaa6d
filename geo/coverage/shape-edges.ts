import type { FlatPolygons } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { collectEdges } from '../arrangement/edge-soup.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import type { LonLatBox } from './shape.ts';

/** What lies within this of an edge may be noded with it. */
const REACH_DEG = 2 * GRID_STEP_DEG;

/**
 * The boxes, two grid steps wider, of the edges that only one of two sets of polygons has.
 *
 * An edge that a set has twice (a boundary between two of its polygons) counts like one that it has once. O(positions).
 */
export function boxesOfChangedEdges(before: FlatPolygons, after: FlatPolygons): LonLatBox[] {
	const { nodeX, nodeY, edgeLow, edgeHigh, useOffsets, useRings, layerRings } = collectEdges([before, after]);
	const boxes: LonLatBox[] = [];
	for (let e = 0; e < edgeLow.length; e++) {
		const firstIsAfter = useRings[useOffsets[e]] >= layerRings[1];
		const lastIsAfter = useRings[useOffsets[e + 1] - 1] >= layerRings[1];
		if (firstIsAfter !== lastIsAfter) continue;
		const [a, b] = [edgeLow[e], edgeHigh[e]];
		boxes.push({
			minLon: fromGridSteps(nodeX[a]) - REACH_DEG,
			maxLon: fromGridSteps(nodeX[b]) + REACH_DEG,
			minLat: fromGridSteps(Math.min(nodeY[a], nodeY[b])) - REACH_DEG,
			maxLat: fromGridSteps(Math.max(nodeY[a], nodeY[b])) + REACH_DEG,
		});
	}
	return boxes;
}
