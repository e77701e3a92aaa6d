import { dissolveFaces } from '$geo/arrangement/dissolve.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { currentSheet } from './current-sheet.ts';
import { cutSheet, flatRings } from './cut-sheet.ts';
import type { CutSheet } from './cut-sheet.ts';
import type { DraftParcel, Sheet } from './draft-parcel.ts';
import { boxMiddles } from './flat-edit.ts';
import { localFrame, metrePoint } from './frame.ts';
import type { LocalFrame } from './frame.ts';
import { groundOf } from './ground.ts';
import type { Ground } from './ground.ts';
import { areaMove, gridRing, smoothOutline } from './outline.ts';
import type { ParkLayout } from './park-layout.ts';
import { planSheet } from './plan-sheet.ts';
import { mergedRing, PointIndex, stitched } from './stitch.ts';
import { streetMesh, superblockOf } from './street-mesh.ts';

/** Parcels of the plan at which streets are 620 m apart and lots as large as the rules say. */
const UNSCALED_PARCELS = 7200;
const SPACING_M = 620;
const WOBBLE_M = 14;

/** One coverage of one park, features in the order of `drafts`. */
export interface ParkCoverage {
	readonly polygons: FlatPolygons;
	readonly drafts: readonly DraftParcel[];
	/** Column and row of the superblock that each parcel's middle lies in. */
	readonly superblocks: readonly (readonly [column: number, row: number])[];
	/** Unites the parcels of each positive label; labels are per parcel. The outline's points are on every border. */
	readonly united: (labels: Int32Array) => { labels: Int32Array; polygons: FlatPolygons };
}

/** One park with its official outline and both coverages on it. */
export interface ParkMap {
	readonly layout: ParkLayout;
	readonly outline: FlatPolygons;
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
	const fewer = UNSCALED_PARCELS / parcelCount;
	const spacingM = SPACING_M * layout.grain * fewer ** 0.42;
	const scales = {
		spacingM,
		widthScale: (fewer ** 0.42 * layout.grain) ** 0.85,
		lotScale: fewer ** 1.4 * layout.grain ** 0.6,
	};
	const grounds = [0, WOBBLE_M].map((wobbleM) =>
		groundOf(layout, smooth, streetMesh(layout, smooth, spacingM, seed, wobbleM), scales),
	);
	const drawn = [planSheet(grounds[0], seed), currentSheet(grounds[1], seed)];
	const corners = flatRings(frame, [smooth]);
	const cuts = drawn.map((sheet) => cutSheet(sheet, frame, corners, leastSize(sheet, scales.lotScale)));
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
	const coverages = cuts.map((cut, k) => parkCoverage(cut, drawn[k], fit(sets[k]), grounds[k], frame, fit));
	const offsets = Uint32Array.of(0, 1);
	return {
		layout,
		outline: {
			coordinates: moved,
			ringOffsets: Uint32Array.of(0, moved.length / 2),
			polygonOffsets: offsets,
			featureOffsets: offsets,
		},
		plan: coverages[0],
		current: coverages[1],
	};
}

function leastSize({ drafts }: Sheet, lotScale: number): (draft: number) => number {
	const leastLotM2 = 3500 * Math.min(1, lotScale);
	const least = { street: 500, band: 1500, lot: leastLotM2, open: 1200 };
	return (draft) => Math.max(200, least[drafts[draft].kind]);
}

function parkCoverage(
	cut: CutSheet,
	sheet: Sheet,
	polygons: FlatPolygons,
	ground: Ground,
	frame: LocalFrame,
	fit: (polygons: FlatPolygons) => FlatPolygons,
): ParkCoverage {
	const middles = boxMiddles(polygons);
	return {
		polygons,
		drafts: Array.from(cut.drafts, (draft) => sheet.drafts[draft]),
		superblocks: Array.from(cut.drafts, (_, k) =>
			superblockOf(ground.mesh.cellOf(metrePoint(frame, middles[2 * k], middles[2 * k + 1]))),
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
