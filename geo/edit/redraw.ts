import type { FlatPolygons } from '../flat-polygons.ts';
import { sliceFeature } from '../flat-polygons.ts';
import { arrange, soleFeature } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { checkArranged } from '../check/check.ts';
import { checkGround } from './check-ground.ts';
import { findShape, withShapes } from '../coverage/coverage.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { EditResult, Lineage } from './difference.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import type { Reach } from './same-up-to-nodes.ts';
import { listShapeChanges } from './shape-change.ts';
import type { CoverageIssue } from '../check/issue.ts';
import { listNeighbourhood } from '../coverage/neighbourhood.ts';
import type { Shapes } from '../coverage/neighbourhood.ts';
import { joinShapes, parcelSetOf } from '../coverage/shape-map.ts';
import { sameShape } from '../coverage/shape.ts';
import { boxesOfChangedEdges } from '../coverage/shape-edges.ts';

/**
 * Puts new shapes of some parcels into a coverage: the one step that all verbs end in.
 *
 * `newShapes` holds one feature each, on the grid or not, null to retire a parcel. They are noded with each other and with every parcel
 * that has an edge near theirs; what is not noded stays the same to the bit. Refuses, with the check's first issue, where the
 * result would overlap, leave a gap, leave the ground that the parcels had, or be invalid. Degrees (EPSG:4490). O(edges of the parcels concerned, log parcels), whatever the size of the coverage.
 */
export function redraw(
	coverage: Coverage,
	newShapes: Shapes,
	lineage: readonly Lineage[] = [],
	reach?: Reach,
): EditResult {
	const before = new Map<number, FlatPolygons | null>();
	const after = new Map<number, FlatPolygons | null>(newShapes);
	for (const parcelNo of after.keys()) before.set(parcelNo, findShape(coverage, parcelNo));
	let boxes = boxesOfChangedEdges(joinShapes(before.values()), joinShapes(after.values()));
	// Noding a neighbour bends its edges, at most half a step, and may bring more neighbours within reach.
	for (let round = 0; ; round++) {
		const added = listNeighbourhood(coverage, boxes, before);
		if (round > 0 && added.size === 0) break;
		for (const [parcelNo, shape] of added) {
			before.set(parcelNo, shape);
			after.set(parcelNo, shape);
		}
		const noded = node(after, before);
		if (!noded.ok) return refused(noded.issues);
		const changed = [...noded.shapes].filter(([no, shape]) => {
			const drawn = after.get(no) ?? null;
			return drawn === null || !sameShape(drawn, shape);
		});
		boxes = boxesOfChangedEdges(
			joinShapes(changed.map(([no]) => after.get(no) ?? null)),
			joinShapes(changed.map(([, shape]) => shape)),
		);
		for (const [no, shape] of changed) after.set(no, shape);
	}
	const issues = checkGround(coverage, before, after).filter(({ severity }) => severity === 'error');
	if (issues.length > 0) return refused(issues);
	const shapes = listShapeChanges(before, after, lineage, reach);
	return {
		ok: true,
		coverage: withShapes(
			coverage,
			shapes.map((change) => [change.parcelNo, change.after]),
		),
		difference: { shapes, classes: [], lineage },
	};
}

type Noded =
	| { readonly ok: true; readonly shapes: ReadonlyMap<number, FlatPolygons> }
	| { readonly ok: false; readonly issues: readonly CoverageIssue[] };

/** Nodes shapes that come in the place of others with one another, or says what keeps it from being done. */
function node(shapes: Shapes, before: Shapes): Noded {
	const { parcelNos, polygons } = parcelSetOf(shapes);
	const arrangement = arrange([polygons], [], [joinShapes(before.values())]);
	const [cover] = arrangement.covers;
	// Of several places that an issue may point at, the one that arranging the whole points at.
	if (errorsOf(arrangement, parcelNos).length > 0)
		return { ok: false, issues: errorsOf(arrange([polygons]), parcelNos) };
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		face === 0 ? 0 : Math.max(0, soleFeature(cover, face) + 1),
	);
	const noded = dissolveFaces(arrangement, labels);
	return {
		ok: true,
		shapes: new Map(
			Array.from(noded.parcelNos, (label, feature) => [
				parcelNos[label - 1],
				sliceFeature(noded.polygons, feature),
			]),
		),
	};
}

function errorsOf(arrangement: Arrangement, parcelNos: Int32Array): CoverageIssue[] {
	const { faceCount, covers } = arrangement;
	const overlaps = Array.from({ length: faceCount }, (_, face) => face).some(
		(face) => face > 0 && soleFeature(covers[0], face) === -2,
	);
	return checkArranged(arrangement, parcelNos).filter(
		// Ground that a few parcels enclose may belong to others; a sliver may be such ground or an overlap.
		({ severity, code }) =>
			severity === 'error' && code !== 'coverage.gap' && (overlaps || code !== 'edge.unmatched'),
	);
}

function refused(issues: readonly CoverageIssue[]): EditResult {
	const [first] = issues;
	return {
		ok: false,
		refusal: {
			code: first.code,
			parcelNos: first.parcelNos,
			at: first.at,
			params: { ...first.params },
			issues,
		},
	};
}
