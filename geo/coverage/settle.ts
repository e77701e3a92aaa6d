import { coverageToParcelSet } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import type { CoverageBase } from './coverage-base.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { collectEdges } from '../arrangement/edge-soup.ts';
import { fromGridSteps } from '../arrangement/grid-position.ts';
import { coverageFromRings } from './noded-edges.ts';

/**
 * Makes a new base of a coverage and its patch.
 *
 * Boundaries are the same vertices on both sides, so edges are matched by their ends and nothing is arranged: the result is, to the bit, the
 * base that `buildCoverage` makes of all parcels. Throws when two parcels lie on one side of an edge, which no edit leaves behind.
 * O(vertices).
 */
export function settleCoverage(coverage: Coverage): CoverageBase {
	return coverage.patch.size === 0 ? coverage.base : baseOfShared(coverageToParcelSet(coverage));
}

/**
 * Makes a base of parcels whose boundaries are the same vertices on both sides, as those of a coverage or of any part of one are.
 *
 * Parcels ascend by number, rings are written as a coverage writes them. Between the parcels of a part there may be ground of others, which counts as outside. Throws when two
 * parcels lie on one side of an edge. O(vertices).
 */
export function baseOfShared({ parcelNos, polygons }: ParcelSet): CoverageBase {
	const { ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const { nodeX, nodeY, edgeLow, edgeHigh, nodeOfPosition, edgeOfPosition } = collectEdges([polygons]);
	const left = new Uint32Array(edgeLow.length);
	const right = new Uint32Array(edgeLow.length);
	const halfEdges = new Uint32Array(edgeOfPosition.length);
	// Every polygon is a face: shells run counter-clockwise and holes clockwise, with it on the left.
	const parcelOfFace = new Int32Array(polygonOffsets.length).fill(-1);
	for (let parcel = 0; parcel < parcelNos.length; parcel++) {
		for (let polygon = featureOffsets[parcel]; polygon < featureOffsets[parcel + 1]; polygon++) {
			const face = polygon + 1;
			parcelOfFace[face] = parcel;
			const end = ringOffsets[polygonOffsets[polygon + 1]];
			for (let i = ringOffsets[polygonOffsets[polygon]]; i < end; i++) {
				const edge = edgeOfPosition[i];
				const isForward = nodeOfPosition[i] === edgeLow[edge];
				halfEdges[i] = isForward ? 2 * edge : 2 * edge + 1;
				const side = isForward ? left : right;
				if (side[edge] !== 0) {
					const other = parcelNos[parcelOfFace[side[edge]]];
					throw new Error(`parcels ${other} and ${parcelNos[parcel]} lie on one side of an edge`);
				}
				side[edge] = face;
			}
		}
	}
	const vertices = new Float64Array(2 * nodeX.length);
	for (let n = 0; n < nodeX.length; n++) {
		vertices[2 * n] = fromGridSteps(nodeX[n]);
		vertices[2 * n + 1] = fromGridSteps(nodeY[n]);
	}
	return coverageFromRings(
		{ vertices, from: edgeLow, to: edgeHigh, left, right },
		{ labelOffsets: featureOffsets, polygonOffsets, ringOffsets, halfEdges },
		parcelOfFace,
		parcelNos,
	);
}
