import type { CoverageBase } from '../coverage/coverage-base.ts';
import { basePolygons } from '../coverage/coverage-base.ts';
import { latToWorldY, lonToWorldX } from '../crs/web-mercator.ts';
import { dissolveArcs, dissolvePolygons } from './dissolve-arcs.ts';
import { mapAreas, mergeSmall } from './merge-small.ts';
import { pressBoundaries } from './press-boundaries.ts';
import { simplifyArcs, unitsAtZoomDeg } from './simplify-arcs.ts';
import { splitHoles, type LabelledPolygons } from './split-holes.ts';
import { cutLines, thinLines, type LinePieces } from './thin-lines.ts';

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
/**
 * The share of its area that a label may lose or gain by that, whether lines are kept, and the share of them that goes before: the first that makes
 * tiles light. What lines lose is made good by boundaries that move, and labels with them.
 */
const CARE = [
	{ mostOff: 0.005, keepsLines: true, thinned: 0 },
	{ mostOff: 0.02, keepsLines: true, thinned: 0 },
	...[0.1, 0.15, 0.2, 0.25, 0.3, 0.4].map((thinned) => ({ mostOff: 0.02, keepsLines: true, thinned })),
	{ mostOff: 0.08, keepsLines: true, thinned: 0 },
	{ mostOff: 0.08, keepsLines: false, thinned: 0 },
	{ mostOff: 0.2, keepsLines: false, thinned: 0 },
	{ mostOff: Infinity, keepsLines: false, thinned: 0 },
];
/** Where lines are thinned, boundaries are simpler, what is as narrow is a line, and polygons of less area, in pixels, stay: there is room for them. */
const THINNED = { toleranceUnits: 1.5, lineUnits: 16, mostPixels: 16 };
/** Labels of so much of the ground that are within a share of their area are left as they are; for others boundaries move by so many units at most. */
const LEAST_SHARE = 0.001;
const WELL = 0.01;
const MOVED_UNITS = 2;

type Care = (typeof CARE)[number];

/** A level that may be taken: what is merged in it has less area. */
interface Draft {
	readonly areaDeg2: number;
	readonly drawn: CoverageBase;
	/** The most in one tile. */
	readonly vertices: number;
}

/**
 * Draws a coverage for zooms at which its parcels are too small to be told apart: united by label, simplified, and where a tile would still
 * hold too much, small polygons given to their neighbours and lines thinned, until it is light; the last step is taken if none is. Then boundaries
 * are moved so that every label has its area (`pressBoundaries`).
 *
 * `labels` holds a whole number > 0 per parcel index, 0 for one that is left out. Each zoom is drawn from the next larger one, but where lines are thinned, so
 * boundaries stay shared and nothing crosses. Weights of a zoom are taken to be as its vertices are, so that
 * few drafts are weighed. O(vertices log vertices) at each step.
 */
export function drawOverview(
	base: CoverageBase,
	labels: Int32Array,
	zooms: readonly number[],
	weigh: Weigh,
): OverviewLevel[] {
	return new Drawing(base, labels, weigh).draw(zooms);
}

class Drawing {
	private readonly base: CoverageBase;
	private readonly labels: Int32Array;
	private readonly weigh: Weigh;
	private readonly united: CoverageBase;
	private readonly areas: ReadonlyMap<number, number>;
	/** The level before, not pressed: what was merged in it, and the share of lines that had gone. */
	private finer: CoverageBase;
	private mergedDeg2 = 0;
	private thinned = 0;
	/** What lines of a unit zoom are made of. */
	private cut: { readonly unitZoom: number; readonly pieces: LinePieces | null } | null = null;

	constructor(base: CoverageBase, labels: Int32Array, weigh: Weigh) {
		this.base = base;
		this.labels = labels;
		this.weigh = weigh;
		this.united = dissolveArcs(base, labels);
		this.finer = this.united;
		this.areas = mapAreas(this.united);
	}

	draw(zooms: readonly number[]): OverviewLevel[] {
		return [...zooms].sort((a, b) => b - a).map((zoom) => this.drawZoom(zoom));
	}

