import Flatbush from 'flatbush';
import type { FlatPolygons } from '../flat-polygons.ts';
import { joinFeatures, pickFeatures } from '../flat-polygons.ts';
import { arrange } from '../arrangement/arrange.ts';
import type { Arrangement } from '../arrangement/arrange.ts';
import { checkFaces } from './check-faces.ts';
import { checkRings } from './check-rings.ts';
import type { EdgeSides } from './check-sides.ts';
import type { Examination } from './examine.ts';
import { sortIssues } from './issue.ts';
import type { CoverageIssue } from './issue.ts';
import type { EdgeSoup } from '../arrangement/edge-soup.ts';
import { isUsablePosition } from '../arrangement/grid-position.ts';
import type { Polyline } from '../arrangement/lines.ts';
import type { ParcelSet } from '../parcel-set.ts';
import { findTrouble, groundOf } from './settled-ground.ts';
import type { Trouble } from './settled-ground.ts';

/** How often more parcels are taken in before everything is arranged. */
const MOST_ROUNDS = 6;

/** Where more than this share of all positions is doubtful, arranging a part gains too little. */
const LARGEST_SHARE = 0.5;

/** How far beyond a place of trouble parcels are looked for, in grid steps: more than a hot pixel reaches. */
const REACH_STEPS = 2;

/**
 * Finds what `checkArranged` finds, with only the doubtful parcels arranged; null where that would be most of them or nothing is proven.
 *
 * Doubtful are those that the examination says, those with a vertex at an end of an edge that no other polygon has, and those that
 * something comes near. All others are settled, and only the border of the ground that they cover is arranged with the doubtful and the outline.
 *
 * Why it suffices. No edge but the border's own passes the hot pixel of a vertex of the border, no border edge passes any, and each has the
 * ground on its left alone: so, as winding numbers of the border are summed (`proveClean`), settled polygons cover the ground once, and no edge
 * gets into it, as its ends or where it is led would be seen there (where rounding loses lines, all are drawn). Then none passes the hot
 * pixel of a vertex v within: the stretch from v to it would leave the ground through a border edge, which so would pass the pixel of v, and of all
 * settled edges that do, the nearest would bound a polygon with v. So rounding moves no settled edge and leads no other through a settled vertex;
 * beyond the ground the faces are the same as if all were arranged, and within they are the settled polygons, of which there is nothing to say. No
 * face to be reported is in the ground or beside it, so that no issue names a settled parcel.
 *
 * O(positions), plus O((edges + crossings) log) of what is arranged.
 */
export function checkDoubtful(
	set: ParcelSet,
	{ soup, sides, doubtful: doubted }: Examination,
	outline?: FlatPolygons,
	largestShare = LARGEST_SHARE,
): CoverageIssue[] | null {
	const doubtful = doubted.slice();
	markLoose(soup, sides, set.polygons, doubtful);
	const most = largestShare * (set.polygons.coordinates.length / 2);
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const features = Uint32Array.from(doubtful.keys()).filter((f) => doubtful[f] === 1);
		const shapes = pickFeatures(set.polygons, features);
		const firstPosition = shapes.coordinates.length / 2;
		if (firstPosition > most) return null;
		const ground = groundOf(soup, sides, settledPolygons(set.polygons, doubtful));
		const parcels = joinFeatures([shapes, ground]);
		const layers = outline === undefined ? [parcels] : [parcels, outline];
		const arrangement = arrange(layers);
		const drawn = hasLostLines(arrangement) ? arrange(layers, layers.flatMap(ringLines)) : arrangement;
		const trouble = findTrouble(drawn, firstPosition);
		if (trouble.lines.length + trouble.boxes.length === 0) {
			// The ground has no number; no issue is about it.
			const parcelNos = new Int32Array(features.length + 1);
			features.forEach((f, i) => (parcelNos[i] = set.parcelNos[f]));
			return sortIssues([
				...checkRings({ ...arrangement, layers: [shapes] }, parcelNos.subarray(0, -1)),
				...checkFaces(arrangement, parcelNos),
			]);
		}
		markNear(trouble, soup, set.polygons, doubtful);
	}
	return null;
}

