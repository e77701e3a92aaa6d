/** Boxes in parallel arrays, in ascending order of `minX`. */
export interface SortedBoxes {
	readonly minX: Float64Array;
	readonly minY: Float64Array;
	readonly maxX: Float64Array;
	readonly maxY: Float64Array;
}

const BOXES_PER_STRIP = 4;
const SAMPLE = 4096;

/**
 * Visits every pair of boxes that overlap or touch, once each, the lower number first.
 *
 * The plane is cut into horizontal strips at quantiles of the boxes' lower sides; within a strip a box is compared with
 * those that start before it ends. About O(n) pairs looked at for parcels of like size, O(n√n) for long thin boxes; the
 * pairs do not depend on where the strips are cut, only their order does.
 */
export function visitOverlappingPairs(boxes: SortedBoxes, visit: (i: number, j: number) => void): void {
	const { minX, minY, maxX, maxY } = boxes;
	const count = minX.length;
	if (count < 2) return;
	const { first, last, stripCount } = cutStrips(minY, maxY);
	const offsets = new Uint32Array(stripCount + 1);
	for (let i = 0; i < count; i++) for (let s = first[i]; s <= last[i]; s++) offsets[s + 1]++;
	for (let s = 0; s < stripCount; s++) offsets[s + 1] += offsets[s];
	const entries = new Uint32Array(offsets[stripCount]);
	const cursor = offsets.slice(0, stripCount);
	for (let i = 0; i < count; i++) for (let s = first[i]; s <= last[i]; s++) entries[cursor[s]++] = i;

	for (let s = 0; s < stripCount; s++) {
		const end = offsets[s + 1];
		for (let p = offsets[s]; p < end; p++) {
			const i = entries[p];
			const iMaxX = maxX[i];
			const iMinY = minY[i];
			const iMaxY = maxY[i];
			const iFirst = first[i];
			for (let q = p + 1; q < end; q++) {
				const j = entries[q];
				if (minX[j] > iMaxX) break;
				if (minY[j] > iMaxY || maxY[j] < iMinY) continue;
				// A pair that shares several strips is visited in the first of them.
				if (s === iFirst || s === first[j]) visit(i, j);
			}
		}
	}
}

function cutStrips(minY: Float64Array, maxY: Float64Array) {
	const count = minY.length;
	const stride = Math.max(1, Math.floor(count / SAMPLE));
	const sample = new Float64Array(Math.ceil(count / stride));
	for (let i = 0; i < sample.length; i++) sample[i] = minY[i * stride];
	sample.sort();
	const first = new Uint32Array(count);
	const last = new Uint32Array(count);
	let stripCount = Math.max(1, Math.min(sample.length, Math.ceil(Math.sqrt(count) / BOXES_PER_STRIP) * 2));
	for (;;) {
		const cuts = new Float64Array(stripCount - 1);
		for (let s = 1; s < stripCount; s++) cuts[s - 1] = sample[Math.floor((s * sample.length) / stripCount)];
		let entries = 0;
		for (let i = 0; i < count; i++) {
			first[i] = countAtMost(cuts, minY[i]);
			last[i] = countAtMost(cuts, maxY[i]);
			entries += last[i] - first[i] + 1;
		}
		if (stripCount === 1 || entries <= 8 * count) return { first, last, stripCount };
		stripCount = Math.ceil(stripCount / 2);
	}
}

/** How many of the ascending `cuts` are ≤ value. */
function countAtMost(cuts: Float64Array, value: number): number {
	let low = 0;
	let high = cuts.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (cuts[middle] <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}
