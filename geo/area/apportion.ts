/**
 * Shares a whole total out in proportion to weights, in whole parts that sum to it (最大余数法平差).
 *
 * Every part is its exact share rounded down or up; the units left after rounding down go to the largest remainders, ties to
 * the larger weight, then to the lower index. `total` is a safe integer ≥ 0, weights are finite and ≥ 0; throws otherwise,
 * and on a positive total with no positive weight. O(n log n).
 * Source: Hamilton's method, Balinski & Young, "Fair Representation" (1982).
 */
export function apportionToTotal(weights: Float64Array, total: number): Float64Array {
	if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`total ${total} is not a whole number`);
	const sum = sumOfWeights(weights);
	const parts = new Float64Array(weights.length);
	if (total === 0) return parts;
	if (sum === 0) throw new RangeError(`nothing to share ${total} out to: all weights are zero`);

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
	if (left === 0) return parts;
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
	return parts;
}

function sumOfWeights(weights: Float64Array): number {
	let sum = 0;
	let lost = 0;
	for (const weight of weights) {
		if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight} is not a size`);
		const next = sum + weight;
		lost += sum >= weight ? sum - next + weight : weight - next + sum;
		sum = next;
	}
	return sum + lost;
}
