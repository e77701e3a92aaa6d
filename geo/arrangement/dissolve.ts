import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from './arrange.ts';
import { innerVertices } from './chain-edge.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { traceRegions } from './region.ts';
import type { Regions } from './region.ts';

/**
 * Unites the faces of each label to one feature; its number is the label.
 *
 * `labels` holds one whole number per face, 0 = leave out. Features ascend by label; shells are counter-clockwise, holes clockwise, each ring
 * starts from its lexicographically smallest vertex, and all are valid in the OGC sense. Vertices are those of the arrangement: none
 * is dropped, so neighbours keep identical boundaries. Degrees (EPSG:4490), on the grid. O(half-edges + rings log rings).
 */
export function dissolveFaces(arrangement: Arrangement, labels: Int32Array): ParcelSet {
	const regions = traceRegions(arrangement, labels);
	return { parcelNos: regions.labels, polygons: regionPolygons(arrangement, regions) };
}

/** Writes traced regions out as polygons, one feature per label, the vertices on chains too. O(vertices). */
export function regionPolygons(
	{ coordinates, halfEdges: { origin }, chains }: Arrangement,
	regions: Regions,
): FlatPolygons {
	const { halfEdges, ringOffsets, polygonOffsets, labelOffsets } = regions;
	const ringEnds = new Uint32Array(ringOffsets.length);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		ringEnds[r + 1] = ringEnds[r] + ringOffsets[r + 1] - ringOffsets[r];
		if (chains.size === 0) continue;
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++)
			ringEnds[r + 1] += innerVertices(chains, halfEdges[i]).length / 2;
	}
	const written = new Float64Array(2 * ringEnds[ringEnds.length - 1]);
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		let at = 2 * ringEnds[r];
		for (let i = ringOffsets[r]; i < ringOffsets[r + 1]; i++) {
			const half = halfEdges[i];
			written[at++] = coordinates[2 * origin[half]];
			written[at++] = coordinates[2 * origin[half] + 1];
			if (chains.size === 0) continue;
			const inner = innerVertices(chains, half);
			if (half % 2 === 0) {
				written.set(inner, at);
				at += inner.length;
			} else {
				for (let k = inner.length - 2; k >= 0; k -= 2) {
					written[at++] = inner[k];
					written[at++] = inner[k + 1];
				}
			}
		}
		if (chains.size > 0) startFromSmallest(written.subarray(2 * ringEnds[r], at));
	}
	return { coordinates: written, ringOffsets: ringEnds, polygonOffsets, featureOffsets: labelOffsets };
}

/** Turns a ring in place to start from its lexicographically smallest vertex. */
function startFromSmallest(ring: Float64Array): void {
	let least = 0;
	for (let i = 2; i < ring.length; i += 2)
		if (ring[i] < ring[least] || (ring[i] === ring[least] && ring[i + 1] < ring[least + 1])) least = i;
	if (least === 0) return;
	const before = ring.slice(0, least);
	ring.copyWithin(0, least);
	ring.set(before, ring.length - least);
}
