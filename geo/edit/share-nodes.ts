import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import { findShape, listParcelNosInBox } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { placeKey, ringsOf, withRings } from '../coverage/vertex.ts';
import type { ShapeChange } from './difference.ts';
import { edgeOffsetDeg, IN_MANY_EDITS } from './same-up-to-nodes.ts';

/** More than the rounding error of an offset. */
const SPARE_DEG = GRID_STEP_DEG / 64;

/**
 * The shapes of a change with the nodes that both sides of its old boundaries have by now.
 *
 * A node on a slanted edge lies up to half a grid diagonal off it, and moves it by that: so the nodes of two drafts on one edge may lie a
 * diagonal and more from each other's lines, too far to be snapped, near enough to be the same boundary. So the new shapes take the nodes
 * that their parcels have gained since, and today's neighbours take those that the change puts on the old boundaries, each on the edge that
 * it lies no farther from than both sides have moved. Only shapes that this changes are in the answer, and the new ones.
 * O(vertices × nodes near).
 */
export function shareNodes(
	coverage: Coverage,
	edits: readonly ShapeChange[],
	newShapes: ReadonlyMap<number, FlatPolygons | null>,
): Map<number, FlatPolygons | null> {
	const was = edits.flatMap(({ before }) => (before === null ? [] : [before]));
	const is = edits.flatMap(({ after }) => (after === null ? [] : [after]));
	const today = edits.flatMap(({ parcelNo, before }) => {
		const shape = before === null ? null : findShape(coverage, parcelNo);
		return shape === null ? [] : [shape];
	});
	const gained = nodesOn(was, nodesAdded(was, today));
	const ends = nodesOn(was, nodesAdded(was, is));
	const reachDeg = gained.movedDeg + ends.movedDeg + SPARE_DEG;
	const shared = new Map<number, FlatPolygons | null>();
	for (const [parcelNo, shape] of newShapes)
		shared.set(parcelNo, shape === null ? null : withNodes(shape, gained.nodes, reachDeg));
	for (const [lon, lat] of ends.nodes) {
		const near = listParcelNosInBox(coverage, {
			minLon: lon - reachDeg,
			minLat: lat - reachDeg,
			maxLon: lon + reachDeg,
			maxLat: lat + reachDeg,
		});
		for (const parcelNo of near) {
			if (newShapes.has(parcelNo)) continue;
			const shape = shared.get(parcelNo) ?? findShape(coverage, parcelNo);
			const withNode = shape === null ? null : withNodes(shape, [[lon, lat]], reachDeg);
			if (withNode !== shape) shared.set(parcelNo, withNode);
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

/** Those of some places that are nodes on the edges of shapes, and how far they lie off them at most. O(places × edges). */
function nodesOn(
	shapes: readonly FlatPolygons[],
	places: readonly LonLat[],
): { nodes: LonLat[]; movedDeg: number } {
	const edges = shapes
		.flatMap(ringsOf)
		.flatMap((ring) => ring.map((at, i) => [at, ring[(i + 1) % ring.length]] as const));
	const nearest = places.map((place) => {
		let [offsetDeg, edge] = [Infinity, -1];
		for (const [e, [from, to]] of edges.entries()) {
			const offset = edgeOffsetDeg(place, from, to);
			if (offset < offsetDeg) [offsetDeg, edge] = [offset, e];
		}
		return { place, offsetDeg, edge };
	});
	const onEdge = new Map<number, number>();
	for (const { offsetDeg, edge } of nearest)
		if (offsetDeg <= IN_MANY_EDITS(Infinity)) onEdge.set(edge, (onEdge.get(edge) ?? 0) + 1);
	const nodes = nearest.filter(({ offsetDeg, edge }) => offsetDeg <= IN_MANY_EDITS(onEdge.get(edge) ?? 0));
	return {
		nodes: nodes.map(({ place }) => place),
		movedDeg: nodes.reduce((most, { offsetDeg }) => Math.max(most, offsetDeg), 0),
	};
}

/** A shape with those nodes put in that lie within reach of an edge and beside its ends; a ring that has one stays. */
function withNodes(shape: FlatPolygons, nodes: readonly LonLat[], reachDeg: number): FlatPolygons {
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
					(node) => edgeOffsetDeg(node, at, next) <= reachDeg && along(node) > 0 && along(node) < along(next),
				);
				return [at, ...taken.sort((a, b) => along(a) - along(b))];
			}),
		),
	);
}
