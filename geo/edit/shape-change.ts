import type { FlatPolygons } from '../flat-polygons.ts';
import type { Lineage, ShapeChange } from './difference.ts';
import type { Shapes } from '../coverage/neighbourhood.ts';
import { IN_ONE_EDIT, sameUpToNodes, type Reach } from './same-up-to-nodes.ts';
import { sameShape } from '../coverage/shape.ts';

/**
 * What changed between two states of parcels, ascending by number; both maps have the same keys.
 *
 * A parcel that gave or took ground by lineage is reshaped, however little it was. `reach`: how far nodes may lie off a line. O(vertices).
 */
export function listShapeChanges(
	before: Shapes,
	after: Shapes,
	lineage: readonly Lineage[],
	reach: Reach = IN_ONE_EDIT,
): ShapeChange[] {
	const related = new Set(lineage.flatMap(({ from, to }) => [from, to]));
	const parcelNos = [...after.keys()].sort((a, b) => a - b);
	return parcelNos
		.map((parcelNo) =>
			shapeChange(parcelNo, before.get(parcelNo) ?? null, after.get(parcelNo) ?? null, reach),
		)
		.filter((change) => change !== null)
		.map((change) =>
			change.kind === 'noded' && related.has(change.parcelNo) ? { ...change, kind: 'reshaped' } : change,
		);
}

/** What makes the one shape of a parcel the other, null when they are the same. O(vertices). */
export function shapeChange(
	parcelNo: number,
	before: FlatPolygons | null,
	after: FlatPolygons | null,
	reach: Reach = IN_ONE_EDIT,
): ShapeChange | null {
	if (before === null) return after === null ? null : { kind: 'created', parcelNo, before, after };
	if (after === null) return { kind: 'retired', parcelNo, before, after };
	if (sameShape(before, after)) return null;
	return { kind: sameUpToNodes(before, after, reach) ? 'noded' : 'reshaped', parcelNo, before, after };
}
