import type { Arrangement } from '../arrangement/arrange.ts';
import { FaceGroups } from '../arrangement/face-group.ts';

/**
 * Marks the faces that nobody covers and somebody should: those inside the outline (layer 1), or, without one, those that parcels enclose.
 *
 * `offsets` cut the list of those who cover each face now: what was given up may have been all that enclosed bare ground. O(edges).
 */
export function findGaps({ faceOf, faceCount, covers }: Arrangement, offsets: Uint32Array): Uint8Array {
	const isBare = (face: number) => offsets[face] === offsets[face + 1];
	const wasCovered = (face: number) => covers[0].offsets[face] < covers[0].offsets[face + 1];
	const outline = covers.length > 1 ? covers[1] : null;
	if (outline !== null) {
		const isInside = (face: number) => outline.offsets[face] < outline.offsets[face + 1];
		return Uint8Array.from({ length: faceCount }, (_, face) => Number(isBare(face) && isInside(face)));
	}
	const open = new FaceGroups(faceCount);
	for (let half = 0; half < faceOf.length; half += 2) {
		const [left, right] = [faceOf[half], faceOf[half + 1]];
		if (isBare(left) && isBare(right) && (wasCovered(left) || wasCovered(right))) open.join(left, right);
	}
	return Uint8Array.from({ length: faceCount }, (_, face) => Number(isBare(face) && open.find(face) !== 0));
}
