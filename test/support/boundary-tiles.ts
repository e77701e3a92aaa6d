import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { featureCount, type FlatPolygons } from '../../geo/flat-polygons.ts';
import type { TileAddress } from '../../geo/tile/clip.ts';
import { controlTile, openControlLayer } from '../../src/lib/server/tile/control-layer.ts';
import { parkTile } from '../../src/lib/server/tile/coverage-layer.ts';
import type { CoverageSource } from '../../seeds/load/coverage-source.ts';
import { concatenated } from '../../seeds/demo/flat-edit.ts';
import { toGeos } from '../geo/coverage/geos-oracle.ts';
import { decode, onGrid } from '../geo/tile/decoded-tile.ts';

/** Boundaries that have tiles of their own, and what each feature has to say. */
export interface BoundaryTiles {
	readonly name: string;
	/** The layer of the polygons, and all layers of a tile. */
	readonly layer: string;
	readonly layers: readonly string[];
	readonly polygons: FlatPolygons;
	/** By id. */
	readonly attributes: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
	bytesOf(tile: TileAddress): Uint8Array | null;
}

const VALID_FROM = '2024-12-31';

/** The tiles of a zone's parks and of each of its control layers, as the server makes them. */
export function boundaryTilesOf({ outlines, controlLayers }: CoverageSource): BoundaryTiles[] {
	const polygons = concatenated(outlines.map((outline) => outline.polygons));
	const names = outlines.map(({ parkId }) => ({ nameZh: `园${parkId}`, nameEn: parkId }));
	const index = Int32Array.from(names.keys());
	const parks: BoundaryTiles = {
		name: 'parks',
		layer: 'park',
		layers: ['park', 'park-label'],
		polygons,
		attributes: new Map(names.map((name, i) => [i + 1, { i, ...name }])),
		bytesOf: (tile) => parkTile(polygons, index, names, tile),
	};
	const control = controlLayers.map((source): BoundaryTiles => {
		const areas = source.areaNames.map(({ zh, en }, i) => ({
			controlAreaNo: i + 1,
			nameZh: zh,
			nameEn: en,
			validFrom: VALID_FROM,
			validTo: null,
		}));
		if (areas.length !== featureCount(source.polygons)) throw new Error('one name for each area');
		const content = openControlLayer({ zoneId: 'zone', grade: 'public' }, areas, source.polygons);
		return {
			name: source.kind,
			layer: 'control',
			layers: ['control'],
			polygons: source.polygons,
			attributes: new Map(
				areas.map(({ controlAreaNo, nameZh, nameEn }) => [
					controlAreaNo,
					{ nameZh, nameEn, from: VALID_FROM },
				]),
			),
			bytesOf: (tile) => controlTile(content, tile),
		};
	});
	return [parks, ...control];
}

/** What a third party finds wrong with a tile of boundaries: layers, rings, their direction, ids, attributes; and the ids that it reads. */
export function readBoundaries(
	bytes: Uint8Array,
	{ layer, layers, attributes }: BoundaryTiles,
): { ids: number[]; faults: string[] } {
	const read = new VectorTile(new PbfReader(bytes)).layers;
	const faults = Object.keys(read).flatMap((name) => (layers.includes(name) ? [] : [`layer ${name}`]));
	const part = read[layer];
	// A tile may lie inside of all that is near its edge, or hold a label alone.
	if (part === undefined) return { ids: [], faults };
	if (part.version !== 2 || part.extent !== 4096) faults.push('version or extent');
	for (let i = 0; i < part.length; i++) {
		const { id, type, properties } = part.feature(i);
		if (type !== 3) faults.push(`type ${type}`);
		const expected = attributes.get(id ?? 0);
		if (JSON.stringify(sorted(properties)) !== JSON.stringify(sorted(expected ?? {})))
			faults.push(`attributes of ${id}: ${JSON.stringify(properties)}`);
	}
	// Shells and holes are told by their direction alone: a wrong one gives a polygon that is not valid, or none.
	const decoded = decode(bytes, layer);
	const geos = toGeos(onGrid(decoded));
	decoded.ids.forEach((id, f) => {
		if (!geos.isValid(f)) faults.push(`feature ${id} is not valid`);
	});
	geos.free();
	return { ids: decoded.ids, faults };
}

function sorted(properties: Readonly<Record<string, unknown>>): [string, unknown][] {
	return Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
}
