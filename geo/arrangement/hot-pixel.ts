/** Twice the relative rounding error of one product and one difference of exact doubles. */
const ERROR_BOUND = 2 ** -51;
const LARGEST_EXACT = 2 ** 53;

/**
 * Says whether the closed segment a–b passes through the hot pixel of grid point c, exactly.
 *
 * Coordinates are whole grid steps. The pixel is half-open, [cx − ½, cx + ½) × [cy − ½, cy + ½), so each point of the plane is
 * in the pixel of the one grid point that it rounds to, and the answer is independent of the segment's direction and of
 * translation by whole steps. The line meets the open pixel when twice its offset from c is below |dx| + |dy|; at equality it
 * touches two or fewer corners, of which only the lower left belongs to the pixel. O(1); BigInt only when doubles do not decide.
 *
 * Source: Hobby, Practical segment intersection with finite precision output, 1999, section 2.
 */
export function passesHotPixel(
	ax: number,
	ay: number,
	bx: number,
	by: number,
	cx: number,
	cy: number,
): boolean {
	if (cx < ax ? cx < bx : cx > ax && cx > bx) return false;
	if (cy < ay ? cy < by : cy > ay && cy > by) return false;
	const dx = bx - ax;
	const dy = by - ay;
	const ex = cx - ax;
	const ey = cy - ay;
	const left = dx * ey;
	const right = dy * ex;
	const offset = left - right;
	const reach = Math.abs(dx) + Math.abs(dy);
	const size = Math.abs(left) + Math.abs(right);
	const excess = 2 * Math.abs(offset) - reach;
	if (size >= LARGEST_EXACT) {
		const error = 2 * size * ERROR_BOUND;
		if (excess > error) return false;
		if (excess < -error) return true;
		return passesExactly(BigInt(dx), BigInt(dy), BigInt(ex), BigInt(ey));
	}
	if (excess !== 0) return excess < 0;
	return reach === 0 || touchesLowerLeft(dx, dy, offset);
}

function passesExactly(dx: bigint, dy: bigint, ex: bigint, ey: bigint): boolean {
	const offset = dx * ey - dy * ex;
	const excess = 2n * magnitude(offset) - (magnitude(dx) + magnitude(dy));
	if (excess !== 0n) return excess < 0n;
	return touchesLowerLeft(Number(dx), Number(dy), offset > 0n ? 1 : -1);
}

/** A line that only touches the pixel includes its lower left corner when it falls to the right and c lies above it. */
function touchesLowerLeft(dx: number, dy: number, offset: number): boolean {
	return dx > 0 ? dy < 0 && offset > 0 : dy > 0 && dx < 0 && offset < 0;
}

function magnitude(value: bigint): bigint {
	return value < 0n ? -value : value;
}
