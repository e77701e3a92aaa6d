import type { FlatPolygons } from '../flat-polygons.ts';
import type { CoverageBase } from '../coverage/coverage-base.ts';
import { basePolygons } from '../coverage/coverage-base.ts';
import { latToWorldY, lonToWorldX } from '../crs/web-mercator.ts';
import { dissolveArcs, dissolvePolygons } from './dissolve-arcs.ts';
import { mapAreas, mergeSmall } from './merge-small.ts';
import { simplifyArcs, unitsAtZoomDeg } from './simplify-arcs.ts';

/** What tiles of one zoom draw in place of single parcels: one polygon a feature, and the label of each. */
export interface OverviewLevel {
	readonly zoom: number;
	/** The zoom in whose tile units boundaries are to be rounded: at small zooms streets are narrower than their own. */
	readonly unitZoom: number;
	readonly polygons: FlatPolygons;
	readonly labels: Int32Array;
}

/** A tile fills a square of 512 pixels, each of so many units. */
const UNITS_A_PIXEL = 8;
/** Boundaries move so far at most at each step; below the zoom no farther than there, as streets would vanish. */
const TOLERANCE_UNITS = 1 / 2;
const SIMPLEST_ZOOM = 10;
/** What a tile shall hold when compressed, of the 250 kB that it may. A vertex takes so much, and more at each zoom from `SIMPLEST_ZOOM` on. */
const MOST_BYTES = 235_000;
const BYTES_A_VERTEX = 4.2;
const BYTES_A_ZOOM = 0.5;
/** Where no step makes a tile light enough, streets alone fill it: the first step is taken after which the others save less than this leaves. */
const LEAST_SAVED = 0.97;
/** Polygons of less area, in pixels, go into a neighbour: as much as it takes. */
const SMALLEST_PIXELS = [0, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32, 45, 64];
/** Larger ones that are narrower on average are lines: nothing goes into them. */
const LINE_PIXELS = 1;

/**
 * Draws a coverage for zooms at which its parcels are too small to be told apart: united by label, simplified, and where a tile would still
 * hold too much, small polygons given to their neighbours.
 *
 * `labels` holds a whole number > 0 per parcel index, 0 for one that is left out. Each zoom is drawn from the next larger one, so boundaries stay shared, nothing
 * crosses, and the levels, in the order of `zooms` descending, are nested. O(vertices log vertices).
 */
export function drawOverview(
	base: CoverageBase,
	labels: Int32Array,
	zooms: readonly number[],
	mostBytes = MOST_BYTES,
): OverviewLevel[] {
	let level = dissolveArcs(base, labels);
	const areas = mapAreas(level);
	let mergedDeg2 = 0;
	return [...zooms]
		.sort((a, b) => b - a)
		.map((zoom) => {
			const pixelDeg = unitsAtZoomDeg(zoom, UNITS_A_PIXEL);
			const unitZoom = Math.max(zoom, SIMPLEST_ZOOM);
			const toleranceDeg = unitsAtZoomDeg(unitZoom, TOLERANCE_UNITS);
			const mostVertices =
				mostBytes / (BYTES_A_VERTEX + BYTES_A_ZOOM * Math.max(0, zoom - SIMPLEST_ZOOM + 1));
			const finer = level;
			// What was too small at one zoom is so at all smaller ones.
			const steps = SMALLEST_PIXELS.map((pixels) => pixels * pixelDeg ** 2).filter(
				(area) => area >= mergedDeg2,
			);
			const tried: { areaDeg2: number; drawn: CoverageBase; fullest: number }[] = [];
			for (const areaDeg2 of steps) {
				const smallest = { areaDeg2, widthDeg: LINE_PIXELS * pixelDeg };
				const merged = areaDeg2 === 0 ? finer : dissolvePolygons(finer, mergeSmall(finer, smallest, areas));
				const drawn = simplifyArcs(merged, toleranceDeg);
				tried.push({ areaDeg2, drawn, fullest: fullestTile(drawn, zoom) });
				if (tried[tried.length - 1].fullest <= mostVertices) break;
			}
			const enough = Math.max(mostVertices, tried[tried.length - 1].fullest / LEAST_SAVED);
			const chosen = tried.find(({ fullest }) => fullest <= enough) ?? tried[0];
			level = chosen.drawn;
			mergedDeg2 = chosen.areaDeg2;
			return { zoom, unitZoom, ...eachPolygon(level) };
		});
}

/** The most vertices that lie in one tile of a zoom. */
function fullestTile({ vertices }: CoverageBase, zoom: number): number {
	const counts = new Map<number, number>();
	const across = 2 ** zoom;
	let most = 0;
	for (let i = 0; i < vertices.length; i += 2) {
		const column = Math.floor(lonToWorldX(vertices[i]) * across);
		const tile = column * across + Math.floor(latToWorldY(vertices[i + 1]) * across);
		const count = (counts.get(tile) ?? 0) + 1;
		counts.set(tile, count);
		if (count > most) most = count;
	}
	return most;
}

/** Every polygon as a feature of its own: a tile then looks at what is near it only. */
function eachPolygon(base: CoverageBase): Pick<OverviewLevel, 'polygons' | 'labels'> {
	const polygons = basePolygons(base, 0, base.parcelNos.length);
	const count = base.polygonOffsets.length - 1;
	const labels = new Int32Array(count);
	for (let i = 0; i < base.parcelNos.length; i++)
		labels.fill(base.parcelNos[i], base.parcelOffsets[i], base.parcelOffsets[i + 1]);
	return {
		polygons: { ...polygons, featureOffsets: Uint32Array.from({ length: count + 1 }, (_, p) => p) },
		labels,
	};
}
