import Flatbush from 'flatbush';
import { buildCoverage } from '$geo/coverage/build.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { AttributeColumn } from '$geo/tile/attributes.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodePolygonLayer } from '$geo/tile/encode.ts';
import { drawOverview, type OverviewLevel } from '$geo/tile/overview.ts';
import { projectPolygons, type WorldPolygons } from '$geo/tile/project.ts';
import { BUFFER, EXTENT, landUseFor } from './coverage-layer.ts';
import type { ParcelTable } from './parcel-table.ts';
import { rowsOf, wholeTable, type CoverageSnapshot } from './snapshot.ts';
import { THEME_RULES, type Audience, type Theme } from './theme.ts';

/** A mean parcel must be so many pixels wide to be told from its neighbours: from the zoom on where it is, tiles hold single parcels. */
const TOLD_APART_PIXELS = 6;
/** From here on tiles hold single parcels whatever their size. */
const SINGLE_FROM_ZOOM = 14;
/** Metres of a pixel at the equator at zoom 0; a tile is 512 pixels wide. */
const PIXEL_M = 40_075_016.68 / 512;
const DM2_PER_M2 = 100;
/** Ids of tiles are not below 0: a feature of this one has none. */
const NO_ID = -1;
/** Class numbers begin with −2, labels of an overview with 1. */
const LABEL_OF_CLASS_0 = 3;

/** What the parcels of a theme are united by: their class as an audience knows it, or their stock status. */
export type OverviewSubject = Audience | 'stock';

/** What an overview is drawn of: parcels by row, and the label of each. */
export interface OverviewTask {
	readonly polygons: FlatPolygons;
	readonly labels: Int32Array;
	readonly zooms: readonly number[];
}

/** What tiles of one zoom draw in place of single parcels, as threads send it. */
export interface LaidLevel {
	readonly zoom: number;
	readonly world: WorldPolygons;
	/** A Flatbush of the polygons' world bounds. */
	readonly index: ArrayBufferLike;
	/** The label of each polygon. */
	readonly labels: Int32Array;
}

/** What tiles draw in place of single parcels, ready to be cut. */
export interface Overview {
	readonly levels: ReadonlyMap<number, DrawnLevel>;
	readonly bytes: number;
}

interface DrawnLevel {
	readonly world: WorldPolygons;
	readonly index: Flatbush;
	readonly attribute: Exclude<AttributeColumn, { kind: 'category' }>;
}

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

/** What the tiles of a theme are united by below that zoom; null for a theme of no parcels. */
export function overviewSubject(theme: Theme, audience: Audience): OverviewSubject | null {
	if (theme === 'stock') return 'stock';
	return theme === 'plan' || theme === 'current' ? audience : null;
}

/** The task of a revision's overview; null where every zoom holds single parcels. */
export function overviewTask(snapshot: CoverageSnapshot, subject: OverviewSubject): OverviewTask | null {
	const { minZoom } = THEME_RULES[subject === 'stock' ? 'stock' : 'plan'];
	const zooms = Array.from(
		{ length: Math.max(0, singleParcelZoom(snapshot) - minZoom) },
		(_, i) => minZoom + i,
	);
	if (zooms.length === 0) return null;
	const table = wholeTable(snapshot);
	return { polygons: table.polygons, labels: labelsOf(table, statusesOf(snapshot), subject), zooms };
}

/** Draws the levels of an overview; null where the parcels overlap or leave gaps: they are then drawn one by one. Seconds for 100,000 parcels. */
export function drawLevels({ polygons, labels, zooms }: OverviewTask): OverviewLevel[] | null {
	const build = buildCoverage({ parcelNos: labels.map((_, row) => row + 1), polygons });
	return build.ok ? drawOverview(build.coverage.base, labels, zooms) : null;
}

/** Projects and indexes drawn levels. O(positions log polygons). */
export function layLevels(levels: readonly OverviewLevel[]): LaidLevel[] {
	return levels.map(({ zoom, polygons, labels }) => {
		const world = projectPolygons(polygons, zoom);
		const index = new Flatbush(labels.length);
		for (let p = 0; p < labels.length; p++) index.add(...boundsOf(world, p));
		index.finish();
		return { zoom, world, index: index.data, labels };
	});
}

/** Draws an overview as far as tiles need it: what takes long, and is done beside the server. */
export function drawTask(task: OverviewTask): LaidLevel[] | null {
	const levels = drawLevels(task);
	return levels === null ? null : layLevels(levels);
}

/** Makes laid levels ready to be cut into tiles. O(polygons). */
export function openOverview(
	snapshot: CoverageSnapshot,
	subject: OverviewSubject,
	levels: readonly LaidLevel[],
): Overview {
	const statuses = statusesOf(snapshot);
	const bytes = levels
		.flatMap(({ world, index, labels }) => [...Object.values<ArrayBufferView>({ ...world }), index, labels])
		.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const drawn = levels.map(({ zoom, world, index, labels }): [number, DrawnLevel] => {
		const attribute: DrawnLevel['attribute'] =
			subject === 'stock'
				? { name: 's', kind: 'text', values: Array.from(labels, (label) => statuses[label - 1]) }
				: { name: 'k', kind: 'integer', values: labels.map((label) => label - LABEL_OF_CLASS_0) };
		return [zoom, { world, index: Flatbush.from(index), attribute }];
	});
	return { levels: new Map(drawn), bytes };
}

/** A tile of an overview: united parcels with their class or stock status, without ids; null: nothing, or no such zoom. */
export function overviewTile({ levels }: Overview, tile: TileAddress): Uint8Array | null {
	const level = levels.get(tile.z);
	if (level === undefined) return null;
	const { world, index, attribute } = level;
	const side = 2 ** -tile.z;
	const margin = (side * BUFFER) / EXTENT;
	const [west, north] = [tile.x * side, tile.y * side];
	const found = index.search(west - margin, north - margin, west + side + margin, north + side + margin);
	const featureIds = new Int32Array(index.numItems).fill(NO_ID);
	return encodePolygonLayer(
		{ name: 'parcel', extent: EXTENT, buffer: BUFFER, world, featureIds, attributes: [attribute] },
		tile,
		Uint32Array.from(found).sort(),
	);
}

function boundsOf({ bounds }: WorldPolygons, p: number): [number, number, number, number] {
	return [bounds[4 * p], bounds[4 * p + 1], bounds[4 * p + 2], bounds[4 * p + 3]];
}

function labelsOf(
	table: ParcelTable,
	statuses: readonly (string | null)[],
	subject: OverviewSubject,
): Int32Array {
	if (subject !== 'stock') return landUseFor(table, subject).map((landUse) => landUse + LABEL_OF_CLASS_0);
	return Int32Array.from(table.stockStatus, (status) => 1 + statuses.indexOf(status));
}

/** The stock statuses of a revision's parcels in a fixed order; null for none. */
function statusesOf(snapshot: CoverageSnapshot): (string | null)[] {
	const met = new Set<string | null>();
	for (const { table, rows } of rowsOf(snapshot)) for (const row of rows) met.add(table.stockStatus[row]);
	return [null, ...[...met].filter((status) => status !== null).sort()];
}
