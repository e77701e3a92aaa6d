import type { FlatPolygons, LonLat } from '../flat-polygons.ts';
import { applyDifference } from './apply-difference.ts';
import { findShape } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Difference, Refusal, ShapeChange } from './difference.ts';
import { listDifferenceGroups } from './difference-group.ts';
import type { ClassOf } from './reclassify.ts';
import { redraw } from './redraw.ts';
import { refuse } from './refusal.ts';
import { shareNodes } from './share-nodes.ts';
import { IN_MANY_EDITS, sameUpToNodes } from './same-up-to-nodes.ts';
import { sameShape } from '../coverage/shape.ts';

/** A difference as it applies to another version, or the groups of parcels that stand against it. */
export type Rebase =
	| { readonly ok: true; readonly coverage: Coverage; readonly difference: Difference }
	| {
			readonly ok: false;
			readonly refusal: Refusal;
			/** The groups of the difference that hold a parcel in conflict; all of them where none can be named. */
			readonly conflicts: readonly (readonly number[])[];
	  };

/**
 * Makes a difference apply to a coverage that has changed since.
 *
 * Where every parcel is to the bit what it was, the difference applies as it is. Else a parcel that has gained or lost nodes only (within
 * what so many nodes move its edges) is no conflict: the new shapes are put in and noded again with the neighbours of today, where that is not enough
 * with the nodes that both drafts put on one boundary (`shareNodes`). A `noded` change of a
 * parcel that is as it was goes with them; one of a parcel that was noded otherwise since is left out. Refuses `difference.conflict` with every parcel that was
 * reshaped, retired or taken up otherwise (a new number that another draft has taken is one: the caller gives numbers, `firstNewNo`), and what `redraw` refuses.
 * A parcel whose class it changes must still be there and, where the classes of today are given, must not have got another since.
 * O(edges of the parcels concerned).
 */
export function rebaseDifference(coverage: Coverage, difference: Difference, classOf?: ClassOf): Rebase {
	const reclassified = classConflicts(coverage, difference, classOf);
	const applied = applyDifference(coverage, difference);
	if (applied.ok && reclassified.length === 0) return applied;
	if (!applied.ok && applied.refusal.code !== 'difference.stale')
		return { ...applied, conflicts: groupsWith(difference, applied.refusal.parcelNos) };
	const edits = difference.shapes.filter(({ kind }) => kind !== 'noded');
	const reshaped = edits.filter((change) => !stillThere(coverage, change)).map(({ parcelNo }) => parcelNo);
	const inConflict = [...new Set([...reshaped, ...reclassified])];
	if (inConflict.length > 0) return conflict(coverage, difference, inConflict);
	const carried = difference.shapes.filter(
		(change) => change.kind !== 'noded' || isAsItWas(coverage, change),
	);
	const newShapes = new Map<number, FlatPolygons | null>(
		carried.map((change) => [change.parcelNo, change.after]),
	);
	let result = redraw(coverage, newShapes, difference.lineage, IN_MANY_EDITS);
	if (!result.ok) {
		const withNodes = shareNodes(coverage, edits, newShapes);
		const shared = redraw(coverage, withNodes, difference.lineage, IN_MANY_EDITS);
		if (shared.ok) result = shared;
	}
	if (!result.ok) {
		const { parcelNos, issues } = result.refusal;
		const touched = [...parcelNos, ...issues.flatMap((issue) => issue.parcelNos)].filter((no) =>
			newShapes.has(no),
		);
		return { ...result, conflicts: groupsWith(difference, touched) };
	}
	return { ...result, difference: { ...result.difference, classes: difference.classes } };
}

/** The parcels that would get a class, and are gone or have got another since. */
function classConflicts(coverage: Coverage, { shapes, classes }: Difference, classOf?: ClassOf): number[] {
	const created = new Set(shapes.filter(({ kind }) => kind === 'created').map(({ parcelNo }) => parcelNo));
	const inConflict = classes.filter(({ parcelNo, before }) => {
		if (created.has(parcelNo)) return false;
		if (findShape(coverage, parcelNo) === null) return true;
		return classOf !== undefined && classOf(parcelNo) !== before;
	});
	return inConflict.map(({ parcelNo }) => parcelNo);
}

/** Says whether a parcel is what the change began from, nodes apart. */
function stillThere(coverage: Coverage, { parcelNo, before }: ShapeChange): boolean {
	const today = findShape(coverage, parcelNo);
	if (before === null || today === null) return before === today;
	return sameShape(before, today) || sameUpToNodes(before, today, IN_MANY_EDITS);
}

function isAsItWas(coverage: Coverage, { parcelNo, before }: ShapeChange): boolean {
	const today = findShape(coverage, parcelNo);
	return before !== null && today !== null && sameShape(before, today);
}

function conflict(coverage: Coverage, difference: Difference, parcelNos: readonly number[]): Rebase {
	const change = difference.shapes.find(({ parcelNo }) => parcelNo === parcelNos[0]);
	const shape = change?.before ?? change?.after ?? findShape(coverage, parcelNos[0]);
	const at = shape !== null && shape.coordinates.length > 0 ? vertexAt(shape) : null;
	return { ...refuse('difference.conflict', parcelNos, at), conflicts: groupsWith(difference, parcelNos) };
}

function vertexAt({ coordinates }: FlatPolygons): LonLat {
	return [coordinates[0], coordinates[1]];
}

function groupsWith(difference: Difference, parcelNos: readonly number[]): number[][] {
	const groups = listDifferenceGroups(difference);
	if (groups.length === 0) return [difference.shapes.map(({ parcelNo }) => parcelNo)];
	const named = groups.filter((group) => group.some((no) => parcelNos.includes(no)));
	return named.length > 0 ? named : groups;
}