	private drawZoom(zoom: number): OverviewLevel {
		const unitZoom = Math.max(zoom, SIMPLEST_ZOOM);
		const levelOf = (drawn: CoverageBase) => ({ zoom, unitZoom, ...eachPolygon(drawn) });
		const weightOf = ({ drawn, vertices }: Draft) => this.weigh(levelOf(drawn), vertices);
		const from = this.finer;
		let found = draft(from, zoom, this.mergedDeg2, TOLERANCE_UNITS);
		let weight = weightOf(found);
		let most = found.vertices / weight;
		let thinned = this.thinned;
		for (const care of CARE) {
			if (weight <= 1) break;
			const drafts = this.draftsOf(care, zoom, from);
			if (drafts.length === 0) continue;
			const last = drafts[drafts.length - 1]();
			while (weight > 1 && last.vertices <= most) {
				found = firstOf(drafts, most);
				weight = weightOf(found);
				most = found.vertices / weight;
				thinned = Math.max(this.thinned, care.thinned);
			}
			if (weight > 1) found = last;
		}
		this.finer = found.drawn;
		this.mergedDeg2 = found.areaDeg2;
		this.thinned = thinned;
		const pressed = this.fitted(found.drawn, unitZoom);
		const isLight = pressed === found.drawn || weightOf({ ...found, drawn: pressed }) <= Math.max(1, weight);
		return levelOf(isLight ? pressed : found.drawn);
	}

	/** Drafts in which more and more is merged; none where lines cannot be thinned so, or already are. */
	private draftsOf(
		{ mostOff, keepsLines, thinned }: Care,
		zoom: number,
		finer: CoverageBase,
	): (() => Draft)[] {
		const pixelDeg = unitsAtZoomDeg(zoom, UNITS_A_PIXEL);
		const unitZoom = Math.max(zoom, SIMPLEST_ZOOM);
		const from = thinned === 0 ? finer : this.thinnedBy(thinned, unitZoom);
		if (from === null) return [];
		const areas = thinned === 0 ? this.areas : mapAreas(from);
		const lineUnits = thinned === 0 ? LINE_UNITS : THINNED.lineUnits;
		const widthDeg = keepsLines ? unitsAtZoomDeg(unitZoom, lineUnits) : 0;
		// What was too small at one zoom is so at all smaller ones, where it is drawn from that.
		return SMALLEST_PIXELS.filter((pixels) =>
			thinned === 0 ? pixels * pixelDeg ** 2 >= this.mergedDeg2 : pixels <= THINNED.mostPixels,
		).map((pixels) =>
			once(() => {
				const areaDeg2 = pixels * pixelDeg ** 2;
				const numbers = mergeSmall(from, { areaDeg2, widthDeg }, { areas, mostOff });
				const merged = dissolvePolygons(from, numbers);
				return draft(merged, zoom, areaDeg2, thinned === 0 ? TOLERANCE_UNITS : THINNED.toleranceUnits);
			}),
		);
	}

	/** What parcels are drawn of a label with the share of its lines gone; null: there are none, or as many have gone. */
	private thinnedBy(share: number, unitZoom: number): CoverageBase | null {
		if (share <= this.thinned) return null;
		if (this.cut?.unitZoom !== unitZoom) {
			const [widthDeg, toleranceDeg] = [LINE_UNITS, TOLERANCE_UNITS].map((units) =>
				unitsAtZoomDeg(unitZoom, units),
			);
			this.cut = { unitZoom, pieces: cutLines(this.base, this.labels, this.united, widthDeg, toleranceDeg) };
		}
		const { pieces } = this.cut;
		if (pieces === null) return null;
		const thin = dissolvePolygons(pieces.base, thinLines(pieces, share));
		return simplifyArcs(thin, unitsAtZoomDeg(unitZoom, THINNED.toleranceUnits));
	}

	/** A level whose labels have their areas, where merging has taken too much of one or given it. */
	private fitted(drawn: CoverageBase, unitZoom: number): CoverageBase {
		const now = mapAreas(drawn);
		const all = [...this.areas.values()].reduce((sum, area) => sum + area, 0);
		const isWell = [...this.areas].every(
			([label, area]) => area < LEAST_SHARE * all || Math.abs((now.get(label) ?? 0) - area) <= WELL * area,
		);
		return isWell ? drawn : pressBoundaries(drawn, this.areas, unitsAtZoomDeg(unitZoom, MOVED_UNITS));
	}
}

function draft(from: CoverageBase, zoom: number, areaDeg2: number, toleranceUnits: number): Draft {
	const drawn = simplifyArcs(from, unitsAtZoomDeg(Math.max(zoom, SIMPLEST_ZOOM), toleranceUnits));
	return { areaDeg2, drawn, vertices: fullestTile(drawn, zoom) };
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
