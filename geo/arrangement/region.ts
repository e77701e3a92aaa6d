import type { Arrangement } from './arrange.ts';
import { innerVertices, vertexAlong } from './chain-edge.ts';
import { FaceGroups } from './face-group.ts';
import { turn } from './turn.ts';

/** Edges that meet only at nodes and the face on the left of each half-edge; nodes ascend by (lon, lat), face 0 is the unbounded one. */
export type Subdivision = Pick<Arrangement, 'coordinates' | 'halfEdges' | 'faceOf' | 'faceCount'> &
	Partial<Pick<Arrangement, 'chains'>>;

/**
 * Rings of half-edges around the labelled faces.
 *
 * Ring r is `halfEdges[ringOffsets[r]] … halfEdges[ringOffsets[r + 1] − 1]`, its region on the left, starting from its
 * lexicographically smallest node, or with the chain on which its smallest vertex lies. Polygon p, one connected region, has rings from `polygonOffsets[p]`: the shell
 * (counter-clockwise), then holes (clockwise) in order of their start. Label i has polygons from `labelOffsets[i]`.
 */
export interface Regions {
	/** The labels in use, ascending. */
	readonly labels: Int32Array;
	readonly labelOffsets: Uint32Array;
	readonly polygonOffsets: Uint32Array;
	readonly ringOffsets: Uint32Array;
	readonly halfEdges: Uint32Array;
}

interface Ring {
	readonly label: number;
	readonly region: number;
	readonly isHole: boolean;
	/** Starts with the half-edge that has the smallest vertex, as its vertex `least` (0: its origin). */
	readonly path: readonly number[];
	readonly least: number;
}

/**
 * Traces the boundaries of the union of equally labelled faces.
 *
 * `labels[f]` is a whole number per face, 0 = leave out (the unbounded face always is). Boundary walks keep to one sector at a
 * node and are cut where they come to a node again, so every ring is simple, rings meet at single nodes only, and each polygon's
 * interior is connected: valid in the OGC sense. Order is by label, then by first node; it depends on the geometry alone.
 * O(half-edges + rings log rings).
 */
export function traceRegions(subdivision: Subdivision, labels: Int32Array): Regions {
	const { faceOf, faceCount } = subdivision;
	const { next, origin } = subdivision.halfEdges;
	const labelOf = (half: number) => (faceOf[half] === 0 ? 0 : labels[faceOf[half]]);
	const isBoundary = (half: number) => labelOf(half) !== 0 && labelOf(half) !== labelOf(half ^ 1);

	const groups = new FaceGroups(faceCount);
	for (let half = 0; half < next.length; half += 2) {
		if (labelOf(half) !== 0 && labelOf(half) === labelOf(half + 1))
			groups.join(faceOf[half], faceOf[half + 1]);
	}

	const rings: Ring[] = [];
	const visited = new Uint8Array(next.length);
	/** One more than the place of a node in the open walk, 0 when it is not on it. */
	const placeOf = new Uint32Array(subdivision.coordinates.length / 2);
	for (let first = 0; first < next.length; first++) {
		if (visited[first] === 1 || !isBoundary(first)) continue;
		const label = labelOf(first);
		const region = groups.find(faceOf[first]);
		const close = (path: number[]) => rings.push({ label, region, ...canonicalRing(subdivision, path) });
		const walk: number[] = [];
		let half = first;
		do {
			const place = placeOf[origin[half]];
			if (place > 0) {
				const loop = walk.splice(place - 1);
				for (const h of loop) placeOf[origin[h]] = 0;
				close(loop);
			}
			walk.push(half);
			placeOf[origin[half]] = walk.length;
			visited[half] = 1;
			half = next[half];
			// Turn within the same sector past edges inside the region.
			while (!isBoundary(half)) half = next[half ^ 1];
		} while (half !== first);
		for (const h of walk) placeOf[origin[h]] = 0;
		close(walk);
	}
	return assemble(rings, subdivision);
}

