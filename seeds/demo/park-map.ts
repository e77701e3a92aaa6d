import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { bandRings, bandsOf, CURRENT_BANDS, planBands } from './bands.ts';
import type { Band } from './bands.ts';
import { currentSheet } from './current-sheet.ts';
import { widenedRing } from './curve.ts';
import { cutSheet, flatRings } from './cut-sheet.ts';
import type { CutSheet } from './cut-sheet.ts';
import type { DraftParcel, Sheet } from './draft-parcel.ts';
import { boxMiddles } from './flat-edit.ts';
import { localFrame, metrePoint } from './frame.ts';
import type { LocalFrame, PointM } from './frame.ts';
import { lengthScale } from './length-scale.ts';
import { areaMove, gridRing, smoothOutline } from './outline.ts';
import type { ParkLayout } from './park-layout.ts';
import { planSheet } from './plan-sheet.ts';
import type { Ground } from './plan-sheet.ts';
import { quarterFinder, quartersOf } from './quarter.ts';
import type { Quarter } from './quarter.ts';
import { mergedRing, PointIndex, stitched } from './stitch.ts';

/** How far the survey's streets lie beside the plan's, at most. */
const WOBBLE_M = 8;

/** How far the drawn ground reaches over the outline, so that every line ends where it crosses the outline and none beside it. */
const OVER_M = 2;

/** One coverage of one park, features in the order of `drafts`. */
export interface ParkCoverage {
	readonly polygons: FlatPolygons;
	readonly drafts: readonly DraftParcel[];
	/** The plan's quarter that each parcel's middle lies in or near. */
	readonly quarters: Int32Array;
	/** Unites the parcels of each positive label; labels are per parcel. The outline's points are on every border. */
	readonly united: (labels: Int32Array) => { labels: Int32Array; polygons: FlatPolygons };
}

/** One park with its official outline and both coverages on it. */
export interface ParkMap {
	readonly layout: ParkLayout;
	readonly outline: FlatPolygons;
	/** The plan's quarters: what its planning units are made of. */
	readonly quarters: readonly Quarter[];
	readonly plan: ParkCoverage;
	readonly current: ParkCoverage;
}

/**
 * Draws a park whose outline has exactly its nominal area and carries the points of both coverages.
 *
 * Both sheets are cut by the same smooth outline; the points that either puts on it go into the official one and into the other
 * coverage; one vertex at which no parcel line ends then moves until the area is nominal to 0.001 m², in all of them alike.
 * Near linear in the number of parcels.
 */
export function drawPark(layout: ParkLayout, parcelCount: number, seed: number): ParkMap {
	const frame = localFrame(layout.origin);
	const smooth = smoothOutline(layout, frame, seed);
	const scale = lengthScale(parcelCount);
	const ground = (bands: readonly Band[]): Ground => ({
		layout,
		bands,
		quarters: quartersOf(layout, frame, widenedRing(smooth, OVER_M), bandRings(bands), seed),
		scale,
	});
	const planned = ground(bandsOf(layout.bands, planBands(scale), seed, 0));
	const found = layout.bands.filter((band) => !band.planned);
	const surveyed = ground(bandsOf(found, CURRENT_BANDS, seed, WOBBLE_M));
	const plan = planSheet(planned, seed);
	const quarterAt = quarterFinder(planned.quarters);
	const streetsAt = (point: PointM) => plan.streets[quarterAt(point)];
	const drawn = [plan.sheet, currentSheet({ ...surveyed, streetsAt }, seed)];
	const corners = flatRings(frame, [smooth]);
	const cuts = drawn.map((sheet) => cutSheet(sheet, frame, corners, leastSize(sheet, scale * scale)));
	const sets = cuts.map((cut) => dissolveFaces(cut.arrangement, cut.labels).polygons);
	const rings = cuts.map(
		(cut) =>
			dissolveFaces(
				cut.arrangement,
				cut.labels.map((label) => (label > 0 ? 1 : 0)),
			).polygons.coordinates,
	);
	const cornerRing = gridRing(frame, smooth);
	const ring = mergedRing(cornerRing, rings);
	const along = new PointIndex(ring);
	const move = areaMove(frame, ring, freeCorners(ring, along, cornerRing, sets), layout.nominalKm2 * 1e6);
	const moved = ring.slice();
	const at = along.find(...move.from);
	[moved[2 * at], moved[2 * at + 1]] = move.to;
	const fit = (polygons: FlatPolygons): FlatPolygons => stitched(polygons, ring, along, move);
	const coverages = cuts.map((cut, k) => parkCoverage(cut, drawn[k], fit(sets[k]), quarterAt, frame, fit));
	const offsets = Uint32Array.of(0, 1);
	return {
		layout,
		outline: {
			coordinates: moved,
			ringOffsets: Uint32Array.of(0, moved.length / 2),
			polygonOffsets: offsets,
			featureOffsets: offsets,
		},
		quarters: planned.quarters,
		plan: coverages[0],
		current: coverages[1],
	};
}

function leastSize({ drafts }: Sheet, lotScale: number): (draft: number) => number {
	const less = Math.min(1, lotScale);
	const least = { street: 500 * Math.sqrt(less), band: 1500, lot: 3500 * less, open: 1200 * less };
	return (draft) => Math.max(200, least[drafts[draft].kind]);
}

function parkCoverage(
	cut: CutSheet,
	sheet: Sheet,
	polygons: FlatPolygons,
	quarterAt: (point: PointM) => number,
	frame: LocalFrame,
	fit: (polygons: FlatPolygons) => FlatPolygons,
): ParkCoverage {
	const middles = boxMiddles(polygons);
	return {
		polygons,
		drafts: Array.from(cut.drafts, (draft) => sheet.drafts[draft]),
		quarters: Int32Array.from(cut.drafts, (_, k) =>
			quarterAt(metrePoint(frame, middles[2 * k], middles[2 * k + 1])),
		),
		united: (labels) => {
			const faces = cut.labels.map((label) => (label > 0 ? labels[label - 1] : 0));
			const set = dissolveFaces(cut.arrangement, faces);
			return { labels: set.parcelNos, polygons: fit(set.polygons) };
		},
	};
}

/** The ring's points that are corners of the drawn outline and of just one parcel in each coverage. */
function freeCorners(
	ring: Float64Array,
	along: PointIndex,
	corners: Float64Array,
	sets: readonly FlatPolygons[],
): number[] {
	const uses = sets.map(({ coordinates }) => {
		const counts = new Uint8Array(ring.length / 2);
		for (let i = 0; i < coordinates.length; i += 2) {
			const at = along.find(coordinates[i], coordinates[i + 1]);
			if (at >= 0) counts[at]++;
		}
		return counts;
	});
	const free: number[] = [];
	for (let c = 0; c < corners.length; c += 2) {
		const at = along.find(corners[c], corners[c + 1]);
		if (uses.every((counts) => counts[at] === 1)) free.push(at);
	}
	return free;
}
