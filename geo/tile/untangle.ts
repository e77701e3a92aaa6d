import { arrange } from '../arrangement/arrange.ts';
import { dissolveFaces } from '../arrangement/dissolve.ts';
import { toGridSteps } from '../arrangement/grid-position.ts';
import { GRID_STEP_DEG } from '../grid.ts';
import type { HotPixels } from './hot-pixels.ts';
import type { PixelRing } from './retrace.ts';

/**
 * Makes valid rings of rings that cross: the ground that an odd number of them goes round, rounded to whole units.
 *
 * For input that is not valid, and where rounding in doubles was not enough. New corners are added to the hot pixels, for numbers only.
 */
export function untangle(rings: readonly PixelRing[], hot: HotPixels): PixelRing[] {
	const positions = rings.flat();
	const ringOffsets = new Uint32Array(rings.length + 1);
	rings.forEach((ring, r) => (ringOffsets[r + 1] = ringOffsets[r] + ring.length));
	// Whole tile units stand as steps of the coverage grid; north up there, south here.
	const arrangement = arrange([
		{
			coordinates: Float64Array.from(
				positions.flatMap((p) => [hot.xs[p] * GRID_STEP_DEG, -hot.ys[p] * GRID_STEP_DEG]),
			),
			ringOffsets,
			polygonOffsets: Uint32Array.of(0, rings.length),
			featureOffsets: Uint32Array.of(0, 1),
		},
	]);
	const { offsets } = arrangement.covers[0];
	const labels = Int32Array.from({ length: arrangement.faceCount }, (_, face) =>
		Number(offsets[face + 1] > offsets[face]),
	);
	const { polygons } = dissolveFaces(arrangement, labels);
	const untangled: PixelRing[] = [];
	for (let r = 0; r + 1 < polygons.ringOffsets.length; r++) {
		const ring: number[] = [];
		// Shells are counter-clockwise with north up: the other way round for a tile.
		for (let i = polygons.ringOffsets[r + 1] - 1; i >= polygons.ringOffsets[r]; i--) {
			const x = toGridSteps(polygons.coordinates[2 * i]);
			const y = -toGridSteps(polygons.coordinates[2 * i + 1]);
			ring.push(hot.add(x, y));
		}
		untangled.push(ring);
	}
	return untangled;
}
