import type { CachedTile } from '../tile/byte-cache.ts';

/** A found tile with what its headers say. */
export interface FoundTile {
	readonly tile: CachedTile;
	/** Names the tile's content for ever. */
	readonly tag: string;
	readonly isPrivate: boolean;
}

/** Answers with a tile: 204 when empty, 304 when the client has it, gzip where it takes it; its address never changes meaning. */
export function tileResponse(request: Request, { tile, tag, isPrivate }: FoundTile): Response {
	const takesGzip = tile.gzip !== null && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	const etag = takesGzip ? `"${tag}-gzip"` : `"${tag}"`;
	const headers = new Headers({
		'cache-control': `${isPrivate ? 'private' : 'public'}, max-age=31536000, immutable`,
		etag,
		vary: 'accept-encoding',
	});
	if (matches(request.headers.get('if-none-match'), etag))
		return new Response(null, { status: 304, headers });
	if (tile.plain === null) return new Response(null, { status: 204, headers });
	headers.set('content-type', 'application/vnd.mapbox-vector-tile');
	if (!takesGzip) return new Response(new Uint8Array(tile.plain), { headers });
	headers.set('content-encoding', 'gzip');
	return new Response(new Uint8Array(tile.gzip ?? tile.plain), { headers });
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
	if (ifNoneMatch === null) return false;
	if (ifNoneMatch.trim() === '*') return true;
	return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
