import { GRID_STEP_DEG } from '../grid.ts';

/** The largest coordinate, in degrees either way, that the coverage kernel takes; beyond it a position is left out. */
export const LARGEST_DEG = 1024;

const STEPS_PER_DEG = 1 / GRID_STEP_DEG;

/**
 * Turns degrees into whole grid steps, rounding half up (the same snap as `snapToGrid`).
 *
 * Inside the arrangement every coordinate is such an integer, below 2⁴³ in size, so that differences are exact doubles and
 * half steps are too.
 */
export function toGridSteps(deg: number): number {
	return Math.round(deg * STEPS_PER_DEG) + 0;
}

/** Turns whole grid steps into degrees; exact. */
export function fromGridSteps(steps: number): number {
	return steps * GRID_STEP_DEG;
}

/** Says whether a position can be used: both coordinates finite and within `LARGEST_DEG`. */
export function isUsablePosition(lon: number, lat: number): boolean {
	return Math.abs(lon) <= LARGEST_DEG && Math.abs(lat) <= LARGEST_DEG;
}
