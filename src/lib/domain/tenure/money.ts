/** Money is a whole number of fen (分, 0.01 yuan) within the safe integers of JavaScript; nothing of it is reckoned in floating point. */

const YUAN = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/** Says whether a number is an amount of money: a safe integer of fen. */
export function isFen(amount: number): boolean {
	return Number.isSafeInteger(amount);
}

/** An exact amount as a number of fen; throws beyond the safe integers. */
export function toFen(amount: bigint): number {
	const fen = Number(amount);
	if (!isFen(fen)) throw new RangeError(`beyond the safe amounts: ${amount} fen`);
	return fen;
}

/** Reads yuan such as "1,234.56" or "-5" as fen; null where it is no such amount: groups are of three, decimals at most two. */
export function parseYuan(text: string): number | null {
	const match = YUAN.exec(text.trim());
	if (match === null) return null;
	const [, sign, whole, decimals = ''] = match;
	const fen = Number(BigInt(whole.replaceAll(',', '') + decimals.padEnd(2, '0')) * (sign === '-' ? -1n : 1n));
	return isFen(fen) ? fen : null;
}

/** Writes fen as yuan with groups and two decimals, "1,234.56"; `parseYuan` reads it back. */
export function formatYuan(amountFen: number): string {
	const digits = BigInt(Math.abs(toFen(BigInt(amountFen))))
		.toString()
		.padStart(3, '0');
	const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
	return `${amountFen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/** Adds amounts up, exactly; throws where the sum is beyond the safe amounts. O(n). */
export function sumFen(amounts: readonly number[]): number {
	return toFen(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
}

/** The whole number nearest to a quotient, halves away from zero (四舍五入); throws where the divisor is not positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
	if (divisor <= 0n) throw new RangeError(`divisor ${divisor}`);
	const half = dividend < 0n ? -divisor : divisor;
	return (2n * dividend + half) / (2n * divisor);
}

/**
 * Shares an amount out by weights in whole fen that add up to it, by largest remainders; ties go to the earlier.
 *
 * Weights are safe integers ≥ 0, one of them positive; each share is its exact part rounded down or up. A negative amount is shared as its opposite.
 * Throws on other weights. O(n log n). Source: Hamilton's method.
 */
export function shareFen(amountFen: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
	if (sum <= 0n || weights.some((weight) => weight < 0)) throw new RangeError('no weights to share by');
	if (amountFen < 0) return shareFen(-amountFen, weights).map((share) => 0 - share);
	const total = BigInt(amountFen);
	const shares = weights.map((weight) => (total * BigInt(weight)) / sum);
	const remainders = weights.map((weight, i) => total * BigInt(weight) - shares[i] * sum);
	const left = Number(total - shares.reduce((all, share) => all + share, 0n));
	const order = remainders
		.map((_, i) => i)
		.sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a] > remainders[b] ? -1 : 1));
	for (const i of order.slice(0, left)) shares[i]++;
	return shares.map(toFen);
}
