import type { FlatPolygons } from '$geo/flat-polygons.ts';
import type { Database } from '../db/connect.ts';
import { loadOutlineShapes, type OutlineKey } from '../db/park-outline.ts';
import { readShapes } from '../db/shape.ts';
import { ByteCache, keepPromise } from '../tile/byte-cache.ts';
import { asWhole } from './scope.ts';

const LIMIT_BYTES = 64 * 1024 * 1024;

/** Decoded shapes of park outlines: a number names a shape for ever, so each set is read and decoded once while there is room. */
export class OutlineStore {
	readonly #database: Database;
	readonly #kept = new ByteCache<Promise<FlatPolygons>>(LIMIT_BYTES);

	constructor(database: Database) {
		this.#database = database;
	}

	/** The shapes of outlines of a zone: feature i is `outlines[i]`. */
	shapesOf(zoneId: string, outlines: readonly OutlineKey[]): Promise<FlatPolygons> {
		const key = [zoneId, ...outlines.map(({ parkId, outlineNo }) => `${parkId}:${outlineNo}`)].join(' ');
		const kept = this.#kept.get(key);
		if (kept !== undefined) return kept;
		const loading = this.#load(zoneId, outlines);
		keepPromise(this.#kept, key, loading, ({ coordinates }) => coordinates.byteLength);
		return loading;
	}

	async #load(zoneId: string, outlines: readonly OutlineKey[]): Promise<FlatPolygons> {
		const shapes = await asWhole(this.#database, zoneId, (sql) => loadOutlineShapes(sql, zoneId, outlines));
		return readShapes(shapes);
	}
}
