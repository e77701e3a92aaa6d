import type { FlatPolygons } from '../flat-polygons.ts';
import { arrange } from './arrange.ts';
import type { Arrangement } from './arrange.ts';
import { checkRings } from './check-rings.ts';
import type { EdgeSoup } from './edge-soup.ts';
import { passesHotPixel } from './hot-pixel.ts';
import { turn } from './turn.ts';

/** Polygons of one ring of at most this many vertices are compared edge by edge. */
const FEW_VERTICES = 40;

/**
 * Says whether each polygon by itself is valid and keeps its distance: no ring meets itself, rings meet at common vertices only, holes lie
 * in their shell and apart, the inside is connected, and no edge passes the hot pixel of a vertex of its polygon that it does not end at.
 *
 * `soup` holds the edges of these polygons alone. O(positions), times a logarithm for polygons with holes or many vertices.
 */
export function arePolygonsSimple(soup: EdgeSoup, polygons: FlatPolygons): boolean {
	const { polygonOffsets, ringOffsets } = polygons;
	const intricate: number[] = [];
	for (let polygon = 0; polygon + 1 < polygonOffsets.length; polygon++) {
		const ring = polygonOffsets[polygon];
		const rings = polygonOffsets[polygon + 1] - ring;
		if (rings === 0) return false;
		if (rings > 1 || ringOffsets[ring + 1] - ringOffsets[ring] > FEW_VERTICES) intricate.push(polygon);
		else if (!isRingSimple(soup, ringOffsets[ring], ringOffsets[ring + 1])) return false;
	}
	return intricate.length === 0 || areFaultless(pickPolygons(polygons, intricate));
}

/** Compares all edges of a ring of the soup, positions [from, to), with one another. */
function isRingSimple({ nodeX, nodeY, nodeOfPosition }: EdgeSoup, from: number, to: number): boolean {
	for (let i = from; i < to; i++) {
		const a = nodeOfPosition[i];
		const b = nodeOfPosition[i + 1 < to ? i + 1 : from];
		const ax = nodeX[a];
		const ay = nodeY[a];
		const bx = nodeX[b];
		const by = nodeY[b];
		const minX = Math.min(ax, bx);
		const maxX = Math.max(ax, bx);
		const minY = Math.min(ay, by);
		const maxY = Math.max(ay, by);
		for (let j = i + 1; j < to; j++) {
			const c = nodeOfPosition[j];
			const d = nodeOfPosition[j + 1 < to ? j + 1 : from];
			const cx = nodeX[c];
			const cy = nodeY[c];
			const dx = nodeX[d];
			const dy = nodeY[d];
			if ((cx < minX && dx < minX) || (cx > maxX && dx > maxX)) continue;
			if ((cy < minY && dy < minY) || (cy > maxY && dy > maxY)) continue;
			if (b === c || a === d) {
				// Neighbours: each may pass the far end of the other.
				if (b === c && d !== a && passesHotPixel(ax, ay, bx, by, dx, dy)) return false;
				if (b === c && d !== a && passesHotPixel(cx, cy, dx, dy, ax, ay)) return false;
				if (a === d && b !== c && passesHotPixel(ax, ay, bx, by, cx, cy)) return false;
				if (a === d && b !== c && passesHotPixel(cx, cy, dx, dy, bx, by)) return false;
				if (b === c && a === d) return false;
				continue;
			}
			if (a === c || b === d) return false;
			if (passesHotPixel(ax, ay, bx, by, cx, cy) || passesHotPixel(ax, ay, bx, by, dx, dy)) return false;
			if (passesHotPixel(cx, cy, dx, dy, ax, ay) || passesHotPixel(cx, cy, dx, dy, bx, by)) return false;
			const cSide = turn(ax, ay, bx, by, cx, cy);
			const dSide = turn(ax, ay, bx, by, dx, dy);
			if (cSide > 0 === dSide > 0) continue;
			if (turn(cx, cy, dx, dy, ax, ay) > 0 !== turn(cx, cy, dx, dy, bx, by) > 0) return false;
		}
	}
	return true;
}

/** Polygons by themselves, one feature each. */
function pickPolygons(polygons: FlatPolygons, picked: readonly number[]): FlatPolygons {
	const { coordinates, ringOffsets, polygonOffsets } = polygons;
	const rings = picked.flatMap((p) =>
		Array.from({ length: polygonOffsets[p + 1] - polygonOffsets[p] }, (_, r) => polygonOffsets[p] + r),
	);
	const ends = new Uint32Array(rings.length + 1);
	rings.forEach((r, i) => (ends[i + 1] = ends[i] + ringOffsets[r + 1] - ringOffsets[r]));
	const kept = new Float64Array(2 * ends[rings.length]);
	rings.forEach((r, i) =>
		kept.set(coordinates.subarray(2 * ringOffsets[r], 2 * ringOffsets[r + 1]), 2 * ends[i]),
	);
	const polygonEnds = new Uint32Array(picked.length + 1);
	picked.forEach((p, i) => (polygonEnds[i + 1] = polygonEnds[i] + polygonOffsets[p + 1] - polygonOffsets[p]));
	return {
		coordinates: kept,
		ringOffsets: ends,
		polygonOffsets: polygonEnds,
		featureOffsets: Uint32Array.from({ length: picked.length + 1 }, (_, f) => f),
	};
}

/** Says whether edges meet at their ends only, and none passes a foreign hot pixel. O(1). */
export function isUntouched({ soup, rounded: { routes, contacts } }: Arrangement): boolean {
	return contacts.crossingX.length === 0 && routes.nodes.length === 2 * soup.edgeLow.length;
}

/** Says whether arranging polygons moves and nodes nothing, and each is valid by itself and in one piece. */
function areFaultless(polygons: FlatPolygons): boolean {
	const arrangement = arrange([polygons]);
	if (!isUntouched(arrangement)) return false;
	const faces = new Uint32Array(polygons.featureOffsets.length - 1);
	if (arrangement.covers[0].features.some((polygon) => ++faces[polygon] > 1)) return false;
	const numbers = Int32Array.from({ length: polygons.featureOffsets.length - 1 }, (_, f) => f + 1);
	return checkRings(arrangement, numbers).length === 0;
}
