import type { Arrangement } from './arrange.ts';
import { FaceGroups } from './face-group.ts';
import { turn } from './turn.ts';

/** Edges that meet only at nodes and the face on the left of each half-edge; nodes ascend by (lon, lat), face 0 is the unbounded one. */
export type Subdivision = Pick<Arrangement, 'coordinates' | 'halfEdges' | 'faceOf' | 'faceCount'>;

/**
 * Rings of half-edges around the labelled faces.
 *
 * Ring r is `halfEdges[ringOffsets[r]] … halfEdges[ringOffsets[r + 1] − 1]`, its region on the left, starting from its
 * lexicographically smallest node. Polygon p, one connected region, has rings from `polygonOffsets[p]`: the shell
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
	readonly start: number;
	readonly path: readonly number[];
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
	return assemble(rings, origin);
}

/** Turns a simple ring to start from its smallest node, where its direction can be read exactly. */
function canonicalRing({ coordinates, halfEdges: { origin } }: Subdivision, path: number[]) {
	let least = 0;
	for (let i = 1; i < path.length; i++) if (origin[path[i]] < origin[path[least]]) least = i;
	const turned = least === 0 ? path : [...path.slice(least), ...path.slice(0, least)];
	const before = origin[turned[turned.length - 1]];
	const start = origin[turned[0]];
	const after = origin[turned[0] ^ 1];
	const bend = turn(
		coordinates[2 * before],
		coordinates[2 * before + 1],
		coordinates[2 * start],
		coordinates[2 * start + 1],
		coordinates[2 * after],
		coordinates[2 * after + 1],
	);
	return { path: turned, start, isHole: bend < 0 };
}

function assemble(rings: Ring[], origin: Uint32Array): Regions {
	const shellOf = new Map<number, Ring>();
	for (const ring of rings) if (!ring.isHole) shellOf.set(ring.region, ring);
	const shell = (ring: Ring) => shellOf.get(ring.region) ?? ring;
	const second = ({ path }: Ring) => origin[path[0] ^ 1];
	rings.sort(
		(a, b) =>
			a.label - b.label ||
			shell(a).start - shell(b).start ||
			// Shells may touch at their smallest node; their first edges differ.
			second(shell(a)) - second(shell(b)) ||
			a.region - b.region ||
			Number(a.isHole) - Number(b.isHole) ||
			a.start - b.start ||
			second(a) - second(b),
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
