import type { GaussKruger } from '../crs/gauss-kruger.ts';
import type { FlatPolygons } from '../flat-polygons.ts';

/** Positions that are projected at once. */
const BLOCK_POSITIONS = 4096;

/**
 * Area of every feature in a projected plane, its edges straight between the projected vertices, in square metres.
 *
 * Holes are subtracted, polygons of a feature added; ring orientation is ignored. Projected coordinates round at about 4 nm
 * (a false easting of eight digits), so a parcel errs by about 1e-5 m². Not additive under inserted vertices: a straight
 * edge in longitude and latitude is not straight in the plane. O(positions); features are projected block by block, in memory of their
 * largest only.
 */
export function planarAreasM2(polygons: FlatPolygons, projection: GaussKruger): Float64Array {
	const { coordinates, ringOffsets, polygonOffsets, featureOffsets } = polygons;
	const areasM2 = new Float64Array(featureOffsets.length - 1);
	const endOf = (feature: number) => ringOffsets[polygonOffsets[featureOffsets[feature + 1]]];
	let eastNorths = new Float64Array(2 * BLOCK_POSITIONS);
	let from = 0;
	let to = 0;
	for (let f = 0; f < areasM2.length; f++) {
		if (endOf(f) > to) {
			from = ringOffsets[polygonOffsets[featureOffsets[f]]];
			to = endOf(f);
			for (let next = f + 1; next < areasM2.length && endOf(next) - from <= BLOCK_POSITIONS; next++)
				to = endOf(next);
			if (2 * (to - from) > eastNorths.length) eastNorths = new Float64Array(2 * (to - from));
			projection.forwardAll(coordinates.subarray(2 * from, 2 * to), eastNorths);
		}
		let areaM2 = 0;
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) {
			const shell = polygonOffsets[p];
			for (let r = shell; r < polygonOffsets[p + 1]; r++) {
				const ringM2 = Math.abs(
					planarRingAreaM2(eastNorths, ringOffsets[r] - from, ringOffsets[r + 1] - from),
				);
				areaM2 += r === shell ? ringM2 : -ringM2;
			}
		}
		areasM2[f] = areaM2;
	}
	return areasM2;
}

/**
 * Signed area in square metres of the open ring at positions [from, to) of easting, northing pairs: counter-clockwise is positive.
 *
 * Shoelace about the ring's first position with compensated summation (Neumaier). O(positions).
 */
export function planarRingAreaM2(eastNorths: Float64Array, from: number, to: number): number {
	if (to - from < 3) return 0;
	const eastOrigin = eastNorths[2 * from];
	const northOrigin = eastNorths[2 * from + 1];
	let east = 0;
	let north = 0;
	let sum = 0;
	let lost = 0;
	for (let i = 2 * from + 2; i < 2 * to; i += 2) {
		const eastNext = eastNorths[i] - eastOrigin;
		const northNext = eastNorths[i + 1] - northOrigin;
		const term = east * northNext - eastNext * north;
		const next = sum + term;
		lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
		sum = next;
		east = eastNext;
		north = northNext;
	}
	return (sum + lost) / 2;
}
