import { gzipSync } from 'node:zlib';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import type { Overview } from '$lib/server/tile/overview.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { postgisOverviewTile, postgisTile, type Connection } from './postgis-tile.ts';
import {
	areaByClass,
	differenceOf,
	parcelsOf,
	polygonCount,
	type TileDifference,
	type TileFeature,
} from './tile-content.ts';
import { percentile } from './timing.ts';
import { coverageTile } from '../support/coverage-tile.ts';

/** A zone as both serve it. */
export interface ServedZone {
	readonly plan: CoverageSnapshot;
	readonly overview: Overview;
}

/** A tile of one of the zones. */
interface ZoneTile {
	readonly zone: ServedZone;
	readonly tile: TileAddress;
}

/** Medians over the tiles of one zoom in milliseconds; PostGIS from shapes in Web Mercator, by round trip. */
export interface ScaleFigures {
	readonly zoom: number;
	/** Whether parcels are drawn together. */
	readonly isOverview: boolean;
	/** Distinct tiles. */
	readonly tiles: number;
	readonly featuresP50: number;
	readonly featuresMax: number;
	readonly oursMs: number;
	/** Of the same polygons as ours. */
	readonly sameMs: number;
	/** Of the single parcels. */
	readonly singleMs: number;
	/** The least of a tile's ratios to the same polygons, of tiles of 100 features and more; null without any. */
	readonly leastRatio: number | null;
	readonly gzipMax: number;
	readonly postgisGzipMax: number;
	/** Summed and worst differences from PostGIS's tiles; null of an overview, whose polygons have no ids. */
	readonly differences: readonly TileDifference[];
	/** Features are polygons of an overview, which PostGIS writes one by one: how many more or fewer than PostGIS's, in percent. */
	readonly featuresPct: number;
	/** By how much the drawn area of the class that differs most differs from PostGIS's, in percent of all that is drawn. */
	readonly classAreaPct: number;
}

const GZIP_LEVEL = 6;
const MANY_FEATURES = 100;
/** Each tile is encoded so often by both, in turn, or until so much time has gone by; its time is the median. */
const ROUNDS = 3;
const ENOUGH_MS = 1000;
/** So many parcels are looked at for each tile wanted. */
const PARCELS_A_TILE = 40;

/** Tiles of a zoom that hold parcels, over all zones alike: at most `most`, all where there are fewer. */
export function tilesOver(zones: readonly ServedZone[], zoom: number, most: number): ZoneTile[] {
	const found = new Map<string, ZoneTile>();
	for (const zone of zones) {
		const { boxes, parcelNo } = zone.plan.base;
		const step = Math.max(1, Math.floor((parcelNo.length * zones.length) / (PARCELS_A_TILE * most)));
		for (let row = 0; row < parcelNo.length; row += step) {
			const [west, south, east, north] = boxes.subarray(4 * row, 4 * row + 4);
			const x = Math.floor(lonToWorldX((west + east) / 2) * 2 ** zoom);
			const y = Math.floor(latToWorldY((south + north) / 2) * 2 ** zoom);
			found.set(`${x}/${y}`, { zone, tile: { z: zoom, x, y } });
		}
	}
	const all = [...found.values()];
	return all.filter(
		(_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i - 1) * most) / all.length),
	);
}

/** Encodes tiles of one zoom with ours and with PostGIS, in turn, and compares what is in them. */
export async function measureScale(
	tiles: readonly ZoneTile[],
	connection: Connection,
	zoom: number,
): Promise<ScaleFigures> {
	const isOverview = tiles[0].zone.overview.levels.has(zoom);
	const countOf = (features: readonly TileFeature[]) =>
		isOverview ? polygonCount(features) : features.length;
	const encode = ({ zone, tile }: ZoneTile) =>
		coverageTile(zone.plan, zone.overview, 'office', tile) ?? new Uint8Array();
	const same = ({ zone, tile }: ZoneTile) => {
		const level = zone.overview.levels.get(zoom);
		return level === undefined
			? postgisTile(connection, 'mercator', tile)
			: postgisOverviewTile(connection, 'mercator', tile, level.lattice.zoom);
	};
	const medians: { ours: number; same: number; single: number; features: number }[] = [];
	const [ourBytes, theirBytes]: [Uint8Array[], Uint8Array[]] = [[], []];
	for (const at of tiles) {
		const samples: [number, number, number][] = [];
		const first = performance.now();
		for (let round = 0; round < ROUNDS; round++) {
			const began = performance.now();
			if (began - first > ENOUGH_MS) break;
			const ours = encode(at);
			const encoded = performance.now();
			const theirs = await same(at);
			const answered = performance.now();
			if (isOverview) await postgisTile(connection, 'mercator', at.tile);
			const single = isOverview ? performance.now() - answered : answered - encoded;
			samples.push([encoded - began, answered - encoded, single]);
			if (round > 0) continue;
			ourBytes.push(ours);
			theirBytes.push(theirs);
		}
		const [ours, theirs, single] = [0, 1, 2].map((k) =>
			percentile(
				samples.map((times) => times[k]),
				0.5,
			),
		);
		medians.push({ ours, same: theirs, single, features: countOf(parcelsOf(ourBytes[ourBytes.length - 1])) });
	}
	const p50 = (part: 'ours' | 'same' | 'single' | 'features') =>
		percentile(
			medians.map((one) => one[part]),
			0.5,
		);
	const many = medians.filter(({ features }) => features >= MANY_FEATURES);
	return {
		zoom,
		isOverview,
		tiles: tiles.length,
		featuresP50: p50('features'),
		featuresMax: Math.max(...medians.map(({ features }) => features)),
		oursMs: p50('ours'),
		sameMs: p50('same'),
		singleMs: p50('single'),
		leastRatio: many.length === 0 ? null : Math.min(...many.map(({ ours, same: theirs }) => theirs / ours)),
		gzipMax: gzipMax(ourBytes),
		postgisGzipMax: gzipMax(theirBytes),
		...contentOf(ourBytes, theirBytes, isOverview),
	};
}

function gzipMax(tiles: readonly Uint8Array[]): number {
	return Math.max(...tiles.map((bytes) => gzipSync(bytes, { level: GZIP_LEVEL }).length));
}

function contentOf(ours: readonly Uint8Array[], theirs: readonly Uint8Array[], isOverview: boolean) {
	const areas = new Map<number, number>();
	const differences: TileDifference[] = [];
	let [drawn, ourFeatures, theirFeatures] = [0, 0, 0];
	ours.forEach((bytes, i) => {
		const [mine, other] = [parcelsOf(bytes), parcelsOf(theirs[i])];
		ourFeatures += isOverview ? polygonCount(mine) : mine.length;
		theirFeatures += isOverview ? polygonCount(other) : other.length;
		for (const [sign, features] of [
			[1, mine],
			[-1, other],
		] as const)
			for (const [k, area] of areaByClass(features)) areas.set(k, (areas.get(k) ?? 0) + sign * area);
		drawn += mine.reduce((sum, { areaUnits2 }) => sum + areaUnits2, 0);
		if (!isOverview) differences.push(differenceOf(mine, other));
	});
	return {
		differences,
		featuresPct: (100 * (ourFeatures - theirFeatures)) / theirFeatures,
		classAreaPct: (100 * Math.max(...[...areas.values()].map(Math.abs))) / drawn,
	};
}
