import type { FlatPolygons } from '../flat-polygons.ts';
import { findFaultyPolygons } from './check-simple.ts';
import { findEdgeSides } from './check-sides.ts';
import type { EdgeSides } from './check-sides.ts';
import { collectEdges } from '../arrangement/edge-soup.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** What each parcel by itself and the sides of edges tell, before anything is arranged. */
export interface Examination {
	readonly soup: EdgeSoup;
	/** The polygons along each edge; those that are not valid by themselves are on none. */
	readonly sides: EdgeSides;
	/**
	 * 1 for each parcel whose number is 0 or not unique, that has no polygon, or one that is not valid by itself, passes the hot pixel of a vertex
	 * of its own, or has another polygon on its side of an edge.
	 */
	readonly doubtful: Uint8Array;
}

/** Examines parcels each by itself; null where arrays do not fit together. O(positions). */
export function examine({ parcelNos, polygons }: ParcelSet): Examination | null {
	if (!areWhole(parcelNos.length, polygons)) return null;
	const soup = collectEdges([polygons]);
	const faulty = findFaultyPolygons(soup, polygons);
	const sides = findEdgeSides(soup, polygons, faulty);
	const doubtful = new Uint8Array(parcelNos.length);
	const { featureOffsets } = polygons;
	for (let f = 0; f < doubtful.length; f++) {
		if (featureOffsets[f] === featureOffsets[f + 1]) doubtful[f] = 1;
		for (let p = featureOffsets[f]; p < featureOffsets[f + 1]; p++) if (faulty[p] === 1) doubtful[f] = 1;
	}
	markUnfitNumbers(parcelNos, doubtful);
	return { soup, sides, doubtful };
}

function areWhole(count: number, { featureOffsets, polygonOffsets, ringOffsets }: FlatPolygons): boolean {
	return (
		featureOffsets.length === count + 1 &&
		polygonOffsets.length === featureOffsets[count] + 1 &&
		ringOffsets.length === polygonOffsets[featureOffsets[count]] + 1
	);
}

/** Marks parcels whose number is 0 or not unique. */
function markUnfitNumbers(parcelNos: Int32Array, doubtful: Uint8Array): void {
	let ascend = true;
	for (let f = 0; f < parcelNos.length; f++) {
		if (parcelNos[f] === 0) doubtful[f] = 1;
		if (f > 0 && parcelNos[f - 1] >= parcelNos[f]) ascend = false;
	}
	if (ascend) return;
	const order = Uint32Array.from(parcelNos.keys()).sort((a, b) => parcelNos[a] - parcelNos[b]);
	for (let i = 1; i < order.length; i++)
		if (parcelNos[order[i - 1]] === parcelNos[order[i]]) doubtful[order[i - 1]] = doubtful[order[i]] = 1;
}
