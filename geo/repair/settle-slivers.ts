import type { Arrangement } from '../arrangement/arrange.ts';
import { lengthOfHalfEdge } from '../arrangement/ground-piece.ts';
import type { GroundPieces } from '../arrangement/ground-piece.ts';

/** Values of `holderOf` that are no holder: ground of nobody, of several, and not yet decided. */
export const NOBODY = -1;
export const SEVERAL = -2;
export const UNDECIDED = -3;

/**
 * Gives pieces of ground to the holder with the longest boundary on them, ties to the lower holder.
 *
 * `holderOf[face]` is changed in place for the faces of `open` pieces (all UNDECIDED before). Pieces that no holder borders wait for
 * their neighbours, in rounds that all see the same state, so that no order matters; those that none borders in the end
 * stay UNDECIDED. `mayHold` says who may have a piece at all. Returns the holder of each piece, NOBODY where there is none.
 * O(boundary of the open pieces · rounds).
 */
export function settlePieces(
	arrangement: Arrangement,
	pieces: GroundPieces,
	open: readonly number[],
	holderOf: Int32Array,
	mayHold: (piece: number, holder: number) => boolean,
): Map<number, number> {
	const taken = new Map<number, number>(open.map((piece) => [piece, NOBODY]));
	let waiting = [...open];
	while (waiting.length > 0) {
		const decided = waiting.map((piece) => longestHolder(arrangement, pieces, piece, holderOf, mayHold));
		const next: number[] = [];
		decided.forEach((holder, i) => {
			const piece = waiting[i];
			if (holder === NOBODY) next.push(piece);
			else {
				taken.set(piece, holder);
				giveTo(pieces, piece, holder, holderOf);
			}
		});
		if (next.length === waiting.length) break;
		waiting = next;
	}
	return taken;
}

/** The holder with the longest boundary on a piece, lower ones first; NOBODY when none that may hold it borders it. O(its boundary). */
function longestHolder(
	arrangement: Arrangement,
	{ boundaryOffsets, halfEdges }: GroundPieces,
	piece: number,
	holderOf: Int32Array,
	mayHold: (piece: number, holder: number) => boolean,
): number {
	const lengths = new Map<number, number>();
	for (let i = boundaryOffsets[piece]; i < boundaryOffsets[piece + 1]; i++) {
		const face = arrangement.faceOf[halfEdges[i] ^ 1];
		const holder = face === 0 ? NOBODY : holderOf[face];
		if (holder < 0 || !mayHold(piece, holder)) continue;
		lengths.set(holder, (lengths.get(holder) ?? 0) + lengthOfHalfEdge(arrangement, halfEdges[i]));
	}
	let best = NOBODY;
	let longest = 0;
	for (const [holder, lengthM] of lengths) {
		if (lengthM < longest || (lengthM === longest && holder > best)) continue;
		best = holder;
		longest = lengthM;
	}
	return best;
}

/** Makes one holder hold all faces of a piece. O(its faces). */
export function giveTo(
	{ faceOffsets, faces }: GroundPieces,
	piece: number,
	holder: number,
	holderOf: Int32Array,
): void {
	for (let i = faceOffsets[piece]; i < faceOffsets[piece + 1]; i++) holderOf[faces[i]] = holder;
}
