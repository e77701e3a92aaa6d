import { joinFeatures, sliceFeature } from '../flat-polygons.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import type { Holders } from './holder.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { SEVERAL } from './settle-slivers.ts';

/**
 * Unites the faces of each holder to one feature, those that several hold in each of them; features ascend by holder.
 *
 * Holders are put in batches that share no face, one pass over the arrangement each: one pass where nothing overlaps.
 * O(half-edges · batches).
 */
export function dissolveHolders(
	arrangement: Arrangement,
	{ parcelNos, offsets, holders }: Holders,
	holderOf: Int32Array,
): ParcelSet {
	const { batchOf, batchCount } = batchHolders(parcelNos.length, { offsets, holders }, holderOf);
	const passes = Array.from({ length: batchCount }, (_, batch) =>
		dissolveFaces(
			arrangement,
			holderOf.map((holder, face) => {
				if (holder >= 0) return batchOf[holder] === batch ? holder + 1 : 0;
				for (let i = offsets[face]; holder === SEVERAL && i < offsets[face + 1]; i++)
					if (batchOf[holders[i]] === batch) return holders[i] + 1;
				return 0;
			}),
		),
	);
	const labels = passes.flatMap((pass) => [...pass.parcelNos]);
	if (passes.length === 1) return { parcelNos: numbersOf(labels, parcelNos), polygons: passes[0].polygons };
	const shapes: FlatPolygons[] = passes.flatMap((pass) =>
		Array.from(pass.parcelNos, (_, feature) => sliceFeature(pass.polygons, feature)),
	);
	const order = [...labels.keys()].sort((a, b) => labels[a] - labels[b]);
	return {
		parcelNos: numbersOf(
			order.map((i) => labels[i]),
			parcelNos,
		),
		polygons: joinFeatures(order.map((i) => shapes[i])),
	};
}

function numbersOf(labels: readonly number[], parcelNos: Int32Array): Int32Array {
	return Int32Array.from(labels, (label) => parcelNos[label - 1]);
}

/** Gives each holder the lowest batch that none has with which it shares a face. */
function batchHolders(
	count: number,
	{ offsets, holders }: Pick<Holders, 'offsets' | 'holders'>,
	holderOf: Int32Array,
): { batchOf: Uint32Array; batchCount: number } {
	const sharers = new Map<number, Set<number>>();
	holderOf.forEach((holder, face) => {
		if (holder !== SEVERAL) return;
		const set = holders.subarray(offsets[face], offsets[face + 1]);
		for (const a of set) {
			const others = sharers.get(a) ?? new Set();
			for (const b of set) if (b !== a) others.add(b);
			sharers.set(a, others);
		}
	});
	const batchOf = new Uint32Array(count);
	let batchCount = 1;
	for (const a of [...sharers.keys()].sort((x, y) => x - y)) {
		const taken = new Set<number>();
		for (const b of sharers.get(a) ?? []) if (b < a) taken.add(batchOf[b]);
		let batch = 0;
		while (taken.has(batch)) batch++;
		batchOf[a] = batch;
		batchCount = Math.max(batchCount, batch + 1);
	}
	return { batchOf, batchCount };
}
