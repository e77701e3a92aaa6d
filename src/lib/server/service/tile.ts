import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { TileAddress } from '$geo/tile/clip.ts';
import { gradeIn, mayRead, type Grade } from '../access/actor.ts';
import { listSealedOutlines } from '../db/park-outline.ts';
import { listParks } from '../db/zone.ts';
import { GZIP_LEVEL, keepPromise, type CachedTile } from '../tile/byte-cache.ts';
import { controlTile } from '../tile/control-layer.ts';
import { labelTile, landUseTile, parkTile, stockTile } from '../tile/coverage-layer.ts';
import { isCutFromOverview, overviewSubject } from '../tile/overview-subject.ts';
import { overviewTile } from '../tile/overview.ts';
import type { CoverageSnapshot } from '../tile/snapshot.ts';
import { encoderId, THEME_RULES, type Audience, type Theme } from '../tile/theme.ts';
import type { ServiceContext } from './context.ts';
import { asActor } from './scope.ts';

/** A tile's address as it was asked for. */
export interface TileRequest {
	readonly audience: string;
	readonly contentId: string;
	readonly encoder: string;
	readonly theme: string;
	readonly z: string;
	readonly x: string;
	readonly y: string;
}

export type TileAnswer =
	| {
			readonly ok: true;
			readonly value: { readonly tile: CachedTile; readonly tag: string; readonly isPrivate: boolean };
	  }
	| { readonly ok: false; readonly status: number; readonly code: string; readonly detail: string };

const gzipBytes = promisify(gzip);
const CACHE_OVERHEAD_BYTES = 200;

/** Finds the tile of an address, or encodes it, once for all who ask meanwhile; says what is wrong with an address that names none. */
export async function findTile(context: ServiceContext, request: TileRequest): Promise<TileAnswer> {
	const { audience, theme } = request;
	if (audience !== 'public' && audience !== 'office')
		return wrong(404, 'tile.audience-unknown', `Audience "${audience}" is neither public nor office.`);
	if (!isTheme(theme))
		return wrong(
			404,
			'tile.theme-unknown',
			`There is no theme "${theme}"; there are ${Object.keys(THEME_RULES).join(', ')}.`,
		);
	if (audience === 'office' && context.actor.kind === 'public')
		return wrong(403, 'tile.office-only', 'Office tiles are for the office.');
	const rule = THEME_RULES[theme];
	if (!mayRead(audience, rule.grade))
		return wrong(404, 'tile.theme-unknown', `Theme "${theme}" is not published.`);
	const tile = addressOf(request);
	const highest = rule.maxZoom[audience];
	if (tile === null)
		return wrong(400, 'tile.address-invalid', 'z, x and y are whole numbers with 0 ≤ x, y < 2^z.');
	if (tile.z < rule.minZoom || tile.z > highest) {
		return wrong(404, 'tile.zoom-unavailable', `Theme "${theme}" has zooms ${rule.minZoom} to ${highest}.`);
	}
	if (audience === 'public' && (await context.withdrawn.has(request.contentId, context.now)))
		return wrong(404, 'tile.content-unknown', 'No such content for this audience: reload the map.');
	const key = `${audience}/${request.contentId}/${request.encoder}/${theme}/${tile.z}/${tile.x}/${tile.y}`;
	const value = (found: CachedTile): TileAnswer => ({
		ok: true,
		value: {
			tile: found,
			tag: `${request.contentId.slice(0, 16)}-${key.slice(key.indexOf(request.encoder))}`,
			isPrivate: audience === 'office',
		},
	});
	const isReader = ({ zoneId }: Pick<CachedTile, 'zoneId'>) =>
		mayRead(gradeIn(context.actor, zoneId), audience);
	const kept = await context.tiles.get(key);
	if (kept !== undefined && isReader(kept)) return value(kept);
	const content = kept === undefined ? await findContent(context, theme, request.contentId) : null;
	if (content === null || !mayRead(audience, content.grade) || !isReader(content))
		return wrong(404, 'tile.content-unknown', 'No such content for this audience: reload the map.');
	if (request.encoder !== encoderId(content.classListId))
		return wrong(404, 'tile.encoder-unknown', 'The encoding of tiles has changed: reload the map.');
	let encoding = context.tiles.get(key);
	if (encoding === undefined) {
		encoding = content.encode(audience, tile).then((plain) => compressed(plain, content.zoneId));
		keepPromise(context.tiles, key, encoding, bytesOf);
	}
	return value(await encoding);
}

