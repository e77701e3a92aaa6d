import { GRID_STEP_DEG } from '../../geo/grid.ts';
import type { FlatPolygons } from '../../geo/flat-polygons.ts';

/**
 * Says whether no vertex of noded polygons comes nearer than so many grid steps to another vertex, or to an edge that does not end at it.
 * O(vertices · edges).
 */
export function isSeparated({ coordinates, ringOffsets }: FlatPolygons, steps: number): boolean {
	const x = coordinates.map((deg, i) => (i % 2 === 0 ? (deg - coordinates[0]) / GRID_STEP_DEG : 0));
	const y = coordinates.map((deg, i) => (i % 2 === 1 ? (deg - coordinates[1]) / GRID_STEP_DEG : 0));
	const near = steps ** 2;
	for (let r = 0; r + 1 < ringOffsets.length; r++) {
		for (let a = ringOffsets[r], b = ringOffsets[r + 1] - 1; a < ringOffsets[r + 1]; b = a++) {
			const [ax, ay, dx, dy] = [x[2 * a], y[2 * a + 1], x[2 * b] - x[2 * a], y[2 * b + 1] - y[2 * a + 1]];
			const squared = dx * dx + dy * dy;
			if (squared < near) return false;
			for (let v = 0; 2 * v < coordinates.length; v++) {
				const [px, py] = [x[2 * v] - ax, y[2 * v + 1] - ay];
				if ((px === 0 && py === 0) || (px === dx && py === dy)) continue;
				const along = Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
				if ((px - along * dx) ** 2 + (py - along * dy) ** 2 < near) return false;
			}
		}
	}
	return true;
}
