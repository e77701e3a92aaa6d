import { orient2d } from 'robust-predicates';

/**
 * Which way a → b → c turns: > 0 to the left (c lies left of the line a–b, y up), < 0 to the right, 0 straight; exact in sign.
 *
 * Source: Shewchuk 1997 through `robust-predicates`, whose sign is for y down.
 */
export function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
	return -orient2d(ax, ay, bx, by, cx, cy);
}
