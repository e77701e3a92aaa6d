import { turn } from '../arrangement/turn.ts';

/** Relative error, generously, of the difference of two products of doubles. */
const ERROR_BOUND = 2 ** -48;

/**
 * Says whether the segment a–b meets the pixel of whole-number centre c: [cx − ½, cx + ½) × [cy − ½, cy + ½), exactly.
 *
 * The ends are any doubles. The pixel holds its left and lower sides and that corner, so every point is in one pixel, that to which
 * `Math.floor(value + 0.5)` rounds it. Independent of the segment's direction. O(1).
 */
export function meetsPixel(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
	const minX = cx - 0.5;
	const minY = cy - 0.5;
	const maxX = cx + 0.5;
	const maxY = cy + 0.5;
	if ((ax >= maxX && bx >= maxX) || (ax < minX && bx < minX)) return false;
	if ((ay >= maxY && by >= maxY) || (ay < minY && by < minY)) return false;
	const dx = bx - ax;
	const dy = by - ay;
	const left = dx * (cy - ay);
	const right = dy * (cx - ax);
	const reach = (Math.abs(dx) + Math.abs(dy)) / 2;
	const excess = Math.abs(left - right) - reach;
	const error = ERROR_BOUND * (Math.abs(left) + Math.abs(right) + reach);
	if (excess > error) return false;
	if (excess < -error) return true;
	const lowerLeft = turn(ax, ay, bx, by, minX, minY);
	if (lowerLeft === 0) return true;
	const others = [
		turn(ax, ay, bx, by, maxX, minY),
		turn(ax, ay, bx, by, minX, maxY),
		turn(ax, ay, bx, by, maxX, maxY),
	];
	return others.some((side) => side !== 0 && side > 0 !== lowerLeft > 0);
}
