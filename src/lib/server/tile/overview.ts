import Flatbush from 'flatbush';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { AttributeColumn } from '$geo/tile/attributes.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodeLatticeLayer, encodePointLayer, joinLayers } from '$geo/tile/encode.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { latticeBounds, latticeFrame, snapToLattice, type LatticePolygons } from '$geo/tile/lattice.ts';
import { drawOverview, type OverviewLevel } from '$geo/tile/overview.ts';
import { projectPositions } from '$geo/tile/project.ts';
import { BUFFER, EXTENT, landUseAttributes, landUseFor, stockAttributes } from './coverage-layer.ts';
import {
	overviewAttribute,
	overviewLabels,
	overviewZooms,
	singleZoomsOf,
	type OverviewSubject,
} from './overview-subject.ts';
import type { ParcelTable } from './parcel-table.ts';
import { wholeTable, type CoverageSnapshot } from './snapshot.ts';

/** Ids of tiles are not below 0: a feature of this one has none. */
const NO_ID = -1;
/** Entries of a node of a Flatbush, as it has them when not told. */
const NODE_SIZE = 16;

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

/** What tiles of one zoom draw in place of single parcels, as threads send it. */
export interface LaidLevel {
	readonly zoom: number;
	readonly lattice: LatticePolygons;
	/** A Flatbush of the polygons' bounds; null of none. */
	readonly index: ArrayBufferLike | null;
	/** The label of each polygon; null: they are the parcels, by row. */
	readonly labels: Int32Array | null;
	/** World x, y of the label point of each label, at its largest polygon, NaN at others; null but at the largest zoom of what is written. */
	readonly points: Float64Array | null;
}

/** What tiles of small zooms are cut from. */
export interface Overview {
	/** What is drawn in place of single parcels, by zoom. */
	readonly levels: ReadonlyMap<number, DrawnLevel>;
	/** Single parcels, by zoom. */
	readonly singles: ReadonlyMap<number, DrawnLevel>;
	/** What is written, the same at every zoom; null: nothing. */
	readonly written: { readonly points: Float64Array; readonly attributes: DrawnLevel['attributes'] } | null;
	readonly bytes: number;
}

interface DrawnLevel {
	readonly lattice: LatticePolygons;
	readonly index: Flatbush | null;
	readonly featureIds: Int32Array;
	readonly attributes: readonly AttributeColumn[];
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
	return build.ok ? drawOverview(build.coverage.base, labels, zooms) : null;
}

/** Rounds drawn levels, and the parcels that stand alone, to the units of their tiles, indexes them, and places what is written. O(positions) times a logarithm. */
export function layLevels(task: OverviewTask, levels: readonly OverviewLevel[]): LaidLevel[] {
	const largestZoom = Math.max(...levels.map(({ zoom }) => zoom));
	const united = levels.map((level): LaidLevel => {
		const { zoom, unitZoom, polygons, labels } = level;
		const lattice = snapToLattice(polygons, unitZoom);
		const points = task.isWritten && zoom === largestZoom ? labelPointsOf(level) : null;
		return { zoom, lattice, index: indexOf(lattice), labels, points };
	});
	const singles = task.singleZooms.map((zoom): LaidLevel => {
		const lattice = snapToLattice(task.polygons, zoom);
		return { zoom, lattice, index: indexOf(lattice), labels: null, points: null };
	});
	return [...united, ...singles];
}

/** Draws an overview as far as tiles need it: what takes long, and is done beside the server. */
export function drawTask(task: OverviewTask): LaidLevel[] | null {
	const levels = drawLevels(task);
	return levels === null ? null : layLevels(task, levels);
}

/** Makes laid levels ready to be cut into tiles. O(polygons). */
export function openOverview(
	snapshot: CoverageSnapshot,
	subject: OverviewSubject,
	levels: readonly LaidLevel[],
): Overview {
	const bytes = levels
		.flatMap(({ lattice, index, labels, points }) => [
			...Object.values<unknown>({ ...lattice }).filter((value) => ArrayBuffer.isView(value)),
			...[index, points, labels, labels].filter((part) => part !== null),
		])
		.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const drawn = new Map<number, DrawnLevel>();
	const singles = new Map<number, DrawnLevel>();
	const table = levels.some(({ labels }) => labels === null) ? wholeTable(snapshot) : null;
	let written: Overview['written'] = null;
	for (const { zoom, lattice, index: laid, labels, points } of levels) {
		const index = laid && Flatbush.from(laid);
		if (labels !== null) {
			const attributes = [overviewAttribute(snapshot, subject, labels)];
			drawn.set(zoom, { lattice, index, featureIds: labels.map(() => NO_ID), attributes });
			if (points !== null) written = { points, attributes };
		} else if (table !== null) {
			singles.set(zoom, {
				lattice,
				index,
				featureIds: table.parcelNo,
				attributes: attributesOf(table, subject),
			});
		}
	}
	return { levels: drawn, singles, written, bytes };
}

function attributesOf(table: ParcelTable, subject: OverviewSubject): AttributeColumn[] {
	if (subject === 'stock' || subject === 'blocks') return stockAttributes(table);
	return landUseAttributes(table, landUseFor(table, subject));
}

/**
 * A tile of an overview: united parcels with what unites them, without ids, and a label point each where they are written; or single parcels, as
 * those of larger zooms have them.
 *
 * It is cut from the level of its zoom, else from that of the next one further in; null: nothing, or no such level.
 */
export function overviewTile({ levels, singles, written }: Overview, tile: TileAddress): Uint8Array | null {
	const level =
		singles.get(tile.z) ?? levels.get(Math.min(...[...levels.keys()].filter((zoom) => zoom >= tile.z)));
	if (level === undefined) return null;
	const { lattice, index, featureIds, attributes } = level;
	const { originX, originY, min, max } = latticeFrame(lattice, tile, BUFFER);
	const found = index?.search(originX + min, originY + min, originX + max, originY + max) ?? [];
	const name = written === null ? 'parcel' : 'block';
	const polygons = encodeLatticeLayer(
		{ name, buffer: BUFFER, lattice, featureIds, attributes },
		tile,
		Uint32Array.from(found).sort(),
	);
	return written === null ? polygons : joinLayers([polygons, labelLayer(written, tile)]);
}

function labelLayer({ points, attributes }: NonNullable<Overview['written']>, tile: TileAddress) {
	const featureIds = new Int32Array(points.length / 2).fill(NO_ID);
	return encodePointLayer(
		{ name: 'block-label', extent: EXTENT, points, featureIds, attributes },
		tile,
		featureIds.keys(),
	);
}

/** World x, y of a label point in the largest polygon of each label, NaN for the others. */
function labelPointsOf({ polygons, labels }: OverviewLevel): Float64Array {
	const areas = ellipsoidalAreasM2(polygons);
	const largest = new Map<number, number>();
	for (const [p, label] of labels.entries()) {
		const other = largest.get(label);
		if (other === undefined || areas[p] > areas[other]) largest.set(label, p);
	}
	const points = new Float64Array(2 * labels.length).fill(NaN);
	for (const p of largest.values()) {
		const at = labelPoint(polygons, p);
		if (at !== null) points.set(projectPositions(Float64Array.from(at)), 2 * p);
	}
	return points;
}

function indexOf(lattice: LatticePolygons): ArrayBufferLike | null {
	const count = lattice.featureOffsets.length - 1;
	if (count === 0) return null;
	const index = new Flatbush(count, NODE_SIZE, Int32Array);
	for (let f = 0; f < count; f++) index.add(...latticeBounds(lattice, f));
	index.finish();
	return index.data;
}
