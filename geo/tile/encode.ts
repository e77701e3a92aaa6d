import { AttributeTable, type AttributeColumn } from './attributes.ts';
import { tileFrame, type TileAddress } from './clip.ts';
import { latticeFrame, type LatticePolygons } from './lattice.ts';
import { LatticeGeometryWriter } from './lattice-geometry.ts';
import { PolygonGeometryWriter } from './polygon-geometry.ts';
import type { WorldPolygons } from './project.ts';
import { BYTES, ProtobufWriter, VARINT } from './protobuf.ts';

/** What the layers of a tile have in common; feature f has featureIds[f] and the f-th value of each attribute. */
interface TileLayer {
	readonly name: string;
	/** Units along a side of the tile, 4096 as a rule. */
	readonly extent: number;
	/** Whole numbers ≥ 0; a feature of another id is written without one. */
	readonly featureIds: ArrayLike<number>;
	readonly attributes: readonly AttributeColumn[];
}

/** Polygons to be cut into tiles. */
export interface PolygonLayer extends TileLayer {
	readonly world: WorldPolygons;
	/** Units kept around the tile; extent / 64 when not given. */
	readonly buffer?: number;
}

/** Polygons in whole units of the tile's zoom or a larger one; the tile's extent is then a multiple of 4096. */
export interface LatticeLayer extends Omit<TileLayer, 'extent'> {
	/** Features of the same group, listed one after the other, are written as one; each alone when not given. */
	readonly groups?: ArrayLike<number> | null;
	readonly lattice: LatticePolygons;
	/** Kept around the tile, in 4096ths of its side. */
	readonly buffer: number;
}

/** Points to be put into tiles: world x, y pairs (see projectPositions), one a feature; NaN for none. */
export interface PointLayer extends TileLayer {
	readonly points: Float64Array;
}

const TILE = { layer: 3 };
const LAYER = { name: 1, feature: 2, extent: 5, version: 15 };
const FEATURE = { id: 1, tags: 2, type: 3, geometry: 4 };
const POINT = 1;
const POLYGON = 3;
const MOVE_TO_ONE = 9;
/** What a tile of polygons takes as a rule. */
const ROOM_BYTES = 1 << 16;

/**
 * One layer of a Mapbox vector tile (2.1) with the listed features, cut to the tile and its buffer, in the order given.
 *
 * Returns the layer as bytes of the tile message (join layers with joinLayers), null when nothing of it falls into the tile. All features
 * are snap-rounded to whole units together: every polygon is valid (exteriors of positive area, holes after theirs), borders shared by
 * two features stay shared, features of a coverage neither overlap nor leave slivers, and what vanishes in rounding is left out.
 * O(positions of the features).
 */
export function encodePolygonLayer(
	layer: PolygonLayer,
	tile: TileAddress,
	featureIndices: Iterable<number>,
): Uint8Array | null {
	const frame = tileFrame(tile, layer.extent, layer.buffer ?? layer.extent / 64);
	return encodePolygons(
		layer,
		featureIndices,
		(writer) => new PolygonGeometryWriter(layer.world, frame, writer),
	);
}

/**
 * The same of polygons on a lattice, which are rounded already: they are cut only. O(positions of the features), and little.
 */
export function encodeLatticeLayer(
	layer: LatticeLayer,
	tile: TileAddress,
	featureIndices: Iterable<number>,
): Uint8Array | null {
	const frame = latticeFrame(layer.lattice, tile, layer.buffer);
	return encodePolygons(
		{ ...layer, extent: frame.scale / 2 ** tile.z },
		featureIndices,
		(writer) => new LatticeGeometryWriter(layer.lattice, frame, writer),
		layer.groups ?? null,
	);
}