async function compressed(plain: Uint8Array | null, zoneId: string): Promise<CachedTile> {
	return { zoneId, plain, gzip: plain === null ? null : await gzipBytes(plain, { level: GZIP_LEVEL }) };
}

function bytesOf({ plain, gzip: zipped }: CachedTile): number {
	return (plain?.length ?? 0) + (zipped?.length ?? 0) + CACHE_OVERHEAD_BYTES;
}

/** What a content id names, as far as tiles of a theme are made of it. */
interface TileContent {
	readonly zoneId: string;
	readonly grade: Grade;
	/** The class list that its tiles index; null: none. */
	readonly classListId: string | null;
	encode(audience: Audience, tile: TileAddress): Promise<Uint8Array | null>;
}

async function findContent(
	context: ServiceContext,
	theme: Theme,
	contentId: string,
): Promise<TileContent | null> {
	if (theme === 'control') {
		const layer = await context.controlLayers.find(contentId);
		if (layer === null) return null;
		const encodeLayer = (_: Audience, tile: TileAddress) => Promise.resolve(controlTile(layer, tile));
		return { zoneId: layer.zoneId, grade: layer.grade, classListId: null, encode: encodeLayer };
	}
	const snapshot = await context.snapshots.find(contentId);
	if (snapshot?.kind !== THEME_RULES[theme].coverage) return null;
	return {
		zoneId: snapshot.zoneId,
		grade: snapshot.grade,
		classListId: snapshot.classes.id,
		encode: (audience, tile) => encode(context, snapshot, theme, audience, tile),
	};
}

async function encode(
	context: ServiceContext,
	snapshot: CoverageSnapshot,
	theme: Exclude<Theme, 'control'>,
	audience: Audience,
	tile: TileAddress,
): Promise<Uint8Array | null> {
	const subject = overviewSubject(theme, audience);
	if (subject !== null && isCutFromOverview(snapshot, subject, tile.z)) {
		const overview = await context.overviews.overviewOf(snapshot, subject);
		if (overview !== null) return overviewTile(overview, tile);
	}
	// Parcels that are no coverage unite to no blocks.
	if (theme === 'blocks') return null;
	if (theme === 'stock') return stockTile(snapshot, tile);
	if (theme === 'labels-plan' || theme === 'labels-current') return labelTile(snapshot, audience, tile);
	if (theme !== 'parks') return landUseTile(snapshot, audience, tile);
	const { zoneId, coverageId, revision } = snapshot;
	// The address names a revision: its tile shows the outlines that it was sealed with, whatever is dated back later.
	const { parks, outlines } = await asActor(context, zoneId, async (sql) => ({
		parks: await listParks(sql, zoneId),
		outlines: await listSealedOutlines(sql, zoneId, coverageId, revision),
	}));
	const polygons = await context.outlines.shapesOf(zoneId, outlines);
	const index = outlines.map(({ parkId }) => parks.findIndex((park) => park.parkId === parkId));
	return parkTile(
		polygons,
		Int32Array.from(index),
		index.map((park) => parks[park]),
		tile,
	);
}

function isTheme(theme: string): theme is Theme {
	return Object.hasOwn(THEME_RULES, theme);
}

function addressOf({ z, x, y }: TileRequest): TileAddress | null {
	const [zoom, column, row] = [z, x, y].map((text) => (/^\d{1,8}$/.test(text) ? Number(text) : NaN));
	const isInside = zoom <= 24 && column < 2 ** zoom && row < 2 ** zoom;
	return isInside ? { z: zoom, x: column, y: row } : null;
}

function wrong(status: number, code: string, detail: string): TileAnswer {
	return { ok: false, status, code, detail };
}
