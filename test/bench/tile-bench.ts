import { gzipSync } from 'node:zlib';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { landUseTile } from '$lib/server/tile/coverage-layer.ts';
import { wholeBox } from '$lib/server/tile/feature-box.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import type { Overview } from '$lib/server/tile/overview.ts';
import {
	postgisOverviewTile,
	postgisTile,
	SHAPE_COLUMNS,
	type Connection,
	type ShapeColumn,
} from './postgis-tile.ts';
import { areaByClass, differenceOf, parcelsOf, polygonCount, type TileDifference } from './tile-content.ts';
import { percentile, timingOf, type Timing } from './timing.ts';
import { coverageTile } from '../support/coverage-tile.ts';

/** As the server compresses tiles. */
const GZIP_LEVEL = 6;
/** A zoom of fewer tiles is measured in rounds until it has so many samples. */
const OUR_SAMPLES = 200;
const POSTGIS_SAMPLES = 40;

/** The figures of one zoom; sizes in bytes. */
export interface ZoomFigures {
	readonly zoom: number;
	/** Distinct tiles with anything in them. */
	readonly tiles: number;
	readonly featuresP50: number;
	readonly featuresMax: number;
	readonly encode: Timing;
	readonly gzip: Timing;
	readonly postgis: Readonly<Record<ShapeColumn, Timing>>;
	readonly rawP50: number;
	readonly rawMax: number;
	readonly gzipP50: number;
	readonly gzipMax: number;
	readonly postgisGzipMax: number;
	/** Against both ways of PostGIS: the worst of any tile, and counts over all tiles; null of an overview, whose polygons have no ids. */
	readonly difference: Readonly<Record<ShapeColumn, TileDifference>> | null;
	/** By how much the class whose drawn area differs most differs from PostGIS's, in percent of all that is drawn; of an overview. */
	readonly classAreaPct: number | null;
}

/** Every tile of a zoom with anything in it. */
export function tilesOf(snapshot: CoverageSnapshot, zoom: number): TileAddress[] {
	const [west, south, east, north] = wholeBox(snapshot.base.boxes) ?? [0, 0, 0, 0];
	const at = (world: number) => Math.floor(world * 2 ** zoom);
	const found: TileAddress[] = [];
	for (let x = at(lonToWorldX(west)); x <= at(lonToWorldX(east)); x++)
		for (let y = at(latToWorldY(north)); y <= at(latToWorldY(south)); y++) {
			const tile = { z: zoom, x, y };
			if (landUseTile(snapshot, 'office', tile) !== null) found.push(tile);
		}
	return found;
}

/** Encodes all tiles of a zoom with ours and with PostGIS, of the overview where it draws the zoom, and compares what is in them. */
export async function measureZoom(
	snapshot: CoverageSnapshot,
	overview: Overview,
	connection: Connection,
	zoom: number,
): Promise<ZoomFigures> {
	const tiles = tilesOf(snapshot, zoom);
	const level = overview.levels.get(zoom);
	const isOverview = level !== undefined;
	const encode = (tile: TileAddress) => coverageTile(snapshot, overview, 'office', tile) ?? new Uint8Array();
	const theirs: typeof postgisTile = isOverview
		? (...at) => postgisOverviewTile(...at, level.lattice.zoom)
		: postgisTile;
	const encodeMs: number[] = [];
	const gzipMs: number[] = [];
	const rawBytes: number[] = [];
	const gzipBytes: number[] = [];
	for (let round = 0; round < Math.ceil(OUR_SAMPLES / tiles.length); round++)
		for (const tile of tiles) {
			const began = performance.now();
			const bytes = encode(tile);
			const encoded = performance.now();
			const zipped = gzipSync(bytes, { level: GZIP_LEVEL });
			const ended = performance.now();
			encodeMs.push(encoded - began);
			gzipMs.push(ended - encoded);
			rawBytes.push(bytes.length);
			gzipBytes.push(zipped.length);
		}
	const stored = await measurePostgis(connection, theirs, 'stored', tiles);
	const mercator = await measurePostgis(connection, theirs, 'mercator', tiles);
	const features: number[] = [];
	const differences: Record<ShapeColumn, TileDifference[]> = { stored: [], mercator: [] };
	const areas = new Map<number, number>();
	let drawn = 0;
	let postgisGzipMax = 0;
	for (const [i, tile] of tiles.entries()) {
		const bytes = encode(tile);
		const ours = parcelsOf(bytes);
		features.push(isOverview ? polygonCount(ours) : ours.length);
		if (isOverview) {
			addAreas(areas, areaByClass(ours), 1);
			addAreas(areas, areaByClass(parcelsOf(mercator.bytes[i])), -1);
			drawn += ours.reduce((sum, { areaUnits2 }) => sum + areaUnits2, 0);
		} else {
			differences.stored.push(differenceOf(ours, parcelsOf(stored.bytes[i])));
			differences.mercator.push(differenceOf(ours, parcelsOf(mercator.bytes[i])));
		}
		postgisGzipMax = Math.max(postgisGzipMax, gzipSync(mercator.bytes[i], { level: GZIP_LEVEL }).length);
	}
	return {
		zoom,
		tiles: tiles.length,
		featuresP50: percentile(features, 0.5),
		featuresMax: percentile(features, 1),
		encode: timingOf(encodeMs),
		gzip: timingOf(gzipMs),
		postgis: { stored: stored.timing, mercator: mercator.timing },
		rawP50: percentile(rawBytes, 0.5),
		rawMax: percentile(rawBytes, 1),
		gzipP50: percentile(gzipBytes, 0.5),
		gzipMax: percentile(gzipBytes, 1),
		postgisGzipMax,
		difference: isOverview
			? null
			: { stored: summed(differences.stored), mercator: summed(differences.mercator) },
		classAreaPct: isOverview ? (100 * Math.max(...[...areas.values()].map(Math.abs))) / drawn : null,
	};
}

function addAreas(sums: Map<number, number>, areas: ReadonlyMap<number, number>, sign: 1 | -1): void {
	for (const [number, area] of areas) sums.set(number, (sums.get(number) ?? 0) + sign * area);
}

function summed(differences: readonly TileDifference[]): TileDifference {
	const worst = (part: keyof TileDifference) => Math.max(...differences.map((one) => one[part]));
	const total = (part: keyof TileDifference) => differences.reduce((sum, one) => sum + one[part], 0);
	return {
		oursOnly: total('oursOnly'),
		theirsOnly: total('theirsOnly'),
		loneWidthUnits: worst('loneWidthUnits'),
		attributes: total('attributes'),
		borderUnits: worst('borderUnits'),
	};
}

async function measurePostgis(
	connection: Connection,
	encode: typeof postgisTile,
	column: ShapeColumn,
	tiles: readonly TileAddress[],
) {
	const samplesMs: number[] = [];
	const bytes: Uint8Array[] = [];
	for (let round = 0; round < Math.ceil(POSTGIS_SAMPLES / tiles.length); round++)
		for (const [i, tile] of tiles.entries()) {
			const began = performance.now();
			bytes[i] = await encode(connection, column, tile);
			samplesMs.push(performance.now() - began);
		}
	return { timing: timingOf(samplesMs), bytes };
}

/** Lets both encoders run until they are warm. */
export async function warmUp(snapshot: CoverageSnapshot, connection: Connection): Promise<void> {
	for (const zoom of [12, 14]) {
		for (const tile of tilesOf(snapshot, zoom).slice(0, 30))
			for (const column of SHAPE_COLUMNS) await postgisTile(connection, column, tile);
	}
}
