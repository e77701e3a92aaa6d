import type { CoverageBase } from '../coverage/coverage-base.ts';
import { basePolygons } from '../coverage/coverage-base.ts';
import { latToWorldY, lonToWorldX } from '../crs/web-mercator.ts';
import { dissolveArcs, dissolvePolygons } from './dissolve-arcs.ts';
import { mapAreas, mergeSmall } from './merge-small.ts';
import { simplifyArcs, unitsAtZoomDeg } from './simplify-arcs.ts';
import { splitHoles, type LabelledPolygons } from './split-holes.ts';

/** What tiles of one zoom draw in place of single parcels: one polygon a feature, of no more holes than are drawn, and the label of each. */
export interface OverviewLevel extends LabelledPolygons {
	readonly zoom: number;
	/** The zoom in whose tile units boundaries are to be rounded: at small zooms streets are narrower than their own. */
	readonly unitZoom: number;
}

/** The weight of a level's heaviest tile, 1 what it may weigh; `vertices` is the most that lie in one of its tiles. */
export type Weigh = (level: OverviewLevel, vertices: number) => number;

/** A tile fills a square of 512 pixels, each of so many units. */
const UNITS_A_PIXEL = 8;
/** Boundaries move so far at most at each step; below the zoom no farther than there, as streets would vanish. */
const TOLERANCE_UNITS = 1 / 2;
const SIMPLEST_ZOOM = 11;
/** Larger polygons that are narrower on average are lines: nothing goes into them. */
const LINE_UNITS = 8;
/** Polygons of less area, in pixels, go into a neighbour. */
const SMALLEST_PIXELS = Array.from({ length: 20 }, (_, k) => 2 ** (k / 2));
/** The share of its area that a label may lose or gain by that, and whether lines are kept: the first that makes tiles light. */
const CARE = [
	{ mostOff: 0.005, keepsLines: true },
	{ mostOff: 0.02, keepsLines: true },
	{ mostOff: 0.08, keepsLines: true },
	{ mostOff: 0.08, keepsLines: false },
	{ mostOff: 0.2, keepsLines: false },
	{ mostOff: Infinity, keepsLines: false },
];

/** A level that may be taken: what is merged in it has less area. */
interface Draft {
	readonly areaDeg2: number;
	readonly drawn: CoverageBase;
	/** The most in one tile. */
	readonly vertices: number;
}

/**
 * Draws a coverage for zooms at which its parcels are too small to be told apart: united by label, simplified, and where a tile would still
 * hold too much, small polygons given to their neighbours, until it is light; the last step is taken if none is.
 *
 * `labels` holds a whole number > 0 per parcel index, 0 for one that is left out. Each zoom is drawn from the next larger one, so boundaries stay shared, nothing
 * crosses, and the levels, in the order of `zooms` descending, are nested. Weights of a zoom are taken to be as its vertices are, so that
 * few drafts are weighed. O(vertices log vertices) at each step.
 */
export function drawOverview(
	base: CoverageBase,
	labels: Int32Array,
	zooms: readonly number[],
	weigh: Weigh,
): OverviewLevel[] {
	let finer = dissolveArcs(base, labels);
	const areas = mapAreas(finer);
	let mergedDeg2 = 0;
	return [...zooms]
		.sort((a, b) => b - a)
		.map((zoom) => {
			const pixelDeg = unitsAtZoomDeg(zoom, UNITS_A_PIXEL);
			const unitZoom = Math.max(zoom, SIMPLEST_ZOOM);
			const draw = (from: CoverageBase, areaDeg2: number): Draft => {
				const drawn = simplifyArcs(from, unitsAtZoomDeg(unitZoom, TOLERANCE_UNITS));
				return { areaDeg2, drawn, vertices: fullestTile(drawn, zoom) };
			};
			// What was too small at one zoom is so at all smaller ones.
			const steps = SMALLEST_PIXELS.map((pixels) => pixels * pixelDeg ** 2).filter(
				(areaDeg2) => areaDeg2 >= mergedDeg2,
			);
			const levelOf = ({ drawn }: Draft) => ({ zoom, unitZoom, ...eachPolygon(drawn) });
			const weightOf = (draft: Draft) => weigh(levelOf(draft), draft.vertices);
			let found = draw(finer, mergedDeg2);
			let weight = weightOf(found);
			let most = found.vertices / weight;
			for (const { mostOff, keepsLines } of CARE) {
				if (weight <= 1) break;
				const widthDeg = keepsLines ? unitsAtZoomDeg(unitZoom, LINE_UNITS) : 0;
				const drafts = steps.map((areaDeg2) =>
					once(() => {
						const numbers = mergeSmall(finer, { areaDeg2, widthDeg }, { areas, mostOff });
						return draw(dissolvePolygons(finer, numbers), areaDeg2);
					}),
				);
				const last = drafts[drafts.length - 1]();
				while (weight > 1 && last.vertices <= most) {
					found = firstOf(drafts, most);
					weight = weightOf(found);
					most = found.vertices / weight;
				}
				if (weight > 1) found = last;
			}
			finer = found.drawn;
			mergedDeg2 = found.areaDeg2;
			return levelOf(found);
		});
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
	let made: T | undefined;
	return () => (made ??= make());
}

/** The first of drafts that has no more vertices than it may, by halves; the last is known to have. */
function firstOf(drafts: readonly (() => Draft)[], most: number): Draft {
	let [low, high] = [0, drafts.length - 1];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (drafts[middle]().vertices <= most) high = middle;
		else low = middle + 1;
	}
	return drafts[high]();
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
function eachPolygon(base: CoverageBase): LabelledPolygons {
	const polygons = basePolygons(base, 0, base.parcelNos.length);
	const count = base.polygonOffsets.length - 1;
	const labels = new Int32Array(count);
	for (let i = 0; i < base.parcelNos.length; i++)
		labels.fill(base.parcelNos[i], base.parcelOffsets[i], base.parcelOffsets[i + 1]);
	const featureOffsets = Uint32Array.from({ length: count + 1 }, (_, p) => p);
	return splitHoles({ ...polygons, featureOffsets }, labels);
}
