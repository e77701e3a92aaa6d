import { coverageFromEdges } from '../coverage/noded-edges.ts';
import type { CoverageBase } from '../coverage/coverage-base.ts';
import { polygonsOfArcs } from './arc-polygons.ts';
import { rankVertices } from './vertex-importance.ts';

/** Units along the side of a tile. */
const EXTENT = 4096;

/** So many tile units at a zoom, in degrees of longitude on the Web Mercator plane. */
export function unitsAtZoomDeg(zoom: number, units: number): number {
	return (360 * units) / (EXTENT * 2 ** zoom);
}

/**
 * Leaves out the vertices that matter less than a tolerance, each arc once, so that neighbours stay neighbours along the same line.
 *
 * The parcels, their parts, holes and neighbours stay: every ring keeps at least three vertices, nothing crosses, touches anew or turns over, and
 * no boundary moves farther than the tolerance (degrees of longitude on the Web Mercator plane, see `unitsAtZoomDeg`). `importance` is what
 * `rankVertices` says of the base: keep it to simplify for several zooms. The result is what building the coverage from its polygons
 * gives, to the bit. O(vertices).
 */
export function simplifyArcs(
	base: CoverageBase,
	toleranceDeg: number,
	importance: Float64Array = rankVertices(base),
): CoverageBase {
	const { vertices, arcOffsets, arcVertices, arcLeft } = base;
	const polygons = polygonsOfArcs(base);
	const from = new Uint32Array(arcVertices.length);
	const to = new Uint32Array(arcVertices.length);
	const left = new Uint32Array(arcVertices.length);
	const right = new Uint32Array(arcVertices.length);
	let edges = 0;
	for (let a = 0; a < arcLeft.length; a++) {
		let start = arcVertices[arcOffsets[a]];
		for (let i = arcOffsets[a] + 1; i < arcOffsets[a + 1]; i++) {
			const vertex = arcVertices[i];
			if (importance[vertex] <= toleranceDeg) continue;
			from[edges] = start;
			to[edges] = vertex;
			left[edges] = polygons.left[a];
			right[edges++] = polygons.right[a];
			start = vertex;
		}
	}
	const parcelOfFace = new Int32Array(base.polygonOffsets.length).fill(-1);
	for (let parcel = 0; parcel < base.parcelNos.length; parcel++)
		parcelOfFace.fill(parcel, base.parcelOffsets[parcel] + 1, base.parcelOffsets[parcel + 1] + 1);
	return coverageFromEdges(
		{
			vertices,
			from: from.subarray(0, edges),
			to: to.subarray(0, edges),
			left: left.subarray(0, edges),
			right: right.subarray(0, edges),
		},
		parcelOfFace,
		base.parcelNos,
	);
}
