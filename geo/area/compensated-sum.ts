/** Sum of finite numbers with the rounding of each addition made good (Neumaier 1974); Infinity beyond the largest double. O(n). */
export function compensatedSum(values: Float64Array): number {
	let sum = 0;
	let lost = 0;
	for (const value of values) {
		const next = sum + value;
		lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
		sum = next;
	}
	return Number.isFinite(sum) ? sum + lost : sum;
}
