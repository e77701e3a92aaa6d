import { gzipSync } from 'node:zlib';
import Flatbush from 'flatbush';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { AttributeColumn } from '$geo/tile/attributes.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodeLatticeLayer } from '$geo/tile/encode.ts';
import {
	LATTICE_EXTENT,
	latticeBounds,
	latticeFrame,
	snapToLattice,
	type LatticePolygons,
} from '$geo/tile/lattice.ts';
import type { OverviewLevel } from '$geo/tile/overview.ts';
import { GZIP_LEVEL } from './byte-cache.ts';
import { BUFFER } from './coverage-layer.ts';

/** Ids of tiles are not below 0: a feature of this one has none. */
export const NO_ID = -1;
/** Entries of a node of a Flatbush, as it has them when not told. */
const NODE_SIZE = 16;
/** What polygons may take in a tile of the 250,000 bytes that it may have, compressed: the rest is left to texts and points. */
const MOST_BYTES = 248_000;
/** Every vertex takes more, as it is in two rings at least, and less: as a rule from 4 to 6. */
const LEAST_BYTES_A_VERTEX = 3;
const MOST_BYTES_A_VERTEX = 10;

/** What tiles of one zoom draw in place of single parcels, as threads send it: polygons with a box each. */
export interface LaidLevel {
	readonly zoom: number;
	readonly lattice: LatticePolygons;
	/** A Flatbush of the bounds of the lattice's features; null of none. */
	readonly index: ArrayBufferLike | null;
	/** The label of each feature, a polygon, ascending; null: they are the parcels, by row. */
	readonly labels: Int32Array | null;
	/** The group of each, ascending: what is written as one. */
	readonly groups: Int32Array | null;
}

/** A laid level, ready to be cut into tiles, with what these say of its features. */
export interface DrawnLevel {
	readonly lattice: LatticePolygons;
	readonly index: Flatbush | null;
	readonly labels: Int32Array | null;
	readonly groups: Int32Array | null;
	readonly featureIds: Int32Array;
	readonly attributes: readonly AttributeColumn[];
}

/**
 * Rounds a drawn level to the units of its tiles and indexes it. O(positions) times a logarithm.
 *
 * What rounding brings together is united where it is of the same group.
 */
export function layUnited({ zoom, unitZoom, polygons, labels, groups }: OverviewLevel): LaidLevel {
	const starts = [...groups.keys()].filter((p) => p === 0 || groups[p] !== groups[p - 1]);
	const featureOffsets = Uint32Array.from([...starts, groups.length]);
	const whole = snapToLattice({ ...polygons, featureOffsets }, unitZoom);
	const count = whole.polygonOffsets.length - 1;
	const ofEach = (values: Int32Array) => {
		const laid = new Int32Array(count);
		starts.forEach((p, f) => laid.fill(values[p], whole.featureOffsets[f], whole.featureOffsets[f + 1]));
		return laid;
	};
	const lattice = { ...whole, featureOffsets: Uint32Array.from({ length: count + 1 }, (_, p) => p) };
	return { zoom, lattice, index: indexOf(lattice), labels: ofEach(labels), groups: ofEach(groups) };
}

/** Rounds parcels that stand alone at a zoom to the units of its tiles and indexes them. O(positions) times a logarithm. */
export function laySingle(polygons: FlatPolygons, zoom: number): LaidLevel {
	const lattice = snapToLattice(polygons, zoom);
	return { zoom, lattice, index: indexOf(lattice), labels: null, groups: null };
}

/** Makes a laid level ready; united polygons have no ids. */
export function openLevel(
	{ lattice, index, labels, groups }: LaidLevel,
	attributes: readonly AttributeColumn[],
	featureIds: Int32Array = new Int32Array(lattice.featureOffsets.length - 1).fill(NO_ID),
): DrawnLevel {
	return { lattice, index: index && Flatbush.from(index), labels, groups, featureIds, attributes };
}

/** A tile's layer of a level: one feature a group, or a parcel. Null: nothing lies there. */
export function encodeLevel(level: DrawnLevel, name: string, tile: TileAddress): Uint8Array | null {
	const { originX, originY, min, max } = latticeFrame(level.lattice, tile, BUFFER);
	const { groups } = level;
	const found = level.index?.search(originX + min, originY + min, originX + max, originY + max) ?? [];
	// Polygons of a group stay as the index has them, near to each other: the steps between them are then short.
	found.sort((f, g) => (groups === null ? f - g : groups[f] - groups[g]));
	return encodeLatticeLayer({ ...level, name, buffer: BUFFER }, tile, found);
}

/**
 * The share of what a tile may take, compressed, that the heaviest of a level does; `vertices` is the most in one tile: where they tell
 * enough, it is taken from them alone.
 */
export function weighLevel(level: OverviewLevel, vertices: number): number {
	if (vertices * MOST_BYTES_A_VERTEX <= MOST_BYTES) return (vertices * MOST_BYTES_A_VERTEX) / MOST_BYTES;
	if (vertices * LEAST_BYTES_A_VERTEX > MOST_BYTES) return (vertices * LEAST_BYTES_A_VERTEX) / MOST_BYTES;
	const laid = layUnited(level);
	const opened = openLevel(laid, [{ name: 'k', kind: 'integer', values: laid.labels ?? [] }]);
	let most = 0;
	for (const tile of tilesOf(laid)) {
		const bytes = encodeLevel(opened, 'parcel', tile);
		if (bytes !== null) most = Math.max(most, gzipSync(bytes, { level: GZIP_LEVEL }).length);
	}
	return most / MOST_BYTES;
}

/** The tiles in the box around a level. */
function* tilesOf({ zoom, lattice }: LaidLevel): Generator<TileAddress> {
	const side = LATTICE_EXTENT * 2 ** (lattice.zoom - zoom);
	let [west, north, east, south] = [Infinity, Infinity, -1, -1];
	for (let i = 0; i < lattice.bounds.length; i += 4) {
		west = Math.min(west, lattice.bounds[i]);
		north = Math.min(north, lattice.bounds[i + 1]);
		east = Math.max(east, lattice.bounds[i + 2]);
		south = Math.max(south, lattice.bounds[i + 3]);
	}
	for (let x = Math.floor(west / side); x * side <= east; x++)
		for (let y = Math.floor(north / side); y * side <= south; y++) yield { z: zoom, x, y };
}

function indexOf(lattice: LatticePolygons): ArrayBufferLike | null {
	const count = lattice.featureOffsets.length - 1;
	if (count === 0) return null;
	const index = new Flatbush(count, NODE_SIZE, Int32Array);
	for (let f = 0; f < count; f++) index.add(...latticeBounds(lattice, f));
	index.finish();
	return index.data;
}
