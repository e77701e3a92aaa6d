import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { AttributeColumn } from '$geo/tile/attributes.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodePointLayer, encodePolygonLayer, joinLayers } from '$geo/tile/encode.ts';
import { labelPoint, labelPoints } from '$geo/tile/label-point.ts';
import { labelRoomM } from '$geo/tile/label-room.ts';
import { projectPolygons, projectPositions, type WorldPolygons } from '$geo/tile/project.ts';
import { tileBounds } from '$geo/crs/web-mercator.ts';
import type { ParcelTable, TableRows } from './parcel-table.ts';
import { inOneTable, rowsIn, type CoverageSnapshot } from './snapshot.ts';
import type { Audience } from './theme.ts';

export const EXTENT = 4096;
/** Tiles carry neighbours this far beyond their edge, so that outlines meet. */
export const BUFFER = 64;
/** From here on parcels are large enough for their code. */
const CODE_FROM_ZOOM = 14;
/** Class number of a parcel whose class is not for the audience. */
const WITHHELD = -2;
const DM2_PER_M2 = 100;

/** What tiles need of a table again and again; made once. */
interface Drawn {
	readonly world: WorldPolygons;
	/** Class and code of every parcel as the public may know them. */
	readonly publicLandUse: Int32Array;
	readonly publicCode: readonly (string | null)[];
	readonly areaM2: Float64Array;
	/** World x, y of each label, NaN while not asked for: they are found tile by tile. */
	readonly labelPoints: Float64Array;
	/** Whole metres of ground that each label has along its parallel. */
	readonly labelRoomM: Int32Array;
	readonly isLabelled: Uint8Array;
}

const drawn = new WeakMap<ParcelTable, Drawn>();

function drawnOf(table: ParcelTable): Drawn {
	let found = drawn.get(table);
	if (found === undefined) {
		const isWithheld = withheldFromPublic(table);
		found = {
			world: projectPolygons(table.polygons),
			publicLandUse: landUseFor(table, 'public'),
			publicCode: table.code.map((code, row) => (isWithheld(row) ? null : code)),
			areaM2: table.areaDm2.map((areaDm2) => Math.round(areaDm2 / DM2_PER_M2)),
			labelPoints: new Float64Array(2 * table.parcelNo.length).fill(NaN),
			labelRoomM: new Int32Array(table.parcelNo.length),
			isLabelled: new Uint8Array(table.parcelNo.length),
		};
		drawn.set(table, found);
	}
	return found;
}

/** Class numbers of the parcels as an audience may know them. */
export function landUseFor(table: ParcelTable, audience: Audience): Int32Array {
	if (audience === 'office') return table.landUse;
	const isWithheld = withheldFromPublic(table);
	return table.landUse.map((landUse, row) => (isWithheld(row) ? WITHHELD : landUse));
}

/** What tiles say of parcels at every zoom: their class, as an audience may know it, and park. */
export function landUseAttributes({ park }: ParcelTable, landUse: Int32Array): AttributeColumn[] {
	return [
		{ name: 'k', kind: 'integer', values: landUse },
		{ name: 'p', kind: 'integer', values: park },
	];
}

/** What tiles say of parcels by their stock status. */
export function stockAttributes({ stockStatus }: ParcelTable): AttributeColumn[] {
	return [{ name: 's', kind: 'text', values: stockStatus }];
}

/** Parcels with class, park and, from z14 up, code. Null: an empty tile. */
export function landUseTile(
	snapshot: CoverageSnapshot,
	audience: Audience,
	tile: TileAddress,
): Uint8Array | null {
	const { table, rows } = parcelsOf(snapshot, tile);
	const { world, publicLandUse, publicCode } = drawnOf(table);
	const attributes = landUseAttributes(table, audience === 'public' ? publicLandUse : table.landUse);
	if (tile.z >= CODE_FROM_ZOOM) {
		attributes.push({ name: 'c', kind: 'text', values: audience === 'public' ? publicCode : table.code });
	}
	return encodePolygonLayer(
		{ name: 'parcel', extent: EXTENT, buffer: BUFFER, world, featureIds: table.parcelNo, attributes },
		tile,
		rows,
	);
}

