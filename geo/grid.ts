/** One step of the coordinate grid, in degrees: 2⁻³³ (0.013 mm of latitude). Every grid point and local difference is an exact double. */
export const GRID_STEP_DEG = 2 ** -33;

const STEPS_PER_DEG = 2 ** 33;

/** Snaps a coordinate in degrees to the nearest grid point; the one snap of the project. */
export function snapToGrid(deg: number): number {
	return Math.round(deg * STEPS_PER_DEG) / STEPS_PER_DEG;
}

/** Says whether a coordinate in degrees lies on the grid. */
export function isOnGrid(deg: number): boolean {
	return Number.isInteger(deg * STEPS_PER_DEG);
}
