import { OUTSIDE } from './coverage-base.ts';
import type { CoverageBase } from './coverage-base.ts';
import { traceRegions } from '../arrangement/region.ts';
import type { Regions, Subdivision } from '../arrangement/region.ts';

/** Arcs under construction, through nodes of the subdivision. */
interface Arcs {
	readonly offsets: number[];
	readonly nodes: number[];
	readonly left: number[];
	readonly right: number[];
	readonly ringArcs: number[];
	readonly ringOffsets: Uint32Array;
	/** The arc along each half-edge (a in its direction, ~a against it), where `placed` is 1. */
	readonly referenceOf: Int32Array;
	readonly placed: Uint8Array;
}

/**
 * Joins boundary edges to arcs and arcs to parcels.
 *
 * `parcelOfFace[f]` is a parcel index, −1 for none; each index 0 … parcelNos.length − 1 must occur. Nodes of the coverage are where other
 * than two boundary edges meet, and one vertex of each closed arc. O(half-edges).
 */
export function coverageFromFaces(
	subdivision: Subdivision,
	parcelOfFace: Int32Array,
	parcelNos: Int32Array,
): CoverageBase {
	const regions = traceRegions(
		subdivision,
		parcelOfFace.map((parcel) => parcel + 1),
	);
	return coverageFromRegions(subdivision, regions, parcelOfFace, parcelNos);
}

/** The same of regions traced before: region i is parcel i. O(half-edges). */
export function coverageFromRegions(
	subdivision: Subdivision,
	regions: Omit<Regions, 'labels'>,
	parcelOfFace: Int32Array,
	parcelNos: Int32Array,
): CoverageBase {
	const arcs = cutArcs(subdivision, regions, parcelOfFace);
	const { vertices, vertexOfNode } = usedVertices(subdivision, arcs.nodes);
	return Object.freeze({
		parcelNos,
		vertices,
		arcOffsets: Uint32Array.from(arcs.offsets),
		arcVertices: Uint32Array.from(arcs.nodes, (n) => vertexOfNode[n]),
		arcLeft: Int32Array.from(arcs.left),
		arcRight: Int32Array.from(arcs.right),
		parcelOffsets: regions.labelOffsets,
		polygonOffsets: regions.polygonOffsets,
		ringOffsets: arcs.ringOffsets,
		ringArcs: Int32Array.from(arcs.ringArcs),
		...nodesOfArcs(subdivision, arcs, vertexOfNode),
	});
}

function cutArcs(
	{ halfEdges: { origin }, faceOf, coordinates }: Subdivision,
	regions: Omit<Regions, 'labels'>,
	parcelOfFace: Int32Array,
): Arcs {
	const parcelAt = (half: number) => (faceOf[half] === 0 ? OUTSIDE : parcelOfFace[faceOf[half]]);
	const degree = new Uint32Array(coordinates.length / 2);
	for (let half = 0; half < origin.length; half++) {
		if (parcelAt(half) !== parcelAt(half ^ 1)) degree[origin[half]]++;
	}
	const ringCount = regions.ringOffsets.length - 1;
	const referenceOf = new Int32Array(origin.length);
	const placed = new Uint8Array(origin.length);
	const ringOffsets = new Uint32Array(ringCount + 1);
	const offsets = [0];
	const nodes: number[] = [];
	const left: number[] = [];
	const right: number[] = [];
	const ringArcs: number[] = [];
	for (let r = 0; r < ringCount; r++) {
		const ring = regions.halfEdges.subarray(regions.ringOffsets[r], regions.ringOffsets[r + 1]);
		const isNode = (i: number) => degree[origin[ring[i % ring.length]]] !== 2;
		let start = 0;
		while (start < ring.length && !isNode(start)) start++;
		// A closed arc starts from the ring's first, smallest, vertex whichever side it is traced from.
		start %= ring.length;
		for (let i = start; i < start + ring.length;) {
			let end = i + 1;
			while (end < start + ring.length && !isNode(end)) end++;
			const first = ring[i % ring.length];
			if (placed[first] === 0) {
				const arc = offsets.length - 1;
				for (let k = i; k < end; k++) {
					const half = ring[k % ring.length];
					nodes.push(origin[half]);
					referenceOf[half] = arc;
					referenceOf[half ^ 1] = ~arc;
					placed[half] = placed[half ^ 1] = 1;
				}
				nodes.push(origin[ring[(end - 1) % ring.length] ^ 1]);
				offsets.push(nodes.length);
				left.push(parcelAt(first));
				right.push(parcelAt(first ^ 1));
			}
			ringArcs.push(referenceOf[first]);
			i = end;
		}
		ringOffsets[r + 1] = ringArcs.length;
	}
	return { offsets, nodes, left, right, ringArcs, ringOffsets, referenceOf, placed };
}

/** Keeps the subdivision's nodes that lie on arcs, in their order. */
function usedVertices({ coordinates }: Subdivision, nodes: readonly number[]) {
	const vertexOfNode = new Int32Array(coordinates.length / 2).fill(-1);
	for (const n of nodes) vertexOfNode[n] = 0;
	const vertices = new Float64Array(coordinates.length);
	let count = 0;
	for (let n = 0; n < vertexOfNode.length; n++) {
		if (vertexOfNode[n] < 0) continue;
		vertices[2 * count] = coordinates[2 * n];
		vertices[2 * count + 1] = coordinates[2 * n + 1];
		vertexOfNode[n] = count++;
	}
	return { vertices: vertices.slice(0, 2 * count), vertexOfNode };
}

/** Lists arc ends around each node, in the subdivision's order of half-edges. */
function nodesOfArcs({ halfEdges }: Subdivision, arcs: Arcs, vertexOfNode: Int32Array) {
	const isEnd = new Uint8Array(vertexOfNode.length);
	for (let a = 0; a + 1 < arcs.offsets.length; a++) {
		isEnd[arcs.nodes[arcs.offsets[a]]] = 1;
		isEnd[arcs.nodes[arcs.offsets[a + 1] - 1]] = 1;
	}
	const nodeVertices: number[] = [];
	const nodeOffsets = [0];
	const nodeArcs: number[] = [];
	for (let n = 0; n < isEnd.length; n++) {
		if (isEnd[n] === 0) continue;
		for (let i = halfEdges.nodeOffsets[n]; i < halfEdges.nodeOffsets[n + 1]; i++) {
			const half = halfEdges.leaving[i];
			if (arcs.placed[half] === 1) nodeArcs.push(arcs.referenceOf[half]);
		}
		nodeVertices.push(vertexOfNode[n]);
		nodeOffsets.push(nodeArcs.length);
	}
	return {
		nodeVertices: Uint32Array.from(nodeVertices),
		nodeOffsets: Uint32Array.from(nodeOffsets),
		nodeArcs: Int32Array.from(nodeArcs),
	};
}
