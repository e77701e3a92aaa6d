import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { findShape, listParcelNosInBox } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { placeKey, ringsOf, withRings } from '../coverage/vertex.ts';
import type { ShapeChange } from './difference.ts';
import { isNearEdge } from './same-up-to-nodes.ts';

/**
 * The shapes of a change with the nodes that both sides of its old boundaries have by now.
 *
 * A node on a slanted edge lies up to half a step off it, so the nodes of two drafts on one edge may lie a whole step from each other's
 * lines: too far to be snapped, near enough to be the same boundary. So the new shapes take the nodes that their parcels have
 * gained since, and today's neighbours take those that the change puts on the old boundaries, each on the edge within a grid step.
 * Only shapes that this changes are in the answer, and the new ones. O(vertices × nodes near).
 */
export function shareNodes(
	coverage: Coverage,
	edits: readonly ShapeChange[],
	newShapes: ReadonlyMap<number, FlatPolygons | null>,
): Map<number, FlatPolygons | null> {
	const was = edits.flatMap(({ before }) => (before === null ? [] : [before]));
	const gained = edits.flatMap(({ parcelNo, before }) => {
		const today = findShape(coverage, parcelNo);
		return before === null || today === null ? [] : nodesAdded([before], [today]);
	});
	const is = edits.flatMap(({ after }) => (after === null ? [] : [after]));
	const ends = nodesAdded(was, is).filter((node) => was.some((shape) => comesNear(shape, node)));
	const shared = new Map<number, FlatPolygons | null>();
	for (const [parcelNo, shape] of newShapes)
		shared.set(parcelNo, shape === null ? null : withNodes(shape, gained));
	for (const [lon, lat] of ends) {
		const near = listParcelNosInBox(coverage, {
			minLon: lon - GRID_STEP_DEG,
			minLat: lat - GRID_STEP_DEG,
			maxLon: lon + GRID_STEP_DEG,
			maxLat: lat + GRID_STEP_DEG,
		});
		for (const parcelNo of near) {
			if (newShapes.has(parcelNo)) continue;
			const shape = shared.get(parcelNo) ?? findShape(coverage, parcelNo);
			if (shape !== null) shared.set(parcelNo, withNodes(shape, [[lon, lat]]));
		}
	}
	return shared;
}

/** The vertices that some shapes have and others have not. */
function nodesAdded(before: readonly FlatPolygons[], after: readonly FlatPolygons[]): LonLat[] {
	const places = (shapes: readonly FlatPolygons[]) => shapes.flatMap((shape) => ringsOf(shape).flat());
	const known = new Set(places(before).map(placeKey));
	return places(after).filter((place) => !known.has(placeKey(place)) && known.add(placeKey(place)));
}

function comesNear(shape: FlatPolygons, node: LonLat): boolean {
	return ringsOf(shape).some((ring) =>
		ring.some((at, i) => isNearEdge(node, at, ring[(i + 1) % ring.length])),
	);
}

/** A shape with those nodes put in that lie within a grid step of an edge and beside its ends; a ring that has one stays. */
function withNodes(shape: FlatPolygons, nodes: readonly LonLat[]): FlatPolygons {
	const rings = ringsOf(shape);
	const known = new Set(rings.flat().map(placeKey));
	const fresh = nodes.filter((node) => !known.has(placeKey(node)));
	if (fresh.length === 0) return shape;
	return withRings(
		shape,
		rings.map((ring) =>
			ring.flatMap((at, i) => {
				const next = ring[(i + 1) % ring.length];
				const along = (place: LonLat) =>
					(place[0] - at[0]) * (next[0] - at[0]) + (place[1] - at[1]) * (next[1] - at[1]);
				const taken = fresh.filter(
					(node) => isNearEdge(node, at, next) && along(node) > 0 && along(node) < along(next),
				);
				return [at, ...taken.sort((a, b) => along(a) - along(b))];
			}),
		),
	);
}
