import type { CoverageBase } from '../coverage/coverage-base.ts';
import { coverageFromEdges } from '../coverage/noded-edges.ts';
import { polygonsOfArcs } from './arc-polygons.ts';

/**
 * Unites the parcels of each label to one, by leaving out the arcs between equal labels.
 *
 * `labels` holds a whole number per parcel index, 0 = leave out; the united parcels bear the labels as numbers. Vertices of the arcs
 * that stay are kept, so the result is what dissolving the arrangement gives, to the bit; arcs run on through nodes where only two
 * are left. O(vertices).
 */
export function dissolveArcs(base: CoverageBase, labels: Int32Array): CoverageBase {
	const labelOfPolygon = new Int32Array(base.polygonOffsets.length - 1);
	for (let parcel = 0; parcel < labels.length; parcel++)
		labelOfPolygon.fill(labels[parcel], base.parcelOffsets[parcel], base.parcelOffsets[parcel + 1]);
	return dissolvePolygons(base, labelOfPolygon);
}

/** The same with a label for each polygon, whatever its parcel. O(vertices). */
export function dissolvePolygons(base: CoverageBase, labels: Int32Array): CoverageBase {
	const { arcOffsets, arcVertices, arcLeft, vertices } = base;
	const polygons = polygonsOfArcs(base);
	const labelOf = (face: number) => (face === 0 ? 0 : labels[face - 1]);
	const group = Uint32Array.from({ length: base.polygonOffsets.length }, (_, face) => face);
	const isKept = new Uint8Array(arcLeft.length);
	let size = 0;
	for (let a = 0; a < arcLeft.length; a++) {
		const label = labelOf(polygons.left[a]);
		if (label !== labelOf(polygons.right[a])) {
			isKept[a] = 1;
			size += arcOffsets[a + 1] - arcOffsets[a] - 1;
		} else if (label !== 0) join(group, polygons.left[a], polygons.right[a]);
	}

	const from = new Uint32Array(size);
	const to = new Uint32Array(size);
	const left = new Uint32Array(size);
	const right = new Uint32Array(size);
	let edges = 0;
	for (let a = 0; a < arcLeft.length; a++) {
		if (isKept[a] === 0) continue;
		const leftFace = labelOf(polygons.left[a]) === 0 ? 0 : find(group, polygons.left[a]);
		const rightFace = labelOf(polygons.right[a]) === 0 ? 0 : find(group, polygons.right[a]);
		for (let i = arcOffsets[a]; i + 1 < arcOffsets[a + 1]; i++) {
			from[edges] = arcVertices[i];
			to[edges] = arcVertices[i + 1];
			left[edges] = leftFace;
			right[edges++] = rightFace;
		}
	}
	const used = Int32Array.from(new Set(labels))
		.filter((label) => label !== 0)
		.sort();
	const indexOf = new Map(Array.from(used, (label, index) => [label, index]));
	const parcelOfFace = new Int32Array(group.length).fill(-1);
	for (let p = 0; p < labels.length; p++) parcelOfFace[p + 1] = indexOf.get(labels[p]) ?? -1;
	return coverageFromEdges({ vertices, from, to, left, right }, parcelOfFace, used);
}

function find(group: Uint32Array, face: number): number {
	while (group[face] !== face) {
		group[face] = group[group[face]];
		face = group[face];
	}
	return face;
}

function join(group: Uint32Array, f: number, g: number): void {
	const a = find(group, f);
	const b = find(group, g);
	if (a !== b) group[Math.max(a, b)] = Math.min(a, b);
}
