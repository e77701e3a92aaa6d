import type { Arrangement } from '../arrangement/arrange.ts';
import { SEVERAL } from './settle-slivers.ts';

/**
 * The parcels of layer 0 of an arrangement that have ground, in an order that does not depend on how they came.
 *
 * Holders ascend by parcel number, then by their faces. The holders of face f are `holders[offsets[f]] …`, ascending.
 */
export interface Holders {
	/** The parcel number of each holder: not unique where the set's are not. */
	readonly parcelNos: Int32Array;
	/** A feature of each holder. */
	readonly featureOf: Uint32Array;
	readonly offsets: Uint32Array;
	readonly holders: Uint32Array;
	/** Features that cover no ground, ascending by parcel number. */
	readonly groundless: readonly number[];
	/** Features that repeat another one's number and ground; one of each kind is a holder. */
	readonly repeated: readonly number[];
}

/** Ranks the features of layer 0 by what they cover. O(faces covered + features log features). */
export function rankHolders({ covers: [cover], faceCount }: Arrangement, parcelNos: Int32Array): Holders {
	const featureCount = parcelNos.length;
	const faceOffsets = new Uint32Array(featureCount + 1);
	for (const feature of cover.features) faceOffsets[feature + 1]++;
	for (let f = 0; f < featureCount; f++) faceOffsets[f + 1] += faceOffsets[f];
	const cursor = faceOffsets.slice();
	const faces = new Uint32Array(cover.features.length);
	for (let face = 0; face < faceCount; face++) {
		for (let i = cover.offsets[face]; i < cover.offsets[face + 1]; i++)
			faces[cursor[cover.features[i]]++] = face;
	}
	const byGround = (a: number, b: number) => {
		const length = Math.min(faceOffsets[a + 1] - faceOffsets[a], faceOffsets[b + 1] - faceOffsets[b]);
		for (let i = 0; i < length; i++) {
			const order = faces[faceOffsets[a] + i] - faces[faceOffsets[b] + i];
			if (order !== 0) return order;
		}
		return faceOffsets[a + 1] - faceOffsets[a] - (faceOffsets[b + 1] - faceOffsets[b]);
	};
	const order = Array.from({ length: featureCount }, (_, f) => f).sort(
		(a, b) => parcelNos[a] - parcelNos[b] || byGround(a, b),
	);
	const holderOfFeature = new Int32Array(featureCount).fill(-1);
	const featureOf: number[] = [];
	const groundless: number[] = [];
	const repeated: number[] = [];
	order.forEach((feature, i) => {
		if (faceOffsets[feature] === faceOffsets[feature + 1]) {
			groundless.push(feature);
			return;
		}
		const before = order[i - 1];
		if (i > 0 && parcelNos[before] === parcelNos[feature] && byGround(before, feature) === 0) {
			repeated.push(feature);
			return;
		}
		holderOfFeature[feature] = featureOf.length;
		featureOf.push(feature);
	});
	const offsets = new Uint32Array(faceCount + 1);
	const holders = new Uint32Array(cover.features.length);
	let count = 0;
	for (let face = 0; face < faceCount; face++) {
		const from = count;
		for (let i = cover.offsets[face]; i < cover.offsets[face + 1]; i++) {
			const holder = holderOfFeature[cover.features[i]];
			if (holder >= 0) holders[count++] = holder;
		}
		holders.subarray(from, count).sort();
		offsets[face + 1] = count;
	}
	return {
		parcelNos: Int32Array.from(featureOf, (feature) => parcelNos[feature]),
		featureOf: Uint32Array.from(featureOf),
		offsets,
		holders: holders.slice(0, count),
		groundless,
		repeated,
	};
}

/** The same holders, covering what they hold now: `holderOf` is that of `HeldSlivers`. O(faces). */
export function withCover(holders: Holders, holderOf: Int32Array): Holders {
	const offsets = new Uint32Array(holders.offsets.length);
	const cover = new Uint32Array(holderOf.length + holders.holders.length);
	let count = 0;
	holderOf.forEach((holder, face) => {
		if (holder >= 0) cover[count++] = holder;
		for (let i = holders.offsets[face]; holder === SEVERAL && i < holders.offsets[face + 1]; i++)
			cover[count++] = holders.holders[i];
		offsets[face + 1] = count;
	});
	return { ...holders, offsets, holders: cover.slice(0, count) };
}
