import type { FlatPolygons } from '../flat-polygons.ts';
import { checkArranged } from '../check/check.ts';
import { SLIVER_WIDTH_M } from '../check/check-limits.ts';
import { listAreas, listDropped, listMoves, listSpikes, SNAP_MOVE_M } from './clean-account.ts';
import { runCleanPasses } from './clean-pass.ts';
import type { CleanReport } from './clean-report.ts';
import { nodeInPlane } from './node-in-plane.ts';
import type { SurveyPlane } from './node-in-plane.ts';
import type { ParcelSet } from '../parcel-set.ts';

/** How to clean. */
export interface CleanOptions {
	/** What the parcels are to fill, degrees (EPSG:4490). */
	readonly outline?: FlatPolygons;
	/** Mean width in metres up to which a gap, overlap, part or spike is a sliver; `SLIVER_WIDTH_M` when left out, 0 for none. */
	readonly sliverWidthM?: number;
	/** The plane in which the edges are straight, when that is not longitude and latitude: they are noded there first. */
	readonly plane?: SurveyPlane;
}

/** A cleaned set, ascending by parcel number, and the account of what was done to it. */
export interface Cleaned {
	readonly set: ParcelSet;
	readonly report: CleanReport;
}

/**
 * Cleans a set of parcels: snapped, noded, without repeated vertices, spikes and slivers, so that a coverage can be built where nothing
 * real is wrong.
 *
 * Ground is read even-odd per polygon. A sliver (mean width at most the limit) goes whole to one parcel: a gap, cut where its neighbours
 * change (`crossGaps`), piece by piece to the neighbour with the longest boundary on it, so that no parcel comes to reach along others; an overlap
 * to the one of its parcels whose own ground has the longest boundary on it; a part of a parcel apart from its other ground to the neighbour with the longest boundary (to nobody when it has none); ties to the lower
 * number; ground beyond the outline is cut off. A parcel all of whose ground lies in slivers keeps them. What is wider stays as it is and
 * is reported as unresolved: real gaps and overlaps are for a person to decide (`fillGap`, `resolveOverlap`). A record without
 * ground, and a record that repeats another's number and ground, is left out and reported. Degrees (EPSG:4490); the result is on
 * the grid and does not depend on the order of parcels, ring start or direction. Never throws on well-formed polygons. O((edges + crossings) log).
 */
export function cleanParcelSet(set: ParcelSet, options: CleanOptions = {}): Cleaned {
	const { outline, sliverWidthM = SLIVER_WIDTH_M, plane } = options;
	const inPlane = plane === undefined ? null : nodeInPlane(set.polygons, plane);
	const polygons = inPlane === null ? set.polygons : inPlane.polygons;
	const { passes, unresolved } = runCleanPasses(
		{ parcelNos: set.parcelNos, polygons },
		outline,
		sliverWidthM,
	);
	const last = passes[passes.length - 1];
	const moves = listMoves(passes, inPlane?.movedM ?? null);
	return {
		set: last.cleaned,
		report: {
			found: checkArranged(passes[0].arrangement, set.parcelNos),
			slivers: passes.flatMap(({ held }) => held.flatMap(({ slivers }) => slivers)),
			spikes: listSpikes(passes),
			dropped: passes.flatMap(listDropped),
			areas: listAreas(passes),
			moves: moves.filter(({ byM }) => byM > SNAP_MOVE_M),
			farthest: moves.length === 0 ? null : moves[0],
			unresolved,
		},
	};
}
