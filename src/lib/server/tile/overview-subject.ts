import type { AttributeColumn } from '$geo/tile/attributes.ts';
import { landUseFor } from './coverage-layer.ts';
import type { ParcelTable } from './parcel-table.ts';
import { rowsOf, type CoverageSnapshot } from './snapshot.ts';
import { THEME_RULES, type Audience, type Theme } from './theme.ts';

/** A mean parcel must be so many pixels wide to be told from its neighbours: from the zoom on where it is, tiles hold single parcels. */
const TOLD_APART_PIXELS = 6;
/** From here on tiles hold single parcels whatever their size. */
const SINGLE_FROM_ZOOM = 14;
/** Up to here tiles hold so many parcels, where they stand alone, that these are rounded once for all tiles of a zoom. */
const ROUNDED_ONCE_ZOOM = 12;
/** Metres of a pixel at the equator at zoom 0; a tile is 512 pixels wide. */
const PIXEL_M = 40_075_016.68 / 512;
const DM2_PER_M2 = 100;
/** Class numbers begin with −2, labels of an overview with 1. */
const LABEL_OF_CLASS_0 = 3;
/** The label of the first text of a column; the one before is of parcels without any. */
const LABEL_OF_FIRST_TEXT = 2;
const LEFT_OUT = 0;

/** What the parcels of a theme are united by: their class as an audience knows it, their stock status, or their block. */
export type OverviewSubject = Audience | 'stock' | 'blocks';

/** Subjects that are texts of a column of the parcels. */
const TEXTS = {
	stock: { column: 'stockStatus', attribute: 's' },
	blocks: { column: 'block', attribute: 'b' },
} as const;

const singleZooms = new WeakMap<CoverageSnapshot, number>();

/** The zoom from which tiles of a revision hold single parcels; below it they hold its overview. */
export function singleParcelZoom(snapshot: CoverageSnapshot): number {
	let zoom = singleZooms.get(snapshot);
	if (zoom === undefined) {
		zoom = zoomToTellApart(snapshot);
		singleZooms.set(snapshot, zoom);
	}
	return zoom;
}

function zoomToTellApart(snapshot: CoverageSnapshot): number {
	let [areaDm2, count, south, north] = [0, 0, Infinity, -Infinity];
	for (const { table, rows } of rowsOf(snapshot)) {
		count += rows.length;
		for (const row of rows) {
			areaDm2 += table.areaDm2[row];
			south = Math.min(south, table.boxes[4 * row + 1]);
			north = Math.max(north, table.boxes[4 * row + 3]);
		}
	}
	if (count === 0) return 0;
	const pixelM = PIXEL_M * Math.cos(((south + north) / 2) * (Math.PI / 180));
	const zoom = Math.ceil(Math.log2((TOLD_APART_PIXELS * pixelM) / Math.sqrt(areaDm2 / DM2_PER_M2 / count)));
	return Math.max(0, Math.min(SINGLE_FROM_ZOOM, zoom));
}

/** What the tiles of a theme are united by where they are drawn together; null for a theme of which they never are. */
export function overviewSubject(theme: Theme, audience: Audience): OverviewSubject | null {
	if (theme === 'stock' || theme === 'blocks') return theme;
	return theme === 'plan' || theme === 'current' ? audience : null;
}

/** Whether tiles of a zoom are cut from an overview: of united parcels, of blocks at every zoom, or of single parcels that are rounded once. */
export function isCutFromOverview(
	snapshot: CoverageSnapshot,
	subject: OverviewSubject,
	zoom: number,
): boolean {
	return subject === 'blocks' || zoom < Math.max(singleParcelZoom(snapshot), ROUNDED_ONCE_ZOOM + 1);
}

/** The zooms for which single parcels are rounded once. */
export function singleZoomsOf(snapshot: CoverageSnapshot, subject: OverviewSubject): number[] {
	if (subject === 'blocks') return [];
	const from = Math.max(singleParcelZoom(snapshot), minZoomOf(subject));
	return zoomsBetween(from, ROUNDED_ONCE_ZOOM + 1);
}

/** The zooms for which a subject is drawn together. Blocks are drawn for each up to where parcels stand alone, and once for all further in. */
export function overviewZooms(snapshot: CoverageSnapshot, subject: OverviewSubject): number[] {
	if (subject === 'blocks')
		return [...zoomsBetween(minZoomOf(subject), SINGLE_FROM_ZOOM + 1), THEME_RULES.blocks.maxZoom.office];
	return zoomsBetween(minZoomOf(subject), singleParcelZoom(snapshot));
}

function minZoomOf(subject: OverviewSubject): number {
	return THEME_RULES[subject === 'blocks' || subject === 'stock' ? subject : 'plan'].minZoom;
}

/** The zooms [from, end). */
function zoomsBetween(from: number, end: number): number[] {
	return Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i);
}

/** The label of each parcel of a table with all parcels of a revision; 0: it is left out, having no block. */
export function overviewLabels(
	snapshot: CoverageSnapshot,
	table: ParcelTable,
	subject: OverviewSubject,
): Int32Array {
	if (subject !== 'stock' && subject !== 'blocks')
		return landUseFor(table, subject).map((landUse) => landUse + LABEL_OF_CLASS_0);
	const texts = textsOf(snapshot, subject);
	const labelOf = new Map(texts.map((text, i) => [text, LABEL_OF_FIRST_TEXT + i]));
	const ofNone = subject === 'blocks' ? LEFT_OUT : LABEL_OF_FIRST_TEXT - 1;
	return Int32Array.from(table[TEXTS[subject].column], (text) =>
		text === null ? ofNone : (labelOf.get(text) ?? ofNone),
	);
}

/** What tiles say of polygons with these labels. */
export function overviewAttribute(
	snapshot: CoverageSnapshot,
	subject: OverviewSubject,
	labels: Int32Array,
): Exclude<AttributeColumn, { kind: 'category' }> {
	if (subject !== 'stock' && subject !== 'blocks')
		return { name: 'k', kind: 'integer', values: labels.map((label) => label - LABEL_OF_CLASS_0) };
	const texts = textsOf(snapshot, subject);
	const values = Array.from(labels, (label) => texts[label - LABEL_OF_FIRST_TEXT] ?? null);
	return { name: TEXTS[subject].attribute, kind: 'text', values };
}

/** The texts of a revision's parcels in a fixed order, each once. O(parcels). */
function textsOf(snapshot: CoverageSnapshot, subject: keyof typeof TEXTS): string[] {
	const { column } = TEXTS[subject];
	const met = new Set<string>();
	for (const { table, rows } of rowsOf(snapshot)) {
		for (const row of rows) {
			const text = table[column][row];
			if (text !== null) met.add(text);
		}
	}
	return [...met].sort();
}
