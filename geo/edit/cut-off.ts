import { traceRegions } from '../arrangement/region.ts';
import { isCutOff } from './swept-ground.ts';
import type { SweptGround } from './swept-ground.ts';

/** What lies beyond an edge of cut-off ground: a parcel along the old stretch, the path, or what gets nothing (outline, island). */
export type Beyond = number | 'path' | 'bare';

/** A ring of a connected piece of cut-off ground, the ground on its left; edge i runs from vertex i to the next. */
export interface CutOffRing {
	/** Nodes of the arrangement. */
	readonly nodes: readonly number[];
	readonly beyond: readonly Beyond[];
}

/** A connected piece of the ground that the path cuts off. */
export interface CutOffPiece {
	readonly rings: readonly CutOffRing[];
	/** The parcels along the old stretch of its boundary. */
	readonly neighbourNos: ReadonlySet<number>;
}

/** What lies beyond a half-edge with cut-off ground on its left. */
export function beyondOf(ground: SweptGround, half: number): Beyond {
	const { arrangement, owner, isSwept, isInner, parcelNo } = ground;
	const face = arrangement.faceOf[half ^ 1];
	if (isSwept[face] === 1) return 'bare';
	if (isInner[face] === 1) return owner[face] === parcelNo ? 'path' : 'bare';
	return owner[face] === 0 || owner[face] === parcelNo ? 'bare' : owner[face];
}

/** The connected pieces of the ground cut off, in order of their smallest vertices. O(half-edges). */
export function listCutOffPieces(ground: SweptGround): CutOffPiece[] {
	const { arrangement } = ground;
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		isCutOff(ground, face) ? 1 : 0,
	);
	const { polygonOffsets, ringOffsets, halfEdges } = traceRegions(arrangement, labels);
	const pieces: CutOffPiece[] = [];
	for (let p = 0; p + 1 < polygonOffsets.length; p++) {
		const rings: CutOffRing[] = [];
		const neighbourNos = new Set<number>();
		for (let r = polygonOffsets[p]; r < polygonOffsets[p + 1]; r++) {
			const halves = [...halfEdges.subarray(ringOffsets[r], ringOffsets[r + 1])];
			const beyond = halves.map((half) => beyondOf(ground, half));
			rings.push({ nodes: halves.map((half) => arrangement.halfEdges.origin[half]), beyond });
			for (const what of beyond) if (typeof what === 'number') neighbourNos.add(what);
		}
		pieces.push({ rings, neighbourNos });
	}
	return pieces;
}
