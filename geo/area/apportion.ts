import { compensatedSum } from './compensated-sum.ts';

/** Whole parts that sum to the total, or why there are none: the first weight that is no size, a total that is no whole number ≥ 0. */
export type Apportionment =
	| { readonly ok: true; readonly parts: Float64Array }
	| { readonly ok: false; readonly code: 'total.invalid' | 'weights.none' }
	| { readonly ok: false; readonly code: 'weight.invalid'; readonly index: number };

/**
 * Shares a whole total out in proportion to weights, in whole parts that sum to it, by largest remainders (最大余数法).
 *
 * Every part is its exact share rounded down or up; the units left after rounding down go to the largest remainders, ties to
 * the larger weight, then to the lower index: the least any part can be off. It is how stored parcel areas are made; the
 * surveyor's way, which gives the residual to the largest parts and reports each correction, is adjustToControl.
 * Refuses a total that is no safe integer ≥ 0, weights that are not finite and ≥ 0 or whose sum is not finite, and a positive
 * total without a positive weight. O(n log n).
 * Source: Hamilton's method, Balinski & Young, "Fair Representation" (1982).
 */
export function apportionToTotal(weights: Float64Array, total: number): Apportionment {
	if (!Number.isSafeInteger(total) || total < 0) return { ok: false, code: 'total.invalid' };
	const invalid = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
	if (invalid >= 0) return { ok: false, code: 'weight.invalid', index: invalid };
	const parts = new Float64Array(weights.length);
	if (total === 0) return { ok: true, parts };
	const sum = compensatedSum(weights);
	if (sum === 0 || sum === Infinity) return { ok: false, code: 'weights.none' };

	const remainders = new Float64Array(weights.length);
	const order = new Uint32Array(weights.length);
	let left = total;
	for (let i = 0; i < weights.length; i++) {
		const share = (weights[i] / sum) * total;
		parts[i] = Math.floor(share);
		remainders[i] = share - parts[i];
		left -= parts[i];
		order[i] = i;
	}
	if (left === 0) return { ok: true, parts };
	order.sort((a, b) => remainders[b] - remainders[a] || weights[b] - weights[a] || a - b);
	for (let i = 0; left > 0; i = (i + 1) % order.length) {
		if (weights[order[i]] === 0) continue;
		parts[order[i]]++;
		left--;
	}
	for (let i = order.length - 1; left < 0; i = (i + order.length - 1) % order.length) {
		if (parts[order[i]] === 0) continue;
		parts[order[i]]--;
		left++;
	}
	return { ok: true, parts };
}