/** Marks the parcels with a vertex at an end of an edge that only one polygon has. */
function markLoose(
	soup: EdgeSoup,
	{ left, right }: EdgeSides,
	polygons: FlatPolygons,
	doubtful: Uint8Array,
): void {
	const { nodeOfPosition, edgeLow, edgeHigh, useOffsets } = soup;
	const isLoose = new Uint8Array(soup.nodeX.length);
	for (let e = 0; e < edgeLow.length; e++) {
		if (left[e] < 0 === right[e] < 0 || useOffsets[e + 1] - useOffsets[e] > 1) continue;
		isLoose[edgeLow[e]] = isLoose[edgeHigh[e]] = 1;
	}
	for (let f = 0; f < doubtful.length; f++) {
		const to = endOf(polygons, f);
		for (let o = endOf(polygons, f - 1); o < to && doubtful[f] === 0; o++)
			doubtful[f] = isLoose[nodeOfPosition[o]];
	}
}

/** Marks the settled parcels whose boxes are met by lines or boxes of trouble. */
function markNear(
	{ lines, boxes }: Trouble,
	{ nodeX, nodeY, nodeOfPosition }: EdgeSoup,
	polygons: FlatPolygons,
	doubtful: Uint8Array,
): void {
	const places = lines.length > 0 ? lines : boxes;
	const index = new Flatbush(places.length / 4);
	for (let i = 0; i < places.length; i += 4) {
		const [ax, ay, bx, by] = places.slice(i, i + 4);
		index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
	}
	index.finish();
	for (let f = 0; f < doubtful.length; f++) {
		if (doubtful[f] === 1) continue;
		let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
		const to = endOf(polygons, f);
		for (let o = endOf(polygons, f - 1); o < to; o++) {
			const x = nodeX[nodeOfPosition[o]];
			const y = nodeY[nodeOfPosition[o]];
			if (x < minX) minX = x;
			if (x > maxX) maxX = x;
			if (y < minY) minY = y;
			if (y > maxY) maxY = y;
		}
		const middleX = (minX + maxX) / 2;
		const middleY = (minY + maxY) / 2;
		const halfX = middleX - minX + REACH_STEPS;
		const halfY = middleY - minY + REACH_STEPS;
		const isNear = index.collides(middleX - halfX, middleY - halfY, middleX + halfX, middleY + halfY, (i) => {
			if (lines.length === 0) return true;
			const dx = places[4 * i + 2] - places[4 * i];
			const dy = places[4 * i + 3] - places[4 * i + 1];
			const across = dx * (middleY - places[4 * i + 1]) - dy * (middleX - places[4 * i]);
			return Math.abs(across) <= Math.abs(dx) * halfY + Math.abs(dy) * halfX;
		});
		if (isNear) doubtful[f] = 1;
	}
}

function settledPolygons({ featureOffsets, polygonOffsets }: FlatPolygons, doubtful: Uint8Array): Uint8Array {
	const isSettled = new Uint8Array(polygonOffsets.length - 1);
	for (let f = 0; f < doubtful.length; f++)
		if (doubtful[f] === 0) isSettled.fill(1, featureOffsets[f], featureOffsets[f + 1]);
	return isSettled;
}

/** One past the last position of a feature. */
function endOf({ featureOffsets, polygonOffsets, ringOffsets }: FlatPolygons, feature: number): number {
	return ringOffsets[polygonOffsets[featureOffsets[feature + 1]]];
}

/** Says whether rings run along some piece an even number of times: it may bound nothing, and be gone. */
function hasLostLines({ soup, rounded: { routes, useRings } }: Arrangement): boolean {
	let uses = 0;
	for (let e = 0; e < soup.edgeLow.length; e++)
		uses += (soup.useOffsets[e + 1] - soup.useOffsets[e]) * (routes.offsets[e + 1] - routes.offsets[e] - 1);
	return uses !== useRings.length;
}

/** Each ring as a closed line of its usable positions. */
function ringLines({ coordinates, ringOffsets }: FlatPolygons): Polyline[] {
	return Array.from(ringOffsets.subarray(1), (end, r) => {
		const line: number[] = [];
		for (let i = ringOffsets[r]; i < end; i++) {
			const [lon, lat] = [coordinates[2 * i], coordinates[2 * i + 1]];
			if (isUsablePosition(lon, lat)) line.push(lon, lat);
		}
		return Float64Array.from(line.concat(line.slice(0, 2)));
	});
}
