import Flatbush from 'flatbush';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodeLatticeLayer, encodePointLayer, joinLayers } from '$geo/tile/encode.ts';
import { labelPoint } from '$geo/tile/label-point.ts';
import { latticeBounds, latticeFrame, snapToLattice, type LatticePolygons } from '$geo/tile/lattice.ts';
import { drawOverview, type OverviewLevel } from '$geo/tile/overview.ts';
import { projectPositions } from '$geo/tile/project.ts';
import { BUFFER, EXTENT } from './coverage-layer.ts';
import {
	overviewAttribute,
	overviewLabels,
	overviewZooms,
	type OverviewSubject,
} from './overview-subject.ts';
import { wholeTable, type CoverageSnapshot } from './snapshot.ts';

/** Ids of tiles are not below 0: a feature of this one has none. */
const NO_ID = -1;
/** Entries of a node of a Flatbush, as it has them when not told. */
const NODE_SIZE = 16;

/** What an overview is drawn of: parcels by row, and the label of each; 0: it is left out. */
export interface OverviewTask {
	readonly polygons: FlatPolygons;
	readonly labels: Int32Array;
	readonly zooms: readonly number[];
	/** Whether each label is written on the map, once. */
	readonly isWritten: boolean;
}

/** What tiles of one zoom draw in place of single parcels, as threads send it. */
export interface LaidLevel {
	readonly zoom: number;
	readonly lattice: LatticePolygons;
	/** A Flatbush of the polygons' bounds; null of none. */
	readonly index: ArrayBufferLike | null;
	/** The label of each polygon. */
	readonly labels: Int32Array;
	/** World x, y of the label point of each label, at its largest polygon, NaN at others; null but at the largest zoom of what is written. */
	readonly points: Float64Array | null;
}

/** What tiles draw in place of single parcels, ready to be cut. */
export interface Overview {
	/** By zoom. */
	readonly levels: ReadonlyMap<number, DrawnLevel>;
	/** What is written, the same at every zoom; null: nothing. */
	readonly written: { readonly points: Float64Array; readonly attribute: DrawnLevel['attribute'] } | null;
	readonly bytes: number;
}

interface DrawnLevel {
	readonly lattice: LatticePolygons;
	readonly index: Flatbush | null;
	readonly featureIds: Int32Array;
	readonly attribute: ReturnType<typeof overviewAttribute>;
}

/** The task of a revision's overview; null where there is nothing to draw together. */
export function overviewTask(snapshot: CoverageSnapshot, subject: OverviewSubject): OverviewTask | null {
	const zooms = overviewZooms(snapshot, subject);
	if (zooms.length === 0) return null;
	const table = wholeTable(snapshot);
	const labels = overviewLabels(snapshot, table, subject);
	if (!labels.some((label) => label > 0)) return null;
	return { polygons: table.polygons, labels, zooms, isWritten: subject === 'blocks' };
}

/** Draws the levels of an overview; null where the parcels overlap or leave gaps: they are then drawn one by one. Seconds for 100,000 parcels. */
export function drawLevels({ polygons, labels, zooms }: OverviewTask): OverviewLevel[] | null {
	const build = buildCoverage({ parcelNos: labels.map((_, row) => row + 1), polygons });
	return build.ok ? drawOverview(build.coverage.base, labels, zooms) : null;
}

/** Rounds drawn levels to the units of their tiles, indexes them, and places what is written. O(positions) times a logarithm. */
export function layLevels(levels: readonly OverviewLevel[], isWritten: boolean): LaidLevel[] {
	const largestZoom = Math.max(...levels.map(({ zoom }) => zoom));
	return levels.map((level) => {
		const { zoom, unitZoom, polygons, labels } = level;
		const lattice = snapToLattice(polygons, unitZoom);
		const points = isWritten && zoom === largestZoom ? labelPointsOf(level) : null;
		return { zoom, lattice, index: indexOf(lattice), labels, points };
	});
}

/** Draws an overview as far as tiles need it: what takes long, and is done beside the server. */
export function drawTask(task: OverviewTask): LaidLevel[] | null {
	const levels = drawLevels(task);
	return levels === null ? null : layLevels(levels, task.isWritten);
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
			...[index, points].filter((part) => part !== null),
			labels,
			labels,
		])
		.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const drawn = new Map<number, DrawnLevel>();
	let written: Overview['written'] = null;
	for (const { zoom, lattice, index, labels, points } of levels) {
		const attribute = overviewAttribute(snapshot, subject, labels);
		const featureIds = labels.map(() => NO_ID);
		drawn.set(zoom, { lattice, index: index && Flatbush.from(index), featureIds, attribute });
		if (points !== null) written = { points, attribute };
	}
	return { levels: drawn, written, bytes };
}

/**
 * A tile of an overview: united parcels with what unites them, without ids, and a label point each where they are written.
 *
 * It is cut from the level of its zoom, else from that of the next one further in; null: nothing, or no such level.
 */
export function overviewTile({ levels, written }: Overview, tile: TileAddress): Uint8Array | null {
	const level = levels.get(Math.min(...[...levels.keys()].filter((zoom) => zoom >= tile.z)));
	if (level === undefined) return null;
	const { lattice, index, featureIds, attribute } = level;
	const { originX, originY, min, max } = latticeFrame(lattice, tile, BUFFER);
	const found = index?.search(originX + min, originY + min, originX + max, originY + max) ?? [];
	const name = written === null ? 'parcel' : 'block';
	const polygons = encodeLatticeLayer(
		{ name, buffer: BUFFER, lattice, featureIds, attributes: [attribute] },
		tile,
		Uint32Array.from(found).sort(),
	);
	return written === null ? polygons : joinLayers([polygons, labelLayer(written, tile)]);
}

function labelLayer({ points, attribute }: NonNullable<Overview['written']>, tile: TileAddress) {
	const featureIds = new Int32Array(points.length / 2).fill(NO_ID);
	return encodePointLayer(
		{ name: 'block-label', extent: EXTENT, points, featureIds, attributes: [attribute] },
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
