import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { AttributeColumn } from '$geo/tile/attributes.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodePointLayer, joinLayers } from '$geo/tile/encode.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { drawOverview, type OverviewLevel } from '$geo/tile/overview.ts';
import { projectPositions } from '$geo/tile/project.ts';
import { EXTENT, landUseAttributes, landUseFor, stockAttributes } from './coverage-layer.ts';
import {
	encodeLevel,
	laySingle,
	layUnited,
	NO_ID,
	openLevel,
	weighLevel,
	type DrawnLevel,
	type LaidLevel,
} from './overview-level.ts';
import {
	overviewAttribute,
	overviewLabels,
	overviewZooms,
	singleZoomsOf,
	type OverviewSubject,
} from './overview-subject.ts';
import type { ParcelTable } from './parcel-table.ts';
import { wholeTable, type CoverageSnapshot } from './snapshot.ts';

/** What an overview is drawn of: parcels by row, and the label of each; 0: it is left out. */
export interface OverviewTask {
	readonly polygons: FlatPolygons;
	readonly labels: Int32Array;
	/** Zooms at which parcels are united. */
	readonly zooms: readonly number[];
	/** Zooms at which each stands alone. */
	readonly singleZooms: readonly number[];
	/** Whether each label is written on the map, once. */
	readonly isWritten: boolean;
}

/** What is written on the map: labels, and the world x, y of each, in its largest polygon. */
export interface LabelPoints {
	readonly labels: Int32Array;
	readonly points: Float64Array;
}

/** An overview as threads send it. */
export interface LaidOverview {
	readonly levels: readonly LaidLevel[];
	/** The same at every zoom; null: nothing is. */
	readonly written: LabelPoints | null;
}

/** What tiles of small zooms are cut from. */
export interface Overview {
	/** What is drawn in place of single parcels, by zoom. */
	readonly levels: ReadonlyMap<number, DrawnLevel>;
	/** Single parcels, by zoom. */
	readonly singles: ReadonlyMap<number, DrawnLevel>;
	readonly written: { readonly points: Float64Array; readonly attributes: readonly AttributeColumn[] } | null;
	readonly bytes: number;
}

/** The task of a revision's overview; null where no tile is cut from one. */
export function overviewTask(snapshot: CoverageSnapshot, subject: OverviewSubject): OverviewTask | null {
	const zooms = overviewZooms(snapshot, subject);
	const singleZooms = singleZoomsOf(snapshot, subject);
	if (zooms.length + singleZooms.length === 0) return null;
	const table = wholeTable(snapshot);
	const labels = overviewLabels(snapshot, table, subject);
	if (!labels.some((label) => label > 0)) return null;
	return { polygons: table.polygons, labels, zooms, singleZooms, isWritten: subject === 'blocks' };
}

/** Draws the levels of an overview; null where the parcels overlap or leave gaps: they are then drawn one by one. Seconds for 100,000 parcels. */
export function drawLevels({ polygons, labels, zooms }: OverviewTask): OverviewLevel[] | null {
	const build = buildCoverage({ parcelNos: labels.map((_, row) => row + 1), polygons });
	return build.ok ? drawOverview(build.coverage.base, labels, zooms, weighLevel) : null;
}

/** Rounds drawn levels, and the parcels that stand alone, to the units of their tiles, indexes them, and places what is written. O(positions) times a logarithm. */
export function layLevels(task: OverviewTask, levels: readonly OverviewLevel[]): LaidOverview {
	const united = levels.map(layUnited);
	const singles = task.singleZooms.map((zoom) => laySingle(task.polygons, zoom));
	const finest = levels.reduce((one, other) => (other.zoom > one.zoom ? other : one), levels[0]);
	return { levels: [...united, ...singles], written: task.isWritten ? labelPointsOf(finest) : null };
}

/** Draws an overview as far as tiles need it: what takes long, and is done beside the server. */
export function drawTask(task: OverviewTask): LaidOverview | null {
	const levels = drawLevels(task);
	return levels === null ? null : layLevels(task, levels);
}

/** Makes a laid overview ready to be cut into tiles. O(polygons). */
export function openOverview(
	snapshot: CoverageSnapshot,
	subject: OverviewSubject,
	{ levels, written }: LaidOverview,
): Overview {
	const bytes = levels
		.flatMap(({ lattice, index, labels, groups }) => [
			...Object.values<unknown>({ ...lattice }).filter((value) => ArrayBuffer.isView(value)),
			...[index, labels, labels, groups].filter((part) => part !== null),
		])
		.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const drawn = new Map<number, DrawnLevel>();
	const singles = new Map<number, DrawnLevel>();
	const table = levels.some(({ labels }) => labels === null) ? wholeTable(snapshot) : null;
	const said = (labels: Int32Array) => [overviewAttribute(snapshot, subject, labels)];
	for (const laid of levels) {
		if (laid.labels !== null) drawn.set(laid.zoom, openLevel(laid, said(laid.labels)));
		else if (table !== null)
			singles.set(laid.zoom, openLevel(laid, attributesOf(table, subject), table.parcelNo));
	}
	return {
		levels: drawn,
		singles,
		written: written && { points: written.points, attributes: said(written.labels) },
		bytes,
	};
}

function attributesOf(table: ParcelTable, subject: OverviewSubject): AttributeColumn[] {
	if (subject === 'stock' || subject === 'blocks') return stockAttributes(table);
	return landUseAttributes(table, landUseFor(table, subject));
}

/**
 * A tile of an overview: what parcels are united by, a feature each, without ids, and a label point each where they are written; or single
 * parcels, as those of larger zooms have them.
 *
 * It is cut from the level of its zoom, else from that of the next one further in; null: nothing, or no such level.
 */
export function overviewTile({ levels, singles, written }: Overview, tile: TileAddress): Uint8Array | null {
	const level =
		singles.get(tile.z) ?? levels.get(Math.min(...[...levels.keys()].filter((zoom) => zoom >= tile.z)));
	if (level === undefined) return null;
	if (written === null) return encodeLevel(level, 'parcel', tile);
	return joinLayers([encodeLevel(level, 'block', tile), labelLayer(written, tile)]);
}

function labelLayer({ points, attributes }: NonNullable<Overview['written']>, tile: TileAddress) {
	const featureIds = new Int32Array(points.length / 2).fill(NO_ID);
	return encodePointLayer(
		{ name: 'block-label', extent: EXTENT, points, featureIds, attributes },
		tile,
		featureIds.keys(),
	);
}

/** A label point in the largest polygon of each label, where it has one. */
function labelPointsOf({ polygons, labels }: OverviewLevel): LabelPoints {
	const areas = ellipsoidalAreasM2(polygons);
	const largest = new Map<number, number>();
	for (const [p, label] of labels.entries()) {
		const other = largest.get(label);
		if (other === undefined || areas[p] > areas[other]) largest.set(label, p);
	}
	const points = new Float64Array(2 * largest.size).fill(NaN);
	[...largest.values()].forEach((p, i) => {
		const at = labelPoint(polygons, p);
		if (at !== null) points.set(projectPositions(Float64Array.from(at)), 2 * i);
	});
	return { labels: Int32Array.from(largest.keys()), points };
}
