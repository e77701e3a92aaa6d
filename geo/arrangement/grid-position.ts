import { GRID_STEP_DEG } from '../grid.ts';

/**
 * The largest longitude and latitude, in degrees either way: beyond them a position is not on Earth, and is left out.
 *
 * What crosses the antimeridian is laid out in one piece, to longitudes beyond 180°.
 */
export const LARGEST_LON_DEG = 360;
const LARGEST_LAT_DEG = 90;

const STEPS_PER_DEG = 1 / GRID_STEP_DEG;

/**
 * Turns degrees into whole grid steps, rounding half up (the same snap as `snapToGrid`).
 *
 * Inside the arrangement every coordinate is such an integer, below 2⁴² in size, so that differences are exact doubles and
 * half steps are too.
 */
export function toGridSteps(deg: number): number {
	return Math.round(deg * STEPS_PER_DEG) + 0;
}

/** Turns whole grid steps into degrees; exact. */
export function fromGridSteps(steps: number): number {
	return steps * GRID_STEP_DEG;
}

/** Says whether a position can be used: both coordinates are numbers, on Earth. Swapped axes are seen where a longitude is beyond 90°. */
export function isUsablePosition(lon: number, lat: number): boolean {
	return Math.abs(lon) <= LARGEST_LON_DEG && Math.abs(lat) <= LARGEST_LAT_DEG;
}
