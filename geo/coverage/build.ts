import type { FlatPolygons } from '../flat-polygons.ts';
import { coverageFromFaces } from './arc.ts';
import { soleFeature } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { layProven } from './build-proven.ts';
import { arrangeSet, inspectSet } from '../check/check.ts';
import { coverageOf } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { fromGridSteps, isUsablePosition } from '../arrangement/grid-position.ts';
import { snapToGrid } from '../grid.ts';
import type { CleanProof } from '../check/check-clean.ts';
import type { CoverageIssue } from '../check/issue.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** A coverage and what building it changed, or why there is none. */
export type CoverageBuild =
	| {
			readonly ok: true;
			readonly coverage: Coverage;
			/** The farthest that a vertex or a point of an edge was moved, in degrees. */
			readonly movedMaxDeg: number;
			/** How many vertices were inserted on edges, each shared edge counted once. */
			readonly nodesInserted: number;
			/** What was repaired on the way. */
			readonly warnings: readonly CoverageIssue[];
	  }
	| { readonly ok: false; readonly issues: readonly CoverageIssue[] };

/**
 * Builds the coverage of a set of parcels, with the outline's vertices on its boundary.
 *
 * Vertices are snapped to the grid and edges noded: a neighbour's vertex within half a grid step of an edge goes into that edge and is
 * counted. Repeated vertices, spikes and self-touching rings are put right. Refuses with issues (those of `checkParcelSet`) where
 * parcels overlap, leave gaps, leave the outline or are invalid. The result depends on the geometry and the parcel numbers alone, not on the
 * order of parcels, ring start or direction. O(positions) where nothing is wrong (`proveClean`), else O((edges + crossings) log).
 */
export function buildCoverage(set: ParcelSet, outline?: FlatPolygons): CoverageBuild {
	const { proof, issues, ...inspection } = inspectSet(set, outline);
	if (proof !== null) return buildProven(set, proof, outline);
	if (issues.some(({ severity }) => severity === 'error')) return { ok: false, issues };
	const arrangement = inspection.arrangement ?? arrangeSet(set, outline);

	const { parcelNos, indexOfFeature } = rankParcels(set);
	const [cover] = arrangement.covers;
	const parcelOfFace = Int32Array.from({ length: arrangement.faceCount }, (_, face) => {
		const feature = soleFeature(cover, face);
		return feature < 0 ? -1 : indexOfFeature[feature];
	});
	const { rounded } = arrangement;
	return {
		ok: true,
		coverage: coverageOf(coverageFromFaces(arrangement, parcelOfFace, parcelNos)),
		movedMaxDeg: farthestMove(arrangement),
		nodesInserted: rounded.routes.nodes.length - 2 * (rounded.routes.offsets.length - 1),
		warnings: issues,
	};
}

/** The same from a proof that nothing is wrong: polygons are faces, and edges are known with both sides. */
function buildProven(set: ParcelSet, proof: CleanProof, outline?: FlatPolygons): CoverageBuild {
	const { parcelNos, indexOfFeature } = rankParcels(set);
	return {
		ok: true,
		coverage: coverageOf(layProven(proof, set.polygons, parcelNos, indexOfFeature)),
		movedMaxDeg: Math.max(
			farthestSnap(set.polygons),
			outline === undefined ? 0 : farthestSnap(outline),
			fromGridSteps(proof.leading.movedMaxSteps),
		),
		nodesInserted: proof.leading.nodesInserted,
		warnings: [],
	};
}

/** Parcel numbers ascending, and the place of each feature's among them. */
function rankParcels(set: ParcelSet) {
	const parcelNos = set.parcelNos.slice().sort();
	return { parcelNos, indexOfFeature: set.parcelNos.map((no) => lowerBound(parcelNos, no)) };
}

function lowerBound(values: Int32Array, value: number): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (values[middle] < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The farthest that snapping moves a usable position, in degrees. */
function farthestSnap({ coordinates }: FlatPolygons): number {
	let farthest = 0;
	for (let i = 0; i < coordinates.length; i += 2) {
		if (!isUsablePosition(coordinates[i], coordinates[i + 1])) continue;
		const lon = snapToGrid(coordinates[i]) - coordinates[i];
		const lat = snapToGrid(coordinates[i + 1]) - coordinates[i + 1];
		if (lon !== 0 || lat !== 0) farthest = Math.max(farthest, Math.hypot(lon, lat));
	}
	return farthest;
}

/** The farthest of snapped vertices from where they were, and of inserted vertices from their edge. */
function farthestMove({ layers, rounded }: Arrangement): number {
	let farthest = Math.max(...layers.map(farthestSnap));
	const { nodeX, nodeY, routes } = rounded;
	for (let e = 0; e + 1 < routes.offsets.length; e++) {
		const from = routes.nodes[routes.offsets[e]];
		const to = routes.nodes[routes.offsets[e + 1] - 1];
		const dx = nodeX[to] - nodeX[from];
		const dy = nodeY[to] - nodeY[from];
		for (let i = routes.offsets[e] + 1; i < routes.offsets[e + 1] - 1; i++) {
			const n = routes.nodes[i];
			const across = dx * (nodeY[n] - nodeY[from]) - dy * (nodeX[n] - nodeX[from]);
			farthest = Math.max(farthest, fromGridSteps(Math.abs(across) / Math.hypot(dx, dy)));
		}
	}
	return farthest;
}