/** Writes features, all of which `geometryOf` gathers before the first is written. */
function encodePolygons(
	layer: TileLayer,
	featureIndices: Iterable<number>,
	geometryOf: (writer: ProtobufWriter) => PolygonGeometryWriter | LatticeGeometryWriter,
	groups: ArrayLike<number> | null = null,
): Uint8Array | null {
	const writer = new ProtobufWriter(ROOM_BYTES);
	const attributes = new AttributeTable(layer.attributes);
	const polygons = geometryOf(writer);
	const features: number[] = [];
	const gathered: number[] = [];
	for (const f of featureIndices) {
		const number = polygons.gatherFeature(f);
		if (number < 0) continue;
		features.push(f);
		gathered.push(number);
	}
	for (let k = 0; k < features.length;) {
		const first = features[k];
		const before = writer.length;
		const feature = writer.begin(LAYER.feature);
		const geometry = writer.begin(FEATURE.geometry);
		polygons.beginFeature();
		let isEmpty = true;
		do if (polygons.writeFeature(gathered[k])) isEmpty = false;
		while (++k < features.length && groups !== null && groups[features[k]] === groups[first]);
		if (isEmpty) {
			writer.length = before;
			continue;
		}
		writer.end(geometry);
		writeProperties(writer, layer, attributes, first, POLYGON);
		writer.end(feature);
	}
	return finishLayer(writer, layer, attributes);
}

/**
 * One layer of points: each listed feature whose point lies in the tile (west and north side included, so in exactly one tile).
 *
 * Returns the layer as bytes of the tile message, null when there is none. O(features).
 */
export function encodePointLayer(
	layer: PointLayer,
	tile: TileAddress,
	featureIndices: Iterable<number>,
): Uint8Array | null {
	const { scale, originX, originY } = tileFrame(tile, layer.extent, 0);
	const writer = new ProtobufWriter();
	const attributes = new AttributeTable(layer.attributes);
	for (const f of featureIndices) {
		const x = Math.floor(layer.points[2 * f] * scale - originX);
		const y = Math.floor(layer.points[2 * f + 1] * scale - originY);
		if (!(x >= 0 && x < layer.extent && y >= 0 && y < layer.extent)) continue;
		const feature = writer.begin(LAYER.feature);
		const geometry = writer.begin(FEATURE.geometry);
		writer.reserve(15);
		writer.varint32(MOVE_TO_ONE);
		writer.zigzagPair(x, y);
		writer.end(geometry);
		writeProperties(writer, layer, attributes, f, POINT);
		writer.end(feature);
	}
	return finishLayer(writer, layer, attributes);
}

/** A tile of layers; null when every layer is null. */
export function joinLayers(layers: readonly (Uint8Array | null)[]): Uint8Array | null {
	const present = layers.filter((layer) => layer !== null);
	if (present.length === 0) return null;
	const bytes = new Uint8Array(present.reduce((sum, layer) => sum + layer.length, 0));
	let at = 0;
	for (const layer of present) {
		bytes.set(layer, at);
		at += layer.length;
	}
	return bytes;
}

function writeProperties(
	writer: ProtobufWriter,
	layer: TileLayer,
	attributes: AttributeTable,
	feature: number,
	type: number,
): void {
	const id = layer.featureIds[feature];
	if (Number.isSafeInteger(id) && id >= 0) {
		writer.tag(FEATURE.id, VARINT);
		writer.varint(id);
	}
	writer.tag(FEATURE.type, VARINT);
	writer.varint(type);
	const tags = writer.begin(FEATURE.tags);
	attributes.writeTags(writer, feature);
	writer.end(tags);
}

function finishLayer(
	features: ProtobufWriter,
	layer: TileLayer,
	attributes: AttributeTable,
): Uint8Array | null {
	if (features.length === 0) return null;
	const table = new ProtobufWriter();
	table.tag(LAYER.version, VARINT);
	table.varint(2);
	table.field(LAYER.name, new TextEncoder().encode(layer.name));
	attributes.writeTable(table);
	table.tag(LAYER.extent, VARINT);
	table.varint(layer.extent);

	const head = new ProtobufWriter();
	head.tag(TILE.layer, BYTES);
	head.varint(table.length + features.length);
	const bytes = new Uint8Array(head.length + table.length + features.length);
	bytes.set(head.bytes.subarray(0, head.length));
	bytes.set(features.bytes.subarray(0, features.length), head.length);
	bytes.set(table.bytes.subarray(0, table.length), head.length + features.length);
	return bytes;
}
