import type { LonLat } from '../flat-polygons.ts';
import { isDrawn } from '../arrangement/arrange.ts';
import { beyondOf } from './cut-off.ts';
import type { Beyond } from './cut-off.ts';
import type { Refusal } from './difference.ts';
import { refuse } from './refusal.ts';
import { isCutOff } from './swept-ground.ts';
import type { SweptGround } from './swept-ground.ts';

type SharedOut =
	{ readonly ok: true; readonly ownerOfFace: Int32Array } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Gives the ground that a path cuts off, parted by drawn lines, to the neighbours along the old stretch of the boundary.
 *
 * The answer is the new owner of every face that is cut off, 0 for the others. Refuses `reshape.ambiguous` where a drawn line is not all
 * within the ground, or a part has not exactly one neighbour along the old stretch, and `reshape.on-outline` where it has
 * the outline only. O(half-edges).
 */
export function shareOutCutOff(ground: SweptGround): SharedOut {
	const { arrangement, parcelNo } = ground;
	const { edgeLow, faceOf, faceCount } = arrangement;
	const part = Int32Array.from({ length: faceCount }, (_, face) => face);
	const find = (face: number): number => {
		while (part[face] !== face) face = part[face] = part[part[face]];
		return face;
	};
	for (let edge = 0; edge < edgeLow.length; edge++) {
		const [left, right] = [faceOf[2 * edge], faceOf[2 * edge + 1]];
		const isBoth = isCutOff(ground, left) && isCutOff(ground, right);
		if (isDrawn(arrangement, edge)) {
			if (!isBoth) return refuse('reshape.ambiguous', [parcelNo], placeOf(ground, 2 * edge));
		} else if (isBoth) {
			part[Math.max(find(left), find(right))] = Math.min(find(left), find(right));
		}
	}
	const neighbourOfPart = new Map<number, number>();
	const bareAt = new Map<number, LonLat>();
	for (let half = 0; half < faceOf.length; half++) {
		if (!isCutOff(ground, faceOf[half]) || isCutOff(ground, faceOf[half ^ 1])) continue;
		const beyond: Beyond = beyondOf(ground, half);
		const key = find(faceOf[half]);
		if (beyond === 'bare' && ground.owner[faceOf[half ^ 1]] === 0) bareAt.set(key, placeOf(ground, half));
		if (typeof beyond !== 'number') continue;
		const known = neighbourOfPart.get(key) ?? beyond;
		if (known !== beyond) {
			const parcelNos = [parcelNo, known, beyond].sort((a, b) => a - b);
			return refuse('reshape.ambiguous', parcelNos, placeOf(ground, half));
		}
		neighbourOfPart.set(key, beyond);
	}
	const ownerOfFace = new Int32Array(faceCount);
	for (let face = 1; face < faceCount; face++) {
		if (!isCutOff(ground, face)) continue;
		const neighbour = neighbourOfPart.get(find(face));
		if (neighbour === undefined) {
			const at = bareAt.get(find(face));
			if (at !== undefined) return refuse('reshape.on-outline', [parcelNo], at);
			return refuse('reshape.ambiguous', [parcelNo], placeOf(ground, faceOf.indexOf(face)));
		}
		ownerOfFace[face] = neighbour;
	}
	return { ok: true, ownerOfFace };
}

function placeOf({ arrangement: { coordinates, halfEdges } }: SweptGround, half: number): LonLat {
	const node = halfEdges.origin[half];
	return [coordinates[2 * node], coordinates[2 * node + 1]];
}
