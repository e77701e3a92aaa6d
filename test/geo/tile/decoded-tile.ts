import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { flattenMultiPolygons } from '$geo/flat-polygons.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';
import { GRID_STEP_DEG } from '$geo/grid.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { encodeLatticeLayer, encodePolygonLayer } from '$geo/tile/encode.ts';
import { snapToLattice } from '$geo/tile/lattice.ts';
import { projectPolygons } from '$geo/tile/project.ts';
import type { ParcelSet } from '$geo/parcel-set.ts';
import { lonToWorldX, latToWorldY } from '$geo/crs/web-mercator.ts';

type Point = readonly [x: number, y: number];

/** What a third party reads out of a tile: per feature its id and polygons of closed rings in whole tile units. */
export interface DecodedTile {
	readonly ids: number[];
	readonly features: Point[][][][];
}

/** Makes tiles of a set of parcels and reads them back. */
export function tileReader({ parcelNos, polygons }: ParcelSet): (tile: TileAddress) => DecodedTile {
	const world = projectPolygons(polygons);
	const all = Uint32Array.from(parcelNos, (_, f) => f);
	return (tile) => {
		const bytes = encodePolygonLayer(
			{ name: 'parcel', extent: 4096, world, featureIds: parcelNos, attributes: [] },
			tile,
			all,
		);
		return bytes === null ? { ids: [], features: [] } : decode(bytes);
	};
}

/** Makes tiles of a set of parcels on the lattice of a zoom and reads them back. */
export function latticeReader(
	{ parcelNos, polygons }: ParcelSet,
	zoom: number,
): (tile: TileAddress) => DecodedTile {
	const lattice = snapToLattice(polygons, zoom);
	const all = Uint32Array.from(parcelNos, (_, f) => f);
	return (tile) => {
		const layer = { name: 'parcel', buffer: 64, lattice, featureIds: parcelNos, attributes: [] };
		const bytes = encodeLatticeLayer(layer, tile, all);
		return bytes === null ? { ids: [], features: [] } : decode(bytes);
	};
}

/** Reads the polygons of a layer of a tile; a feature without an id has −1. */
export function decode(bytes: Uint8Array, name = 'parcel'): DecodedTile {
	const layer = new VectorTile(new PbfReader(bytes)).layers[name];
	const decoded: DecodedTile = { ids: [], features: [] };
	for (let i = 0; i < layer.length; i++) {
		const feature = layer.feature(i);
		const polygons: Point[][][] = [];
		for (const points of feature.loadGeometry()) {
			const ring = points.map(({ x, y }): Point => [x, y]);
			if (doubledArea(ring) > 0) polygons.push([ring]);
			else polygons[polygons.length - 1].push(ring);
		}
		decoded.ids.push(feature.id ?? -1);
		decoded.features.push(polygons);
	}
	return decoded;
}

/** Twice the signed area of a closed ring; positive for a shell of the specification. */
export function doubledArea(ring: readonly Point[]): number {
	let doubled = 0;
	for (let i = 0; i + 1 < ring.length; i++)
		doubled += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
	return doubled;
}

/** Twice the area of all features together. */
export function totalDoubledArea({ features }: DecodedTile): number {
	return features.flat(2).reduce((total, ring) => total + doubledArea(ring), 0);
}

/** A tile unit on the coverage grid when decoded features are checked: so many steps that nothing is within reach of snapping. */
export const UNIT_DEG = 2 ** 20 * GRID_STEP_DEG;

/** Decoded features on the coverage grid, north up: for the kernel and GEOS. */
export function onGrid({ features }: DecodedTile): FlatPolygons {
	return flattenMultiPolygons(
		features.map((polygons) =>
			polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x * UNIT_DEG, -y * UNIT_DEG]))),
		),
	);
}

/** The tiles of a zoom that a set's box meets, at most so many, spread over it. */
export function tilesOver({ coordinates }: FlatPolygons, z: number, most: number): TileAddress[] {
	const [xs, ys] = [0, 1].map((axis) => coordinates.filter((_, i) => i % 2 === axis));
	const column = (lon: number) => Math.floor(lonToWorldX(lon) * 2 ** z);
	const row = (lat: number) => Math.floor(latToWorldY(lat) * 2 ** z);
	const least = (values: Float64Array) => values.reduce((a, b) => Math.min(a, b), Infinity);
	const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), -Infinity);
	const [west, east] = [column(least(xs)), column(largest(xs))];
	const [north, south] = [row(largest(ys)), row(least(ys))];
	const count = (east - west + 1) * (south - north + 1);
	const step = Math.max(1, count / most);
	const tiles: TileAddress[] = [];
	for (let k = 0; k < count; k += step) {
		const at = Math.floor(k);
		tiles.push({ z, x: west + (at % (east - west + 1)), y: north + Math.floor(at / (east - west + 1)) });
	}
	return tiles;
}
