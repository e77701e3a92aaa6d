import type { CoverageBase } from '../coverage/coverage-base.ts';

/** One more than the polygon on each side of every arc, 0 where there is none. O(arcs). */
export function polygonsOfArcs({ arcLeft, polygonOffsets, ringOffsets, ringArcs }: CoverageBase) {
	const left = new Uint32Array(arcLeft.length);
	const right = new Uint32Array(arcLeft.length);
	for (let p = 0; p + 1 < polygonOffsets.length; p++) {
		for (let i = ringOffsets[polygonOffsets[p]]; i < ringOffsets[polygonOffsets[p + 1]]; i++) {
			if (ringArcs[i] < 0) right[~ringArcs[i]] = p + 1;
			else left[ringArcs[i]] = p + 1;
		}
	}
	return { left, right };
}
