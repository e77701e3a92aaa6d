import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import { arrange, soleFeature } from './arrange.ts';
import { arrangeSet, checkArranged } from './check.ts';
import { findShape, listParcelNosInBox, withShapes } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import type { EditResult, Lineage, ShapeChange } from './difference.ts';
import { dissolveFaces } from './dissolve.ts';
import type { CoverageIssue } from './issue.ts';
import { sameUpToNodes } from './same-up-to-nodes.ts';
import { asOneFeature, sameShape } from './shape.ts';
import { boxesOfChangedEdges, hasEdgeNear } from './shape-edges.ts';

/** New shapes by parcel number (one feature each, on the grid or not), null to retire a parcel. */
export type NewShapes = ReadonlyMap<number, FlatPolygons | null>;

/**
 * Puts new shapes of some parcels into a coverage: the one step that all verbs end in.
 *
 * The shapes are noded with each other and with every parcel that has an edge near theirs; what is not noded stays the same to the bit.
 * Refuses, with the check's first issue, where the result would overlap, leave a gap, leave the ground that the parcels had, or be
 * invalid. Degrees (EPSG:4490). O(edges of the parcels concerned, log parcels), whatever the size of the coverage.
 */
export function redraw(
	coverage: Coverage,
	newShapes: NewShapes,
	lineage: readonly Lineage[] = [],
): EditResult {
	const before = new Map<number, FlatPolygons | null>();
	const after = new Map<number, FlatPolygons | null>(newShapes);
	for (const parcelNo of after.keys()) before.set(parcelNo, findShape(coverage, parcelNo));
	// Noding a neighbour bends its edges, at most half a step, and may bring more neighbours within reach.
	for (let round = 0; ; round++) {
		const boxes = boxesOfChangedEdges(joinShapes(before.values()), joinShapes(after.values()));
		const added = neighboursNear(coverage, boxes, before);
		if (round > 0 && added.size === 0) break;
		for (const [parcelNo, shape] of added) {
			before.set(parcelNo, shape);
			after.set(parcelNo, shape);
		}
		const issues = node(after);
		if (issues.length > 0) return refused(issues);
	}
	const issues = checkGround(before, after);
	if (issues.length > 0) return refused(issues);
	const shapes = changesOf(before, after);
	return {
		ok: true,
		coverage: withShapes(
			coverage,
			shapes.map((change) => [change.parcelNo, change.after]),
		),
		difference: { shapes, classes: [], lineage },
	};
}

function joinShapes(shapes: Iterable<FlatPolygons | null>): FlatPolygons {
	return joinFeatures([...shapes].filter((shape) => shape !== null));
}

function neighboursNear(
	coverage: Coverage,
	boxes: ReturnType<typeof boxesOfChangedEdges>,
	known: ReadonlyMap<number, unknown>,
): Map<number, FlatPolygons> {
	const candidates = new Set<number>();
	for (const box of boxes) {
		for (const parcelNo of listParcelNosInBox(coverage, box)) {
			if (!known.has(parcelNo)) candidates.add(parcelNo);
		}
	}
	const found = new Map<number, FlatPolygons>();
	for (const parcelNo of candidates) {
		const shape = findShape(coverage, parcelNo);
		if (shape !== null && hasEdgeNear(shape, boxes)) found.set(parcelNo, shape);
	}
	return found;
}

/** Nodes shapes with one another in place; returns the errors that keep it from being done. */
function node(shapes: Map<number, FlatPolygons | null>): CoverageIssue[] {
	const parcelNos = parcelNosOf(shapes);
	const polygons = joinShapes(Array.from(parcelNos, (no) => shapes.get(no) ?? null));
	const arrangement = arrange([polygons]);
	const errors = checkArranged(arrangement, parcelNos).filter(
		// Ground that a few parcels enclose may belong to others.
		({ severity, code }) => severity === 'error' && code !== 'coverage.gap' && code !== 'edge.unmatched',
	);
	if (errors.length > 0) return errors;
	const [cover] = arrangement.covers;
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const feature = face === 0 ? -1 : soleFeature(cover, face);
		return feature < 0 ? 0 : feature + 1;
	});
	const noded = dissolveFaces(arrangement, labels);
	noded.parcelNos.forEach((label, feature) => {
		shapes.set(parcelNos[label - 1], sliceFeature(noded.polygons, feature));
	});
	return [];
}

function parcelNosOf(shapes: ReadonlyMap<number, FlatPolygons | null>): Int32Array {
	return Int32Array.from([...shapes].filter(([, shape]) => shape !== null).map(([no]) => no)).sort();
}

/** Checks that the new shapes fill the ground of the old ones and nothing else. */
function checkGround(
	before: ReadonlyMap<number, FlatPolygons | null>,
	after: ReadonlyMap<number, FlatPolygons | null>,
): CoverageIssue[] {
	const parcelNos = parcelNosOf(after);
	const set = {
		parcelNos,
		polygons: joinShapes(Array.from(parcelNos, (no) => after.get(no) ?? null)),
	};
	// The ground as one feature: even-odd of shapes that do not overlap.
	const ground = asOneFeature(joinShapes(before.values()));
	return checkArranged(arrangeSet(set, ground), parcelNos).filter(({ severity }) => severity === 'error');
}

function changesOf(
	before: ReadonlyMap<number, FlatPolygons | null>,
	after: ReadonlyMap<number, FlatPolygons | null>,
): ShapeChange[] {
	const changes: ShapeChange[] = [];
	for (const parcelNo of [...after.keys()].sort((a, b) => a - b)) {
		const was = before.get(parcelNo) ?? null;
		const is = after.get(parcelNo) ?? null;
		if (was === null) {
			if (is !== null) changes.push({ kind: 'created', parcelNo, before: null, after: is });
		} else if (is === null) {
			changes.push({ kind: 'retired', parcelNo, before: was, after: null });
		} else if (!sameShape(was, is)) {
			const kind = sameUpToNodes(was, is) ? 'noded' : 'reshaped';
			changes.push({ kind, parcelNo, before: was, after: is });
		}
	}
	return changes;
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
