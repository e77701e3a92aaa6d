import type { EdgeBands } from './edge-bands.ts';
import type { RingBuffer } from './ring-buffer.ts';

/**
 * Says whether rings that neither cross nor share an edge lie in one another as polygons do: each shell (positive area) outside all or in a
 * hole, each hole in the shell before it with nothing between. `bands` holds their edges.
 *
 * O(rings · edges of a band); nothing for a single shell.
 */
export function isWellNested(rings: RingBuffer, bands: EdgeBands, xs: Int32Array, ys: Int32Array): boolean {
	const { count, pixels, offsets } = rings;
	const isShell = (ring: number) => rings.doubledArea(ring, xs, ys) > 0;
	if (count === 1) return isShell(0);
	const depths = new Uint32Array(count);
	let shell = -1;
	for (let ring = 0; ring < count; ring++) {
		// Half way along the first edge, which lies on no other ring.
		const [first, second] = [pixels[offsets[ring]], pixels[offsets[ring] + 1]];
		const around = bands.ringsAround(xs[first] + xs[second], ys[first] + ys[second], ring, xs, ys);
		depths[ring] = around.length;
		if (isShell(ring)) {
			if (depths[ring] % 2 === 1) return false;
			shell = ring;
		} else if (shell < 0 || depths[ring] !== depths[shell] + 1 || !around.includes(shell)) return false;
	}
	return true;
}