/** Parcels with their stock status; those without one have none. */
export function stockTile(snapshot: CoverageSnapshot, tile: TileAddress): Uint8Array | null {
	const { table, rows } = parcelsOf(snapshot, tile);
	return encodePolygonLayer(
		{
			name: 'parcel',
			extent: EXTENT,
			buffer: BUFFER,
			world: drawnOf(table).world,
			featureIds: table.parcelNo,
			attributes: stockAttributes(table),
		},
		tile,
		rows,
	);
}

/** One label point a parcel, in the tile that holds it only: code, class, stock status, area and the room that its label has. */
export function labelTile(
	snapshot: CoverageSnapshot,
	audience: Audience,
	tile: TileAddress,
): Uint8Array | null {
	const { table, rows: all } = parcelsOf(snapshot, tile);
	const found = drawnOf(table);
	const isShown = (row: number) => audience === 'office' || found.publicCode[row] !== null;
	const rows = all.filter(isShown);
	for (const row of rows) placeLabel(table, found, row);
	return encodePointLayer(
		{
			name: 'label',
			extent: EXTENT,
			points: found.labelPoints,
			featureIds: table.parcelNo,
			attributes: [
				{ name: 'c', kind: 'text', values: table.code },
				{ name: 'k', kind: 'integer', values: table.landUse },
				{ name: 's', kind: 'text', values: table.stockStatus },
				{ name: 'a', kind: 'integer', values: found.areaM2 },
				{ name: 'w', kind: 'integer', values: found.labelRoomM },
			],
		},
		tile,
		rows,
	);
}

/** The parks' outlines and one label point each; `i` indexes the zone's parks. */
export function parkTile(
	outlines: FlatPolygons,
	parkIndex: Int32Array,
	names: readonly { readonly nameZh: string; readonly nameEn: string }[],
	tile: TileAddress,
): Uint8Array | null {
	const featureIds = parkIndex.map((park) => park + 1);
	const all = Uint32Array.from(parkIndex, (_, feature) => feature);
	const attributes: AttributeColumn[] = [
		{ name: 'i', kind: 'integer', values: parkIndex },
		{ name: 'nameZh', kind: 'text', values: names.map((name) => name.nameZh) },
		{ name: 'nameEn', kind: 'text', values: names.map((name) => name.nameEn) },
	];
	const world = projectPolygons(outlines);
	const points = projectPositions(labelPoints(outlines));
	return joinLayers([
		encodePolygonLayer(
			{ name: 'park', extent: EXTENT, buffer: BUFFER, world, featureIds, attributes },
			tile,
			all,
		),
		encodePointLayer({ name: 'park-label', extent: EXTENT, points, featureIds, attributes }, tile, all),
	]);
}

function placeLabel({ polygons }: ParcelTable, found: Drawn, row: number) {
	if (found.isLabelled[row] === 1) return;
	found.isLabelled[row] = 1;
	const at = labelPoint(polygons, row);
	if (at === null) return;
	found.labelPoints.set(projectPositions(Float64Array.from(at)), 2 * row);
	found.labelRoomM[row] = Math.floor(labelRoomM(polygons, row, at));
}

function withheldFromPublic({ landUse, classes }: ParcelTable): (row: number) => boolean {
	return (row) => landUse[row] >= 0 && classes.grades[landUse[row]] !== 'public';
}

/** The parcels whose boxes meet the tile with its buffer, ascending, so that equal content gives equal bytes. */
function parcelsOf(snapshot: CoverageSnapshot, tile: TileAddress): TableRows {
	const { west, south, east, north } = tileBounds(tile.z, tile.x, tile.y);
	const marginLon = ((east - west) * BUFFER) / EXTENT;
	const marginLat = ((north - south) * BUFFER) / EXTENT;
	const box = [west - marginLon, south - marginLat, east + marginLon, north + marginLat] as const;
	return inOneTable(rowsIn(snapshot, box));
}
