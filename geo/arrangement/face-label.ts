import type { Faces } from './face.ts';
import type { HalfEdges } from './half-edge.ts';
import { DRAWN } from './lines.ts';
import type { SnapRounded } from './snap-round.ts';

/** Which rings cover each face, ascending: `rings[offsets[f]] … rings[offsets[f + 1] − 1]`. */
export interface FaceRings {
	readonly offsets: Uint32Array;
	readonly rings: Uint32Array;
}

/**
 * Finds which rings cover each face, by walking from the unbounded face across edges.
 *
 * Even-odd per ring: crossing an edge turns each ring that runs along it (an odd number of times) on or off. So the
 * direction of rings does not matter, holes are outside, and a self-crossing ring covers what it winds round an odd number of
 * times; rings that overlap are all listed. Drawn lines turn nothing. O(half-edges + total length of the lists).
 */
export function labelFaces(rounded: SnapRounded, halfEdges: HalfEdges, faces: Faces): FaceRings {
	const { useOffsets, useRings } = rounded;
	const { faceOf, faceCount } = faces;
	const sides = halfEdgesByFace(faces, halfEdges.next.length);
	let pool = new Uint32Array(Math.max(16, 2 * faceCount));
	let poolEnd = 0;
	const from = new Int32Array(faceCount).fill(-1);
	const to = new Int32Array(faceCount);
	from[0] = 0;
	const queue = new Uint32Array(faceCount);
	let queued = 1;
	for (let head = 0; head < queued; head++) {
		const face = queue[head];
		for (let i = sides.offsets[face]; i < sides.offsets[face + 1]; i++) {
			const half = sides.halfEdges[i];
			const other = faceOf[half ^ 1];
			if (from[other] >= 0) continue;
			const edge = half >> 1;
			const bound = poolEnd + to[face] - from[face] + useOffsets[edge + 1] - useOffsets[edge];
			if (bound > pool.length) pool = grown(pool, bound);
			from[other] = poolEnd;
			let p = from[face];
			let u = useOffsets[edge];
			let end = useOffsets[edge + 1];
			if (end > u && useRings[end - 1] === DRAWN) end--;
			while (p < to[face] || u < end) {
				const covering = p < to[face] ? pool[p] : Infinity;
				const toggled = u < end ? useRings[u] : Infinity;
				if (covering <= toggled) p++;
				if (toggled <= covering) u++;
				if (covering !== toggled) pool[poolEnd++] = Math.min(covering, toggled);
			}
			to[other] = poolEnd;
			queue[queued++] = other;
		}
	}
	const offsets = new Uint32Array(faceCount + 1);
	for (let f = 0; f < faceCount; f++) offsets[f + 1] = offsets[f] + to[f] - from[f];
	const rings = new Uint32Array(offsets[faceCount]);
	for (let f = 0; f < faceCount; f++) {
		for (let i = from[f], o = offsets[f]; i < to[f]; i++, o++) rings[o] = pool[i];
	}
	return { offsets, rings };
}

function halfEdgesByFace({ faceOf, faceCount }: Faces, halfCount: number) {
	const offsets = new Uint32Array(faceCount + 1);
	for (let h = 0; h < halfCount; h++) offsets[faceOf[h] + 1]++;
	for (let f = 0; f < faceCount; f++) offsets[f + 1] += offsets[f];
	const cursor = offsets.slice(0, faceCount);
	const halfEdges = new Uint32Array(halfCount);
	for (let h = 0; h < halfCount; h++) halfEdges[cursor[faceOf[h]]++] = h;
	return { offsets, halfEdges };
}

function grown(values: Uint32Array, atLeast: number): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(Math.max(atLeast, 2 * values.length));
	larger.set(values);
	return larger;
}
