import { turn } from './turn.ts';

/** Relative error, generously, of an expression of a few operations on exact doubles. */
const EPSILON = 2 ** -50;

/**
 * Finds where segments a–b and c–d cross in their interiors, rounded to the nearest grid point (halves up).
 *
 * Coordinates are whole grid steps. Returns false when they do not meet, or meet at an end point or along a stretch: then
 * the end points, being hot pixels, already note the contact. Else writes x and y into `rounded`. The decision is exact
 * (robust orientation) and so is the rounding: doubles where their error bound allows, else BigInt rationals. O(1).
 *
 * Source: Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric predicates, 1997.
 */
export function roundedCrossing(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	cx: number,
	cy: number,
	dx: number,
	dy: number,
	rounded: Float64Array,
): boolean {
	const c = turn(ax, ay, bx, by, cx, cy);
	if (c === 0) return false;
	const d = turn(ax, ay, bx, by, dx, dy);
	if (d === 0 || c > 0 === d > 0) return false;
	const a = turn(cx, cy, dx, dy, ax, ay);
	if (a === 0) return false;
	const b = turn(cx, cy, dx, dy, bx, by);
	if (b === 0 || a > 0 === b > 0) return false;
	// The crossing divides a–b in the ratio a : −b; each is known to within EPSILON × the sum of its two products.
	const width = Math.max(ax, bx, cx, dx) - Math.min(ax, bx, cx, dx);
	const height = Math.max(ay, by, cy, dy) - Math.min(ay, by, cy, dy);
	const share = a / (a - b);
	const error = EPSILON * (1 + (2 * width * height) / Math.abs(a - b));
	rounded[0] = ax + roundedOffset(share, bx - ax, error);
	rounded[1] = ay + roundedOffset(share, by - ay, error);
	if (Number.isNaN(rounded[0] + rounded[1])) roundExactly(ax, ay, bx, by, cx, cy, dx, dy, rounded);
	return true;
}

/** Rounds share · length, or answers NaN where the error of `share` leaves the nearest integer open. */
function roundedOffset(share: number, length: number, error: number): number {
	const offset = share * length;
	const nearest = Math.floor(offset + 0.5);
	return 0.5 - Math.abs(offset - nearest) > Math.abs(length) * error ? nearest : NaN;
}

function roundExactly(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	cx: number,
	cy: number,
	dx: number,
	dy: number,
	rounded: Float64Array,
): void {
	const ux = BigInt(bx - ax);
	const uy = BigInt(by - ay);
	const vx = BigInt(dx - cx);
	const vy = BigInt(dy - cy);
	let numerator = BigInt(cx - ax) * vy - BigInt(cy - ay) * vx;
	let denominator = ux * vy - uy * vx;
	if (denominator < 0n) {
		numerator = -numerator;
		denominator = -denominator;
	}
	rounded[0] = ax + Number(roundedQuotient(numerator * ux, denominator));
	rounded[1] = ay + Number(roundedQuotient(numerator * uy, denominator));
}

/** floor(n / d + ½) for d > 0. */
function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
	const twice = 2n * numerator + denominator;
	const divisor = 2n * denominator;
	const quotient = twice / divisor;
	return twice < 0n && quotient * divisor !== twice ? quotient - 1n : quotient;
}