/** Turns a simple ring to start from its smallest vertex, where its direction can be read exactly. */
function canonicalRing(subdivision: Subdivision, path: number[]) {
	const { coordinates, halfEdges, chains } = subdivision;
	const { origin } = halfEdges;
	let first = 0;
	for (let i = 1; i < path.length; i++) if (origin[path[i]] < origin[path[first]]) first = i;
	let least = 0;
	if (chains !== undefined && chains.size > 0) {
		let [lon, lat] = [coordinates[2 * origin[path[first]]], coordinates[2 * origin[path[first]] + 1]];
		path.forEach((half, i) => {
			const inner = innerVertices(chains, half);
			for (let k = 0; k < inner.length; k += 2) {
				if (inner[k] > lon || (inner[k] === lon && inner[k + 1] >= lat)) continue;
				[lon, lat, first] = [inner[k], inner[k + 1], i];
				least = half % 2 === 0 ? k / 2 + 1 : (inner.length - k) / 2;
			}
		});
	}
	const turned = first === 0 ? path : [...path.slice(first), ...path.slice(0, first)];
	const before =
		least > 0
			? vertexAlong(subdivision, turned[0], least - 1)
			: vertexAlong(subdivision, turned[turned.length - 1], -1);
	const [lon, lat] = vertexAlong(subdivision, turned[0], least);
	const bend = turn(...before, lon, lat, ...vertexAlong(subdivision, turned[0], least + 1));
	return { path: turned, least, isHole: bend < 0 };
}

/** Orders two rings by their smallest vertices, or the ones so many after them. */
function compareVertices(subdivision: Subdivision, a: Ring, b: Ring, after: 0 | 1): number {
	if (a === b) return 0;
	if (subdivision.chains === undefined || subdivision.chains.size === 0) {
		const { origin } = subdivision.halfEdges;
		return after === 0
			? origin[a.path[0]] - origin[b.path[0]]
			: origin[a.path[0] ^ 1] - origin[b.path[0] ^ 1];
	}
	const p = vertexAlong(subdivision, a.path[0], a.least + after);
	const q = vertexAlong(subdivision, b.path[0], b.least + after);
	return p[0] - q[0] || p[1] - q[1];
}

function assemble(rings: Ring[], subdivision: Subdivision): Regions {
	const shellOf = new Map<number, Ring>();
	for (const ring of rings) if (!ring.isHole) shellOf.set(ring.region, ring);
	const shell = (ring: Ring) => shellOf.get(ring.region) ?? ring;
	rings.sort(
		(a, b) =>
			a.label - b.label ||
			compareVertices(subdivision, shell(a), shell(b), 0) ||
			// Shells may touch at their smallest vertex; their first edges differ.
			compareVertices(subdivision, shell(a), shell(b), 1) ||
			a.region - b.region ||
			Number(a.isHole) - Number(b.isHole) ||
			compareVertices(subdivision, a, b, 0) ||
			compareVertices(subdivision, a, b, 1),
	);
	const labels: number[] = [];
	const labelOffsets: number[] = [];
	const polygonOffsets: number[] = [];
	const ringOffsets = new Uint32Array(rings.length + 1);
	rings.forEach((ring, r) => {
		if (r === 0 || ring.label !== rings[r - 1].label) {
			labels.push(ring.label);
			labelOffsets.push(polygonOffsets.length);
		}
		if (r === 0 || ring.region !== rings[r - 1].region) polygonOffsets.push(r);
		ringOffsets[r + 1] = ringOffsets[r] + ring.path.length;
	});
	labelOffsets.push(polygonOffsets.length);
	polygonOffsets.push(rings.length);
	const halfEdges = new Uint32Array(ringOffsets[rings.length]);
	rings.forEach(({ path }, r) => halfEdges.set(path, ringOffsets[r]));
	return {
		labels: Int32Array.from(labels),
		labelOffsets: Uint32Array.from(labelOffsets),
		polygonOffsets: Uint32Array.from(polygonOffsets),
		ringOffsets,
		halfEdges,
	};
}
